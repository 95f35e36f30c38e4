/** `slicewise tag`: a dimension from rules, with a version and a hand-checked precision and recall. */

import type { Command } from 'commander';
import { UsageError } from '../../errors.ts';
import type { PageFormat } from '../../reports/index.ts';
import { type CommandModule, PLAIN_EXIT_CODES } from '../command-module.ts';
import { addDisplayOptions, type DisplayOptions, displayOf } from '../display-options.ts';
import { formatOption } from '../format-option.ts';
import { readMapping } from '../map-option.ts';
import { checkOutputs } from '../output-files.ts';
import { startProgress } from '../progress.ts';
import type { Shell } from '../shell.ts';

type TagOptions = DisplayOptions & {
  readonly rules: string;
  readonly as?: string;
  readonly output?: string;
  readonly run?: string;
  readonly map?: readonly string[];
  readonly check?: string;
  readonly sample?: string;
  readonly worksheet: string;
  readonly seed: string;
  readonly format: PageFormat;
};

export const tagCommand: CommandModule = {
  usage: 'RUN... --rules FILE [options]',
  description:
    'Writes a dimension such as a domain into the rows of a run, from words, patterns and predicates in a file of rules with a name ' +
    'and a version. Says how many cases each tag has. With --sample it writes a worksheet of cases for a person to label, and with ' +
    '--check it reads the labels back and says how right the tags are. The definition is kept beside the rows.',
  examples: [
    { command: 'slicewise tag new.jsonl --rules tags.yaml', shows: 'how many cases each tag would have' },
    {
      command: 'slicewise tag new.jsonl --rules tags.yaml --sample 200 --worksheet w.csv',
      shows: 'a worksheet of 200 cases',
    },
    {
      command: 'slicewise tag new.jsonl --rules tags.yaml --check w.csv -o tagged.jsonl',
      shows: 'precision and recall, and the tagged rows',
    },
  ],
  exitCodes: PLAIN_EXIT_CODES,
  define,
  run: runCommand,
};

function define(command: Command): void {
  command
    .argument('<files...>', 'result files of one run')
    .requiredOption('--rules <file>', 'the rules (YAML)')
    .option('--as <name>', 'name of the dimension (default: the name in the rules)')
    .option('-o, --output <file>', 'write the tagged rows: .parquet, .jsonl, .jsonl.gz or .jsonl.zst')
    .option('--run <name>', 'only the rows of this run')
    .option('--map <role=column...>', 'which column plays which role, such as input=question')
    .option('--check <file>', 'labels of a person, by case id (CSV or JSON lines)')
    .option('--sample <n>', 'draw so many cases for a person to label')
    .option('--worksheet <file>', 'where the drawn cases are written: .csv or .jsonl', 'worksheet.csv')
    .option('--seed <n>', 'seed of the draw', '1')
    .addOption(formatOption());
  addDisplayOptions(command, { all: true });
}

async function runCommand(command: Command, shell: Shell): Promise<number> {
  const options = command.opts<TagOptions>();
  const display = displayOf(options, shell);
  const { output, check, rules } = options;
  const sample =
    options.sample === undefined
      ? null
      : {
          size: wholeNumber('--sample', options.sample, 1),
          seed: wholeNumber('--seed', options.seed, 0),
          file: options.worksheet,
        };
  await checkOutputs(
    [
      ...(output === undefined ? [] : [output, `${output}.definition.json`]),
      ...(sample === null ? [] : [sample.file]),
    ],
    [...command.args, rules, ...(check === undefined ? [] : [check])],
    shell.cwd,
    '--output',
  );
  const { renderTags, runTag } = await import('../../datasets/index.ts');
  const progress = startProgress(options.quiet ?? false, shell);
  progress.say('reading');
  const report = await runTag({
    files: command.args,
    cwd: shell.cwd,
    stdin: shell.stdin,
    run: options.run ?? null,
    mapping: await readMapping(options.map ?? []),
    rules,
    as: options.as ?? null,
    output: output ?? null,
    check: check ?? null,
    sample,
  }).finally(progress.end);
  await shell.stdout.write(renderTags(report, options.format, display));
  return 0;
}

function wholeNumber(flag: string, text: string, least: number): number {
  const value = /^[0-9]{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least) return value;
  throw new UsageError({
    message: `${flag} is ${JSON.stringify(text)}, must be a whole number of at least ${least}`,
  });
}
