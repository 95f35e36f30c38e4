/** Labels as engines count them, one rule at a time. */

import { describe, expect, test } from 'vitest';
import type { ColumnMapping } from '../cases/index.ts';
import { type LabelCounts, NO_LABEL } from '../counts/index.ts';
import type { Grouping } from '../slices/index.ts';
import { hashedText } from './cell.ts';
import type { ComparisonSource } from './contract.ts';
import { openDuckDb } from './duckdb/open.ts';
import { openMemory } from './memory/open.ts';
import { sideOf, type TestRow } from './test-tables.ts';

const MAPPING: ColumnMapping = { caseId: 'id', expected: 'y', predicted: 'p' };
const ALL: readonly Grouping[] = [{ kind: 'all', id: 'all' }];
const ENGINES = [
  ['memory', openMemory],
  ['duckdb', (source: ComparisonSource) => openDuckDb(source, { threads: 1 })],
  ['duckdb without codes', (source: ComparisonSource) => openDuckDb(source, { threads: 1, codedTexts: 0 })],
] as const;

const row = (id: string, y: string | readonly string[] | null, p: TestRow['cells']): TestRow => ({
  id,
  passed: 1,
  cells: { y, ...p },
});

/** Cells as `expected baseline candidate: cases`, with names instead of codes. */
function spelled({ labels, slices }: LabelCounts): readonly string[] {
  const name = (code: number): string =>
    labels[code] ?? `<${Object.entries(NO_LABEL).find(([, own]) => own === code)![0]}>`;
  return slices.flatMap(({ cells: { expected, baseline, candidate, cases, cluster } }) =>
    [...cases].map((n, i) =>
      [
        ...(cluster === null ? [] : [cluster[i]]),
        ...[expected, baseline, candidate].map((codes) => name(codes[i]!)),
        n,
      ].join(' '),
    ),
  );
}

