import { expect, test } from 'vitest';
import type { RowChunk } from '../../cases/index.ts';
import { rowsOfRuns, runsNamed } from './rows-of-runs.ts';

test.each([
  ['gpt2:*', ['gpt2:arc', 'gpt2:mmlu']],
  ['*:arc', ['gpt2:arc', 'bert:arc']],
  ['gpt2:arc', ['gpt2:arc']],
  ['a.b', []],
  ['a+(*', ['a+(b']],
  // A name with a star is that run alone.
  ['x*', ['x*']],
  ['nothing*', []],
])('%s names %j', (text, expected) => {
  expect(runsNamed(['gpt2:arc', 'gpt2:mmlu', 'bert:arc', 'a+(b', 'x*', 'xy', 'aXb'], text)).toEqual(expected);
});

test('keeps the rows of the runs and leaves empty chunks out', async () => {
  const chunk = (...runs: string[]): RowChunk => ({
    file: 'r',
    lines: runs.map((_, at) => at + 1),
    columns: new Map([
      ['run', runs],
      ['case_id', runs.map((run, at) => `${run}${at}`)],
    ]),
  });
  async function* chunks() {
    yield* [chunk('a', 'b', 'a'), chunk('b'), chunk('a')];
  }
  const kept = [];
  for await (const one of rowsOfRuns(chunks(), new Set(['a'])))
    kept.push([one.lines, one.columns.get('case_id')]);
  expect(kept).toEqual([
    [
      [1, 3],
      ['a0', 'a2'],
    ],
    [[1], ['a0']],
  ]);
});
