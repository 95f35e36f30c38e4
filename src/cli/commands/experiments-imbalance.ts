/** `slicewise experiments imbalance`: measures what each remedy does for rare classes. */

import { type Command, InvalidArgumentError } from 'commander';
import { type CommandModule, PLAIN_EXIT_CODES } from '../command-module.ts';
import { type DisplayOptions, displayOf } from '../display-options.ts';
import { addAnswerOptions } from '../experiments-options.ts';
import { checkOutputs, writeOutputs } from '../output-files.ts';
import { planOutputs } from '../output-plan.ts';
import { startProgress } from '../progress.ts';
import { pageFormat } from '../record-options.ts';
import type { Shell } from '../shell.ts';

type Options = DisplayOptions & {
  readonly label?: string;
  readonly text?: string;
  readonly test?: readonly string[];
  readonly group?: string;
  readonly folds: number;
  readonly seed: number;
  readonly format?: 'terminal' | 'markdown' | 'json' | 'csv';
  readonly out?: readonly string[];
};

const COLUMNS_OF_FILES = 100;

const many = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

export const experimentsImbalanceCommand: CommandModule = {
  usage: 'TRAIN... [--label COLUMN] [--text COLUMN]',
  description:
    'Fits the built-in text classifier with each remedy for class imbalance (weights, repeated rows, dropped rows) and with an ' +
    'eighth, a quarter, half and all of the rows, and prints recall and precision of every class with intervals, the paired ' +
    'change against no remedy, and where twice the rows would lead (extrapolated). Rows are held out in folds, or come from ' +
    '--test. The same text never stands on both sides of a fold.',
  examples: [
    {
      command: 'slicewise experiments imbalance train.csv --label intent --text query',
      shows: 'what would help the rare intents',
    },
    {
      command: 'slicewise experiments imbalance train.csv --test test.csv --format csv',
      shows: 'scored on rows of their own, for a spreadsheet',
    },
  ],
  exitCodes: PLAIN_EXIT_CODES,
  define,
  run: runCommand,
};

function define(command: Command): void {
  command
    .argument('<train...>', 'rows to learn from, or - for standard input')
    .option('--label <column>', 'the class (default: by name)')
    .option('--text <column>', 'the text (default: by name)')
    .option('--test <file>', 'rows to score, in place of folds (repeatable)', many)
    .option('--group <column>', 'rows of one value stay in one fold (default: rows with the same text)')
    .option('--folds <n>', 'how many folds, from 2', readWhole(2), 5)
    .option('--seed <n>', 'seed of the folds and of the shares', readWhole(0), 1);
  addAnswerOptions(command);
}

function readWhole(least: number): (text: string) => number {
  return (text) => {
    if (/^[0-9]{1,9}$/.test(text) && Number(text) >= least) return Number(text);
    throw new InvalidArgumentError(`expected a whole number of at least ${least}.`);
  };
}

async function runCommand(command: Command, shell: Shell): Promise<number> {
  const options = command.opts<Options>();
  const display = displayOf(options, shell);
  const plan = planOutputs(options.format, options.out ?? []);
  const files = plan.files.map(({ path, format }) => ({ path, format: pageFormat(format, path) }));
  const test = options.test ?? [];
  await checkOutputs(
    files.map(({ path }) => path),
    [...command.args, ...test],
    shell.cwd,
  );
  const { renderImbalance, runImbalance } = await import('../../datasets/index.ts');
  const progress = startProgress(options.quiet ?? false, shell);
  progress.say('reading');
  const report = await runImbalance({
    files: command.args,
    test,
    cwd: shell.cwd,
    stdin: shell.stdin,
    label: options.label ?? null,
    text: options.text ?? null,
    group: options.group ?? null,
    folds: options.folds,
    seed: options.seed,
    progress: progress.say,
  }).finally(progress.end);
  const inFiles = { columns: COLUMNS_OF_FILES, ascii: display.ascii, all: true };
  await writeOutputs(
    files.map(({ path, format }) => ({ path, text: renderImbalance(report, format, inFiles) })),
    shell.cwd,
  );
  if (plan.stdout !== null)
    await shell.stdout.write(renderImbalance(report, pageFormat(plan.stdout, '-'), display));
  return 0;
}
