import { expect, test } from 'vitest';
import { createNotebook } from './create-notebook.ts';
import { differs } from './import-notes.ts';
import type { ImportedResult } from './imported-result.ts';

const row = (caseId: string, more: Partial<ImportedResult> = {}): ImportedResult => ({
  run: 'r',
  caseId,
  status: 'scored',
  line: 1,
  ...more,
});

test('counts runs, cases, trials and outcomes', () => {
  const notebook = createNotebook();
  notebook.count(row('a', { passed: true, tags: { lang: 'en' } }));
  notebook.count(row('a', { passed: false }));
  notebook.count(row('b', { score: 0.5 }));
  notebook.count(row('b', { status: 'error', error: 'down' }));
  notebook.count(row('c', { status: 'unscored', passed: true }));
  notebook.count(row('a', { run: 's', passed: true, tags: { lang: 'de', topic: 'x' } }));
  const summary = notebook.summary();
  expect(summary.runs).toEqual([
    {
      run: 'r',
      facts: [],
      rows: 5,
      cases: 3,
      maxTrials: 2,
      scored: 3,
      judged: 2,
      errors: 1,
      unscored: 1,
      passed: 1,
    },
    {
      run: 's',
      facts: [],
      rows: 1,
      cases: 1,
      maxTrials: 1,
      scored: 1,
      judged: 1,
      errors: 0,
      unscored: 0,
      passed: 1,
    },
  ]);
  expect(summary.tags).toEqual(['lang', 'topic']);
  expect(summary.tagValues).toEqual([
    { tag: 'lang', values: 2, isMore: false },
    { tag: 'topic', values: 1, isMore: false },
  ]);
});

test('a metric is the mean of case means, so that repeats weigh no more than one case', () => {
  const notebook = createNotebook();
  notebook.metric('r', 'match', { direction: 'higher', primary: true });
  notebook.ownNumber({ run: 'r', name: 'accuracy', value: 0.75, metric: 'match', reason: null });
  notebook.ownNumber({ run: 'r', name: 'rows', value: 9, ours: 4, reason: 'header' });
  notebook.ownNumber({ run: 'r', name: 'other', value: 1, metric: 'nowhere', reason: null });
  for (const [caseId, match] of [
    ['a', false],
    ['a', true],
    ['b', true],
    ['b', true],
  ] as const) {
    notebook.count(row(caseId, { scores: { match, size: match ? 3 : Number.NaN, none: null } }));
  }
  const summary = notebook.summary();
  expect(summary.metrics).toEqual([
    { run: 'r', name: 'match', kind: 'pass', scored: 4, mean: 0.75, direction: 'higher', primary: true },
    { run: 'r', name: 'size', kind: 'number', scored: 3, mean: 3, direction: 'unknown', primary: false },
    { run: 'r', name: 'none', kind: 'pass', scored: 0, mean: null, direction: 'unknown', primary: false },
  ]);
  expect(summary.ownNumbers).toEqual([
    { run: 'r', name: 'accuracy', value: 0.75, ours: 0.75, reason: null },
    { run: 'r', name: 'rows', value: 9, ours: 4, reason: 'header' },
    { run: 'r', name: 'other', value: 1, ours: null, reason: null },
  ]);
});

test('the first fact stays and another one becomes a note; drops keep five places; notes are said once', () => {
  const notebook = createNotebook();
  notebook.fact('r', 'model', 'gpt');
  notebook.fact('r', 'model', 'gpt');
  notebook.fact('r', 'model', 'other');
  for (let line = 1; line <= 7; line += 1) notebook.dropped('no output', `line ${line}`);
  notebook.dropped('header', 'line 1', 3);
  for (const field of ['b', 'a', 'c', 'a']) notebook.unmapped(field);
  notebook.note('once');
  notebook.note('once');
  expect(notebook.summary()).toMatchObject({
    runs: [{ run: 'r', facts: [['model', 'gpt']], rows: 0 }],
    dropped: [
      { reason: 'no output', count: 7, examples: ['line 1', 'line 2', 'line 3', 'line 4', 'line 5'] },
      { reason: 'header', count: 3, examples: ['line 1'] },
    ],
    unmapped: [
      { field: 'a', rows: 2 },
      { field: 'b', rows: 1 },
      { field: 'c', rows: 1 },
    ],
    notes: ['r: model is gpt in one place and other in another', 'once'],
  });
});

test.each([
  [0.667, 2 / 3, false],
  [0.6667, 2 / 3, false],
  [0.67, 2 / 3, true],
  [1, 0.9996, false],
  [1, 0.5, true],
  [5_000, 10, true],
  [0.5, null, false],
])('%d stated against %d of the rows differs: %s', (value, ours, expected) => {
  expect(differs({ run: 'r', name: 'n', value, ours, reason: null })).toBe(expected);
});
