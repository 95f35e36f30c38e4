/** What the commands that study the gate share: the comparison of the gate, numbers as flags, four formats, files. */

import { type Command, Option } from 'commander';
import type { Config } from '../config/index.ts';
import { UsageError } from '../errors.ts';
import type { PageFormat } from '../reports/index.ts';
import type { Ports } from '../stages/index.ts';
import type { StudyResult } from '../studies/index.ts';
import { addComparisonOptions } from './comparison-options.ts';
import { readComparison } from './comparison-request.ts';
import { addDisplayOptions, type DisplayOptions, displayOf } from './display-options.ts';
import { checkOutputs, writeOutputs } from './output-files.ts';
import { planOutputs } from './output-plan.ts';
import { startProgress } from './progress.ts';
import type { Shell } from './shell.ts';
import { portsOf } from './shell-ports.ts';

/** Flags that every study has. */
export type StudyOptions = DisplayOptions & {
  readonly format?: PageFormat;
  readonly out?: readonly string[];
};

const FORMATS = ['terminal', 'markdown', 'json', 'csv'] as const satisfies readonly PageFormat[];

/** Width of a page for terminals in a file. */
const COLUMNS_OF_FILES = 100;

/** Adds the arguments and flags of a comparison, those of the study, and how the answer looks. */
export function defineStudy(command: Command, addOwnOptions: (command: Command) => void): void {
  addComparisonOptions(command);
  command.optionsGroup('The question:');
  addOwnOptions(command);
  addAnswerOptions(command);
}

/** Adds the flags that say how the answer looks and where it goes. */
export function addAnswerOptions(command: Command): void {
  command
    .optionsGroup('The answer:')
    .addOption(new Option('--format <format>', 'how it is printed').choices(FORMATS))
    .option(
      '--out <file>',
      'write a file: its ending names the format (.md .json .csv .txt), or --format does where it is one file (repeatable)',
      (value: string, before: readonly string[] = []) => [...before, value],
    );
  addDisplayOptions(command, { all: true });
}

/** Runs one study and writes what it found; everything is rendered before anything is written. */
export async function runStudy<Result extends StudyResult>(
  command: Command,
  shell: Shell,
  study: (config: Config, ports: Ports) => Promise<Result>,
  settings: StudySettings<Result> = {},
): Promise<number> {
  const options = command.opts<StudyOptions>();
  const plan = planOutputs(options.format, options.out ?? []);
  const files = plan.files.map(({ path, format }) => ({ path, format: studyFormat(format, path) }));
  const display = displayOf(options, shell);
  const { config } = await (settings.read ?? readComparison)(command, shell);
  const { baseline, candidate, rerun } = config.inputs.runs;
  const inputs = [baseline, candidate, rerun].flatMap((run) => run?.files ?? []);
  await checkOutputs(
    files.map(({ path }) => path),
    [...inputs, ...[config.file, config.waivers, config.ledger?.path].filter((file) => file != null)],
    shell.cwd,
  );
  const { renderStudy } = await import('../studies/index.ts');
  const progress = startProgress(options.quiet ?? false, shell);
  let result: Result;
  try {
    result = await study(config, {
      ...portsOf(shell),
      progress: progress.say,
    });
  } finally {
    progress.end();
  }
  const inFiles = { columns: COLUMNS_OF_FILES, ascii: display.ascii, all: true };
  await writeOutputs(
    files.map(({ path, format }) => ({ path, text: renderStudy(result, format, inFiles) })),
    shell.cwd,
  );
  if (plan.stdout !== null) {
    await shell.stdout.write(renderStudy(result, studyFormat(plan.stdout, '-'), display));
  }
  await settings.after?.(result, config);
  return 0;
}

/** What a study does that others do not. */
export interface StudySettings<Result> {
  /** Reads the configuration where the flags of the gate are not those of the study. */
  readonly read?: (command: Command, shell: Shell) => Promise<{ readonly config: Config }>;
  /** What is left to do when the answer is written. */
  readonly after?: (result: Result, config: Config) => Promise<void>;
}

function studyFormat(format: string, path: string): PageFormat {
  const known = FORMATS.find((name) => name === format);
  if (known !== undefined) return known;
  throw new UsageError({
    message: `--out ${path} asks for ${format}, which only reports of the gate have`,
    hint: `formats of this command are ${FORMATS.join(', ')}`,
  });
}

/**
 * A decimal number as a flag says it.
 *
 * @throws UsageError where it is none
 * @example readNumber('--drop', '0.15') // 0.15
 */
export function readNumber(flag: string, text: string): number {
  if (/^[0-9]*\.?[0-9]+(?:e-?[0-9]+)?$/i.test(text)) return Number(text);
  throw new UsageError({ message: `${flag} is ${JSON.stringify(text)}, must be a number such as 0.15` });
}
