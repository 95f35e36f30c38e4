/** `slicewise gate`: compares two runs slice by slice and says whether the new one may ship. */

import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { Report } from '../../gate/index.ts';
import type { GateRequest } from '../../pipeline.ts';
import { type CommandModule, GATE_EXIT_CODES } from '../command-module.ts';
import { addComparisonOptions, type ComparisonOptions } from '../comparison-options.ts';
import { readComparison } from '../comparison-request.ts';
import {
  addConfirmationOptions,
  type ConfirmationOptions,
  type SecondStage,
  secondStageOf,
} from '../confirmation.ts';
import { addDisplayOptions, type Display, type DisplayOptions, displayOf } from '../display-options.ts';
import { gateAsHtml } from '../html-output.ts';
import { appendOutput, checkOutputs, writeOutputs } from '../output-files.ts';
import { FORMAT_NAMES, type OutputFormat, type OutputPlan, planOutputs } from '../output-plan.ts';
import { startProgress } from '../progress.ts';
import type { Shell } from '../shell.ts';
import { portsOf } from '../shell-ports.ts';

/** Width of a terminal report in a file. */
const COLUMNS_OF_FILES = 100;

type GateOptions = DisplayOptions &
  ConfirmationOptions &
  ComparisonOptions & {
    readonly recordAs?: string;
    readonly format?: OutputFormat;
    readonly out?: readonly string[];
    readonly html?: string;
  };

/** A report, and the same as a page where one was asked for. */
interface Gated {
  readonly report: Report;
  readonly html: string | null;
}

export const gateCommand: CommandModule = {
  usage: '[OLD NEW | NEW] [options]',
  description:
    'Compares a candidate with a baseline slice by slice, with exact paired tests that account for the number of slices, and ' +
    'answers whether to ship. Reads slicewise.yaml where there is one; flags win over it. Cases are paired by id, or by their ' +
    'input. With one run it shows the worst slices and what the set is too small to see.',
  examples: [
    { command: 'slicewise gate', shows: 'gate what slicewise.yaml names' },
    {
      command: 'slicewise gate old.jsonl new.jsonl --slice customer',
      shows: 'two files, one slice per customer',
    },
    {
      command: 'slicewise gate old.csv new.csv --out report.md --out report.json',
      shows: 'the report here, and two files of it',
    },
    {
      command: 'slicewise gate old.csv new.csv --html report.html',
      shows: 'a page to look through, in one file',
    },
  ],
  exitCodes: GATE_EXIT_CODES,
  define: defineGate,
  run: runGate,
};

function defineGate(command: Command): void {
  addComparisonOptions(command);
  addConfirmationOptions(command);
  command
    .optionsGroup('The report:')
    .addOption(
      new Option('--format <format>', 'how standard output reads, or the file of a single --out').choices(
        FORMAT_NAMES,
      ),
    )
    .option(
      '--out <file>',
      'write a file: its ending names the format (.md .json .xml .sarif .csv .txt .html), or --format does where it is one file (repeatable)',
      (value: string, before: readonly string[] = []) => [...before, value],
    )
    .option(
      '--html <file>',
      'write the pages of the studio into one file that needs no server and no network',
    );
  addDisplayOptions(command, { all: true });
  command.option('--record-as <name>', 'name under which the ledger keeps the candidate (default: main)');
}

async function runGate(command: Command, shell: Shell): Promise<number> {
  const options = command.opts<GateOptions>();
  const plan = planOf(options);
  const display = displayOf(options, shell);
  const second = secondStageOf(options, command.args);
  const wantsHtml = plan.stdout === 'html' || plan.files.some(({ format }) => format === 'html');
  const request = await readComparison(command, shell, {
    recordAs: options.recordAs,
    runs: second === null ? undefined : { baseline: second.baseline, candidate: second.candidate },
  });
  const paths = plan.files.map(({ path }) => path);
  await checkOutputs(paths, [...filesOf(request), ...(second === null ? [] : [second.stageOne])], shell.cwd);
  const gated = await runPipeline(request, second, wantsHtml, options.quiet ?? false, shell);
  const { report } = gated;
  await checkOutputs(paths, [...(report.baseline?.files ?? []), ...report.candidate.files], shell.cwd);
  await show(gated, plan, display, options.quiet ?? false, shell);
  return report.exitCode;
}

function planOf({ format, out = [], html }: GateOptions): OutputPlan {
  const plan = planOutputs(format, out);
  if (html === undefined) return plan;
  const [file] = planOutputs('html', [html]).files;
  return { ...plan, files: [...plan.files, file!] };
}

/** Files that the request reads; patterns and recorded runs are no files and do no harm here. */
function filesOf({ config }: GateRequest): readonly string[] {
  const { baseline, candidate, rerun } = config.inputs.runs;
  return [
    ...[baseline, candidate, rerun].flatMap((run) => run?.files ?? []),
    ...[config.file, config.waivers, config.ledger?.path].filter((file) => file != null),
  ];
}

async function runPipeline(
  request: GateRequest,
  second: SecondStage | null,
  wantsHtml: boolean,
  quiet: boolean,
  shell: Shell,
): Promise<Gated> {
  const { gate } = await import('../../pipeline.ts');
  const { confirm } = await import('../../stages/index.ts');
  const progress = startProgress(quiet, shell);
  try {
    const ports = { ...portsOf(shell), progress: progress.say };
    if (wantsHtml) return await gateAsHtml(request, second?.stageOne ?? null, ports);
    const report = await (second === null
      ? gate(request, ports)
      : confirm({ ...request, stageOne: second.stageOne }, ports));
    return { report, html: null };
  } finally {
    progress.end();
  }
}

/** Everything is rendered before anything is written. */
async function show(
  { report, html }: Gated,
  plan: OutputPlan,
  display: Display,
  quiet: boolean,
  { cwd, env, stdout, stderr }: Shell,
): Promise<void> {
  const { renderReport, renderStepSummary } = await import('../../reports/index.ts');
  const render = (format: OutputFormat, options: Display) =>
    format === 'html' ? (html ?? '') : renderReport(report, format, options);
  const inFiles = { columns: COLUMNS_OF_FILES, color: false, ascii: display.ascii, all: true };
  const files = plan.files.map(({ path, format }) => ({ path, text: render(format, inFiles) }));
  const text = plan.stdout === null ? '' : render(plan.stdout, display);
  await writeOutputs(files, cwd);
  const isGithub = plan.stdout === 'github' || plan.files.some(({ format }) => format === 'github');
  if (isGithub && env.GITHUB_STEP_SUMMARY) {
    await appendOutput(resolve(cwd, env.GITHUB_STEP_SUMMARY), renderStepSummary(report));
  }
  if (plan.stdout !== null) return stdout.write(text);
  if (quiet) return;
  const [answer] = renderReport(report, 'terminal', { ...display, color: false }).split('\n\n');
  await stderr.write(`${answer}\n`);
}
