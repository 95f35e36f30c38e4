/** Joint sign flips of the gate: against the closed form, and for what only they can see. */

import { describe, expect, it } from 'vitest';
import { evidenceOf, type FlipCounts, scopedColumn } from '../../test/slice-evidence.ts';
import type { UnitTable } from '../counts/index.ts';
import type { SliceKey } from '../slices/index.ts';
import { mcnemarAttainable, minPDiscrete } from '../stats/index.ts';
import { jointTest } from './joint.ts';
import type { SliceEvidence } from './types.ts';

interface Named extends FlipCounts {
  readonly value: string;
}

/** Cases of the slices in order, as an engine gives them; every case is in its own slice, and in `all` where asked. */
function table(slices: readonly Named[], withAll = false, clusterSize = 0): UnitTable {
  const cases = slices.flatMap(({ value, kept = 0, lost = 0, gained = 0, failed = 0 }) =>
    [
      ...Array.from({ length: kept }, () => [1, 1]),
      ...Array.from({ length: lost }, () => [1, 0]),
      ...Array.from({ length: gained }, () => [0, 1]),
      ...Array.from({ length: failed }, () => [0, 0]),
    ].map(([baseline, candidate]) => ({ value, baseline, candidate })),
  );
  const key = (grouping: string, value: string): SliceKey => ({ grouping, state: 'value', value });
  const own = slices.map(({ value }) => ({
    key: key('segment', value),
    members: Int32Array.from(cases.flatMap((one, i) => (one.value === value ? [i] : []))),
  }));
  const all = withAll ? [{ key: key('whole', 'all'), members: Int32Array.from(cases.keys()) }] : [];
  return {
    ids: cases.map((_, i) => `case ${String(i).padStart(5, '0')}`),
    baseline: Float64Array.from(cases, ({ baseline }) => baseline!),
    candidate: Float64Array.from(cases, ({ candidate }) => candidate!),
    cluster: clusterSize === 0 ? null : Int32Array.from(cases, (_, i) => Math.floor(i / clusterSize)),
    weight: new Float64Array(cases.length).fill(1),
    slices: [...own, ...all].map((one) => one.key),
    members: [...own, ...all].map(({ members }) => members),
  };
}

const evidence = (slices: readonly Named[]) => slices.map((one) => evidenceOf(one));
const FLIPS = 10_000;

function run(family: readonly SliceEvidence[], units: UnitTable, clustered = false) {
  const found = jointTest({
    family,
    units: new Map([['passRate', units]]),
    clustered,
    flips: FLIPS,
    seed: 1,
  });
  return family.map((slice) => found.get(slice)!);
}

const ARTICLE: readonly Named[] = [
  { value: 'refund', kept: 36, lost: 7, failed: 4 },
  { value: 'invoice', kept: 170, lost: 6, gained: 21, failed: 13 },
  { value: 'contract', kept: 130, lost: 8, gained: 9, failed: 9 },
  { value: 'escalation', kept: 69, lost: 5, gained: 6, failed: 9 },
  { value: 'other', kept: 586, lost: 28, gained: 22, failed: 62 },
];

describe('joint sign flips', () => {
  it('on disjoint slices have the exact p, and the adjusted p of the closed form within its error', () => {
    const family = evidence(ARTICLE);
    const found = run(family, table(ARTICLE));
    const attainable = mcnemarAttainable(
      ARTICLE.map(({ lost = 0, gained = 0 }) => lost + gained),
      'exact',
    );
    const closed = minPDiscrete(
      family.map(({ test }, i) => ({ p: test?.pValue ?? 1, attainable: attainable[i]! })),
    );
    found.forEach(({ pValue, adjusted, twoSided }, i) => {
      const expected = closed[i] ?? Number.NaN;
      expect(pValue).toBeCloseTo(family[i]?.test?.pValue ?? Number.NaN, 12);
      expect(twoSided).toBeCloseTo(family[i]?.test?.pValueTwoSided ?? Number.NaN, 12);
      const error = 4 * Math.sqrt((expected * (1 - expected)) / FLIPS) + 2 / FLIPS;
      expect(Math.abs(adjusted - expected)).toBeLessThan(error);
    });
  });

  it('do not depend on the order of slices', () => {
    const family = evidence(ARTICLE);
    const units = table(ARTICLE);
    expect(run(family.toReversed(), units).toReversed()).toEqual(run(family, units));
  });

  it('pay nothing for a slice that is the same cases again', () => {
    const one = [{ value: 'a', kept: 30, lost: 9, gained: 1 }];
    const family = evidence(one);
    const whole = evidenceOf({ ...one[0]!, value: 'all' }, { scoped: scopedColumn({ dimension: 'whole' }) });
    const units = table(one, true);
    expect(run([...family, whole], units)[0]).toEqual(run(family, units)[0]);
  });

  it('flip whole clusters: nine losses in three clusters of three reach 1/8 at best', () => {
    const one = [{ value: 'a', lost: 9 }];
    const units = table(one, false, 3);
    expect(run(evidence(one), units)[0]?.pValue).toBeCloseTo(1 / 512, 12);
    const [clustered] = run(evidence(one), units, true);
    expect(clustered?.pValue).toBeCloseTo(1 / 8, 12);
    expect(clustered?.twoSided).toBeCloseTo(1 / 4, 12);
  });

  it('have a two-sided p of 1 for a single gain, and a small one for many', () => {
    const single = [{ value: 'a', kept: 20, gained: 1 }];
    expect(run(evidence(single), table(single))[0]).toMatchObject({ pValue: 1, twoSided: 1 });
    const many = [{ value: 'a', kept: 20, gained: 8 }];
    expect(run(evidence(many), table(many))[0]?.twoSided).toBeCloseTo(2 / 256, 12);
  });

  it('of a slice without a usable case are 1', () => {
    const empty = [{ value: 'a', kept: 5 }, { value: 'b' }];
    expect(run(evidence(empty), table(empty)).map(({ adjusted }) => adjusted)).toEqual([1, 1]);
  });
});
