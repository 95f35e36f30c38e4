/** Puts the flags of the command line over a configuration. */

import { dirname, isAbsolute, relative } from 'node:path';
import { type ColumnMapping, ROLES, type Role, roleMeant } from '../cases/index.ts';
import { type Problem, UsageError } from '../errors.ts';
import { SOURCE_FORMATS } from '../sources/index.ts';
import { DEFAULT_KEEP_RUNS, EMPTY_CONFIG } from './defaults.ts';
import { mergeMetrics } from './flag-metrics.ts';
import { mergePolicy } from './flag-policy.ts';
import { mergeSlices } from './flag-slices.ts';
import type { Flags } from './flags.ts';
import { nearestHint } from './nearest-name.ts';
import { mergePassWords } from './pass-words.ts';
import type { ColumnsConfig, Config, Inputs, RunInput } from './types.ts';

/**
 * The configuration that flags alone make.
 *
 * @throws UsageError with every problem, each naming its flag
 * @example configFromFlags({ slice: ['customer'] }).slices[0]?.cut // { kind: 'column', column: 'customer' }
 */
export function configFromFlags(flags: Flags): Config {
  return mergeFlags(EMPTY_CONFIG, flags);
}

/**
 * A configuration with the flags over it. Paths of flags are made relative to the folder of the file, as all paths of a
 * configuration are.
 *
 * @throws UsageError with every problem, each naming its flag
 */
export function mergeFlags(config: Config, flags: Flags): Config {
  const problems: Problem[] = [];
  const path = (typed: string): string => fromFolderOf(config.file, typed);
  const slices = mergeSlices(config.slices, flags, problems);
  const metrics = mergeMetrics(config.metrics, flags, problems);
  const passWords = mergePassWords(config.passWords, flags, problems);
  const merged: Config = {
    ...config,
    inputs: mergeInputs(config.inputs, flags, path, problems),
    columns: mergeColumns(config.columns, flags.map ?? [], problems),
    ...(passWords === undefined ? {} : { passWords }),
    slices,
    metrics,
    policy: mergePolicy(config.policy, flags, problems),
    waivers: flags.waivers === undefined ? config.waivers : path(flags.waivers),
    ledger:
      flags.ledger === undefined
        ? config.ledger
        : { path: path(flags.ledger), keepRuns: config.ledger?.keepRuns ?? DEFAULT_KEEP_RUNS },
  };
  if (problems.length > 0) throw new UsageError(problems);
  return merged;
}

function fromFolderOf(file: string | null, typed: string): string {
  if (file === null || typed === '-' || typed.startsWith('ledger:') || isAbsolute(typed)) return typed;
  return relative(dirname(file), typed);
}

function mergeInputs(
  inputs: Inputs,
  flags: Flags,
  path: (typed: string) => string,
  problems: Problem[],
): Inputs {
  const source = readSource(flags, problems);
  const run = (
    known: RunInput | null,
    files: readonly string[] | undefined,
    selected: string | undefined,
    flag: string,
  ): RunInput | null => {
    const base = files === undefined ? known : { files: files.map(path), run: null };
    const asked = base === null ? null : { ...base, ...source };
    if (selected === undefined) return asked;
    if (asked !== null) return { ...asked, run: selected };
    problems.push({
      message: `${flag} ${selected} selects from a file, and none is given`,
      hint: 'name the file that holds both runs',
    });
    return null;
  };
  const { baseline, candidate, rerun } = inputs.runs;
  return {
    ...inputs,
    runs: {
      baseline: run(baseline, flags.baseline, flags.baselineRun, '--baseline-run'),
      candidate: run(candidate, flags.candidate, flags.candidateRun, '--candidate-run'),
      rerun: run(rerun, flags.rerun, undefined, '--rerun'),
    },
  };
}

/** What `--from` and `--score` say about every run. */
function readSource({ from, score }: Flags, problems: Problem[]): Pick<RunInput, 'from' | 'score'> {
  const format = SOURCE_FORMATS.find((name) => name === from);
  if (from !== undefined && format === undefined) {
    problems.push({
      message: `--from ${from} is no format; there are ${SOURCE_FORMATS.join(', ')}`,
      hint: nearestHint(from, SOURCE_FORMATS),
    });
  }
  if (score === '') problems.push({ message: '--score is empty, must name a metric' });
  return {
    ...(format === undefined ? {} : { from: format }),
    ...(score === undefined ? {} : { score }),
  };
}

function mergeColumns(columns: ColumnsConfig, maps: readonly string[], problems: Problem[]): ColumnsConfig {
  const merged: Record<keyof ColumnsConfig, ColumnMapping> = { ...columns };
  for (const typed of maps) {
    const split = typed.indexOf('=');
    const column = typed.slice(split + 1);
    // `ROLE=` says that no column plays the role.
    if (split < 1) {
      problems.push({
        message: `--map ${typed} must be ROLE=COLUMN`,
        hint: 'for example --map passed=correct',
      });
      continue;
    }
    const [, side, role] = /^(?:(baseline|candidate)\.)?([\s\S]*)$/.exec(
      typed.slice(0, split),
    ) as unknown as [string, 'baseline' | 'candidate' | undefined, string];
    if (!(ROLES as readonly string[]).includes(role)) {
      problems.push({
        message: `--map ${typed}: ${JSON.stringify(role)} is no role`,
        hint: nearestHint(roleMeant(role) ?? role, ROLES),
      });
      continue;
    }
    const target = side ?? 'both';
    merged[target] = { ...merged[target], [role as Role]: column };
  }
  return merged;
}
