/** Resampling: scipy's intervals, exact distributions, and what happens when no interval can be given. */

import { describe, expect, test } from 'vitest';
import { type GoldenCase, testGolden } from '../../../test/golden.ts';
import { quantile } from '../quantiles/index.ts';
import { createRandom } from '../random/index.ts';
import { binomialPmf, binomialSf } from '../special/index.ts';
import { fairDraw } from './binomial-draw.ts';
import { leaveOneOut } from './bootstrap.ts';
import {
  binomialDraw,
  bootstrap,
  cellBootstrap,
  multinomialDraw,
  poissonBootstrap,
  replicateInterval,
  signFlipCells,
  swapTest,
  tInterval,
} from './index.ts';

type Statistic = (places: Uint32Array) => number | null;

const mean = (values: readonly number[], places: Uint32Array) =>
  places.reduce((sum, i) => sum + values[i]!, 0) / places.length;

const statistics: Record<string, (data: number[][]) => Statistic> = {
  mean:
    ([x]) =>
    (places) =>
      mean(x!, places),
  median:
    ([x]) =>
    (places) =>
      quantile(
        Float64Array.from(places, (i) => x![i]!),
        0.5,
      ),
  mean_difference:
    ([base, cand]) =>
    (places) =>
      mean(base!, places) - mean(cand!, places),
  f1:
    ([truth, predicted]) =>
    (places) => {
      const count = (t: number, p: number) =>
        places.filter((i) => truth![i] === t && predicted![i] === p).length;
      const hits = 2 * count(1, 1);
      const all = hits + count(0, 1) + count(1, 0);
      return all === 0 ? null : hits / all;
    },
};

function bootstrapCase({ input }: GoldenCase) {
  if (input.method === 't_interval') return tInterval(input.data[0], input.confidence);
  const n = input.data[0].length;
  const statistic = statistics[input.statistic]!(input.data);
  const method = input.method.toLowerCase();
  if (input.replicates === undefined) {
    const resamples = input.atLeastReplicates ?? 100;
    return bootstrap({ n, statistic, resamples, seed: 20, level: input.confidence, method });
  }
  const places = Uint32Array.from({ length: n }, (_, i) => i);
  const got = replicateInterval({
    estimate: statistic(places),
    replicates: input.replicates,
    jackknife: leaveOneOut(places, statistic),
    n,
    level: input.confidence,
    method,
  });
  return { ...got, se: got.standardError, z0: got.bias };
}

testGolden('bootstrap', bootstrapCase);

describe('no interval is given', () => {
  const spread = Array.from({ length: 100 }, (_, i) => i);
  const base = { replicates: spread, n: 20, level: 0.95, method: 'percentile' as const };

  test.each([
    ['for 9 cases', { ...base, estimate: 1, n: 9 }, 'degenerate: 9 cases, an interval needs 10'],
    [
      'for equal replicates',
      { ...base, estimate: 1, replicates: [1, 1, 1] },
      'degenerate: all resamples are equal',
    ],
    [
      'without an estimate',
      { ...base, estimate: null },
      'undefined: the statistic has no value on these cases',
    ],
    [
      'when 6 of 100 replicates are undefined',
      { ...base, estimate: 1, replicates: spread.map((x) => (x < 6 ? null : x)) },
      'undefined in 6.0 % of the resamples, at most 5 % are allowed',
    ],
  ])('%s', (_name, input, reason) => {
    expect(replicateInterval(input)).toMatchObject({ lower: null, upper: null, reason });
  });

  test('but 5 of 100 undefined replicates are dropped and their share is told', () => {
    const replicates = spread.map((x) => (x < 5 ? null : x));
    const got = replicateInterval({ ...base, estimate: 50, replicates });
    expect(got.undefinedShare).toBeCloseTo(0.05, 12);
    expect(got.lower).toBeCloseTo(5 + 0.025 * 94, 12);
  });

  test('BCa gives way to the percentile interval when all replicates lie on one side', () => {
    const got = replicateInterval({
      ...base,
      estimate: -1,
      method: 'bca',
      jackknife: [{ value: 1, count: 20 }],
    });
    expect(got).toMatchObject({ method: 'percentile', reason: expect.stringContaining('BCa is undefined') });
  });
});

test('the same seed gives the same interval, another seed another', () => {
  const x = Array.from({ length: 30 }, (_, i) => (i * 7) % 11);
  const run = (seed: number) =>
    bootstrap({ n: 30, statistic: (places) => mean(x, places), resamples: 200, seed, level: 0.9 });
  expect(run(1)).toEqual(run(1));
  expect(run(1).lower).not.toBe(run(2).lower);
});

