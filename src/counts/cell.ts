/** The outcome cell: so many cases with one outcome in each run. */

/** What one run did with one case: all trials counted by what became of them. */
export interface SideOutcome {
  readonly passed: number;
  readonly failed: number;
  readonly errors: number;
  readonly unscored: number;
}

/**
 * How many cases share one pair of outcomes. `null` means that the run has no row of the case.
 * `edited` cases have different input or expected text in the two runs; they are counted apart and never compared.
 */
export interface OutcomeCell {
  readonly baseline: SideOutcome | null;
  readonly candidate: SideOutcome | null;
  readonly edited: boolean;
  readonly cases: number;
}
