/** `slicewise data check`: what is wrong with the rows of a set, a cleaned copy, and the rejects with their reasons. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Reason } from '../../datasets/index.ts';
import type { CommandModule } from '../command-module.ts';
import { addDisplayOptions, type DisplayOptions, displayOf } from '../display-options.ts';
import { checkOutputs, writeOutputs } from '../output-files.ts';
import { planOutputs } from '../output-plan.ts';
import { startProgress } from '../progress.ts';
import { pageFormat, readRoles } from '../record-options.ts';
import type { Shell } from '../shell.ts';
import { portsOf } from '../shell-ports.ts';

type CheckOptions = DisplayOptions & {
  readonly map?: readonly string[];
  readonly minWords: number;
  readonly threshold: number;
  readonly minPerClass: number;
  readonly threads: number;
  readonly keep?: readonly Reason[];
  readonly clean?: string;
  readonly rejects?: string;
  readonly format?: 'terminal' | 'markdown' | 'json' | 'csv';
  readonly out?: readonly string[];
};

const COLUMNS_OF_FILES = 100;

/** As the report lists them; written here once more so that the help loads nothing. */
const REASONS: readonly Reason[] = [
  ...(['empty', 'short', 'damaged', 'gibberish'] as const),
  ...(['duplicate-id', 'duplicate', 'near-duplicate', 'conflict'] as const),
];

const many = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

export const dataCheckCommand: CommandModule = {
  usage: 'FILE... [--clean FILE] [--rejects FILE] [options]',
  description:
    'Looks at cases or training rows one by one and together: empty, too short, damaged (wrong encoding), no language, ids twice, ' +
    'duplicates and near-duplicates, nearly the same text under different labels, columns of mixed types, dates out of range, ' +
    'columns that are constant or mostly missing, labels with too few rows. Writes a cleaned copy and the rejects with their ' +
    'reasons: every row is in one of them. The input is never changed.',
  examples: [
    { command: 'slicewise data check train.jsonl', shows: 'what is wrong with these rows' },
    {
      command: 'slicewise data check train.csv --clean clean.csv --rejects rejects.csv',
      shows: 'and the rows that stay, and those that do not',
    },
    {
      command: 'slicewise data check train.jsonl --keep near-duplicate --keep short',
      shows: 'reasons that are shown and reject nothing',
    },
  ],
  exitCodes: [
    [0, 'PASS: nothing to say'],
    [2, 'it could not run: usage, unreadable files'],
    [3, 'REVIEW: something is wrong, a person decides'],
  ],
  define,
  run: runCommand,
};

function define(command: Command): void {
  command
    .argument('<files...>', 'cases or training rows: JSON lines, JSON, CSV, TSV; Parquet to look at only')
    .optionsGroup('What is wrong:')
    .option('--min-words <n>', 'texts of fewer words are too short', readWhole, 2)
    .option('--threshold <j>', 'Jaccard index that makes a near-duplicate', readJaccard, 0.995)
    .option('--min-per-class <n>', 'rows of a label below which it has too few', readWhole, 20)
    .option(
      '--keep <reason>',
      `show it, reject nothing for it: ${REASONS.join(', ')} (repeatable)`,
      readReason,
    )
    .option('--threads <n>', 'threads where there are many texts', readThreads, 1)
    .option('--map <role=column>', 'which column plays a role, such as input=question (repeatable)', many)
    .optionsGroup('Rows:')
    .option('--clean <file>', 'write the rows that stay: .jsonl for JSON, .csv for CSV and TSV')
    .option('--rejects <file>', 'write the others, with their reasons')
    .optionsGroup('The answer:')
    .addOption(
      new Option('--format <format>', 'how it is printed').choices(['terminal', 'markdown', 'json', 'csv']),
    )
    .option('--out <file>', 'write a file: its ending names the format (repeatable)', many);
  addDisplayOptions(command, { all: true });
}

function readWhole(text: string): number {
  if (/^[0-9]{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected a whole number.');
}

function readThreads(text: string): number {
  if (/^[1-9][0-9]?$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected a whole number from 1 to 99.');
}

function readJaccard(text: string): number {
  const value = /^(?:0?\.[0-9]{1,9}|1|1\.0+)$/.test(text) ? Number(text) : Number.NaN;
  if (value > 0) return value;
  throw new InvalidArgumentError('expected a number above 0 and at most 1, such as 0.995.');
}

function readReason(text: string, before: readonly Reason[] = []): readonly Reason[] {
  const reason = REASONS.find((known) => known === text);
  if (reason !== undefined) return [...before, reason];
  throw new InvalidArgumentError(`reasons are ${REASONS.join(', ')}.`);
}

async function runCommand(command: Command, shell: Shell): Promise<number> {
  const options = command.opts<CheckOptions>();
  const display = displayOf(options, shell);
  const plan = planOutputs(options.format, options.out ?? []);
  const files = plan.files.map(({ path, format }) => ({ path, format: pageFormat(format, path) }));
  const rows = [options.clean, options.rejects].filter((path) => path !== undefined);
  const outputs = [...files.map(({ path }) => path), ...rows];
  await checkOutputs(outputs, command.args, shell.cwd);
  const { mapping } = await readRoles(options.map ?? [], undefined);
  const { renderCheck, runCheck } = await import('../../datasets/index.ts');
  const progress = startProgress(options.quiet ?? false, shell);
  const report = await runCheck({
    files: command.args,
    mapping,
    minWords: options.minWords,
    threshold: options.threshold,
    leastPerClass: options.minPerClass,
    threads: options.threads,
    keep: options.keep ?? [],
    clean: options.clean ?? null,
    rejects: options.rejects ?? null,
    ports: { ...portsOf(shell), progress: progress.say },
    // Patterns and folders may hold what is to be written, which is only known now.
    onInputs: (read) => checkOutputs(outputs, [...command.args, ...read], shell.cwd),
  }).finally(progress.end);
  const inFiles = { columns: COLUMNS_OF_FILES, ascii: display.ascii, all: true };
  await writeOutputs(
    files.map(({ path, format }) => ({ path, text: renderCheck(report, format, inFiles) })),
    shell.cwd,
  );
  if (plan.stdout !== null) {
    await shell.stdout.write(renderCheck(report, pageFormat(plan.stdout, '-'), display));
  }
  return report.verdict === 'PASS' ? 0 : 3;
}
