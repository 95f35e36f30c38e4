/** `slicewise splits check`: what held-out splits say about the next one, and how alike two sets of texts are. */

import { type Command, Option } from 'commander';
import { UsageError } from '../../errors.ts';
import type { PageFormat } from '../../reports/index.ts';
import { type CommandModule, PLAIN_EXIT_CODES } from '../command-module.ts';
import { addDisplayOptions, type DisplayOptions, displayOf } from '../display-options.ts';
import { readMapping } from '../map-option.ts';
import { readNumberIn } from '../number-option.ts';
import { startProgress } from '../progress.ts';
import type { Shell } from '../shell.ts';

type CheckOptions = DisplayOptions & {
  readonly splits?: string;
  readonly column?: string;
  readonly inDomain: readonly string[];
  readonly floor?: string;
  readonly run?: string;
  readonly map?: readonly string[];
  readonly train?: readonly string[];
  readonly test?: readonly string[];
  readonly text?: string;
  readonly minCases: string;
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
  command
    .argument('[results...]', 'results of one system on the test cases')
    .optionsGroup('The splits:')
    .option('--splits <file>', 'what splits build wrote; cases are joined by id')
    .option('--column <column>', 'column of the results with the split or source')
    .option('--in-domain <value...>', 'splits, or kinds, that are like training', ['iid'])
    .option('--floor <rate>', 'lowest acceptable rate of a split')
    .option('--min-cases <n>', 'splits with fewer cases count nowhere', '20')
    .optionsGroup('The runs:')
    .option('--run <name>', 'only the rows of this run')
    .option('--map <role=column...>', 'which column plays which role')
    .optionsGroup('Texts:')
    .option('--train <file...>', 'texts of the training set')
    .option('--test <file...>', 'texts of the test set')
    .option('--text <column>', 'column of the texts (default: found by name)')
    .option('--seed <n>', 'seed of every draw', '1')
    .addOption(
      new Option('--format <format>', 'how the answer is printed')
        .choices(['terminal', 'markdown', 'json', 'csv'])
        .default('terminal'),
    );
  addDisplayOptions(command, { all: true });
}

async function run(command: Command, shell: Shell): Promise<number> {
  const options = command.opts<CheckOptions>();
  const display = displayOf(options, shell);
  const { splits, column, floor, train, test } = options;
  if ((train === undefined) !== (test === undefined)) {
    throw new UsageError({ message: '--train and --test belong together', hint: '--train OLD --test NEW' });
  }
  const files = command.args;
  if (files.length > 0 && (splits === undefined) === (column === undefined)) {
    throw new UsageError({
      message: 'one of --splits and --column says which split a case is in',
      hint: '--splits splits.jsonl, or --column source --in-domain VALUE',
    });
  }
  const { renderSplitsCheck, runSplitsCheck } = await import('../../datasets/index.ts');
  const progress = startProgress(options.quiet ?? false, shell);
  progress.say('reading');
  const report = await runSplitsCheck({
    cwd: shell.cwd,
    stdin: shell.stdin,
    results:
      files.length === 0
        ? null
        : {
            files,
            run: options.run ?? null,
            mapping: await readMapping(options.map ?? []),
            splits:
              splits === undefined ? { kind: 'column', column: column! } : { kind: 'file', file: splits },
            inDomain: options.inDomain,
            floor: floor === undefined ? null : readNumberIn('--floor', floor, { least: 0, most: 1 }),
          },
    texts: train === undefined || test === undefined ? null : { train, test, column: options.text ?? null },
    minCases: readNumberIn('--min-cases', options.minCases, { least: 1, most: 1_000_000_000, isWhole: true }),
    level: 0.95,
    seed: readNumberIn('--seed', options.seed, { least: 0, most: Number.MAX_SAFE_INTEGER, isWhole: true }),
  }).finally(progress.end);
  await shell.stdout.write(renderSplitsCheck(report, options.format, display));
  return 0;
}
