/** Answers that look at nothing but how frequent the classes are. */

/** So many cases truly are of one class. */
export interface ClassCount {
  readonly label: string;
  /** Integer >= 0. */
  readonly cases: number;
}

/** The `k` most frequent labels, the most frequent first; the earlier in the list wins a tie. A constant guess. */
export function mostFrequent(counts: readonly ClassCount[], k: number): readonly string[] {
  return counts
    .map(({ label, cases }, place) => ({ label, cases, place }))
    .sort((a, b) => b.cases - a.cases || a.place - b.place)
    .slice(0, k)
    .map(({ label }) => label);
}

/**
 * How likely each class is hit by `k` labels drawn at random, each in proportion to how frequent it is: 1 - (1 - share)^k. It is the
 * exact mean over all draws, so that no seed can flatter or hurt.
 *
 * @example drawnHits([{ label: 'a', cases: 3 }, { label: 'b', cases: 1 }], 1) // Map { a: 0.75, b: 0.25 }
 */
export function drawnHits(counts: readonly ClassCount[], k: number): ReadonlyMap<string, number> {
  const total = counts.reduce((sum, { cases }) => sum + cases, 0);
  return new Map(counts.map(({ label, cases }) => [label, total === 0 ? 0 : 1 - (1 - cases / total) ** k]));
}