describe.each(ENGINES)('labels by the %s engine', (_, open) => {
  async function ask(source: ComparisonSource, maxLabels = 10, groupings = ALL): Promise<LabelCounts> {
    const engine = await open(source);
    try {
      return await engine.labels({ groupings, maxLabels });
    } finally {
      await engine.close();
    }
  }

  test('pair what both runs answered, and say what is no answer', async () => {
    const counts = await ask({
      baseline: sideOf(
        [
          row('1', 'spam', { p: 'spam' }),
          row('2', 'spam', { p: 'ham' }),
          row('3', null, { p: '' }),
          row('4', 'ham', { p: 'ham' }),
          { ...row('5', '', { p: 'ham' }), status: 'error' },
        ],
        MAPPING,
      ),
      candidate: sideOf(
        [
          row('1', 'spam', { p: 'Spam' }),
          row('2', 'spam', { p: 'ham' }),
          row('3', null, { p: 'ham' }),
          row('6', 'ham', { p: null }),
        ],
        MAPPING,
      ),
    });
    expect(counts).toMatchObject({
      labels: ['Spam', 'ham', 'spam'],
      tooMany: null,
      hasLists: false,
      severalTrials: 0,
    });
    expect(spelled(counts)).toEqual([
      '<none> <error> <absent> 1',
      '<none> <none> ham 1',
      'ham <absent> <none> 1',
      'ham ham <absent> 1',
      'spam ham ham 1',
      'spam spam Spam 1',
    ]);
  });

  test('leave edited cases out of the cells, and their texts out of the labels', async () => {
    const counts = await ask({
      baseline: sideOf([row('1', 'a', { p: 'a' }), row('2', 'old', { p: 'b' })], MAPPING),
      candidate: sideOf([row('1', 'a', { p: 'a' }), row('2', 'new', { p: 'c' })], MAPPING),
    });
    expect(counts.labels).toEqual(['a']);
    expect(counts.slices.map(({ edited }) => edited)).toEqual([1]);
    expect(spelled(counts)).toEqual(['a a a 1']);
  });

  test('stop where there are more texts than a classification has', async () => {
    const rows = ['a', 'b', 'c'].map((y) => row(y, y, { p: 'a' }));
    const source = (): ComparisonSource => ({ baseline: null, candidate: sideOf(rows, MAPPING) });
    expect(await ask(source(), 2)).toEqual({
      labels: [],
      tooMany: 3,
      hasLists: false,
      severalTrials: 0,
      slices: [],
    });
    expect((await ask(source(), 3)).labels).toEqual(['a', 'b', 'c']);
  });

  test('ask the first trial by its label', async () => {
    const trials: TestRow[] = [
      { id: '1', trial: '2', passed: 1, cells: { y: 'a', p: 'b' } },
      { id: '1', trial: '10', passed: 1, cells: { y: 'a', p: 'a' } },
      { id: '2', trial: '', status: 'error', cells: { y: 'a', p: 'a' } },
    ];
    const counts = await ask({ baseline: null, candidate: sideOf(trials, { ...MAPPING, trial: 'trial' }) });
    expect(counts.severalTrials).toBe(1);
    expect(spelled(counts)).toEqual(['a <absent> <error> 1', 'a <absent> a 1']);
  });

  test('read a list as its set of tags', async () => {
    const rows = [row('1', ['b', 'a'], { p: ['a', 'b', 'a'] }), row('2', ['a'], { p: [] })];
    const counts = await ask({ baseline: null, candidate: sideOf(rows, MAPPING) });
    expect(counts).toMatchObject({ labels: ['["a","b"]', '[]', 'a'], hasLists: true });
    expect(spelled(counts)).toEqual(['["a","b"] <absent> ["a","b"] 1', 'a <absent> [] 1']);
  });

  test('know a label again that a recorded run kept as a hash', async () => {
    const counts = await ask({
      baseline: sideOf(
        [
          row('1', hashedText('a'), { p: 'a' }),
          row('2', hashedText('a'), { p: 'b' }),
          row('3', hashedText('z'), { p: '' }),
        ],
        MAPPING,
      ),
      candidate: sideOf([row('1', 'a', { p: 'b' }), row('4', hashedText(''), { p: 'b' })], MAPPING),
    });
    expect(counts.labels).toEqual(['a', 'b', hashedText('z')]);
    expect(spelled(counts)).toEqual([
      '<none> <absent> b 1',
      'a a b 1',
      'a b <absent> 1',
      `${hashedText('z')} <none> <absent> 1`,
    ]);
  });

  test('keep clusters apart, numbered by the lowest case id', async () => {
    const rows = [
      ['3', 'k'],
      ['1', 'm'],
      ['2', 'k'],
      ['4', null],
    ].map(([id, group]): TestRow => row(id!, 'a', { p: 'a', group: group! }));
    const counts = await ask({ baseline: null, candidate: sideOf(rows, { ...MAPPING, cluster: 'group' }) });
    expect(spelled(counts)).toEqual(['0 a <absent> a 1', '1 a <absent> a 2', '2 a <absent> a 1']);
  });

  test('read both runs from one file side by side', async () => {
    const rows = [row('1', 'a', { p: 'a', q: 'b' }), row('2', 'b', { p: null, q: 'b' })];
    const counts = await ask({
      baseline: { kind: 'same', mapping: { ...MAPPING, predicted: 'q' } },
      candidate: sideOf(rows, MAPPING),
    });
    expect(spelled(counts)).toEqual(['a b a 1', 'b b <none> 1']);
  });

  test('give every slice its own cells, and those with edited cases only', async () => {
    const groupings: Grouping[] = [{ kind: 'column', id: 'segment', column: 'segment' }];
    const counts = await ask(
      {
        baseline: sideOf(
          [row('1', 'a', { p: 'a', segment: 'x' }), row('2', 'a', { p: 'a', segment: 'y' })],
          MAPPING,
        ),
        candidate: sideOf(
          [row('1', 'a', { p: 'b', segment: 'x' }), row('2', 'b', { p: 'a', segment: 'y' })],
          MAPPING,
        ),
      },
      10,
      groupings,
    );
    expect(counts.slices.map(({ value, edited, cells }) => [value, edited, cells.cases.length])).toEqual([
      ['x', 0, 1],
      ['y', 1, 0],
    ]);
  });
});
