/** What two runs do at thresholds of their own, case by case; equal cases are counted together, so that a slider is followed at once. */

import type { ErrorCount } from '../../classes/index.ts';
import type { MistakeCosts } from '../contract/index.ts';
import type { ScoredSlice } from './scored-slice.ts';

/** One run: entry by entry whether the call was right (1 or 0) and what it costs per 1,000 cases, and its mistakes. */
export interface CalledRun {
  readonly right: Float64Array;
  readonly cost: Float64Array;
  readonly errors: ErrorCount;
}

/** Both runs in the same entries. */
export interface CalledCases {
  readonly baseline: CalledRun | null;
  readonly candidate: CalledRun;
  /** Cases of each entry; null where each is one case. */
  readonly counts: Float64Array | null;
}

/**
 * Calls every case with at least the threshold positive. Cases that stand alone are counted by what happened and by both calls, which
 * is at most eight entries.
 *
 * @param thresholds one per run; null calls nothing positive
 */
export function calledCases(
  { baseline, candidate, cluster }: ScoredSlice['cases'],
  thresholds: { readonly baseline: number | null; readonly candidate: number | null },
  costs: MistakeCosts,
): CalledCases {
  const n = candidate.event.length;
  const [least, leastBefore] = [thresholds.candidate, thresholds.baseline].map(
    (threshold) => threshold ?? Number.POSITIVE_INFINITY,
  ) as [number, number];
  /** 4 for a positive case, 2 for a positive call after, 1 for one before. */
  const kindOf = (i: number): number =>
    4 * candidate.event[i]! +
    (candidate.probability[i]! >= least ? 2 : 0) +
    (baseline !== null && baseline.probability[i]! >= leastBefore ? 1 : 0);
  const kinds = cluster === null ? new Uint8Array([0, 1, 2, 3, 4, 5, 6, 7]) : new Uint8Array(n);
  const counts = cluster === null ? new Float64Array(8) : null;
  for (let i = 0; i < n; i++) {
    if (counts === null) kinds[i] = kindOf(i);
    else counts[kindOf(i)]!++;
  }
  const called = (bit: number): CalledRun => calledRun(kinds, counts, bit, costs);
  return { baseline: baseline && called(1), candidate: called(2), counts };
}

function calledRun(
  kinds: Uint8Array,
  counts: Float64Array | null,
  bit: number,
  { miss, falseAlarm }: MistakeCosts,
): CalledRun {
  const [right, cost] = [new Float64Array(kinds.length), new Float64Array(kinds.length)];
  let [misses, falseAlarms, cases] = [0, 0, 0];
  for (const [at, kind] of kinds.entries()) {
    const own = counts === null ? 1 : counts[at]!;
    const [isEvent, isCalled] = [(kind & 4) !== 0, (kind & bit) !== 0];
    cases += own;
    if (isEvent === isCalled) right[at] = 1;
    else if (isEvent) misses += own;
    else falseAlarms += own;
    cost[at] = isEvent === isCalled ? 0 : 1000 * (isEvent ? miss : falseAlarm);
  }
  return { right, cost, errors: { misses, falseAlarms, unanswered: 0, cases } };
}
