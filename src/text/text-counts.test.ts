import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countTexts } from './text-counts.ts';

test('each text counts a hash once, whatever else it holds', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.integer({ min: 0, max: 63 }))), (texts) => {
      const counts = countTexts(64);
      for (const text of texts) counts.add(text);
      expect(counts.texts).toBe(texts.length);
      for (let hash = 0; hash < 64; hash++) {
        expect(counts.textsWith(hash)).toBe(texts.filter((text) => text.includes(hash)).length);
      }
    }),
  );
});

test('hashes that share a counter count together, negative ones as well', () => {
  const counts = countTexts(16);
  counts.add([1, 17]);
  counts.add([-15]);
  expect([counts.textsWith(1), counts.textsWith(33), counts.textsWith(2)]).toEqual([2, 2, 0]);
});
