/** Precision and recall of clustered cases at chosen thresholds, by the very figures of the report of classes. */

import { type ClassOptions, classFigures } from '../../classes/index.ts';
import { type LabelCells, NO_LABEL } from '../../counts/index.ts';
import { allGrouping } from '../../scope/index.ts';
import type { ThresholdComparison } from '../contract/index.ts';
import type { ScoredSlice } from './scored-slice.ts';

/** What is called positive: at least these probabilities; null calls nothing positive. */
export interface Thresholds {
  readonly baseline: number | null;
  readonly candidate: number | null;
}

/** Places of a combination of true class and both calls. */
const KINDS = 8;

/**
 * The shares with their intervals over whole clusters; null where cases stand alone.
 *
 * @param slice of two classes
 */
export function clusteredShares(
  { cases, labels, positive }: ScoredSlice,
  thresholds: Thresholds,
  options: Pick<ClassOptions, 'level' | 'resamples' | 'seed'>,
): ThresholdComparison['shares'] {
  if (cases.cluster === null || positive === null) return null;
  const pairing = cases.baseline === null ? 'single run' : 'paired';
  const cells = calledCells(cases, cases.cluster, thresholds, labels.indexOf(positive));
  const slice = { grouping: allGrouping().id, state: 'value', value: '', edited: 0, cells } as const;
  const { classes } = classFigures(slice, labels, { ...options, pairing, multiLabel: false });
  const found = classes.find(({ label }) => label === positive)!;
  return {
    baseline:
      cases.baseline === null
        ? null
        : { precision: found.precision.baseline!, recall: found.recall.baseline! },
    candidate: { precision: found.precision.candidate, recall: found.recall.candidate },
  };
}

/** Cases that share cluster, true class and calls, counted together, in the order of `LabelCells`. */
function calledCells(
  { baseline, candidate }: ScoredSlice['cases'],
  cluster: Int32Array,
  thresholds: Thresholds,
  positive: number,
): LabelCells {
  const clusters = cluster.reduce((most, code) => Math.max(most, code + 1), 0);
  const counts = new Float64Array(KINDS * clusters);
  const codeOf = (isPositive: boolean): number => (isPositive === (positive === 1) ? 1 : 0);
  const [least, leastBefore] = [thresholds.candidate, thresholds.baseline].map(
    (threshold) => threshold ?? Number.POSITIVE_INFINITY,
  ) as [number, number];
  for (let i = 0; i < cluster.length; i++) {
    const expected = codeOf(candidate.event[i] === 1);
    const before = baseline === null ? 0 : codeOf(baseline.probability[i]! >= leastBefore);
    const after = codeOf(candidate.probability[i]! >= least);
    counts[KINDS * cluster[i]! + 4 * expected + 2 * before + after]!++;
  }
  const kept = Array.from(counts.keys()).filter((at) => counts[at]! > 0);
  const pick = (of: (at: number) => number) => Int32Array.from(kept, of);
  return {
    expected: pick((at) => (at >> 2) & 1),
    baseline: pick((at) => (baseline === null ? NO_LABEL.absent : (at >> 1) & 1)),
    candidate: pick((at) => at & 1),
    cases: Float64Array.from(kept, (at) => counts[at]!),
    cluster: pick((at) => Math.floor(at / KINDS)),
  };
}
