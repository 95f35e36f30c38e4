import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closeGroups } from './close-groups.ts';
import { nearDuplicateComponents } from './components.ts';
import { readGramKind } from './gram-kind.ts';
import { findNearDuplicates } from './near-duplicates.ts';
import { majority, slack } from './packs.ts';
import { exactRatio, reaches } from './ratio.ts';
import type { NearDuplicateOptions, NearDuplicates } from './text-groups.ts';
import { findNearDuplicatesInThreads } from './threads.ts';

/** Every group with those that are close to it, ascending and without itself. */
function closeTo(found: NearDuplicates): readonly (readonly number[])[] {
  const near = closeGroups(found);
  return Array.from({ length: found.groups }, (_, group) =>
    [...new Set(near(group).flatMap((list) => [...list]))]
      .filter((one) => one !== group)
      .sort((a, b) => a - b),
  );
}

/** Copies of up to three templates of words, each with some of its words replaced, some by words that other copies have as well. */
const forms = fc
  .record({
    words: fc.integer({ min: 20, max: 120 }),
    copies: fc.array(
      fc.record({
        template: fc.nat({ max: 2 }),
        changes: fc.array(fc.tuple(fc.nat({ max: 119 }), fc.nat({ max: 40 })), {
          minLength: 1,
          maxLength: 4,
        }),
      }),
      { minLength: 8, maxLength: 40 },
    ),
  })
  .map(({ words, copies }) =>
    copies.map(({ template, changes }) => {
      // The templates share all but a few words, so that copies of different ones can be close.
      const text = Array.from({ length: words }, (_, at) =>
        at < template * 2 ? `t${template}${at}` : `w${at}`,
      );
      for (const [at, value] of changes) text[at % words] = `v${value}`;
      return text.join(' ');
    }),
  );

test('packs and edges say the same pairs, whatever the texts differ in', () => {
  let packs = 0;
  fc.assert(
    fc.property(
      forms,
      fc.constantFrom(0.5, 0.7, 0.8, 0.9, 0.95),
      fc.constantFrom('word1', 'word2', 'word3'),
      fc.constantFrom(3, 4, 8),
      (texts, threshold, kind, packsFrom) => {
        const options: NearDuplicateOptions = { threshold, grams: readGramKind(kind)! };
        const packed = findNearDuplicates(texts, { ...options, packsFrom });
        const paired = findNearDuplicates(texts, options);
        packs += packed.packs.length;
        expect(closeTo(packed)).toEqual(closeTo(paired));
        expect(paired.packs).toEqual([]);
        expect(nearDuplicateComponents(texts, { ...options, packsFrom })).toEqual(
          nearDuplicateComponents(texts, { ...options, packsFrom: Number.POSITIVE_INFINITY }),
        );
      },
    ),
    { numRuns: 120 },
  );
  expect(packs).toBeGreaterThan(50);
});

test('sets that leave room within their template are close, and sets that share no difference only then', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 400 }),
      fc.nat({ max: 40 }),
      fc.nat({ max: 40 }),
      fc.constantFrom(0.5, 0.8, 0.995),
      (template, extra, missing, threshold) => {
        fc.pre(missing * 2 <= template);
        // Two sets with the same number of own and of missing grams, all different.
        const ratio = exactRatio(threshold);
        const size = template + extra - missing;
        const shared = template - 2 * missing;
        const room = slack(ratio, size, extra + missing);
        expect(room >= 0).toBe(reaches(ratio, shared, 2 * size - shared));
      },
    ),
  );
});

test('the majority is what more than half of the sets have', () => {
  expect([...majority([[1, 2, 3], [2, 3, 4], [3, 2], [9]])].sort()).toEqual([2, 3]);
  expect([...majority([[1], [2]])]).toEqual([]);
});

test('copies of one form with a name each are one pack without an edge, with threads or without', async () => {
  const texts = Array.from({ length: 300 }, (_, copy) =>
    Array.from({ length: 600 }, (_, at) => (at === 300 ? `name${copy}` : `w${at}`)).join(' '),
  );
  const found = findNearDuplicates(texts, { threshold: 0.98, packsFrom: 32 });
  expect(found.edges).toEqual([]);
  expect(found.packs.map(({ members, others }) => [members.length, others.length])).toEqual([[300, 0]]);
  expect(await findNearDuplicatesInThreads(texts, { threshold: 0.98, packsFrom: 32 }, 2, 0)).toEqual(found);
}, 60_000);
