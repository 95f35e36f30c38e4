import { describe, expect, test } from 'vitest';
import type { SlicewiseError } from '../errors.ts';
import { loadConfig } from './index.ts';

const classesOf = async (text: string) => (await loadConfig('slicewise.yaml', text)).classes;

async function problemsOf(text: string): Promise<readonly string[]> {
  const error: SlicewiseError = await loadConfig('slicewise.yaml', text).then(
    () => {
      throw new Error('it was accepted');
    },
    (caught: SlicewiseError) => caught,
  );
  return error.problems.map(({ message, where }) => `${where?.line}: ${message}`);
}

describe('classes', () => {
  test('are read with every default filled in', async () => {
    expect(await classesOf('classes: { positive: 007 }')).toEqual({
      ...{ floor: null, positive: '007', abstain: [], average0: 'skip', costs: null, map: null },
    });
    expect(await classesOf('policy: { minCases: 30 }')).toBeUndefined();
  });

  test('have costs of a positive class, with others in single slices', async () => {
    const costs =
      '{ miss: 100, falseAlarm: 1, slices: [{ column: region, value: eu, miss: 5, falseAlarm: 1, noAnswer: 2 }] }';
    expect((await classesOf(`classes: { positive: fraud, costs: ${costs} }`))!.costs).toEqual({
      ...{ kind: 'errors', miss: 100, falseAlarm: 1, noAnswer: null },
      slices: [{ column: 'region', value: 'eu', miss: 5, falseAlarm: 1, noAnswer: 2 }],
    });
  });

  test('have a cost matrix as rows, or as rows with what any other mistake costs', async () => {
    const rows = '[{ expected: a, predicted: b, cost: 5 }, { predicted: b, cost: 2 }]';
    const read = [
      { expected: 'a', predicted: 'b', cost: 5 },
      { expected: null, predicted: 'b', cost: 2 },
    ];
    expect((await classesOf(`classes: { costs: ${rows} }`))!.costs).toEqual({
      kind: 'matrix',
      rows: read,
      otherwise: 1,
    });
    expect((await classesOf(`classes: { costs: { matrix: ${rows}, otherwise: 3 } }`))!.costs).toEqual({
      ...{ kind: 'matrix', rows: read, otherwise: 3 },
    });
  });

  test('have a map of labels here or in a file', async () => {
    const here = await classesOf('classes: { map: { refund: billing, billing: any } }');
    expect(here!.map).toEqual({
      parents: new Map([
        ['refund', 'billing'],
        ['billing', 'any'],
      ]),
    });
    expect((await classesOf('classes: { map: labels.csv }'))!.map).toEqual({ file: 'labels.csv' });
  });

  test.each([
    ['classes: { floor: 20 }', '1: classes.floor is 20, must be at most 1'],
    ['classes:\n  abstain: [a, b, a]', '2: classes.abstain[2] is "a", as is classes.abstain[0]'],
    ['classes: { costs: { miss: 1 } }', '1: classes.costs names no cost of a falseAlarm'],
    [
      'classes: { costs: { miss: 9, falseAlarm: 1 } }',
      '1: classes.costs names a miss and a false alarm, but no label is the positive one',
    ],
    [
      'classes: { costs: { otherwise: 1, miss: 9, falseAlarm: 1 }, positive: a }',
      '1: classes.costs.otherwise is given without a matrix',
    ],
    [
      'classes: { costs: { miss: 9, matrix: [{ cost: 1 }] } }',
      '1: classes.costs.miss and matrix are both given, must be one',
    ],
    [
      'classes: { costs: [{ cost: 1 }, { cost: 2 }] }',
      '1: classes.costs[1] names the same pair of labels as row 1',
    ],
    ['classes: { costs: [{ expected: a, cost: -1 }] }', '1: classes.costs[0].cost is -1, must be at least 0'],
  ])('%s is refused', async (text, problem) => {
    expect(await problemsOf(text)).toEqual([problem]);
  });

  test('a map with a cycle names every label of it', async () => {
    expect(await problemsOf('classes: { map: { a: b, b: a, c: a } }')).toEqual([
      '1: classes.map.a is its own parent, directly or by others',
      '1: classes.map.b is its own parent, directly or by others',
    ]);
  });
});