describe('binomial draws', () => {
  test.each([
    [12, 0.3],
    [60, 0.5],
    [1000, 0.02],
    [400, 0.9],
  ])('of %i trials at %d have the binomial distribution (20,000 draws)', (n, p) => {
    const random = createRandom(n);
    const seen = new Float64Array(n + 1);
    for (let i = 0; i < 20_000; i++) seen[binomialDraw(random, n, p)]!++;
    let statistic = 0;
    let cells = 0;
    for (let k = 0; k <= n; k++) {
      const expected = 20_000 * binomialPmf(k, n, p);
      if (expected < 10) continue;
      statistic += (seen[k]! - expected) ** 2 / expected;
      cells++;
    }
    expect(statistic).toBeLessThan(cells + 4 * Math.sqrt(2 * cells));
  });

  test.each([1, 7, 32, 33, 300, 512, 513])('of %i fair tosses, counted by bits, too', (n) => {
    const random = createRandom(n);
    const seen = new Float64Array(n + 1);
    for (let i = 0; i < 20_000; i++) seen[fairDraw(random, n)]!++;
    let statistic = 0;
    let cells = 0;
    for (let k = 0; k <= n; k++) {
      const expected = 20_000 * binomialPmf(k, n, 0.5);
      if (expected < 10) continue;
      statistic += (seen[k]! - expected) ** 2 / expected;
      cells++;
    }
    expect(statistic).toBeLessThan(cells + 4 * Math.sqrt(2 * cells));
  });

  test('of a billion trials have the right mean and spread, and multinomial counts add up', () => {
    const random = createRandom(3);
    const draws = Array.from({ length: 2000 }, () => binomialDraw(random, 1e9, 0.25));
    const centre = draws.reduce((sum, x) => sum + x, 0) / 2000;
    const variance = draws.reduce((sum, x) => sum + (x - centre) ** 2, 0) / 1999;
    expect(Math.abs(centre - 2.5e8)).toBeLessThan((4 * Math.sqrt(1.875e8)) / Math.sqrt(2000));
    expect(variance / 1.875e8).toBeGreaterThan(0.87);
    expect(variance / 1.875e8).toBeLessThan(1.13);
    const counts = multinomialDraw(random, 1e9, [1, 0, 3, 6], new Float64Array(4));
    expect(counts.reduce((sum, x) => sum + x, 0)).toBe(1e9);
    expect(counts[1]).toBe(0);
  });
});

test('the bootstrap of counts agrees with that of cases, and a billion cases cost no more than forty', () => {
  const cases = [...Array(33).fill(1), ...Array(7).fill(0)];
  const common = { resamples: 4000, seed: 4, level: 0.9 };
  const rate = (counts: ArrayLike<number>) => counts[0]! / (counts[0]! + counts[1]!);
  const byCase = bootstrap({ ...common, n: 40, statistic: (places) => mean(cases, places) });
  const byCount = cellBootstrap({ ...common, counts: [33, 7], statistic: rate });
  expect(byCount.estimate).toBeCloseTo(byCase.estimate!, 12);
  expect(byCount.acceleration).toBeCloseTo(byCase.acceleration!, 10);
  expect(Math.abs(byCount.lower! - byCase.lower!)).toBeLessThan(0.026);
  expect(Math.abs(byCount.upper! - byCase.upper!)).toBeLessThan(0.026);
  const large = cellBootstrap({ ...common, counts: [8.25e8, 1.75e8], statistic: rate });
  expect(large.upper! - large.lower!).toBeCloseTo(2 * 1.645 * Math.sqrt((0.825 * 0.175) / 1e9), 6);
});

test('the bootstrap of counts agrees with that of cases also where nearly every case has a cell of its own', () => {
  const values = Array.from({ length: 60 }, (_, i) => ((i * 37) % 60) / 60);
  const counts = values.map((_, i) => 1 + (i % 3));
  const cases = values.flatMap((value, i) => Array(counts[i]).fill(value) as number[]);
  const common = { resamples: 4000, seed: 6, level: 0.9 };
  const weighted = (drawn: ArrayLike<number>) => {
    const n = Array.from(drawn).reduce((sum, count) => sum + count, 0);
    return n === cases.length
      ? Array.from(drawn).reduce((sum, count, i) => sum + count * values[i]!, 0) / n
      : null;
  };
  const byCase = bootstrap({ ...common, n: cases.length, statistic: (places) => mean(cases, places) });
  const byCount = cellBootstrap({ ...common, counts, statistic: weighted, method: 'percentile' });
  expect(byCount.estimate).toBeCloseTo(byCase.estimate!, 12);
  expect(Math.abs(byCount.lower! - byCase.lower!)).toBeLessThan(0.005);
  expect(Math.abs(byCount.upper! - byCase.upper!)).toBeLessThan(0.005);
});

