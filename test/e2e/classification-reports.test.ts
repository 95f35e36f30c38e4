/** The reports in docs/guide/classification are what `slicewise report` says of public data, where that data is present. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { sharedPath } from '../shared-folder.ts';
import { slicewise, workFolder } from './cli.ts';
import { expectKept } from './kept-report.ts';

/** One report: the data, how it becomes files, and what is asked. */
interface Report {
  readonly name: string;
  /** Folder of the data; the report is not made without it. */
  readonly data: readonly string[];
  /** File that the command reads by packed file. */
  readonly files: Readonly<Record<string, string>>;
  readonly args: readonly string[];
}

const LABELS = [
  ...['--map', 'expected=label', '--map', 'baseline.predicted=pred_before'],
  ...['--map', 'candidate.predicted=pred_after'],
];

const PROBABILITIES = [
  '--map',
  'baseline.probabilities=p_before',
  '--map',
  'candidate.probabilities=p_after',
];

const REPORTS: readonly Report[] = [
  {
    name: 'banking77',
    data: ['data', 'banking77'],
    files: { 'banking77.csv': 'cases.csv.gz', 'train.csv': 'train.csv.gz' },
    args: ['banking77.csv', ...LABELS, '--map', 'input=text', '--train', 'train.csv'],
  },
  {
    name: 'spam-assassin',
    data: ['data', 'spam-assassin'],
    files: { 'spam.csv': 'cases.csv.gz' },
    args: [
      ...['spam.csv', ...LABELS, ...PROBABILITIES, '--map', 'input=subject'],
      ...['--slice', 'group', '--slice', 'content_type', '--slice', 'year'],
      ...['--positive', '1', '--cost', 'miss=1,false-alarm=20'],
    ],
  },
  {
    name: 'adult',
    data: ['data', 'adult'],
    files: { 'adult.csv': 'cases.csv.gz' },
    args: [
      ...['adult.csv', ...LABELS, ...PROBABILITIES],
      ...['--slice', 'sex', '--slice', 'race', '--cross', 'sex,race'],
      ...['--positive', '1', '--cost', 'miss=3,false-alarm=1'],
    ],
  },
];

const MARK = '<!-- What follows is written by slicewise report. -->';

describe('reports on public data', () => {
  for (const { name, data, files, args } of REPORTS) {
    const folder = sharedPath(...data);
    if (folder === null) console.warn(`skipped: ${data.join('/')} is not here`);
    test.skipIf(folder === null)(
      name,
      async () => {
        const cwd = workFolder(
          Object.fromEntries(
            Object.entries(files).map(([file, packed]) => [
              file,
              gunzipSync(readFileSync(join(folder!, packed))),
            ]),
          ),
        );
        const { code, stdout, stderr } = await slicewise(
          ['report', ...args, '--format', 'markdown', '--quiet'],
          { cwd },
        );
        expect(code, stderr).toBe(0);
        const made = `${MARK}\n\n\`slicewise report ${args.join(' ')}\`\n\n${stdout}`;
        const path = join(import.meta.dirname, '../../docs/guide/classification', `${name}.md`);
        expectKept(path, MARK, made);
      },
      180_000,
    );
  }
});
