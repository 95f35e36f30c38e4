import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../stats/index.ts';
import { findNeighbours } from './approximate-neighbours.ts';
import { countRuns } from './boilerplate.ts';
import { adjustedRand, chooseK } from './choose-k.ts';
import { clusterNames } from './cluster-names.ts';
import { DIMENSIONS, embedTexts, vectorsFrom } from './embed.ts';
import { kMeans } from './k-means.ts';
import { nearestNeighbours } from './neighbours.ts';
import { openTextModel } from './sentence-embedding.ts';
import { countTerms, termWeights } from './term-frequencies.ts';
import { wordHashes } from './tokenize.ts';

const DOCS = [
  'Where is my new card',
  'my card is lost is it',
  'the transfer of money is late',
  'transfer money to my card',
];

/** TfidfVectorizer(token_pattern=r'(?u)\b\w+\b') of scikit-learn 1.9.1 on DOCS. */
const SKLEARN_WEIGHTS: readonly Readonly<Record<string, number>>[] = [
  {
    card: 0.35558029913030076,
    is: 0.35558029913030076,
    my: 0.35558029913030076,
    new: 0.557085250482912,
    where: 0.557085250482912,
  },
  {
    card: 0.3027655280397821,
    is: 0.6055310560795641,
    it: 0.4743407057088564,
    lost: 0.4743407057088564,
    my: 0.3027655280397821,
  },
  {
    is: 0.2959795721931768,
    late: 0.46370919456547105,
    money: 0.3655936552175586,
    of: 0.46370919456547105,
    the: 0.46370919456547105,
    transfer: 0.3655936552175586,
  },
  {
    card: 0.3650033586000619,
    money: 0.4508517633446265,
    my: 0.3650033586000619,
    to: 0.5718482940425992,
    transfer: 0.4508517633446265,
  },
];

function frequenciesOf(texts: readonly string[]) {
  const frequencies = countTerms();
  for (const text of texts) frequencies.add(text);
  return frequencies;
}

describe('TF-IDF', () => {
  it.each(DOCS.map((text, index) => ({ text, expected: SKLEARN_WEIGHTS[index]! })))(
    'weights of "$text" are those of scikit-learn',
    ({ text, expected }) => {
      const found = new Map(termWeights(text, frequenciesOf(DOCS)).map(({ hash, weight }) => [hash, weight]));
      expect(found.size).toBe(Object.keys(expected).length);
      for (const [word, weight] of Object.entries(expected)) {
        expect(found.get(wordHashes(word)[0]!)).toBeCloseTo(weight, 12);
      }
    },
  );

  it('of a text without words is empty', () => {
    expect(termWeights('😀 !!', frequenciesOf(DOCS))).toEqual([]);
  });
});

describe('the built-in embedding', () => {
  it('puts a text without words at zero and every other at length 1', () => {
    const { values } = embedTexts(['!!', 'pay me'], frequenciesOf(DOCS));
    expect(values.subarray(0, DIMENSIONS).every((value) => value === 0)).toBe(true);
    expect(values.subarray(DIMENSIONS).reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 5);
  });

  it('keeps the cosine of the TF-IDF vectors within a few standard errors of 1/16', () => {
    const topics = ['card lost stolen wallet', 'transfer money abroad bank', 'weather rain sun cloud'];
    const texts = topics.flatMap((topic) => [
      topic,
      `${topic} today`,
      topic.split(' ').slice(0, 2).join(' '),
    ]);
    const frequencies = frequenciesOf(texts);
    const vectors = embedTexts(texts, frequencies);
    const weights = texts.map(
      (text) => new Map(termWeights(text, frequencies).map((one) => [one.hash, one.weight])),
    );
    for (let a = 0; a < texts.length; a++) {
      for (let b = 0; b < a; b++) {
        const truth = [...weights[a]!].reduce(
          (sum, [hash, weight]) => sum + weight * (weights[b]!.get(hash) ?? 0),
          0,
        );
        let dot = 0;
        for (let at = 0; at < DIMENSIONS; at++)
          dot += vectors.values[a * DIMENSIONS + at]! * vectors.values[b * DIMENSIONS + at]!;
        expect(Math.abs(dot - truth)).toBeLessThan(4 / 16);
      }
    }
  });
});

