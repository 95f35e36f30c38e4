/** `slicewise splits check`: what held-out splits say about the next one, and how alike two sets of texts are. */

import type { Command } from 'commander';
import { UsageError } from '../../errors.ts';
import type { PageFormat } from '../../reports/index.ts';
import { type CommandModule, PLAIN_EXIT_CODES } from '../command-module.ts';
import { addDisplayOptions, type DisplayOptions, displayOf } from '../display-options.ts';
import { formatOption } from '../format-option.ts';
import { addKnownResults, fewestCases, type KnownResultsOptions, knownResults } from '../known-results.ts';
import { readNumberIn } from '../number-option.ts';
import { startProgress } from '../progress.ts';
import type { Shell } from '../shell.ts';

type CheckOptions = DisplayOptions &
  KnownResultsOptions & {
    readonly floor?: string;
    readonly train?: readonly string[];
    readonly test?: readonly string[];
    readonly text?: string;
    readonly seed: string;
    readonly format: PageFormat;
  };

export const splitsCheckCommand: CommandModule = {
  usage: '[RESULTS...] [--splits FILE] [options]',
  description:
    'Results on splits, kind by kind: the drop of every split from the in-domain score, their spread, and where the drop of the next ' +
    'unseen source will lie. With --train and --test it says how well the texts of two sets can be told apart, and by which words.',
  examples: [
    {
      command: 'slicewise splits check results.jsonl --splits splits.jsonl',
      shows: 'drops on the splits that splits build made',
    },
    {
      command: 'slicewise splits check results.csv --column source --in-domain internal',
      shows: 'every other source against the internal one',
    },
    {
      command: 'slicewise splits check --train train.csv --test test.csv',
      shows: 'whether two sets of texts are alike',
    },
  ],
  exitCodes: PLAIN_EXIT_CODES,
  define,
  run,
};

function define(command: Command): void {
  command.argument('[results...]', 'results of one system on the test cases').optionsGroup('The splits:');
  addKnownResults(command);
  command
    .option('--floor <rate>', 'lowest acceptable rate of a split')
    .optionsGroup('Texts:')
    .option('--train <file...>', 'texts of the training set')
    .option('--test <file...>', 'texts of the test set')
    .option('--text <column>', 'column of the texts (default: found by name)')
    .option('--seed <n>', 'seed of every draw', '1')
    .addOption(formatOption());
  addDisplayOptions(command, { all: true });
}

async function run(command: Command, shell: Shell): Promise<number> {
  const options = command.opts<CheckOptions>();
  const display = displayOf(options, shell);
  const { floor, train, test } = options;
  if ((train === undefined) !== (test === undefined)) {
    throw new UsageError({ message: '--train and --test belong together', hint: '--train OLD --test NEW' });
  }
  const files = command.args;
  const least = floor === undefined ? null : readNumberIn('--floor', floor, { least: 0, most: 1 });
  const results = files.length === 0 ? null : await knownResults(files, options, least);
  const { renderSplitsCheck, runSplitsCheck } = await import('../../datasets/index.ts');
  const progress = startProgress(options.quiet ?? false, shell);
  progress.say('reading');
  const report = await runSplitsCheck({
    cwd: shell.cwd,
    stdin: shell.stdin,
    results,
    texts: train === undefined || test === undefined ? null : { train, test, column: options.text ?? null },
    minCases: fewestCases(options),
    level: 0.95,
    seed: readNumberIn('--seed', options.seed, { least: 0, most: Number.MAX_SAFE_INTEGER, isWhole: true }),
  }).finally(progress.end);
  await shell.stdout.write(renderSplitsCheck(report, options.format, display));
  return 0;
}
