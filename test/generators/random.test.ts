import { describe, expect, it } from 'vitest';
import { hashText, randomStream, shareOf, shuffle } from './random.ts';

describe('seeded chance', () => {
  it.each([
    ['', 0x811c9dc5],
    ['a', 0xe40c292c],
    ['foobar', 0xbf9cf968],
  ])('hashes %j as FNV-1a does', (text, hash) => {
    expect(hashText(text)).toBe(hash);
  });

  it('gives a text the same share for the same salt', () => {
    expect(shareOf('easy-ham-1/00001', 'split')).toBe(shareOf('easy-ham-1/00001', 'split'));
    expect(shareOf('easy-ham-1/00001', 'split')).not.toBe(shareOf('easy-ham-1/00001', 'mix'));
  });

  it('streams numbers of [0, 1) with the mean of a uniform', () => {
    const random = randomStream(1);
    const numbers = Array.from({ length: 10_000 }, random);
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
    expect(numbers.reduce((sum, number) => sum + number, 0) / 10_000).toBeCloseTo(0.5, 1);
  });

  it('shuffles without losing anything', () => {
    const values = Int32Array.from({ length: 100 }, (_, i) => i);
    shuffle(values, randomStream(7));
    expect([...values]).not.toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect([...values].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });
});
