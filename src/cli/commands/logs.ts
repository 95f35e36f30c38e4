/** `slicewise logs`: production logs beside an eval set. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Period } from '../../datasets/index.ts';
import type { CommandModule } from '../command-module.ts';
import { addDisplayOptions, type DisplayOptions, displayOf } from '../display-options.ts';
import { checkOutputs, writeOutputs } from '../output-files.ts';
import { planOutputs } from '../output-plan.ts';
import { startProgress } from '../progress.ts';
import { pageFormat, readRoles } from '../record-options.ts';
import type { Shell } from '../shell.ts';

type LogsOptions = DisplayOptions & {
  readonly eval?: readonly string[];
  readonly by?: readonly string[];
  readonly floor: number;
  readonly topic?: string | false;
  readonly value?: string;
  readonly period?: Period;
  readonly from?: string;
  readonly map?: readonly string[];
  readonly evalMap?: readonly string[];
  readonly format?: 'terminal' | 'markdown' | 'json' | 'csv';
  readonly out?: readonly string[];
};

/** Width of a page for terminals in a file. */
const COLUMNS_OF_FILES = 100;

const many = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
const list = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...value.split(',').filter((name) => name !== ''),
];

export const logsCommand: CommandModule = {
  usage: 'LOGS... [--eval EVALSET...] [options]',
  description:
    'Reads production logs (plain JSON lines, CSV, Parquet, Bifrost, OpenTelemetry, Langfuse; files or folders) beside an eval ' +
    'set and says what the set lacks: slices under the floor or absent, rows without the slice key, hours and weekdays that do ' +
    'not follow the traffic, topics of a season, locales with their traffic weight, and how much of production has no case ' +
    'near it. Without an eval set it shows production alone.',
  examples: [
    { command: 'slicewise logs logs/ --eval cases.jsonl', shows: 'production against the eval set' },
    {
      command: 'slicewise logs logs/ --eval cases.jsonl --by customer --value revenue',
      shows: 'two dimensions, and hours weighed by revenue',
    },
    { command: 'slicewise logs traces.json --format json', shows: 'production alone, as JSON' },
  ],
  exitCodes: [
    [0, 'PASS: nothing to say'],
    [2, 'it could not run: usage, unreadable files'],
    [3, 'REVIEW: an alarm, a person decides'],
    [4, 'UNTESTED: no rows, no eval set, or nothing to compare them by'],
  ],
  define,
  run: runCommand,
};

function define(command: Command): void {
  command
    .argument('<logs...>', 'files, patterns or folders of logs, or - for standard input')
    .optionsGroup('What is compared:')
    .option('--eval <file>', 'the eval set: cases or results (repeatable)', many)
    .option('--by <columns>', 'dimensions, such as customer,language (default: those of the gate)', list)
    .option('--floor <n>', 'least cases of a slice', readWhole, 20)
    .option('--topic <column>', 'topics over time (default: clusters of the words of the input)')
    .option('--no-topic', 'look for no topics')
    .option('--value <column>', 'revenue or another value that hours and weekdays are weighed by')
    .addOption(
      new Option('--period <period>', 'over which topics are followed (default: by the span)').choices([
        'day',
        'week',
        'month',
      ]),
    )
    .optionsGroup('How files are read:')
    .option('--from <tool>', 'what wrote the logs, such as bifrost, otel or rows (default: found by content)')
    .option(
      '--map <role=column>',
      'which column of the logs plays a role, such as timestamp=at (repeatable)',
      many,
    )
    .option('--eval-map <role=column>', 'the same for the eval set (repeatable)', many)
    .optionsGroup('The answer:')
    .addOption(
      new Option('--format <format>', 'how it is printed').choices(['terminal', 'markdown', 'json', 'csv']),
    )
    .option(
      '--out <file>',
      'write a file: its ending names the format (.md .json .csv .txt), or --format does where it is one file (repeatable)',
      many,
    );
  addDisplayOptions(command, { all: true });
}

/** A whole number of at least 0. */
function readWhole(text: string): number {
  if (/^[0-9]{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected a whole number.');
}

async function runCommand(command: Command, shell: Shell): Promise<number> {
  const options = command.opts<LogsOptions>();
  const display = displayOf(options, shell);
  const plan = planOutputs(options.format, options.out ?? []);
  const files = plan.files.map(({ path, format }) => ({ path, format: pageFormat(format, path) }));
  const paths = files.map(({ path }) => path);
  const evalFiles = options.eval ?? [];
  await checkOutputs(paths, [...command.args, ...evalFiles], shell.cwd);
  const logRoles = await readRoles(options.map ?? [], options.from);
  const evalRoles = await readRoles(options.evalMap ?? [], undefined);
  const { renderLogs, runLogs } = await import('../../datasets/index.ts');
  const progress = startProgress(options.quiet ?? false, shell);
  const report = await runLogs({
    files: command.args,
    evalFiles,
    cwd: shell.cwd,
    stdin: shell.stdin,
    from: logRoles.from,
    mapping: logRoles.mapping,
    evalMapping: evalRoles.mapping,
    by: options.by ?? [],
    floor: options.floor,
    topic: options.topic === undefined ? null : options.topic,
    value: options.value ?? null,
    period: options.period ?? null,
    progress: progress.say,
  }).finally(progress.end);
  // Patterns and folders may hold what is to be written, which is only known now.
  await checkOutputs(paths, [...report.logs.files, ...(report.evalSet?.files ?? [])], shell.cwd);
  const inFiles = { columns: COLUMNS_OF_FILES, ascii: display.ascii, all: true };
  await writeOutputs(
    files.map(({ path, format }) => ({ path, text: renderLogs(report, format, inFiles) })),
    shell.cwd,
  );
  if (plan.stdout !== null) {
    await shell.stdout.write(renderLogs(report, pageFormat(plan.stdout, '-'), display));
  }
  return report.exitCode;
}
