/** The metrics of every slice, as the gate's evidence has them, without a verdict. */

import type { SliceEvidence } from '../../evidence/index.ts';
import type { ScopedGrouping } from '../../scope/index.ts';
import { ALL_CASES } from '../../scope/index.ts';
import type { SliceKey } from '../../slices/index.ts';
import type { NamedKey } from './named.ts';
import type { DimensionFooter, SliceRate } from './result.ts';

/**
 * One row per slice and metric, all cases first.
 *
 * @param nameOf what a slice is called
 */
export function sliceRates(
  evidence: {
    readonly overall: readonly SliceEvidence[];
    readonly slices: readonly SliceEvidence[];
  },
  nameOf: (key: SliceKey) => NamedKey,
): readonly SliceRate[] {
  return [...evidence.overall, ...evidence.slices.filter(({ key }) => key.grouping !== ALL_CASES)].map(
    (slice) => rateOf(slice, nameOf),
  );
}

function rateOf(slice: SliceEvidence, nameOf: (key: SliceKey) => NamedKey): SliceRate {
  const { key, metric, direction, tally, n, baseline, candidate, delta, lost, gained, test } = slice;
  const { cases, onlyBaseline, onlyCandidate, edited, withErrors } = tally;
  const isSingle = baseline === null && delta === null && test === null;
  return {
    ...nameOf(key),
    metric: metric.id,
    direction,
    n,
    cases,
    onlyBaseline,
    // In a single run every case is in one run only, which says nothing.
    onlyCandidate: isSingle ? 0 : onlyCandidate,
    edited,
    unscored: isSingle ? cases - n - edited : tally.unscored,
    withErrors,
    baseline,
    candidate,
    delta,
    lost,
    gained,
    pValue: test?.pValueTwoSided ?? null,
  };
}

/** A slice by its size, of any metric. */
export interface SizedSlice {
  readonly key: SliceKey;
  readonly cases: number;
}

/**
 * Where the cases of each dimension are.
 *
 * @param slices every slice of every grouping once, in any order
 * @param total all cases
 * @param minCases below this a slice is small
 */
export function dimensionFooters(
  groupings: readonly ScopedGrouping[],
  slices: readonly SizedSlice[],
  total: number,
  minCases: number,
): readonly DimensionFooter[] {
  const byGrouping = Map.groupBy(slices, ({ key }) => key.grouping);
  return groupings
    .filter(({ dimension }) => dimension !== ALL_CASES)
    .map(({ grouping, dimension }) => {
      const own = byGrouping.get(grouping.id) ?? [];
      const sum = (of: readonly SizedSlice[]) => of.reduce((all, { cases }) => all + cases, 0);
      const inState = (state: SliceKey['state']) => sum(own.filter(({ key }) => key.state === state));
      const values = own.filter(({ key }) => key.state === 'value');
      const small = values.filter(({ cases }) => cases < minCases);
      return {
        dimension,
        slices: values.length - small.length,
        cases: sum(values) - sum(small),
        smallSlices: small.length,
        smallCases: sum(small),
        missing: inState('missing'),
        untagged: inState('untagged'),
        changed: inState('changed'),
        total,
        overlapping: sum(own) !== total,
      };
    });
}
