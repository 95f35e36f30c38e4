/** One slice's cells read as a metric: how many cases there are of each pair of values, and where the others went. */

import type { OutcomeCell, SideOutcome } from './cell.ts';
import { caseValue, hasError, type OutcomeMeasure } from './metric.ts';

/** So many cases with one value in the baseline and one in the candidate. */
export interface ValuePair {
  readonly baseline: number;
  readonly candidate: number;
  readonly cases: number;
}

/** So many cases with one value in one run. */
export interface ValueCount {
  readonly value: number;
  readonly cases: number;
}

/** The cases of a slice; `compared`, one-sided, edited and unscored add up to `cases`. */
export interface Tally {
  readonly cases: number;
  /** Cases with a usable value in both runs. */
  readonly compared: number;
  readonly onlyBaseline: number;
  readonly onlyCandidate: number;
  readonly edited: number;
  readonly unscored: number;
  /** Compared cases with an error in either run. */
  readonly withErrors: number;
  /** Compared cases of which the candidate has more usable trials than the baseline; absent where there is none. */
  readonly moreTrials?: number;
  readonly pairs: readonly ValuePair[];
  /** All usable values of each run, paired or not; edited cases are left out. */
  readonly baselineValues: readonly ValueCount[];
  readonly candidateValues: readonly ValueCount[];
}

/** How a tally treats errors: as the policy says, or without any pair that has one. */
export interface TallyRules {
  readonly errors: 'fail' | 'exclude';
  /** Leave out whole cases with an error on either side, to see whether a loss is only errors. */
  readonly withoutErrorPairs?: boolean;
}

interface CountedPair {
  readonly baseline: number;
  readonly candidate: number;
  cases: number;
}

/** By baseline, then by candidate: studies tally millions of slices, and texts as keys would be most of their time. */
function countPair(
  pairs: Map<number, Map<number, CountedPair>>,
  baseline: number,
  candidate: number,
  cases: number,
): void {
  let own = pairs.get(baseline);
  if (own === undefined) {
    own = new Map();
    pairs.set(baseline, own);
  }
  const pair = own.get(candidate);
  if (pair === undefined) own.set(candidate, { baseline, candidate, cases });
  else pair.cases += cases;
}

/** Reads the outcome cells of one slice as values of one metric. */
export function tallyCells(cells: readonly OutcomeCell[], measure: OutcomeMeasure, rules: TallyRules): Tally {
  const totals = {
    cases: 0,
    compared: 0,
    onlyBaseline: 0,
    onlyCandidate: 0,
    edited: 0,
    unscored: 0,
    withErrors: 0,
  };
  const pairs = new Map<number, Map<number, CountedPair>>();
  const baselineValues = new Map<number, number>();
  const candidateValues = new Map<number, number>();
  for (const cell of cells) {
    if (rules.withoutErrorPairs && hasError(cell)) continue;
    totals.cases += cell.cases;
    if (cell.edited) {
      totals.edited += cell.cases;
      continue;
    }
    const baseline = cell.baseline && caseValue(measure, cell.baseline, rules.errors);
    const candidate = cell.candidate && caseValue(measure, cell.candidate, rules.errors);
    if (baseline !== null) add(baselineValues, baseline, cell.cases);
    if (candidate !== null) add(candidateValues, candidate, cell.cases);
    if (cell.baseline === null) totals.onlyCandidate += cell.cases;
    else if (cell.candidate === null) totals.onlyBaseline += cell.cases;
    else if (baseline === null || candidate === null) totals.unscored += cell.cases;
    else {
      totals.compared += cell.cases;
      if (hasError(cell)) totals.withErrors += cell.cases;
      countPair(pairs, baseline, candidate, cell.cases);
    }
  }
  return {
    ...totals,
    ...withMoreTrials(cells, measure, rules),
    pairs: [...pairs.values()]
      .flatMap((own) => [...own.values()])
      .sort((a, b) => a.baseline - b.baseline || a.candidate - b.candidate),
    baselineValues: sorted(baselineValues),
    candidateValues: sorted(candidateValues),
  };
}

function withMoreTrials(
  cells: readonly OutcomeCell[],
  measure: OutcomeMeasure,
  rules: TallyRules,
): Pick<Tally, 'moreTrials'> {
  const usable = (side: SideOutcome) =>
    side.passed + side.failed + (rules.errors === 'fail' ? side.errors : 0);
  const isUsable = (side: SideOutcome) => caseValue(measure, side, rules.errors) !== null;
  let moreTrials = 0;
  for (const cell of cells) {
    const { baseline, candidate, edited, cases } = cell;
    if (edited || baseline === null || candidate === null) continue;
    if (rules.withoutErrorPairs && hasError(cell)) continue;
    if (usable(candidate) > usable(baseline) && isUsable(baseline) && isUsable(candidate))
      moreTrials += cases;
  }
  return moreTrials === 0 ? {} : { moreTrials };
}

function add(counts: Map<number, number>, value: number, cases: number): void {
  counts.set(value, (counts.get(value) ?? 0) + cases);
}

function sorted(counts: ReadonlyMap<number, number>): ValueCount[] {
  return [...counts].map(([value, cases]) => ({ value, cases })).sort((a, b) => a.value - b.value);
}

/** Whether every value is 0 or 1, so that exact tests for proportions apply. */
export function isBinary(values: readonly ValueCount[]): boolean {
  return values.every(({ value }) => value === 0 || value === 1);
}
