import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearDuplicateComponents, textClusters } from './components.ts';
import { readGramKind } from './gram-kind.ts';
import { literalGrams } from './literal-grams.ts';
import { createNearDuplicates, findNearDuplicates } from './near-duplicates.ts';
import { exactRatio, leastDifferent, leastShared, reaches } from './ratio.ts';
import { findNearDuplicatesInThreads } from './threads.ts';

describe('thresholds', () => {
  test.each([
    [0.995, 199, 200],
    [0.5, 1, 2],
    [1, 1, 1],
    [0.1, 1, 10],
    [0.333, 333, 1000],
  ])('%d is %d/%d', (threshold, numerator, denominator) => {
    expect(exactRatio(threshold)).toEqual({ numerator, denominator });
  });

  test.each([0, -1, 1.1, Number.NaN, 1e-12, 1 / 3])('%d is refused', (threshold) => {
    expect(() => exactRatio(threshold)).toThrow(RangeError);
  });

  test('a pair that stands exactly on the threshold counts', () => {
    expect(reaches(exactRatio(0.8), 4, 5)).toBe(true);
    expect(reaches(exactRatio(0.7), 7, 10)).toBe(true);
    expect(leastShared(exactRatio(0.8), 4, 5)).toBe(4);
    expect(leastDifferent(exactRatio(0.995))).toBe(199);
  });
});

test('grams are runs of tokens, and a short text is one gram', () => {
  expect(literalGrams('Pay me, now PLEASE', readGramKind('word3')!)).toEqual(['pay me now', 'me now please']);
  expect(literalGrams('Pay me', readGramKind('word3')!)).toEqual(['pay me']);
  expect(literalGrams(' a\n\u00a0b𝒳 ', readGramKind('char5')!)).toEqual(['a bx']);
  expect(literalGrams('?!', readGramKind('word3')!)).toEqual([]);
});

test('every pair of small texts is found, whatever the threshold and the grams', () => {
  const word = fc.constantFrom('a', 'b', 'c', 'd', 'é', '日本', '𝒳', '!');
  const text = fc.array(word, { maxLength: 12 }).map((parts) => parts.join(' '));
  fc.assert(
    fc.property(
      fc.array(text, { maxLength: 14 }),
      fc.constantFrom(0.5, 0.6, 0.75, 0.9, 1),
      fc.constantFrom('word1', 'word2', 'char3'),
      (texts, threshold, kind) => {
        const grams = readGramKind(kind)!;
        const found = findNearDuplicates(texts, { threshold, grams });
        const ratio = exactRatio(threshold);
        const edges = new Set(found.edges.map(({ first, second }) => `${first} ${second}`));
        for (let a = 0; a < texts.length; a++) {
          for (let b = a + 1; b < texts.length; b++) {
            const [one, other] = [
              new Set(literalGrams(texts[a]!, grams)),
              new Set(literalGrams(texts[b]!, grams)),
            ];
            const shared = [...one].filter((gram) => other.has(gram)).length;
            const [ga, gb] = [found.groupOf[a]!, found.groupOf[b]!];
            const isFound =
              ga >= 0 && gb >= 0 && (ga === gb || edges.has(`${ga} ${gb}`) || edges.has(`${gb} ${ga}`));
            expect(isFound).toBe(reaches(ratio, shared, one.size + other.size - shared));
          }
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('texts that are streamed and not kept give the same groups and edges', () => {
  const words = Array.from({ length: 400 }, (_, k) => `w${(k * 7919) % 1000}`);
  const texts = [words.join(' '), [...words, 'more'].join(' '), words.join('  ').toUpperCase(), 'short one'];
  const builder = createNearDuplicates({ threshold: 0.98 });
  for (const text of texts) builder.add(text);
  const streamed = builder.finish(null);
  const kept = findNearDuplicates(texts, { threshold: 0.98 });
  expect(streamed.verified).toBe(false);
  expect([...streamed.groupOf]).toEqual([0, 1, 0, 2]);
  expect({ ...streamed, verified: true }).toEqual(kept);
  expect(kept.edges).toEqual([{ first: 0, second: 1, intersection: 398, union: 399 }]);
});

test.each([
  [2, 0.98],
  [3, 0.98],
  [2, 1],
])(
  '%d threads at %d give the same answer as none, however the texts are dealt',
  async (threads, threshold) => {
    const texts = Array.from({ length: 6_100 }, (_, k) =>
      Array.from(
        { length: 3 + (k % 10 === 0 ? 300 : 9) },
        (_, j) => `w${(k % 4_000) * 13 + (j === 200 ? k : j)}`,
      ).join(' '),
    );
    const threaded = await findNearDuplicatesInThreads(texts, { threshold }, threads, 0);
    expect(threaded.edges.length > 100).toBe(threshold < 1);
    expect(threaded).toEqual(findNearDuplicates(texts, { threshold }));
  },
  60_000,
);

describe('components', () => {
  const words = readGramKind('word1')!;

  test('follow chains of pairs, and equal texts without words stay together', () => {
    const base = Array.from({ length: 40 }, (_, k) => `w${k}`);
    const changed = (count: number) => base.map((word, k) => (k < count ? `x${k}` : word)).join(' ');
    const texts = ['??', changed(0), changed(4), changed(8), 'something else', ' ?? '];
    expect([...nearDuplicateComponents(texts, { threshold: 0.8, grams: words })]).toEqual([0, 1, 1, 1, 2, 0]);
  });

  test('a chain whose ends are far apart is loose', () => {
    const base = Array.from({ length: 40 }, (_, k) => `w${k}`);
    const texts = [0, 4, 8, 12].map((count) => base.map((word, k) => (k < count ? `x${k}` : word)).join(' '));
    const [cluster, ...others] = textClusters(
      findNearDuplicates(texts, { threshold: 0.8, grams: words }),
      (k) => texts[k]!,
    );
    expect(others).toEqual([]);
    expect(cluster).toMatchObject({ texts: [0, 1, 2, 3], sets: 4, farthest: [0, 3], isLoose: true });
    expect(cluster!.smallest).toBeCloseTo(28 / 52, 12);
  });

  test('all texts equal are one group without an edge', () => {
    const found = findNearDuplicates(new Array(5000).fill('the same words again'), {});
    expect([found.groups, found.edges.length, found.members[0]]).toEqual([1, 0, 5000]);
  });
});

test('a long text of one letter differs from one twice as long by characters only where their grams do', () => {
  const found = findNearDuplicates(['a'.repeat(1000), 'a'.repeat(2000)], { threshold: 0.5 });
  // One word each, and two different words.
  expect([...found.groupOf]).toEqual([0, 1]);
});
