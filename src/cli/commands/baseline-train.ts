/** `slicewise baseline train`: learns labels from texts and says how well that goes. */

import { type Command, Option } from 'commander';
import { UsageError } from '../../errors.ts';
import type { ClassifierOptions } from '../../models/index.ts';
import type { PageFormat } from '../../reports/index.ts';
import { type CommandModule, PLAIN_EXIT_CODES } from '../command-module.ts';
import { addDisplayOptions, type DisplayOptions, displayOf } from '../display-options.ts';
import { formatOption } from '../format-option.ts';
import { readNumberIn } from '../number-option.ts';
import { checkOutputs } from '../output-files.ts';
import { startProgress } from '../progress.ts';
import type { Shell } from '../shell.ts';

type TrainOptions = DisplayOptions & {
  readonly label?: string;
  readonly text?: readonly string[];
  readonly category?: readonly string[];
  readonly number?: readonly string[];
  readonly group?: string;
  readonly test?: readonly string[];
  readonly folds: string;
  readonly share: string;
  readonly words: string;
  readonly characters: string;
  readonly minRows: string;
  readonly maxFeatures: string;
  readonly strength: string;
  readonly passes: string;
  readonly classWeight: ClassifierOptions['classWeight'];
  readonly sample: ClassifierOptions['sample'];
  readonly calibrate: ClassifierOptions['calibrate'];
  readonly seed: string;
  readonly top: string;
  readonly out?: string;
  readonly format: PageFormat;
};

const MOST = Number.MAX_SAFE_INTEGER;

export const baselineTrainCommand: CommandModule = {
  usage: 'DATA... [--label COLUMN] [options]',
  description:
    'Fits a text classifier and measures it on rows that it did not see: those of --test, else out of fold. Says what the ' +
    'majority label, the length of the texts alone, a bag of words and, with several columns, each column alone would score ' +
    'on the same rows, and how far the model is ahead. Lists the features that it goes by. The same rows, options and seed ' +
    'give the same file.',
  examples: [
    {
      command: 'slicewise baseline train train.csv --label intent -o model.json',
      shows: 'accuracy out of fold, and a model to predict with',
    },
    {
      command: 'slicewise baseline train mail.jsonl --text subject from body --label group',
      shows: 'whether the subject alone does as well as everything',
    },
    {
      command: 'slicewise baseline train train.csv --share 0.25 -o quarter.json',
      shows: 'a baseline that saw a quarter of the data',
    },
  ],
  exitCodes: PLAIN_EXIT_CODES,
  define,
  run,
};

function define(command: Command): void {
  command
    .argument('<data...>', 'labelled rows (CSV, JSON lines, Parquet)')
    .optionsGroup('The rows:')
    .option('--label <column>', 'what is learnt (default: found by name)')
    .option('--text <column...>', 'texts to learn from (default: found by name)')
    .option('--category <column...>', 'columns whose values are taken whole')
    .option('--number <column...>', 'columns of numbers, cut into tenths')
    .option('--group <column>', 'rows of one group stay in one fold')
    .option('--share <s>', 'learn from this share of the rows of each class', '1')
    .optionsGroup('How it is measured:')
    .option('--test <file...>', 'held-out rows; without them it is measured out of fold')
    .option('--folds <k>', 'folds, where nothing is held out', '5')
    .optionsGroup('The model:')
    .option('--words <from-to>', 'runs of words that are features; none for none', '1-2')
    .option('--characters <from-to>', 'runs of characters that are features, such as 3-5', 'none')
    .option('--min-rows <n>', 'rows that a feature must stand in', '1')
    .option('--max-features <n>', 'features that are kept, the most frequent first', '500000')
    .option('--strength <c>', 'how much the data may say against simplicity (C)', '10')
    .option('--passes <n>', 'passes over the rows', '10')
    .addOption(
      new Option('--class-weight <w>', 'balanced: all classes weigh the same')
        .choices(['none', 'balanced'])
        .default('none'),
    )
    .addOption(
      new Option('--sample <s>', 'repeat rows of small classes, or drop rows of large ones')
        .choices(['none', 'up', 'down'])
        .default('none'),
    )
    .addOption(
      new Option('--calibrate <c>', 'fit probabilities out of fold')
        .choices(['none', 'temperature', 'platt'])
        .default('none'),
    )
    .option('--seed <n>', 'seed of every draw', '1')
    .optionsGroup('The answer:')
    .option('-o, --out <file>', 'write the model (.json)')
    .option('--top <n>', 'features listed per class', '8')
    .addOption(formatOption());
  addDisplayOptions(command, { all: true });
}

async function run(command: Command, shell: Shell): Promise<number> {
  const options = command.opts<TrainOptions>();
  const display = displayOf(options, shell);
  const { label, group, out, test = [] } = options;
  const whole = (flag: string, text: string, least: number, most: number) =>
    readNumberIn(flag, text, { least, most, isWhole: true });
  const request = {
    records: { files: command.args, cwd: shell.cwd, stdin: shell.stdin },
    label: label ?? null,
    columns: { text: options.text ?? [], category: options.category ?? [], number: options.number ?? [] },
    group: group ?? null,
    test,
    folds: whole('--folds', options.folds, 2, 100),
    share: readNumberIn('--share', options.share, { least: 0.0001, most: 1 }),
    top: whole('--top', options.top, 1, 1_000),
    out: out ?? null,
    options: {
      words: gramRange('--words', options.words),
      characters: gramRange('--characters', options.characters),
      minRows: whole('--min-rows', options.minRows, 1, MOST),
      maxFeatures: whole('--max-features', options.maxFeatures, 1, 100_000_000),
      sublinear: true,
      strength: readNumberIn('--strength', options.strength, { least: 0.000001, most: 1_000_000 }),
      passes: whole('--passes', options.passes, 1, 10_000),
      classWeight: options.classWeight,
      sample: options.sample,
      calibrate: options.calibrate,
      seed: whole('--seed', options.seed, 0, MOST),
    },
  };
  await checkOutputs(out === undefined ? [] : [out], [...command.args, ...test], shell.cwd);
  const { renderTraining, runBaselineTrain } = await import('../../datasets/index.ts');
  const progress = startProgress(options.quiet ?? false, shell);
  progress.say('reading');
  const report = await runBaselineTrain(request, progress.say).finally(progress.end);
  await shell.stdout.write(renderTraining(report, options.format, display));
  return 0;
}

/** `1-2`, `3`, or `none`. */
function gramRange(flag: string, text: string): readonly [number, number] | null {
  if (text === 'none') return null;
  const [, least, most = least] = /^(\d{1,2})(?:-(\d{1,2}))?$/.exec(text) ?? [];
  const range = [Number(least), Number(most)] as const;
  if (least !== undefined && range[0] >= 1 && range[1] >= range[0] && range[1] <= 10) return range;
  throw new UsageError({
    message: `${flag} is ${JSON.stringify(text)}, must be a range from 1 to 10 such as 1-2, or none`,
  });
}