test('the Poisson bootstrap does not depend on the order of cases nor on shards', () => {
  const make = () => poissonBootstrap({ sums: 2, resamples: 50, seed: 9 });
  const keys = Array.from({ length: 200 }, (_, i) => 31 * i);
  const whole = make();
  for (const key of keys) whole.add(key, [key % 2, 1]);
  const [left, right] = [make(), make()];
  for (const key of keys.toReversed()) (key % 3 === 0 ? left : right).add(key, [key % 2, 1]);
  left.merge(right);
  expect([left.n, left.totals, left.replicates]).toEqual([whole.n, whole.totals, whole.replicates]);
  const sizes = whole.replicates.filter((_, i) => i % 2 === 1);
  expect(sizes.reduce((sum, x) => sum + x, 0) / 50).toBeCloseTo(200, -1);
});

describe('sign flips of counted differences', () => {
  test('with one size are the exact McNemar test', () => {
    const cells = [
      { difference: 1, count: 9 },
      { difference: -1, count: 2 },
      { difference: 0, count: 36 },
    ];
    expect(signFlipCells({ cells, flips: 1, seed: 1, lattice: 1 })).toEqual({
      p: 67 / 2048,
      method: 'exact',
    });
  });

  test('equal the enumeration of all patterns, and the seeded flips come near', () => {
    const differences = [2, 2, 1, 1, 1, -1, 3, -2, 1, 3].map((k) => k / 3);
    const observed = differences.reduce((sum, d) => sum + d, 0);
    let reached = 0;
    for (let pattern = 0; pattern < 1024; pattern++) {
      const sum = differences.reduce((total, d, i) => total + ((pattern >> i) & 1 ? -d : d), 0);
      if (sum >= observed - 1e-9) reached++;
    }
    const cells = differences.map((difference) => ({ difference, count: 1 }));
    const exact = signFlipCells({ cells, flips: 1, seed: 1, lattice: 3 });
    expect(exact).toEqual({ p: reached / 1024, method: 'exact' });
    const drawn = signFlipCells({ cells, flips: 20_000, seed: 1 });
    expect(drawn.method).toBe('monte-carlo');
    expect(Math.abs(drawn.p - exact.p)).toBeLessThan(4 * Math.sqrt(exact.p / 20_000));
  });

  test('of millions of cases are drawn, not convolved', () => {
    const cells = [
      { difference: 0.5, count: 501_000 },
      { difference: -0.5, count: 500_000 },
    ];
    const got = signFlipCells({ cells, flips: 2000, seed: 2, lattice: 2 });
    expect(got.method).toBe('monte-carlo');
    expect(got.p).toBeCloseTo(binomialSf(501_000, 1_001_000, 0.5), 1);
  });

  test('without any difference give p = 1', () => {
    expect(signFlipCells({ cells: [], flips: 10, seed: 1 }).p).toBe(1);
  });
});

describe('swap test', () => {
  const candidate = [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1];
  const baseline = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1];
  const loss = (swapped: Uint8Array) =>
    baseline.reduce((sum, b, i) => sum + (swapped[i] ? candidate[i]! - b : b - candidate[i]!), 0);

  test('of a difference of passes comes near the exact McNemar test', () => {
    const exact = binomialSf(7, 8, 0.5);
    const got = swapTest({ n: 12, loss, swaps: 10_000, seed: 5 });
    expect(got.observed).toBe(6);
    expect(Math.abs(got.p! - exact)).toBeLessThan(4 * Math.sqrt(exact / 10_000));
  });

  test('has no p-value when the metric is undefined as observed or in too many swaps', () => {
    expect(swapTest({ n: 3, loss: () => null, swaps: 10, seed: 5 }).p).toBeNull();
    const rarely = (swapped: Uint8Array) => (swapped[0] === 1 ? null : 1);
    expect(swapTest({ n: 3, loss: rarely, swaps: 100, seed: 5 }).p).toBeNull();
  });
});
