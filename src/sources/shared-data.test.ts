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
  it('are refused with what they are, or are rows', async () => {
    const root = sharedPath('importers')!;
    const answers: string[] = [];
    for (const tool of ['deepeval', 'inspect', 'lm-eval', 'promptfoo']) {
      for (const name of readdirSync(join(root, tool)).filter((file) => /\.jsonl?$/.test(file))) {
        const request = { files: [`${tool}/${name}`], run: null, mapping: {}, cwd: root };
        const answer = await openRun(request).then(
          (run) => `rows by ${run.mapping.caseId}`,
          (error: Error) => error.message.replace(/^.*\(it looks like a result file of (.+?)\).*$/s, '$1'),
        );
        answers.push(`${tool}: ${answer.split(',')[0]}`);
      }
    }
    expect([...new Set(answers)].toSorted()).toEqual([
      'deepeval: DeepEval',
      'inspect: Inspect',
      'lm-eval: lm-evaluation-harness',
      'lm-eval: rows by doc_id',
      'promptfoo: promptfoo',
      'promptfoo: the file is one JSON object with the keys "results"',
    ]);
  });
});
