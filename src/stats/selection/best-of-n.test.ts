import { describe, expect, it } from 'vitest';
import { createRandom } from '../random/index.ts';
import { bestOfN, expectedMaximum } from './best-of-n.ts';

describe('expectedMaximum', () => {
  // Harter 1961, Biometrika 48:151, table of expected normal order statistics.
  it.each([
    [1, 0],
    [2, 0.56419],
    [3, 0.84628],
    [5, 1.16296],
    [10, 1.53875],
    [20, 1.86748],
    [100, 2.50759],
  ])('of %d is %d', (n, wanted) => {
    expect(expectedMaximum(n)).toBeCloseTo(wanted, 5);
  });
});

describe('bestOfN', () => {
  /** Share of intervals that hold the truth, and mean optimism, true and predicted. */
  function simulate(runs: number, spread: number, noise: number) {
    const random = createRandom(11);
    const rounds = 100;
    let covered = 0;
    let optimism = 0;
    let predicted = 0;
    for (let round = 0; round < rounds; round += 1) {
      const truths = Array.from({ length: runs }, () => 0.8 + spread * random.nextNormal());
      const scores = truths.map((truth) => truth + noise * random.nextNormal());
      const found = bestOfN(
        scores,
        scores.map(() => noise * noise),
      )!;
      const truth = truths[found.best]!;
      covered += found.expected.lower! <= truth && truth <= found.expected.upper! ? 1 : 0;
      optimism += (found.observed - truth) / rounds;
      predicted += found.optimism / rounds;
    }
    return { coverage: covered / rounds, optimism, predicted };
  }

  it.each([
    [40, 0.01, 0.02, 0.2],
    [40, 0.05, 0.02, 0.2],
    [10, 0.01, 0.02, 0.4],
  ])(
    'of %d runs with spread %d and noise %d: the interval holds, optimism is met',
    (runs, spread, noise, off) => {
      const { coverage, optimism, predicted } = simulate(runs, spread, noise);
      expect(coverage).toBeGreaterThan(0.9);
      expect(Math.abs(predicted - optimism) / optimism).toBeLessThan(off);
    },
  );

  it('pulls equal runs together and leaves clear winners', () => {
    const equal = bestOfN([0.8, 0.81, 0.82, 0.8, 0.79], new Array<number>(5).fill(0.02 ** 2))!;
    expect(equal.expected.estimate).toBeLessThan(0.813);
    expect(equal.ties).toBe(4);
    const clear = bestOfN([0.8, 0.81, 0.99, 0.8, 0.79], new Array<number>(5).fill(0.001 ** 2))!;
    expect(clear.expected.estimate).toBeCloseTo(0.99, 4);
    expect(clear).toMatchObject({ best: 2, ties: 0 });
    expect(clear.luckIfEqual).toBeCloseTo(0.001 * 1.16296, 6);
  });

  it('needs three runs, finite scores and noise', () => {
    expect(bestOfN([1, 2], [1, 1])).toBeNull();
    expect(() => bestOfN([1, 2, Number.NaN], [1, 1, 1])).toThrow(RangeError);
    expect(() => bestOfN([1, 2, 3], [1, 0, 1])).toThrow(RangeError);
  });
});
