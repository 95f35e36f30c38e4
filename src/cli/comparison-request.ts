/** From arguments and flags of a command to a request of the pipeline. */

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Flags } from '../config/index.ts';
import { UsageError } from '../errors.ts';
import type { GateRequest } from '../pipeline.ts';
import type { Wanted } from '../request/index.ts';
import type { ComparisonOptions } from './comparison-options.ts';
import type { Shell } from './shell.ts';

/** The file that is read where no flag says otherwise. */
const CONFIG_FILE = 'slicewise.yaml';

/** What a command knows beside the flags of the comparison. */
export interface RequestSettings {
  readonly recordAs?: string | undefined;
  /** Runs in place of those that the command line and the configuration name. */
  readonly runs?: Required<Pick<Flags, 'baseline' | 'candidate'>> | undefined;
}

/**
 * The request that a command line makes: for commands with `addComparisonOptions`.
 *
 * @throws UsageError, ConfigError
 */
export async function readComparison(
  command: Command,
  shell: Shell,
  settings: RequestSettings = {},
): Promise<GateRequest> {
  const { prepareRequest } = await import('../request/index.ts');
  const { runs, recordAs } = settings;
  const plain = wantedBy(command, shell);
  const wanted = { ...plain, flags: { ...plain.flags, ...runs } };
  const request = await prepareRequest(recordAs === undefined ? wanted : { ...wanted, recordAs }, shell.cwd);
  const { baseline, candidate } = request.config.inputs.runs;
  if (candidate === null) throw noCandidate(wanted.flags, baseline !== null, command.name());
  return withIgnoredFile(request, command.opts<ComparisonOptions>(), shell);
}

/** Flags and configuration file of a command line, with the plain arguments in their places. */
export function wantedBy(command: Command, { cwd }: Shell, files: readonly string[] = command.args): Wanted {
  const { config, alwaysValid, ...flags } = command.opts<ComparisonOptions>();
  const withFiles = { ...flags, ...runsOf(files, flags) };
  checkStdin(withFiles);
  return {
    flags: withFiles,
    configFile:
      config === false ? null : (config ?? (existsSync(resolve(cwd, CONFIG_FILE)) ? CONFIG_FILE : null)),
    alwaysValid: alwaysValid ?? false,
  };
}

function runsOf(
  files: readonly string[],
  { baseline, candidate }: Pick<ComparisonOptions, 'baseline' | 'candidate'>,
): Pick<Flags, 'baseline' | 'candidate'> {
  if (files.length > 2) {
    throw new UsageError({
      message: `${files.length} files are named, expected at most two: OLD NEW`,
      hint: 'for runs in several files: --baseline FILE... --candidate FILE...',
    });
  }
  const old = files.length === 2 ? files[0] : undefined;
  const next = files.at(-1);
  if (old !== undefined && baseline !== undefined) throw namedTwice('baseline', old, baseline);
  if (next !== undefined && candidate !== undefined) throw namedTwice('candidate', next, candidate);
  return {
    ...(old === undefined ? {} : { baseline: [old] }),
    ...(next === undefined ? {} : { candidate: [next] }),
  };
}

function namedTwice(run: string, file: string, files: readonly string[]): UsageError {
  return new UsageError({
    message: `the ${run} is named twice: ${JSON.stringify(file)}, and --${run} ${JSON.stringify(files[0])}`,
    hint: `use plain arguments or --${run}, not both`,
  });
}

function checkStdin({ baseline, candidate, rerun }: Flags): void {
  const times = [...(baseline ?? []), ...(candidate ?? []), ...(rerun ?? [])].filter(
    (file) => file === '-',
  ).length;
  if (times < 2) return;
  throw new UsageError({
    message: `standard input (-) is named ${times} times, and can be read once`,
    hint: 'write one of the runs to a file',
  });
}

function noCandidate(flags: Flags, hasBaseline: boolean, name: string): UsageError {
  const swallowed = (flags.baseline?.length ?? 0) > 1;
  if (swallowed) {
    return new UsageError({
      message: `no candidate run is named: all ${flags.baseline?.length} files after --baseline belong to the baseline`,
      hint: 'put --candidate before the files of the candidate',
    });
  }
  return new UsageError({
    message: hasBaseline ? 'no candidate run is named, only a baseline' : 'no run is named',
    hint: `slicewise ${name} OLD NEW, or inputs: runs: in slicewise.yaml (slicewise init writes one)`,
  });
}

/** A configuration that lies there and was not asked for is said to be unread. */
function withIgnoredFile(request: GateRequest, { config }: ComparisonOptions, { cwd }: Shell): GateRequest {
  if (config !== false || !existsSync(resolve(cwd, CONFIG_FILE))) return request;
  const note = `${CONFIG_FILE} was not read; slicewise gate reads it`;
  return { ...request, config: { ...request.config, notes: [...request.config.notes, note] } };
}