/** Sepal and petal sizes of every fifth flower of Fisher's iris table. */
const IRIS = [
  5.1, 3.5, 1.4, 0.2, 5.4, 3.9, 1.7, 0.4, 5.4, 3.7, 1.5, 0.2, 5.7, 4.4, 1.5, 0.4, 5.4, 3.4, 1.7, 0.2, 5.0,
  3.0, 1.6, 0.2, 4.8, 3.1, 1.6, 0.2, 5.0, 3.2, 1.2, 0.2, 5.0, 3.5, 1.3, 0.3, 4.8, 3.0, 1.4, 0.3, 7.0, 3.2,
  4.7, 1.4, 5.7, 2.8, 4.5, 1.3, 5.0, 2.0, 3.5, 1.0, 6.7, 3.1, 4.4, 1.4, 5.9, 3.2, 4.8, 1.8, 6.6, 3.0, 4.4,
  1.4, 5.5, 2.4, 3.8, 1.1, 6.0, 3.4, 4.5, 1.6, 5.5, 2.6, 4.4, 1.2, 5.7, 3.0, 4.2, 1.2, 6.3, 3.3, 6.0, 2.5,
  7.6, 3.0, 6.6, 2.1, 6.5, 3.2, 5.1, 2.0, 6.4, 3.2, 5.3, 2.3, 6.9, 3.2, 5.7, 2.3, 7.2, 3.2, 6.0, 1.8, 7.4,
  2.8, 6.1, 1.9, 7.7, 3.0, 6.1, 2.3, 6.7, 3.1, 5.6, 2.4, 6.7, 3.0, 5.2, 2.3,
];

describe('k-means', () => {
  const iris = { count: 30, dimensions: 4, values: Float32Array.from(IRIS) };

  it.each([
    [1, 146.18433333333334],
    [2, 33.963732057416266],
    [3, 14.977],
    [5, 7.423000000000003],
  ])('with %d clusters reaches the inertia of scikit-learn', (k, inertia) => {
    const { nextFloat } = createRandom(1);
    expect(kMeans(iris, { k, uniform: nextFloat, starts: 20 }).inertia).toBeCloseTo(inertia, 4);
  });

  it('gives equal bytes for an equal seed', () => {
    const run = () => kMeans(iris, { k: 4, uniform: createRandom(7).nextFloat });
    expect(run()).toEqual(run());
  });

  it('has no more clusters than distinct points', () => {
    const points = vectorsFrom([
      [1, 0],
      [1, 0],
      [0, 1],
    ]);
    expect(kMeans(points, { k: 5, uniform: createRandom(1).nextFloat })).toMatchObject({ k: 2, inertia: 0 });
  });

  it.each([0, 1.5, -1])('refuses k = %d', (k) => {
    expect(() => kMeans(iris, { k, uniform: () => 0.5 })).toThrow(RangeError);
  });
});

describe('the number of clusters', () => {
  it.each([2, 4])('is %d where there are so many groups of texts', (groups) => {
    const { nextFloat, nextBelow } = createRandom(3);
    const texts = Array.from({ length: 400 }, (_, index) => {
      const group = index % groups;
      return Array.from({ length: 8 }, () => `word${group}x${nextBelow(12)}`).join(' ');
    });
    const points = embedTexts(texts, frequenciesOf(texts));
    const chosen = chooseK(points, nextFloat, [2, 3, 4, 6, 8]);
    expect(chosen.k).toBe(groups);
    const { labels } = kMeans(points, { k: chosen.k, uniform: nextFloat });
    expect(
      adjustedRand(
        labels,
        Int32Array.from(texts, (_, index) => index % groups),
      ),
    ).toBe(1);
  });

  it('is 1 where there are too few texts to say', () => {
    expect(
      chooseK(
        vectorsFrom([
          [1, 0],
          [0, 1],
        ]),
        createRandom(1).nextFloat,
      ),
    ).toEqual({ k: 1, tried: [] });
  });

  it.each([
    [[0, 0, 1, 1, 2, 2, 2], [0, 1, 1, 1, 2, 2, 0], 0.2125],
    [[0, 0, 1, 1], [1, 1, 0, 0], 1],
    [[0, 1, 2, 3], [0, 0, 1, 1], 0],
    [[0, 0], [0, 0], 1],
  ])('is judged by the adjusted Rand index of scikit-learn: %j and %j have %d', (a, b, expected) => {
    expect(adjustedRand(Int32Array.from(a), Int32Array.from(b))).toBeCloseTo(expected, 12);
  });
});

