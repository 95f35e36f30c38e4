import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sharedPath } from '../../test/shared-folder.ts';
import { openRun } from './index.ts';

const data = sharedPath('data');
if (data === null) console.warn('shared data are absent: reading of real files is not tested');

/** Rows as the sources of the data count them. */
const CASES = {
  'adult/cases.csv.gz': 48_842,
  'adult/raw.csv.gz': 48_842,
  'banking77/cases.csv.gz': 3_080,
  'banking77/train.csv.gz': 10_003,
  'bbh/cases.csv.gz': 6_511,
  'gsm8k-models/cases.csv.gz': 1_319,
  'gsm8k-variants/cases.jsonl.gz': 1_319,
  'label-errors-20news/review.jsonl.gz': 93,
  'llmbar/items.jsonl.gz': 419,
  'llmbar/judgments.csv.gz': 27_235,
  'pandalm/testset.jsonl.gz': 999,
  'quant-banking77/results.csv.gz': 21_560,
  'spam-assassin/cases.csv.gz': 6_046,
  'tofu-erasure/forget_text.jsonl.gz': 1_440,
  'tofu-erasure/items.csv.gz': 4_542,
  'xstest/completions.csv.gz': 1_800,
  'xstest/prompts.csv.gz': 450,
} as const;

describe.skipIf(data === null)('recorded results of real systems', () => {
  it.each(Object.entries(CASES))('%s has %i rows', async (file, rows) => {
    const idColumns: Record<string, string> = {
      'adult/raw.csv.gz': 'age',
      'tofu-erasure/items.csv.gz': 'item',
    };
    const caseId = idColumns[file];
    const run = await openRun({
      files: [file],
      run: null,
      mapping: caseId === undefined ? {} : { caseId },
      cwd: data!,
    });
    let read = 0;
    if (run.source.kind === 'rows') for await (const chunk of run.source.chunks) read += chunk.lines.length;
    expect(read).toBe(rows);
  });

  it('scores of a recorded run are read from the column that is mapped', async () => {
    const passed = { before: 0, after: 0 };
    for (const side of ['before', 'after'] as const) {
      const run = await openRun({
        files: ['bbh/cases.csv.gz'],
        run: null,
        mapping: { passed: `pass_${side}` },
        cwd: data!,
      });
      if (run.source.kind !== 'rows') continue;
      for await (const chunk of run.source.chunks) {
        chunk.attributes.get('task')!.forEach((task, row) => {
          if (task === 'word_sorting') passed[side] += chunk.passed[row] ?? 0;
        });
      }
    }
    expect(passed).toEqual({ before: 126, after: 101 });
  });
});

describe.skipIf(sharedPath('importers') === null)('result files of other tools', () => {
  const open = (files: readonly string[], more: object = {}) =>
    openRun({ files, run: null, mapping: {}, cwd: sharedPath('importers')!, ...more });

  it.each([
    ['promptfoo/empty_run.json', 'promptfoo', 0],
    ['inspect/log_formats.json', 'inspect', 1],
    ['inspect/popularity_3samples.json', 'inspect', 3],
    ['deepeval/test_run_sample.json', 'deepeval', 1],
    ['lm-eval', 'lm-eval', 10],
    ['helm', 'helm', 10],
    ['every-eval-ever', 'every-eval-ever', 1],
    ['open-multi-agent', 'open-multi-agent', 2],
    ['langfuse-traces', 'langfuse', 2],
  ])('%s is read as %s with %i rows', async (path, format, rows) => {
    const opened = await open([path]);
    expect(opened.format).toBe(format);
    const summary = opened.imported!.summary();
    expect(summary.runs.reduce((sum, run) => sum + run.rows, 0)).toBe(rows);
    if (opened.source.kind !== 'rows') throw new Error('expected rows');
    let read = 0;
    for await (const chunk of opened.source.chunks) read += chunk.lines.length;
    expect(read).toBe(rows);
    expect(opened.mapping.caseId).toBe('case_id');
  });

  it('asks which run of a file is meant, with the command that compares two of them', async () => {
    const file = 'promptfoo/sample-export.json';
    await expect(open([file], { side: 'alone' })).rejects.toThrow(
      `the file holds 2 runs, expected one: "openai:gpt-5" (2 rows), "openai:gpt-5-mini" (2 rows) (${file})\n` +
        '  hint: choose one with --candidate-run openai:gpt-5, or compare two of them: slicewise gate ' +
        `--baseline ${file} --baseline-run openai:gpt-5 --candidate ${file} --candidate-run openai:gpt-5-mini`,
    );
    const chosen = await open([file], { run: 'openai:gpt-5-mini' });
    expect(chosen.imported?.runs).toEqual(['openai:gpt-5-mini']);
    const both = await open([file], { run: 'openai:*' });
    expect(both.imported?.runs).toEqual(['openai:gpt-5', 'openai:gpt-5-mini']);
    await expect(open([file], { run: 'gpt-4' })).rejects.toThrow(
      'there is no run "gpt-4"; the runs are "openai:gpt-5" (2 rows), "openai:gpt-5-mini" (2 rows)',
    );
  });

  it('reads them as rows where the user says so', async () => {
    const [samples] = readdirSync(join(sharedPath('importers')!, 'lm-eval')).filter((name) =>
      name.endsWith('.jsonl'),
    );
    const opened = await open([`lm-eval/${samples}`], { from: 'rows' });
    expect(opened.imported).toBeNull();
    expect(opened.mapping.caseId).toBe('doc_id');
  });
});
