/** Reducers of trials, against values of Inspect's own and against enumeration. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mostCommon, parseTrialReducer, reduceTrials } from './index.ts';

const reduce = (scores: readonly number[], name: string): number | null =>
  reduceTrials(scores, parseTrialReducer(name)!);

test.each<[readonly number[], string, number | null]>([
  [[1, 0, 0.5, 0], 'mean', 0.375],
  [[1, 0, 0.5, 0], 'median', 0.25],
  [[1, 0, 0.5, 0], 'mode', 0],
  [[1, 0, 0.5, 0], 'max', 1],
  [[0.5, 1], 'mode', 0.5],
  [[1, 1, 0], 'at_least_2', 1],
  [[1, 0.9, 0], 'at_least_2', 0],
  [[1, 0, 0], 'pass_at_2', 2 / 3],
  [[1, 1, 0], 'pass_k_2', 1 / 3],
  [[1], 'pass_at_2', null],
  [[], 'mean', null],
  [[], 'at_least_1', null],
])('%j by %s is %j', (scores, name, value) => {
  const found = reduce(scores, name);
  if (value === null) expect(found).toBeNull();
  else expect(found).toBeCloseTo(value, 12);
});

test('names that are no reducers are not read', () => {
  for (const name of ['Mean', 'at_least', 'pass_at_0', 'at_least_-1', 'sum', '']) {
    expect(parseTrialReducer(name)).toBeNull();
  }
});

test('pass_at and pass_k are shares of all draws of k trials', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 9 }),
      fc.integer({ min: 1, max: 9 }),
      (scores, k) => {
        fc.pre(k <= scores.length);
        const draws = Array.from({ length: 2 ** scores.length }, (_, bits) =>
          scores.filter((_score, at) => (bits >> at) & 1),
        ).filter((draw) => draw.length === k);
        const share = (test: (draw: number[]) => boolean): number => draws.filter(test).length / draws.length;
        expect(reduce(scores, `pass_at_${k}`)).toBeCloseTo(
          share((draw) => draw.includes(1)),
          12,
        );
        expect(reduce(scores, `pass_k_${k}`)).toBeCloseTo(
          share((draw) => !draw.includes(0)),
          12,
        );
      },
    ),
  );
});

test('the most common value is the first of several', () => {
  expect([mostCommon(['P', 'C', 'C', 'P']), mostCommon(['C', 'P', 'P']), mostCommon([])]).toEqual([
    'P',
    'P',
    null,
  ]);
});
