/** Clusters where they decide: floors, runs without common cases, looking again, and intervals of no width. */

import { describe, expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../config/index.ts';
import type { UnitTable } from '../counts/index.ts';
import { binomialCdf, wilsonInterval } from '../stats/index.ts';
import {
  type ClusteredCases,
  clusteredDelta,
  clusteredSide,
  clusteredUnpairedDelta,
  clusteredUnpairedTest,
  clusteredVariance,
  clusterFlips,
  clusterUnits,
} from './clustered.ts';
import { floorEvidence } from './floor.ts';

/** Clusters of equal size, each with so many passes in the baseline and in the candidate. */
function casesOf(size: number, passes: readonly (readonly [number, number])[]): ClusteredCases {
  const bits = (side: 0 | 1) =>
    Float64Array.from(
      passes.flatMap((counts) => Array.from({ length: size }, (_, i) => (i < counts[side] ? 1 : 0))),
    );
  return {
    baseline: bits(0),
    candidate: bits(1),
    cluster: Int32Array.from(passes.flatMap((_, g) => Array.from({ length: size }, () => g))),
  };
}

/** Clusters that are in one run only: the first list in the baseline, the second in the candidate. */
function apart(size: number, before: readonly number[], after: readonly number[]): ClusteredCases {
  const first = casesOf(
    size,
    before.map((passed) => [passed, 0] as const),
  );
  const second = casesOf(
    size,
    after.map((passed) => [0, passed] as const),
  );
  const none = (of: Float64Array) => new Float64Array(of.length).fill(Number.NaN);
  return {
    baseline: Float64Array.from([...first.baseline, ...none(second.candidate)]),
    candidate: Float64Array.from([...none(first.baseline), ...second.candidate]),
    cluster: Int32Array.from([...first.cluster, ...second.cluster.map((g) => g + before.length)]),
  };
}

describe('a floor over clusters', () => {
  // 60 of 100 in ten clusters, all or nothing: six clusters passed.
  const allOrNothing = casesOf(10, [...Array(6).fill([10, 10]), ...Array(4).fill([10, 0])]);
  const tally = {
    ...{
      cases: 100,
      compared: 100,
      onlyBaseline: 0,
      onlyCandidate: 0,
      edited: 0,
      unscored: 0,
      withErrors: 0,
    },
    pairs: [],
    baselineValues: [{ value: 1, cases: 100 }],
    candidateValues: [
      { value: 0, cases: 40 },
      { value: 1, cases: 60 },
    ],
  };

  test('is not breached by cases that fail together: six of ten clusters against .85', () => {
    const alone = floorEvidence(tally, { kind: 'passRate' }, 'higher', 0.85);
    expect(alone?.pValue).toBeCloseTo(binomialCdf(60, 100, 0.85), 14);
    expect(alone?.pValue).toBeLessThan(1e-7);
    // t = (.6 - .85) / sqrt(.24 / 9) with 9 degrees of freedom: p = .0801.
    const together = floorEvidence(tally, { kind: 'passRate' }, 'higher', 0.85, allOrNothing);
    expect(together?.pValue).toBeCloseTo(0.0801, 3);
    expect(together?.posteriorDoubt).toBeCloseTo(0.0801, 3);
  });

  test('is never surer than the exact test of single cases', () => {
    const alike = casesOf(10, Array(10).fill([10, 6]));
    const found = floorEvidence(tally, { kind: 'passRate' }, 'higher', 0.85, alike);
    expect(found?.pValue).toBeCloseTo(binomialCdf(60, 100, 0.85), 14);
  });

  test('shows nothing with a single cluster', () => {
    const one = { ...allOrNothing, cluster: new Int32Array(100) };
    expect(floorEvidence(tally, { kind: 'passRate' }, 'higher', 0.85, one)?.pValue).toBe(1);
  });
});

describe('runs without common cases', () => {
  const cases = apart(10, [10, 10, 10, 10, 10, 0], [10, 10, 10, 0, 0, 0]);

  test('compare clusters, not cases: 50 and 30 of 60 in six clusters each', () => {
    const found = clusteredUnpairedTest(cases, -1);
    expect(found?.name).toBe("Welch's t over clusters");
    // t = (1/3) / sqrt(.13889 / 5 + .25 / 5) = 1.195 with 9.26 degrees of freedom.
    expect(found?.pValue).toBeCloseTo(0.1308, 3);
    const delta = clusteredUnpairedDelta(cases, DEFAULT_POLICY);
    expect(delta).toMatchObject({ method: 'CR2 over 6 and 6 clusters', n: 60 });
    expect(delta.estimate).toBeCloseTo(-1 / 3, 14);
    expect(delta.lower).toBeLessThan(-0.9);
    expect(delta.upper).toBeGreaterThan(0.2);
  });

  test('have no test where one run is a single cluster', () => {
    expect(clusteredUnpairedTest(apart(10, [9], [5, 6, 7]), -1)).toBeNull();
    expect(clusteredUnpairedDelta(apart(10, [9], [5, 6, 7]), DEFAULT_POLICY)).toMatchObject({
      lower: null,
      upper: null,
    });
  });

  test('keep the cases of either run', () => {
    const units: UnitTable = {
      ids: ['a', 'b', 'c'],
      baseline: Float64Array.of(1, Number.NaN, Number.NaN),
      candidate: Float64Array.of(Number.NaN, 1, Number.NaN),
      cluster: Int32Array.of(0, 1, 2),
      weight: Float64Array.of(1, 1, 1),
      slices: [],
      members: [],
    };
    const all = Int32Array.of(0, 1, 2);
    expect(clusterUnits(units, all, 'unpaired')?.cluster).toEqual(Int32Array.of(0, 1));
    expect(clusterUnits(units, all, 'single run')?.cluster).toEqual(Int32Array.of(1));
    expect(clusterUnits(units, all, 'paired')?.cluster).toEqual(Int32Array.of());
  });
});

test('a cluster that lost and gained counts once, by its sum', () => {
  const cases = casesOf(5, [
    [5, 2],
    [3, 3],
    [1, 4],
    [4, 3],
  ]);
  expect(clusterFlips(cases, -1)).toEqual({ lost: 2, gained: 1 });
  expect(clusterFlips(cases, 1)).toEqual({ lost: 1, gained: 2 });
});

test('clusters that agree have an interval with a width: twelve clusters for twelve cases', () => {
  const quiet = casesOf(5, Array(12).fill([5, 5]));
  const { lower } = wilsonInterval(12, 12);
  expect(clusteredSide(quiet, 'candidate', DEFAULT_POLICY, true)).toMatchObject({
    estimate: 1,
    lower,
    upper: 1,
  });
  const delta = clusteredDelta(quiet, DEFAULT_POLICY, true);
  // Tango without a flip: z^2 / (12 + z^2) each way.
  expect(delta.upper).toBeCloseTo(3.8415 / 15.8415, 4);
  expect(delta.lower).toBeCloseTo(-3.8415 / 15.8415, 4);
  expect(clusteredSide(quiet, 'candidate', DEFAULT_POLICY, false)).toMatchObject({
    lower: null,
    upper: null,
  });
});

test('limits of a rate over clusters stay between 0 and 1', () => {
  const cases = casesOf(10, [
    [10, 10],
    [10, 10],
    [10, 7],
  ]);
  expect(clusteredSide(cases, 'candidate', DEFAULT_POLICY, true).upper).toBe(1);
});

test('the variance of a case grows with its cluster: 20 losses in two clusters of ten, not in twenty', () => {
  const together = casesOf(10, [[10, 0], [10, 0], ...Array(8).fill([10, 10])]);
  const spread = casesOf(10, Array(10).fill([10, 8]));
  // Means of -1 and 0: variance .16 over ten clusters, 9 degrees of freedom, a hundred cases.
  expect(clusteredVariance(together, 'paired')).toBeCloseTo((0.16 / 9) * 100, 10);
  expect(clusteredVariance(spread, 'paired')).toBeCloseTo(0, 14);
});
