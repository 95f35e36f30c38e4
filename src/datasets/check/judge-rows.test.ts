import { describe, expect, test } from 'vitest';
import type { DataCheckRequest } from './check-request.ts';
import { judgeRows } from './judge-rows.ts';
import type { ReadSet } from './read-rows.ts';

/** A long text, and variants of it that differ in the last word alone: 999 of 1,001 runs of three words are shared. */
const longText = (last: string) => `${Array.from({ length: 1_000 }, (_, i) => `word${i}`).join(' ')} ${last}`;

const judge = (texts: readonly string[], labels: readonly number[]) =>
  judgeRows(
    {
      count: texts.length,
      texts,
      ids: texts.map(() => null),
      labels: Int32Array.from(labels),
      labelNames: ['yes', 'no', 'maybe'],
    } as unknown as ReadSet,
    { minWords: 1, threshold: 0.995, threads: 1 } as DataCheckRequest,
  );

describe('rows that are alike', () => {
  test('all repeat the first that stays, whether equal or near', async () => {
    const { repeats } = await judge(['one', 'two', 'one', 'three'].map(longText), [0, 0, 0, 0]);
    expect([...repeats]).toEqual([-1, 0, 0, 0]);
  });

  test('of different labels are named in one order on every row', async () => {
    const { details } = await judge(['one', 'two', 'three'].map(longText), [1, 0, 2]);
    expect([...details.values()]).toEqual(Array(3).fill('yes / no / maybe'));
  });

  test('of one label are no conflict, nor is a row without a label', async () => {
    const { details } = await judge(['one', 'two', 'three'].map(longText), [1, 1, -1]);
    expect(details.size).toBe(0);
  });
});
