/** The same cases in another order give the same answer. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CLASSIFIER_DEFAULTS } from '../models/index.ts';
import { createRandom } from '../stats/index.ts';
import { runBaselineTrain } from './baseline/run-train.ts';
import { runForecast } from './forecast/run-forecast.ts';
import { runSplitsBuild } from './splits/run-build.ts';
import { runSplitsCheck } from './splits/run-check.ts';

const cwd = mkdtempSync(join(tmpdir(), 'slicewise-row-order-'));
afterAll(() => rmSync(cwd, { recursive: true }));

const words = [
  'pay',
  'card',
  'lost',
  'limit',
  'top',
  'up',
  'fee',
  'transfer',
  'app',
  'pin',
  'rate',
  'late',
  'block',
];

const random = createRandom(1, 1);
const rows = Array.from({ length: 240 }, (_, at) => {
  const label = ['card', 'money', 'login'][at % 3]!;
  const drawn = Array.from({ length: 9 }, () => words[random.nextBelow(words.length)]);
  return {
    id: `c${(at * 7) % 240}`,
    text: [`about${at % 3 === 0 ? 'card' : at % 5}`, ...drawn].join(' '),
    label,
    source: `s${at % 4}`,
    customer: `k${at % 30}`,
    split: at % 4 === 0 ? 'iid:1' : `source:s${at % 4}`,
    day: `2026-01-${String((at % 28) + 1).padStart(2, '0')}`,
    pass: (at * 13) % 10 < 7,
    sure: ((at * 17) % 100) / 100,
  };
});

/** A third of the rows as other trials of the same cases, with the system's confidence of that time. */
const trials = rows.flatMap((row, at) =>
  at % 3 ? [row] : [row, { ...row, pass: !row.pass, sure: row.sure / 3 }],
);

const shuffled = <Row>(all: readonly Row[]): readonly Row[] => {
  const dealt = createRandom(5, 2);
  return all
    .map((row) => ({ row, draw: dealt.nextFloat() }))
    .sort((a, b) => a.draw - b.draw)
    .map(({ row }) => row);
};

const write = (name: string, all: readonly object[]) =>
  writeFileSync(join(cwd, name), all.map((row) => `${JSON.stringify(row)}\n`).join(''));

/** The answers to the rows as they are and shuffled, each under the same names of files. */
async function inBothOrders<Answer>(answer: () => Promise<Answer>): Promise<readonly [Answer, Answer]> {
  const files = { 'rows.jsonl': rows, 'trials.jsonl': trials, 'asked.jsonl': rows.slice(100) };
  for (const [name, all] of Object.entries(files)) write(name, all);
  const before = await answer();
  for (const [name, all] of Object.entries(files)) write(name, shuffled(all));
  return [before, await answer()];
}

const results = {
  files: ['trials.jsonl'],
  run: null,
  mapping: { caseId: 'id', input: 'text', passed: 'pass' },
  splits: { kind: 'column', column: 'split' },
  inDomain: ['iid'],
  floor: null,
} as const;

describe('in another order the same cases give the same', () => {
  it('splits, line for line', async () => {
    const [before, after] = await inBothOrders(async () => {
      const report = await runSplitsBuild({
        ...{ files: ['rows.jsonl'], cwd, id: null, text: null, label: null, verified: null },
        ...{ source: 'source', time: 'day', group: 'customer', rare: true, hard: true },
        ...{ splits: 2, folds: 4, share: 0.1, minCases: 10, threshold: 0.9, seed: 3 },
        ...{ output: 'splits.jsonl', directory: null },
      });
      const lines = readFileSync(join(cwd, 'splits.jsonl'), 'utf8').split('\n');
      return { report, lines: lines.toSorted() };
    });
    expect(after).toEqual(before);
    expect(new Set(before.report.splits.map(({ shift }) => shift)).size).toBe(6);
  });

  it('drops over splits and differences of texts', async () => {
    const [before, after] = await inBothOrders(() =>
      runSplitsCheck({
        cwd,
        results,
        texts: { train: ['rows.jsonl'], test: ['asked.jsonl'], column: null },
        ...{ minCases: 10, level: 0.95, seed: 3 },
      }),
    );
    expect(after).toEqual(before);
    expect(before.texts?.classifier?.auc.estimate).not.toBeNull();
  });

  it('model and measurement, byte for byte', async () => {
    const [before, after] = await inBothOrders(async () => {
      const report = await runBaselineTrain({
        records: { files: ['rows.jsonl'], cwd },
        label: null,
        columns: { text: ['text'], category: ['source'], number: ['sure'] },
        group: 'customer',
        ...{ test: [], folds: 4, share: 0.7, top: 5, out: 'model.json' },
        options: { ...CLASSIFIER_DEFAULTS, calibrate: 'temperature', classWeight: 'balanced', seed: 3 },
      });
      return { report, text: readFileSync(join(cwd, 'model.json'), 'utf8') };
    });
    expect(after).toEqual(before);
    expect(before.report.rows).toBe(240);
  });

  it('forecast by every way', async () => {
    const [before, after] = await inBothOrders(() =>
      runForecast({
        cwd,
        results,
        inputs: ['asked.jsonl'],
        text: null,
        confidence: 'sure',
        minCases: 10,
        seed: 3,
      }),
    );
    expect(after).toEqual(before);
    expect(before.records.map(({ forecast }) => typeof forecast)).toEqual(['number', 'number', 'number']);
  });
});
