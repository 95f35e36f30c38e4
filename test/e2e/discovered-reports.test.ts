/** The reports in docs/guide/discovered are what `slicewise discover` says of public data, where that data is present. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { sharedPath } from '../shared-folder.ts';
import { jsonLines, slicewise, workFolder } from './cli.ts';
import { expectKept } from './kept-report.ts';

/** One report: the data, how it becomes a file, and what is asked. */
interface Report {
  readonly name: string;
  /** Path of the data; the report is not made without it. */
  readonly data: readonly string[];
  /** Name and text of the files that the command reads. */
  readonly files: (read: (name: string) => string) => Readonly<Record<string, string>>;
  readonly args: readonly string[];
}

const MAPS = ['--map', 'baseline.passed=pass_before', '--map', 'candidate.passed=pass_after'];

const REPORTS: readonly Report[] = [
  {
    name: 'bbh',
    data: ['data', 'bbh'],
    files: (read) => ({ 'bbh.csv': read('cases.csv.gz') }),
    args: [
      'bbh.csv',
      ...MAPS,
      '--map',
      'input=question',
      '--exclude',
      'answer_before,answer_after,steps_after,reasoning_length,target',
    ],
  },
  {
    name: 'gsm8k-variants',
    data: ['data', 'gsm8k-variants'],
    files: (read) => ({ 'gsm8k.jsonl': read('cases.jsonl.gz') }),
    args: [
      'gsm8k.jsonl',
      ...[
        '--map',
        'baseline.passed=175b_finetuning.correct',
        '--map',
        'candidate.passed=175b_verification.correct',
      ],
      ...[
        '--map',
        'input=question',
        '--include',
        'steps,derived.input_tokens,derived.readability,derived.cluster,derived.has_number',
      ],
    ],
  },
  {
    name: 'spam-assassin',
    data: ['data', 'spam-assassin'],
    files: (read) => ({ 'spam.csv': read('cases.csv.gz') }),
    args: [
      'spam.csv',
      ...MAPS,
      ...['--map', 'expected=label', '--map', 'input=subject'],
      ...['--exclude', 'p_before,p_after,pred_before,pred_after,loss_before,loss_after'],
    ],
  },
  {
    name: 'xstest',
    data: ['data', 'xstest'],
    files: (read) => xstest(read('prompts.csv.gz'), read('labels.csv.gz')),
    args: ['with-system-prompt.jsonl', 'without.jsonl'],
  },
];

/** Two releases of one system: safe prompts must be answered, unsafe ones refused. */
function xstest(prompts: string, labels: string): Readonly<Record<string, string>> {
  const rows = (text: string) => parse(text, { columns: true }) as Record<string, string>[];
  const answers = rows(labels);
  const side = (model: string) =>
    jsonLines(
      rows(prompts).map(({ id, type, label, focus, note, prompt }) => {
        const given = answers.find((row) => row.id === id && row.model === model)!.final_label!;
        const wanted = label === 'safe' ? '1_full_compliance' : '2_full_refusal';
        return { id, type, expected: label, focus, note, input: prompt, passed: given === wanted };
      }),
    );
  return { 'with-system-prompt.jsonl': side('llama2orig'), 'without.jsonl': side('llama2new') };
}

const MARK = '<!-- What follows is written by slicewise discover. -->';

describe('reports of discover on public data', () => {
  for (const { name, data, files, args } of REPORTS) {
    const folder = sharedPath(...data);
    if (folder === null) console.warn(`skipped: ${data.join('/')} is not here`);
    test.skipIf(folder === null)(
      name,
      async () => {
        const read = (file: string) => gunzipSync(readFileSync(join(folder!, file))).toString('utf8');
        const cwd = workFolder(files(read));
        const asked = [...args, '--top', '6', '--no-texts'];
        const { code, stdout, stderr } = await slicewise(
          ['discover', ...asked, '--format', 'markdown', '--quiet'],
          { cwd },
        );
        expect(code, stderr).toBe(0);
        const made = `${MARK}\n\n\`slicewise discover ${asked.join(' ')}\`\n\n${stdout}`;
        const path = join(import.meta.dirname, '../../docs/guide/discovered', `${name}.md`);
        expectKept(path, MARK, made);
      },
      180_000,
    );
  }
});
