/** `slicewise splits build`: test sets for every kind of shift, without leaks. */

import type { Command } from 'commander';
import type { PageFormat } from '../../reports/index.ts';
import { type CommandModule, PLAIN_EXIT_CODES } from '../command-module.ts';
import { addDisplayOptions, type DisplayOptions, displayOf } from '../display-options.ts';
import { formatOption } from '../format-option.ts';
import { readNumberIn } from '../number-option.ts';
import { checkOutputs } from '../output-files.ts';
import { startProgress } from '../progress.ts';
import type { Shell } from '../shell.ts';

type BuildOptions = DisplayOptions & {
  readonly id?: string;
  readonly text?: string;
  readonly label?: string;
  readonly source?: string;
  readonly time?: string;
  readonly group?: string;
  readonly rare?: boolean;
  readonly hard?: boolean;
  readonly verified?: string;
  readonly splits: string;
  readonly folds: string;
  readonly share: string;
  readonly minCases: string;
  readonly threshold: string;
  readonly seed: string;
  readonly out?: string;
  readonly files?: string;
  readonly format: PageFormat;
};

export const splitsBuildCommand: CommandModule = {
  usage: 'DATA... [--source COLUMN] [--rare] [options]',
  description:
    'Holds cases out by source, by time, by group, because they are rare or because they are hard: two or three splits of ' +
    'each kind, since one says nothing about the next. Near-duplicates of test cases are kept out of training, so no split ' +
    'leaks. Also deals grouped and stratified folds. In-domain splits by chance are always made: drops are measured from them.',
  examples: [
    {
      command: 'slicewise splits build data.csv --source site --rare -o splits.jsonl',
      shows: 'unseen sites and rare inputs',
    },
    {
      command: 'slicewise splits build data.csv --group customer --folds 5 -o folds.jsonl',
      shows: 'five folds that keep customers whole',
    },
  ],
  exitCodes: PLAIN_EXIT_CODES,
  define,
  run,
};

function define(command: Command): void {
  command
    .argument('<data...>', 'labelled rows (CSV, JSON lines, Parquet)')
    .optionsGroup('Kinds of shift:')
    .option('--source <column>', 'hold out one source at a time')
    .option('--time <column>', 'hold out the latest ranges; only earlier cases train')
    .option('--group <column>', 'hold out handfuls of whole groups; folds keep them whole')
    .option('--rare', 'hold out texts that are said like few others of their class')
    .option('--hard', 'hold out what a cheap model gets most wrong')
    .option('--folds <k>', 'also deal grouped and stratified folds', '0')
    .optionsGroup('The rows:')
    .option('--id <column>', 'case id (default: found by name, else the place of the row)')
    .option('--text <column>', 'text of a case (default: found by name)')
    .option('--label <column>', 'label of a case (default: found by name)')
    .option('--verified <column>', 'says yes, true or 1 where a person verified the label')
    .optionsGroup('The splits:')
    .option('--splits <n>', 'splits of each kind, 2 or 3', '3')
    .option('--share <s>', 'share of the cases in a split, up to 0.5', '0.1')
    .option('--min-cases <n>', 'fewest test cases of a split', '20')
    .option('--threshold <t>', 'similarity from which texts are near-duplicates', '0.9')
    .option('--seed <n>', 'seed of every draw', '1')
    .optionsGroup('The answer:')
    .option('-o, --out <file>', 'write the splits of every case (.jsonl), and OUT.plan.json')
    .option('--files <folder>', 'write lists of train and test ids, two files per split')
    .addOption(formatOption());
  addDisplayOptions(command, { all: true });
}

async function run(command: Command, shell: Shell): Promise<number> {
  const options = command.opts<BuildOptions>();
  const display = displayOf(options, shell);
  const { out, files, id, text, label, source, time, group, rare, hard, verified } = options;
  const numbers = {
    splits: readNumberIn('--splits', options.splits, { least: 2, most: 3, isWhole: true }),
    folds:
      options.folds === '0'
        ? 0
        : readNumberIn('--folds', options.folds, { least: 2, most: 100, isWhole: true }),
    share: readNumberIn('--share', options.share, { least: 0.001, most: 0.5 }),
    minCases: readNumberIn('--min-cases', options.minCases, { least: 1, most: 1_000_000, isWhole: true }),
    threshold: readNumberIn('--threshold', options.threshold, { least: 0.5, most: 1 }),
    seed: readNumberIn('--seed', options.seed, { least: 0, most: Number.MAX_SAFE_INTEGER, isWhole: true }),
  };
  await checkOutputs(out === undefined ? [] : [out, `${out}.plan.json`], command.args, shell.cwd);
  const { renderSplits, runSplitsBuild } = await import('../../datasets/index.ts');
  const progress = startProgress(options.quiet ?? false, shell);
  progress.say('reading');
  const report = await runSplitsBuild({
    files: command.args,
    cwd: shell.cwd,
    stdin: shell.stdin,
    id: id ?? null,
    text: text ?? null,
    label: label ?? null,
    source: source ?? null,
    time: time ?? null,
    group: group ?? null,
    rare: rare ?? false,
    hard: hard ?? false,
    verified: verified ?? null,
    ...numbers,
    output: out ?? null,
    directory: files ?? null,
  }).finally(progress.end);
  await shell.stdout.write(renderSplits(report, options.format, display));
  return 0;
}
