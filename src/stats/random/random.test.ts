import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createRandom,
  philox4x32,
  philox4x32Into,
  poisson1FromWord,
  poisson1Weight,
  seedWords,
} from './index.ts';

const word = fc.integer({ min: 0, max: 0xffffffff });

test('words written in place are those of the function', () => {
  fc.assert(
    fc.property(word, word, word, word, word, word, (a, b, c, d, e, f) => {
      const out = new Uint32Array(6);
      philox4x32Into(out, 1, a, b, c, d, e, f);
      expect([...out]).toEqual([0, ...philox4x32([a, b, c, d], [e, f]), 0]);
    }),
  );
});

test('a seed is cut into two words and must be a whole number', () => {
  expect(seedWords(4294967298)).toEqual([2, 1]);
  for (const seed of [-1, 0.5, 2 ** 53, Number.NaN]) {
    expect(() => seedWords(seed)).toThrow('must be a whole number from 0 to 9007199254740991');
  }
});

test('Poisson weights are the quantiles of their word', () => {
  expect(poisson1FromWord(0)).toBe(0);
  expect(poisson1FromWord(Math.floor(2 ** 32 * Math.exp(-1)))).toBe(0);
  expect(poisson1FromWord(Math.ceil(2 ** 32 * Math.exp(-1)))).toBe(1);
  expect(poisson1FromWord(1713891541)).toBe(1);
  expect(poisson1FromWord(0xffffffff)).toBe(12);
  expect(poisson1Weight(7, 0, 0, 0)).toBe(3);
});

test('Poisson weights have mean and variance 1', () => {
  const n = 20_000;
  let sum = 0;
  let squares = 0;
  for (let index = 0; index < n; index += 1) {
    const weight = poisson1Weight(3, 1, index, 9);
    sum += weight;
    squares += weight * weight;
  }
  const mean = sum / n;
  // Four standard errors: sqrt(1 / n) of the mean, sqrt(3 / n) of the variance.
  expect(Math.abs(mean - 1)).toBeLessThan(4 * Math.sqrt(1 / n));
  expect(Math.abs(squares / n - mean * mean - 1)).toBeLessThan(4 * Math.sqrt(3 / n));
});

describe('createRandom', () => {
  test('gives the same numbers for the same seed and stream, and others for others', () => {
    const draw = (seed: number, stream: number) => {
      const random = createRandom(seed, stream);
      return Array.from({ length: 9 }, () => random.nextUint32());
    };
    expect(draw(1, 0)[0]).toBe(310111809);
    expect(draw(1, 0)).toEqual(draw(1, 0));
    const all = [draw(1, 0), draw(1, 1), draw(2, 0), draw(2 ** 32 + 1, 0)].flat();
    expect(new Set(all).size).toBe(all.length);
  });

  test('gives numbers below the bound, each about equally often', () => {
    const random = createRandom(5);
    const counts = new Array<number>(6).fill(0);
    const n = 12_000;
    for (let index = 0; index < n; index += 1) counts[random.nextBelow(6)]! += 1;
    const chiSquare = counts.reduce((sum, count) => sum + (count - n / 6) ** 2 / (n / 6), 0);
    expect(chiSquare).toBeLessThan(20.5); // the 0.999 quantile at 5 degrees of freedom
    expect(random.nextBelow(1)).toBe(0);
    for (const bound of [0, 1.5, 2 ** 32 + 1]) expect(() => random.nextBelow(bound)).toThrow(RangeError);
  });

  test('gives floats in [0, 1) and normal numbers with mean 0 and variance 1', () => {
    const random = createRandom(11);
    const n = 20_000;
    let sum = 0;
    let squares = 0;
    let floats = 0;
    for (let index = 0; index < n; index += 1) {
      const normal = random.nextNormal();
      sum += normal;
      squares += normal * normal;
      const float = random.nextFloat();
      expect(float >= 0 && float < 1).toBe(true);
      floats += float;
    }
    expect(Math.abs(sum / n)).toBeLessThan(4 / Math.sqrt(n));
    expect(Math.abs(squares / n - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
    expect(Math.abs(floats / n - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / n));
  });
});
