/** `slicewise export`: writes a run in the format of another tool. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ExportSummary, ExportTarget } from '../../datasets/index.ts';
import { type CommandModule, PLAIN_EXIT_CODES } from '../command-module.ts';
import { checkOutputs } from '../output-files.ts';
import type { Shell } from '../shell.ts';

/** As `EXPORT_TARGETS`; the help loads no stage. */
const TARGETS: readonly ExportTarget[] = ['every-eval-ever', 'mlflow'];

interface ExportOptions {
  readonly to: ExportTarget;
  readonly output: string;
  readonly run?: string;
  readonly from?: string;
  readonly score?: string;
  readonly map?: readonly string[];
  readonly name?: string;
  readonly model?: string;
  readonly organization?: string;
  readonly relationship: string;
  readonly passAt?: number;
}

export const exportCommand: CommandModule = {
  usage: 'RUN... --to FORMAT -o FILE [options]',
  description:
    'Writes a run, of your own or of another tool, in a format that others read. For Every Eval Ever it writes the aggregate ' +
    '(pass rate and metrics with n and intervals) and beside it FILE_samples.jsonl with one row per result; for MLflow the ' +
    'table eval_results_table.json. What the format cannot hold as it is, is listed.',
  examples: [
    {
      command: 'slicewise export new.jsonl --to every-eval-ever -o new.json --model acme/bot-2',
      shows: 'new.json and new_samples.jsonl',
    },
    {
      command: 'slicewise export logs/run.eval --to mlflow -o eval_results_table.json',
      shows: "an Inspect log as MLflow's table",
    },
  ],
  exitCodes: PLAIN_EXIT_CODES,
  define: (command: Command) => {
    command
      .argument('<files...>', 'the results of one run: files, patterns, or - for standard input')
      .addOption(new Option('--to <format>', 'what to write').choices([...TARGETS]).makeOptionMandatory())
      .requiredOption('-o, --output <file>', 'the file to write')
      .optionsGroup('What is read:')
      .option('--run <name>', 'the run, where the files hold several')
      .option('--from <tool>', 'what wrote the files, such as promptfoo or rows (default: found by content)')
      .option('--score <metric>', "the metric of another tool's results that decides")
      .option(
        '--map <role=column>',
        'which column plays a role, such as passed=correct (repeatable)',
        (value: string, before: readonly string[] = []) => [...before, value],
      )
      .optionsGroup('What the rows do not say:')
      .option('--name <name>', "name of the eval (default: the run's)")
      .option('--model <id>', 'the model, as developer/model')
      .option('--organization <name>', 'who made the evaluation')
      .addOption(
        new Option('--relationship <kind>', 'of who evaluated to the model')
          .choices(['first_party', 'third_party', 'collaborative', 'other'])
          .default('other'),
      )
      .option('--pass-at <score>', 'lowest score that passes, for runs without a verdict', readNumber);
  },
  run: runExport,
};

function readNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) {
    throw new InvalidArgumentError('expected a number.');
  }
  return value;
}

async function runExport(command: Command, shell: Shell): Promise<number> {
  const options = command.opts<ExportOptions>();
  const files = command.args;
  const samples = options.output.replace(/(?:\.json)?$/, '_samples.jsonl');
  const outputs = options.to === 'mlflow' ? [options.output] : [options.output, samples];
  await checkOutputs(outputs, files, shell.cwd, '--output');
  const { configFromFlags } = await import('../../config/index.ts');
  const { openRun } = await import('../../sources/index.ts');
  const { exportRun } = await import('../../datasets/index.ts');
  const { VERSION } = await import('../../version.ts');
  // The configuration knows what --from and --map may say, and what to answer otherwise.
  const { from, map } = options;
  const { columns, inputs } = configFromFlags({ from, map, candidate: ['-'] });
  const run = await openRun({
    files,
    run: options.run ?? null,
    mapping: { ...columns.both, ...columns.candidate },
    cwd: shell.cwd,
    stdin: shell.stdin,
    from: inputs.runs.candidate?.from ?? null,
    score: options.score ?? null,
    side: 'import',
  });
  // Patterns may name what is to be written, which is only known now.
  await checkOutputs(outputs, run.files, shell.cwd, '--output');
  const summary = await exportRun({
    run,
    to: options.to,
    out: options.output,
    cwd: shell.cwd,
    name: options.name ?? options.run ?? null,
    model: options.model ?? null,
    organization: options.organization ?? null,
    relationship: options.relationship,
    passAt: options.passAt ?? null,
    now: shell.now(),
    exportedBy: `slicewise ${VERSION}`,
  });
  await show(summary, run.notes, shell);
  return 0;
}

async function show(
  { files, figures, written, losses }: ExportSummary,
  notes: readonly string[],
  shell: Shell,
): Promise<void> {
  const { lossText } = await import('../../datasets/index.ts');
  const { countOf, visible } = await import('../../reports/index.ts');
  const rate = figures.passRate?.estimate ?? figures.score?.estimate ?? null;
  const share = (value: number | null): string =>
    value === null ? '?' : String(Math.round(value * 1e4) / 1e4);
  const figure =
    rate === null
      ? 'no scored result'
      : `${figures.passRate === null ? 'mean score' : 'pass rate'} ${share(rate.estimate)} (${share(rate.lower)} to ${share(rate.upper)}, ${rate.method}, n = ${rate.n})`;
  await shell.stdout.write(
    `Wrote ${files.map((file) => visible(file)).join(' and ')}: ${countOf(written, 'result', 'results')} of ${figures.rows}, ${figure}.\n`,
  );
  const lines = [...notes, ...losses.map(lossText)].map((line) => `note: ${visible(line)}\n`);
  if (lines.length > 0) await shell.stderr.write(lines.join(''));
}
