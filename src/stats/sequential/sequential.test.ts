/** Evidence at any time: 50-digit references, confseq, and the promise that nobody is fooled by looking often. */

import { expect, test } from 'vitest';
import { type GoldenCase, testGolden } from '../../../test/golden.ts';
import { createRandom } from '../random/index.ts';
import { binomialLogPmf } from '../special/index.ts';
import {
  betaBinomialSequence,
  bettingMartingale,
  eBenjaminiHochberg,
  eHolm,
  empiricalBernsteinSequence,
  logEDrop,
  logEShortfall,
  skellamTail,
} from './index.ts';

const methods: Record<string, (input: GoldenCase['input']) => unknown> = {
  e_drop: (input) => {
    const logE = logEDrop(input.baseOnly, input.candOnly);
    return { logE, e: Math.exp(logE) };
  },
  beta_binomial_confidence_sequence: (input) => betaBinomialSequence(input.successes, input.n, input.alpha),
  e_bh: (input) => ({ reject: eBenjaminiHochberg(input.e, input.alpha) }),
  betting_mart: (input) => {
    const wealth = bettingMartingale(input.x, input.m, input.alpha);
    return { last: wealth.at(-1), max: Math.max(...wealth), at10: wealth[9] };
  },
  predmix_empbern_cs: (input) => {
    const limits = empiricalBernsteinSequence(input.x, input.alpha);
    return { ...limits.at(-1), lowerAt20: limits[19]!.lower, upperAt20: limits[19]!.upper };
  },
};

testGolden('sequential', ({ input }) => methods[input.method]!(input));

test('the e-value is a fair bet: its mean over one more flip is the e-value before', () => {
  for (const [b, c] of [
    [0, 0],
    [5, 2],
    [40, 60],
    [900, 3],
  ] as const) {
    const now = logEDrop(b, c);
    const next = (Math.exp(logEDrop(b + 1, c) - now) + Math.exp(logEDrop(b, c + 1) - now)) / 2;
    // At a loss share of exactly one half the bet is fair; below one half it loses.
    expect(next).toBeCloseTo(1, 10);
  }
  expect(logEDrop(0, 5000)).toBeCloseTo(-Math.log(5001), 10);
  expect(Number.isFinite(logEDrop(2_000_000, 10))).toBe(true);
});

test('looking after each of 400 flips blocks at most 5 % of clean runs (2,000 runs, seed 6)', () => {
  const random = createRandom(6);
  let fooled = 0;
  for (let run = 0; run < 2000; run++) {
    let losses = 0;
    for (let m = 1; m <= 400; m++) {
      losses += random.nextUint32() & 1;
      if (losses > m / 2 && logEDrop(losses, m - losses) >= Math.log(20)) {
        fooled++;
        break;
      }
    }
  }
  const rate = fooled / 2000;
  expect(rate - 2.33 * Math.sqrt((rate * (1 - rate)) / 2000)).toBeLessThanOrEqual(0.05);
  expect(rate).toBeGreaterThan(0.005);
});

test('e-Holm multiplies 1 / E by the number of slices left', () => {
  const adjusted = eHolm([Math.log(100), Math.log(2), -3]);
  [0.03, 1, 1].forEach((p, i) => {
    expect(adjusted[i]).toBeCloseTo(p, 12);
  });
});

test.each([0, 0.3, 2, 40])(
  'the Skellam tail at mean %d is the double sum over two Poisson counts',
  (mean) => {
    const chance = (k: number) => {
      let log = -mean;
      for (let i = 1; i <= k; i++) log += Math.log(mean / i);
      return Math.exp(log);
    };
    for (const s of [-7, -1, 0, 1, 3, 12]) {
      let expected = 0;
      for (let x = 0; x < 200; x++)
        for (let y = 0; y < 200 && y <= x - s; y++) expected += chance(x) * chance(y);
      expect(skellamTail(s, mean)).toBeCloseTo(expected, 10);
    }
  },
);

test('the Skellam tail keeps small chances and large means', () => {
  expect(skellamTail(60, 1)).toBeGreaterThan(0);
  expect(skellamTail(60, 1)).toBeLessThan(1e-80);
  expect(skellamTail(1645 * 2, 2e6)).toBeCloseTo(0.05, 3);
});

test('numbers out of range are refused', () => {
  expect(() => logEDrop(-1, 0)).toThrow('losses -1');
  expect(() => bettingMartingale([2], 0.5, 0.05)).toThrow('scores[0] is 2');
  expect(() => skellamTail(0.5, 1)).toThrow('s is 0.5');
  expect(betaBinomialSequence(0, 0, 0.05)).toEqual({ lower: 0, upper: 1 });
});

test('the bet on a shortfall is fair at the floor and loses above it: its mean over all outcomes', () => {
  const mean = (n: number, floor: number, rate: number) => {
    let sum = 0;
    for (let x = 0; x <= n; x++) sum += Math.exp(binomialLogPmf(x, n, rate) + logEShortfall(x, n, floor));
    return sum;
  };
  for (const n of [0, 1, 7, 60, 400]) {
    for (const floor of [0.05, 0.5, 0.85, 0.999]) expect(mean(n, floor, floor)).toBeCloseTo(1, 9);
    expect(mean(n, 0.85, 0.9)).toBeLessThanOrEqual(1 + 1e-12);
  }
  expect(Math.exp(logEShortfall(0, 1, 0.5))).toBeCloseTo(1.5, 14);
  // 10 of 20 against .85: the exact p of one look is .000248.
  expect(Math.exp(-logEShortfall(10, 20, 0.85))).toBeCloseTo(0.003744, 5);
  expect([logEShortfall(3, 9, 0), logEShortfall(8, 9, 1), logEShortfall(9, 9, 1)]).toEqual([
    0,
    Number.POSITIVE_INFINITY,
    -Math.log(10),
  ]);
  expect(() => logEShortfall(3, 2, 0.5)).toThrow(RangeError);
});

test('scores in part lose against the floor too: half a pass in every case at a floor of one half', () => {
  for (const n of [1, 10, 1000]) expect(logEShortfall(n / 2, n, 0.5)).toBeLessThanOrEqual(0);
});
