/** Reads single cases as a tally, for metrics over a numeric column. */

import type { SliceCount, Tally, UnitTable, ValueCount, ValuePair } from '../counts/index.ts';
import { hasError } from '../counts/index.ts';

/**
 * The tally of one slice from its units; case totals come from the slice's outcome cells, which also know the edited and
 * one-sided cases.
 */
export function tallyUnits(units: UnitTable, members: Int32Array, count: SliceCount): Tally {
  const pairs = new Map<string, { baseline: number; candidate: number; cases: number }>();
  const before = new Map<number, number>();
  const after = new Map<number, number>();
  let compared = 0;
  for (const unit of members) {
    const baseline = units.baseline[unit];
    const candidate = units.candidate[unit];
    if (!Number.isNaN(baseline)) before.set(baseline, (before.get(baseline) ?? 0) + 1);
    if (!Number.isNaN(candidate)) after.set(candidate, (after.get(candidate) ?? 0) + 1);
    if (Number.isNaN(baseline) || Number.isNaN(candidate)) continue;
    compared++;
    const key = `${baseline}|${candidate}`;
    const pair = pairs.get(key) ?? { baseline, candidate, cases: 0 };
    pair.cases++;
    pairs.set(key, pair);
  }
  const totals = { cases: 0, onlyBaseline: 0, onlyCandidate: 0, edited: 0, withErrors: 0 };
  for (const cell of count.cells) {
    totals.cases += cell.cases;
    if (cell.edited) totals.edited += cell.cases;
    else if (cell.baseline === null) totals.onlyCandidate += cell.cases;
    else if (cell.candidate === null) totals.onlyBaseline += cell.cases;
    else if (hasError(cell)) totals.withErrors += cell.cases;
  }
  return {
    ...totals,
    compared,
    unscored: totals.cases - totals.edited - totals.onlyBaseline - totals.onlyCandidate - compared,
    pairs: [...pairs.values()].sort(byValues),
    baselineValues: ascending(before),
    candidateValues: ascending(after),
  };
}

function byValues(a: ValuePair, b: ValuePair): number {
  return a.baseline - b.baseline || a.candidate - b.candidate;
}

function ascending(counts: ReadonlyMap<number, number>): ValueCount[] {
  return [...counts].map(([value, cases]) => ({ value, cases })).sort((a, b) => a.value - b.value);
}
