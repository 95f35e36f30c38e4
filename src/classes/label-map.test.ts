import { describe, expect, test } from 'vitest';
import type { Estimate } from '../stats/index.ts';
import {
  ancestor,
  type ClassOptions,
  classFigures,
  classFloors,
  classLevels,
  onSharedOutcome,
  rankMerges,
  trainingShare,
  withAbstentions,
} from './index.ts';
import { tagsOf } from './label-space.ts';
import { testCounts } from './test-slices.ts';

const OPTIONS: ClassOptions = { pairing: 'paired', multiLabel: false, level: 0.95, resamples: 0, seed: 1 };

const COUNTS = testCounts([
  ['refund', 'refund', 'invoice', 6],
  ['refund', 'refund', 'refund', 14],
  ['invoice', 'refund', 'refund', 5],
  ['invoice', 'invoice', 'invoice', 15],
  ['hello', 'hello', 'refund', 2],
  ['hello', 'hello', 'hello', 18],
]);

describe('a hierarchy of labels', () => {
  const parents = new Map([
    ['refund', 'billing'],
    ['invoice', 'billing'],
    ['billing', 'any'],
    ['hello', 'any'],
  ]);

  test('scores every level', () => {
    const levels = classLevels(COUNTS, 0, parents, OPTIONS);
    expect(
      levels.map(({ level, labels, classes }) => [level, labels, classes.accuracy.candidate.estimate]),
    ).toEqual([
      [0, 3, 47 / 60],
      [1, 2, 58 / 60],
      [2, 1, 1],
    ]);
    expect(levels[1]!.classes.n).toBe(60);
  });

  test('refuses a label that is its own parent', () => {
    expect(() =>
      ancestor(
        new Map([
          ['a', 'b'],
          ['b', 'a'],
        ]),
        'a',
        5,
      ),
    ).toThrow('its own parent');
  });

  test('ranks merges by the mistakes that they spare', () => {
    expect(rankMerges(COUNTS.slices[0]!, COUNTS.labels, 'paired')).toEqual([
      { first: 'invoice', second: 'refund', baseline: 5, candidate: 11, share: 11 / 13 },
      { first: 'hello', second: 'refund', baseline: 0, candidate: 2, share: 2 / 13 },
    ]);
  });
});

test('two framings of a task are compared on the outcome that they share, and labels without one are named', () => {
  const counts = testCounts([
    ['pay', 'refund', 'money', 20],
    ['pay', 'other', 'money', 5],
    ['chat', 'other', 'talk', 10],
    ['chat', 'other', 'poem', 3],
  ]);
  const { counts: shared, unmapped } = onSharedOutcome(counts, {
    expected: new Map([
      ['pay', 'team A'],
      ['chat', 'team B'],
    ]),
    baseline: new Map([
      ['refund', 'team A'],
      ['other', 'team B'],
    ]),
    candidate: new Map([
      ['money', 'team A'],
      ['talk', 'team B'],
    ]),
  });
  const figures = classFigures(shared.slices[0]!, shared.labels, OPTIONS);
  expect(figures.accuracy.baseline!.estimate).toBe(33 / 38);
  expect(figures.accuracy.candidate.estimate).toBe(35 / 38);
  expect(figures.abstained.candidate).toBe(3);
  expect(unmapped).toEqual({ expected: [], baseline: [], candidate: ['poem'] });
});

test('an answer that means "I do not know" is no answer, and cells that become the same are joined', () => {
  const counts = withAbstentions(
    testCounts([
      ['a', 'unsure', null, 3],
      ['a', null, 'unsure', 4],
      ['unsure', 'unsure', 'a', 5],
    ]),
    ['unsure'],
  );
  const { cells } = counts.slices[0]!;
  expect([...cells.cases]).toEqual([7, 5]);
  expect(counts.labels).toEqual(['a', 'unsure']);
  expect(classFigures(counts.slices[0]!, counts.labels, OPTIONS).abstained).toEqual({
    baseline: 12,
    candidate: 7,
  });
});

test('floors are tested from the minimum of cases on, over all classes together', () => {
  const { slices, labels } = testCounts([
    ['dead', 'dead', 'live', 100],
    ['tiny', 'tiny', 'live', 10],
    ['weak', 'weak', 'weak', 5],
    ['weak', 'weak', null, 20],
    ['live', 'live', 'live', 100],
  ]);
  const rules = { floor: 0.2, minCases: 20, level: 0.95, pairing: 'paired' } as const;
  const { classes, tested } = classFloors(slices[0]!, labels, rules);
  expect(tested).toBe(3);
  expect(classes.map(({ label }) => label)).toEqual(['dead', 'tiny', 'weak', 'live']);
  // P(no success in 100 at .2), times three.
  expect(classes[0]!.adjusted).toBeCloseTo(3 * 0.8 ** 100, 15);
  expect(classes[0]).toMatchObject({ baselineRecall: 1, instead: [{ answer: 'live', cases: 100 }] });
  expect(classes[1]).toMatchObject({ adjusted: null, n: 10, hits: 0 });
  expect(classes[1]!.recall.upper).toBeCloseTo(0.2775, 4);
  expect(classes[2]!.adjusted).toBe(1);
});

test('training share ranks classes by rows and correlates them with recall', () => {
  const recall = (estimate: number | null): Estimate => ({
    ...{ estimate, lower: null, upper: null, level: 0.95, method: 'wilson', n: 20 },
  });
  const recalls = new Map([
    ['a', recall(0.9)],
    ['b', recall(0.8)],
    ['c', recall(0.5)],
    ['d', recall(0.6)],
    ['e', recall(0.1)],
  ]);
  const rows = new Map([
    ['a', 400],
    ['b', 300],
    ['c', 100],
    ['d', 200],
    ['f', 50],
  ]);
  const share = trainingShare(recalls, rows, 0.95);
  expect(share.correlation.rho.estimate).toBeCloseTo(1, 12);
  expect(share.correlation.rho.n).toBe(5);
  expect(share.classes[0]).toMatchObject({ label: 'e', rows: 0 });
  expect([share.untrained, share.untested]).toEqual([['e'], ['f']]);
});

test('tags of a label are those of a list as engines spell it', () => {
  expect(tagsOf('["a","b"]')).toEqual(['a', 'b']);
  expect(tagsOf('[]')).toEqual([]);
  expect(tagsOf('["a"]')).toEqual(['["a"]']);
  expect(tagsOf('[not a list')).toEqual(['[not a list']);
  expect(tagsOf('[1,2]')).toEqual(['[1,2]']);
});
