/** Flags that the commands on recorded runs share. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ExperimentsView, Fingerprint, MetricDirection } from '../datasets/index.ts';
import { addDisplayOptions, type DisplayOptions, displayOf } from './display-options.ts';
import { checkOutputs, writeOutputs } from './output-files.ts';
import { planOutputs } from './output-plan.ts';
import { startProgress } from './progress.ts';
import { pageFormat } from './record-options.ts';
import type { Shell } from './shell.ts';

type Options = DisplayOptions & {
  readonly mlflow?: readonly string[];
  readonly experiment?: readonly string[];
  readonly metrics?: readonly string[];
  readonly sort?: string;
  readonly direction?: MetricDirection;
  readonly filter?: string;
  readonly same: readonly Fingerprint[];
  readonly cases?: number;
  readonly metric?: readonly string[];
  readonly curves?: false;
  readonly format?: 'terminal' | 'markdown' | 'json' | 'csv';
  readonly out?: readonly string[];
};

/** Width of a page for terminals in a file. */
const COLUMNS_OF_FILES = 100;
/** As `FINGERPRINTS`; the help loads no stage. */
const FIELDS: readonly Fingerprint[] = ['dataset', 'judge', 'prompt', 'code'];

const many = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
const list = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...value.split(',').filter((name) => name !== ''),
];

/** Where runs are read from. */
export function addSourceOptions(command: Command): void {
  command
    .argument(
      '[files...]',
      'folders mlruns or wandb, .wandb, trainer_state.json, tables; - for standard input',
    )
    .optionsGroup('What is read:')
    .option('--mlflow <folder or address>', 'an MLflow folder or server, such as http://127.0.0.1:5000', many)
    .option('--experiment <name>', 'only the runs of this experiment or project (repeatable)', many)
    .option('--metrics <columns>', 'columns of tables that are metrics', list)
    .option('--filter <predicate>', 'such as "params.lr > 0.01 and status = \'finished\'"');
}

/** Files and formats of the answer. */
export function addAnswerOptions(command: Command): void {
  command
    .optionsGroup('The answer:')
    .addOption(
      new Option('--format <format>', 'how it is printed').choices(['terminal', 'markdown', 'json', 'csv']),
    )
    .option(
      '--out <file>',
      'write a file: its ending names the format (.md .json .csv .txt) (repeatable)',
      many,
    );
  addDisplayOptions(command, { all: true });
}

/** How runs are ordered and compared. */
export function addTableOptions(command: Command): void {
  command
    .optionsGroup('How runs are compared:')
    .option(
      '--sort <metric>',
      'order by this metric, best first (default: a held-out score that most runs have)',
    )
    .addOption(
      new Option('--direction <direction>', 'which way it points (default: by its name)').choices([
        'higher',
        'lower',
      ]),
    )
    .option('--same <fields>', 'what comparable runs agree on: dataset, judge, prompt, code', readFields, [
      'dataset',
      'judge',
    ])
    .option('--cases <n>', 'eval cases behind every score (default: what the runs log)', readCases)
    .option('--no-curves', 'fetch no curves from a server');
}

function readFields(text: string): readonly Fingerprint[] {
  const names = text.split(',').filter((name) => name !== '');
  const fields = FIELDS.filter((field) => names.includes(field));
  if (fields.length !== new Set(names).size || fields.length === 0)
    throw new InvalidArgumentError(`expected some of ${FIELDS.join(', ')}.`);
  return fields;
}

function readCases(text: string): number {
  if (/^[1-9][0-9]{0,11}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected a whole number of at least 1.');
}

/** Reads, describes, prints; the exit code is that of the report. */
export async function showExperiments(
  command: Command,
  shell: Shell,
  show: ExperimentsView,
): Promise<number> {
  const options = command.opts<Options>();
  const display = displayOf(options, shell);
  const plan = planOutputs(options.format, options.out ?? []);
  const files = plan.files.map(({ path, format }) => ({ path, format: pageFormat(format, path) }));
  const { connectMlflow, isAddress } = await import('./mlflow-connection.ts');
  const named = options.mlflow ?? [];
  const inputs = [...command.args, ...named.filter((one) => !isAddress(one))];
  const addresses = named.filter(isAddress);
  await checkOutputs(
    files.map(({ path }) => path),
    inputs,
    shell.cwd,
  );
  const { UsageError } = await import('../errors.ts');
  if (addresses.length > 1) throw new UsageError({ message: '--mlflow names more than one server' });
  if (inputs.length + addresses.length === 0)
    throw new UsageError({
      message: 'nothing to read is named',
      hint: 'slicewise experiments mlruns, or slicewise experiments --mlflow http://127.0.0.1:5000',
    });
  const { renderExperiments, runExperiments } = await import('../datasets/index.ts');
  const progress = startProgress(options.quiet ?? false, shell);
  progress.say('reading');
  const report = await runExperiments({
    files: inputs,
    cwd: shell.cwd,
    stdin: shell.stdin,
    server: addresses[0] === undefined ? null : connectMlflow(addresses[0], shell),
    experiments: options.experiment ?? [],
    metrics: options.metrics ?? [],
    curves: show === 'curves' || options.curves !== false,
    sort: options.sort ?? null,
    direction: options.direction ?? null,
    filter: options.filter ?? null,
    same: options.same ?? ['dataset', 'judge'],
    cases: options.cases ?? null,
    only: options.metric ?? [],
    progress: progress.say,
  }).finally(progress.end);
  const inFiles = { columns: COLUMNS_OF_FILES, ascii: display.ascii, all: true };
  await writeOutputs(
    files.map(({ path, format }) => ({ path, text: renderExperiments(report, format, show, inFiles) })),
    shell.cwd,
  );
  if (plan.stdout !== null)
    await shell.stdout.write(renderExperiments(report, pageFormat(plan.stdout, '-'), show, display));
  return show === 'curves' ? 0 : report.exitCode;
}
