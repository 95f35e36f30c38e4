/** Families of segments: planted topics are found, with reasons; the clustering is that of scipy. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../stats/index.ts';
import { averageLinkage, cutMerges } from './average-linkage.ts';
import { FAMILY_DEFAULTS, proposeFamilies } from './families.ts';
import type { SegmentProfile } from './segment-vectors.ts';

const profile = (
  name: string,
  counts: Record<number, number>,
  metadata: readonly string[] = [],
  cases = 10,
): SegmentProfile => {
  const terms = Object.keys(counts)
    .map(Number)
    .sort((a, b) => a - b);
  return {
    name,
    cases,
    terms: Uint32Array.from(terms),
    weights: Float64Array.from(terms, (term) => counts[term]!),
    metadata,
  };
};

/** Segments of three topics: words 100 to 119 of topic 0 and so on, and words 0 to 49 that all use. */
function planted(seed: number): { segments: SegmentProfile[]; topics: number[] } {
  const random = createRandom(seed);
  const topics = Array.from({ length: 36 }, () => random.nextBelow(3));
  const segments = topics.map((topic, i) => {
    const counts: Record<number, number> = {};
    for (let word = 0; word < 80; word++) {
      const term = random.nextFloat() < 0.5 ? random.nextBelow(50) : 100 * (topic + 1) + random.nextBelow(20);
      counts[term] = (counts[term] ?? 0) + 1;
    }
    return profile(`customer ${i}`, counts, [], 5 + random.nextBelow(20));
  });
  return { segments, topics };
}

describe('planted topics', () => {
  const { segments, topics } = planted(1);
  const { families, alone } = proposeFamilies(segments);

  test('become families, every segment in exactly one', () => {
    expect(families).toHaveLength(3);
    expect(alone).toEqual([]);
    for (const { members } of families) {
      expect(new Set(members.map((name) => topics[Number(name.split(' ')[1])]))).toHaveProperty('size', 1);
    }
    expect(families.flatMap(({ members }) => members)).toHaveLength(36);
  });

  test('say why: the words of their topic', () => {
    for (const { terms, members, similarity } of families) {
      const topic = topics[Number(members[0]!.split(' ')[1])]!;
      expect(terms.length).toBeGreaterThan(3);
      expect(terms.every(({ key }) => Math.floor(key / 100) === topic + 1)).toBe(true);
      expect(terms[0]).toMatchObject({ elsewhere: 0 });
      expect(similarity).toBeGreaterThan(FAMILY_DEFAULTS.similarity);
    }
  });

  test('come with most cases first, in families and within them', () => {
    const cases = families.map((family) => family.cases);
    expect(cases).toEqual([...cases].sort((a, b) => b - a));
    expect(cases.reduce((sum, n) => sum + n, 0)).toBe(
      segments.reduce((sum, segment) => sum + segment.cases, 0),
    );
  });
});

describe('metadata', () => {
  const words = (seed: number) =>
    Object.fromEntries(Array.from({ length: 30 }, (_, i) => [1000 * seed + i, 1]));
  const segments = [
    profile('a', words(1), ['domain=finance', 'region=eu']),
    profile('b', words(2), ['domain=finance', 'region=eu']),
    profile('c', words(3), ['domain=law']),
  ];

  test('joins segments that share no word, if it weighs enough, and is the reason', () => {
    expect(proposeFamilies(segments, { ...FAMILY_DEFAULTS, metadataWeight: 0.2 }).families).toEqual([]);
    const { families, alone } = proposeFamilies(segments, { ...FAMILY_DEFAULTS, metadataWeight: 1 });
    expect(families.map(({ members }) => members)).toEqual([['a', 'b']]);
    expect(families[0]!.metadata.map(({ key }) => key)).toEqual(['domain=finance', 'region=eu']);
    expect(alone).toEqual(['c']);
  });
});

test('segments without words, one segment and none are no families', () => {
  expect(proposeFamilies([profile('a', {}), profile('b', {})])).toEqual({ families: [], alone: ['a', 'b'] });
  expect(proposeFamilies([profile('a', { 1: 1 })])).toEqual({ families: [], alone: ['a'] });
  expect(proposeFamilies([])).toEqual({ families: [], alone: [] });
});

test('malformed profiles are refused', () => {
  const bad = { ...profile('x', { 1: 1, 2: 1 }), terms: Uint32Array.of(2, 2) };
  expect(() => proposeFamilies([bad])).toThrow('x: terms do not ascend at 1');
  expect(() => proposeFamilies([{ ...bad, terms: Uint32Array.of(2) }])).toThrow('x: 1 terms, 2 weights');
  expect(() => proposeFamilies([], { ...FAMILY_DEFAULTS, similarity: 0 })).toThrow('must be in (0, 1]');
});

describe('average linkage', () => {
  const points = [
    [0, 0],
    [1, 0.2],
    [0.4, 1.5],
    [5, 5],
    [5.5, 4.2],
    [9, 0],
    [8.1, 0.7],
    [4.4, 5.3],
  ] as const;
  const distance = (a: number, b: number) =>
    Math.hypot(points[a]![0] - points[b]![0], points[a]![1] - points[b]![1]);

  test('has the heights and groups of scipy', () => {
    // scipy 1.17.1: scipy.cluster.hierarchy.linkage(points, 'average')
    const heights = [
      0.6708203932499366, 1.019803902718557, 1.1401754250991383, 1.2495165159080321, 1.492099787976819,
      5.742085245872089, 7.004514159471185,
    ];
    const merges = averageLinkage(8, distance);
    merges.forEach((merge, i) => {
      expect(merge.distance).toBeCloseTo(heights[i]!, 5);
    });
    expect(merges.map(({ size }) => size)).toEqual([2, 2, 2, 3, 3, 5, 8]);
    expect(cutMerges(8, merges, 2)).toEqual([
      [0, 1, 2],
      [3, 4, 7],
      [5, 6],
    ]);
    expect(cutMerges(8, merges, 0.1)).toHaveLength(8);
  });

  test('joins the closest pair of groups each time, whatever the distances', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 0, max: 1e6 }), (items, seed) => {
        const random = createRandom(seed);
        const table = Array.from({ length: items }, () =>
          Array.from({ length: items }, () => random.nextFloat()),
        );
        const of = (a: number, b: number) => table[Math.min(a, b)]![Math.max(a, b)]!;
        const groups = Array.from({ length: items }, (_, i) => [i]);
        const heights: number[] = [];
        while (groups.length > 1) {
          let best = { i: 0, j: 1, d: Number.POSITIVE_INFINITY };
          groups.forEach((x, i) => {
            groups.slice(i + 1).forEach((y, offset) => {
              const pairs = x.flatMap((a) => y.map((b) => of(a, b)));
              const d = pairs.reduce((sum, value) => sum + value, 0) / pairs.length;
              if (d < best.d) best = { i, j: i + 1 + offset, d };
            });
          });
          heights.push(best.d);
          groups[best.i]!.push(...groups.splice(best.j, 1)[0]!);
        }
        averageLinkage(items, of).forEach((merge, i) => {
          expect(merge.distance).toBeCloseTo(heights[i]!, 5);
        });
      }),
    );
  });

  test('ends with equal distances and with one item', () => {
    expect(averageLinkage(5, () => 1)).toHaveLength(4);
    expect(averageLinkage(1, () => 1)).toEqual([]);
    expect(averageLinkage(0, () => 1)).toEqual([]);
  });
});
