/** The arguments that repeat a comparison, for the commands that a report suggests. */

import { type Flags, flagName } from '../config/index.ts';
import { shellQuote } from './shell-quote.ts';

/** Flags of the comparison itself, in the order in which they are written. */
const VALUES = [
  'baselineRun',
  'candidateRun',
  'from',
  'score',
  'rerun',
  'map',
  'passWords',
  'failWords',
  'slice',
  'cross',
  'where',
  'critical',
  'metric',
  'floor',
  'margin',
  'minCases',
  'blockBudget',
  'reviewBudget',
  'multiplicity',
  'errors',
  'level',
  'resamples',
  'seed',
  'waivers',
  'ledger',
] as const satisfies readonly (keyof Flags)[];

/**
 * Shell-quoted arguments: the files first (as plain arguments where each run is one), then every flag that was given.
 *
 * @param config path of the configuration that was read, or null
 * @example repeatArguments({ baseline: ['a b.jsonl'], candidate: ['new.jsonl'], slice: ['task'] }, null)
 *   // "'a b.jsonl' new.jsonl --slice task"
 */
export function repeatArguments(
  flags: Flags & { readonly alwaysValid?: boolean | undefined },
  config: string | null,
): string {
  const { baseline, candidate } = flags;
  const isPlain =
    candidate?.length === 1 &&
    (baseline === undefined || (baseline.length === 1 && baseline[0] !== undefined));
  const files = isPlain
    ? [...(baseline ?? []), ...candidate].map(asOperand)
    : [...listed('baseline', baseline), ...listed('candidate', candidate)];
  const values = VALUES.flatMap((flag) => {
    const value = flags[flag];
    if (value === undefined) return [];
    if (flag === 'rerun') return listed(flag, flags.rerun);
    return (typeof value === 'string' ? [value] : value).flatMap((text) => option(flag, text));
  });
  const switches = [
    ...(flags.requireEvidence ? ['--require-evidence'] : []),
    ...(flags.alwaysValid ? ['--always-valid'] : []),
  ];
  const from = config === null ? [] : option('config', config);
  return [...files, ...from, ...values, ...switches].map(shellQuote).join(' ');
}

function listed(flag: keyof Flags, files: readonly string[] | undefined): readonly string[] {
  return files === undefined ? [] : [nameOf(flag), ...files.map(asOperand)];
}

/** A file whose name begins like an option. */
function asOperand(file: string): string {
  return file.startsWith('-') && file !== '-' ? `./${file}` : file;
}

function option(flag: keyof Flags | 'config', value: string): readonly string[] {
  return value === '' || value.startsWith('-') ? [`${nameOf(flag)}=${value}`] : [nameOf(flag), value];
}

function nameOf(flag: keyof Flags | 'config'): string {
  return flag === 'config' ? '--config' : flagName(flag);
}
