import { expect, test } from 'vitest';
import { createNearDuplicates } from './near-duplicates.ts';
import { closeTexts, repeatedTexts, verified } from './verification.ts';

const NO_PAIRS = { ones: new Int32Array(0), others: new Int32Array(0) };
const NO_COUNTS = { intersections: new Int32Array(0), unions: new Int32Array(0) };

function collect(texts: readonly string[], threshold: number) {
  const builder = createNearDuplicates({ threshold });
  for (const text of texts) builder.add(text);
  return builder.collected();
}

test('each later text of a group is held against the first, in the order of texts', () => {
  const { equal } = collect(['a b c', 'd e f', '', 'D E F', 'A B C', 'a b c'], 0.9);
  expect(repeatedTexts(equal)).toEqual({ ones: Int32Array.of(1, 0, 0), others: Int32Array.of(3, 4, 5) });
});

test('joined sets are told as the first texts of their groups, the second set first', () => {
  // At 0.9 only sets of nine grams and more are stored.
  const collected = collect(['no', 'a b c d e f g h i j k', 'no', 'x b c d e f g h i j k'], 0.9);
  const joined = { count: 1, first: Int32Array.of(0, 9), second: Int32Array.of(1, 9) };
  expect(closeTexts(collected, joined)).toEqual({ ones: Int32Array.of(3), others: Int32Array.of(1) });
});

test('a text whose hash lied leaves its group, with an edge to it only where it is close', () => {
  const collected = collect(['a b c', 'd e f', 'a b c', 'a b c', 'd e f'], 0.9);
  const repeats = {
    ...repeatedTexts(collected.equal),
    intersections: Int32Array.of(9, 1, 8),
    unions: Int32Array.of(10, 1, 9),
  };
  const found = verified(collected, repeats, { ...NO_PAIRS, ...NO_COUNTS }, { packs: [], edges: [] });
  expect(found).toMatchObject({ groups: 4, verified: true });
  expect([...found.groupOf]).toEqual([0, 1, 2, 0, 3]);
  expect([...found.firstText]).toEqual([0, 1, 2, 4]);
  expect([...found.members]).toEqual([2, 1, 1, 1]);
  expect(found.edges).toEqual([{ first: 0, second: 2, intersection: 9, union: 10 }]);
});