describe('names of clusters', () => {
  it('are the words that stand out, numbered by size', () => {
    const texts = ['lost card', 'my card', 'card stolen', 'late transfer', 'my transfer'];
    const names = clusterNames(texts, Int32Array.of(0, 0, 0, 1, 1), 3, frequenciesOf(texts));
    expect(names).toEqual(['01 card lost stolen', '02 transfer late my', '03']);
  });
});

describe('nearest neighbours', () => {
  it('are those of a full sort', () => {
    const vector = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(
        fc.array(vector, { minLength: 1, maxLength: 300 }),
        fc.array(vector, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 8 }),
        (lists, asked, k) => {
          const [points, queries] = [vectorsFrom(lists), vectorsFrom(asked)];
          const found = nearestNeighbours(points, queries, k);
          asked.forEach((_, query) => {
            const dots = lists.map((_list, point) => {
              const at = (of: typeof points, index: number) => [
                ...of.values.subarray(index * 5, index * 5 + 5),
              ];
              const [a, b] = [at(points, point), at(queries, query)];
              const product = a.map((value, dimension) => value * b[dimension]!);
              return {
                point,
                similarity: Math.fround(
                  product[0]! + product[4]! + product[1]! + (product[2]! + product[3]!),
                ),
              };
            });
            dots.sort((a, b) => b.similarity - a.similarity || a.point - b.point);
            expect([...found.indices.subarray(query * found.k, (query + 1) * found.k)]).toEqual(
              dots.slice(0, k).map(({ point }) => point),
            );
          });
        },
      ),
      { numRuns: 50 },
    );
  });

  it('are exact where no index is installed or needed', async () => {
    const points = vectorsFrom([
      [1, 0],
      [0, 1],
    ]);
    const exact = { method: 'exact', indices: Int32Array.of(0, 1) };
    expect(await findNeighbours(points, points, 1, { from: '/nowhere' })).toMatchObject(exact);
    const told: string[] = [];
    const options = { from: '/nowhere', indexFrom: 1, progress: (text: string) => told.push(text) };
    expect(await findNeighbours(points, points, 1, options)).toMatchObject(exact);
    expect(told).toEqual([
      'comparing 2 texts with 2, every pair; npm install usearch adds an index, which is faster',
    ]);
  });

  it.each([
    [[[1, 2], [1]], 'vector 2 has 1 numbers, expected 2'],
    [[[]], 'vector 1 has 0 numbers, expected at least one'],
    [[[1, Number.NaN]], 'vector 1 holds NaN, expected finite numbers'],
  ])('need vectors that fit: %j', (lists, message) => {
    expect(() => vectorsFrom(lists)).toThrow(message);
  });
});

describe('a model of the user', () => {
  it('needs the package, and the message says so', async () => {
    await expect(openTextModel('/models/m', '/models')).rejects.toThrow(
      /need the package @huggingface\/transformers, which is not installed\n {2}hint: npm install/,
    );
  });
});

describe('boilerplate', () => {
  const template = 'please answer the question below using only the facts that are given in the text';
  const counts = countRuns();
  for (let index = 0; index < 60; index++) counts.add(`${template} q${index} a${index} b${index} c${index}`);
  counts.add('one two three four five six seven eight nine ten');

  it.each([
    [`${template} x y z`, 8 / 11],
    [template, 1],
    ['one two three four five six seven eight nine ten', 0],
    ['something quite new that nobody ever said before in here', 0],
    ['too short a text', null],
    ['', null],
  ])('of %j is %s', (text, share) => {
    expect(counts.shareOf(text)).toBe(share);
  });
});
