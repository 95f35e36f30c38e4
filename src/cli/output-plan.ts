/** Decides which format goes where: standard output, and files. */

import { extname } from 'node:path';
import { UsageError } from '../errors.ts';
import type { Format } from '../reports/index.ts';

/** Formats by name, as `--format` takes them. */
export const FORMAT_NAMES = [
  'terminal',
  'markdown',
  'json',
  'junit',
  'sarif',
  'csv',
  'github',
] as const satisfies readonly Format[];

/** What to write. */
export interface OutputPlan {
  /** Null where a file takes its place, and standard output stays empty. */
  readonly stdout: Format | null;
  readonly files: readonly { readonly path: string; readonly format: Format }[];
}

const ENDINGS: Readonly<Record<string, Format>> = {
  '.md': 'markdown',
  '.json': 'json',
  '.xml': 'junit',
  '.sarif': 'sarif',
  '.csv': 'csv',
  '.txt': 'terminal',
};

/**
 * One `--out` with `--format` takes that format away from standard output. Otherwise the ending of each file decides its
 * format, and standard output shows `--format`, or the report for terminals.
 *
 * @throws UsageError for an ending that says nothing
 * @example planOutputs('json', ['report.json']) // { stdout: null, files: [{ path: 'report.json', format: 'json' }] }
 */
export function planOutputs(format: Format | undefined, outs: readonly string[]): OutputPlan {
  const [only] = outs;
  if (outs.length === 1 && only !== undefined && format !== undefined) {
    return { stdout: null, files: [{ path: checkNamed(only), format }] };
  }
  return {
    stdout: format ?? 'terminal',
    files: outs.map((path) => ({ path: checkNamed(path), format: formatOf(path) })),
  };
}

function checkNamed(path: string): string {
  if (path !== '' && path !== '-') return path;
  throw new UsageError({
    message: `--out is ${JSON.stringify(path)}, must be a file`,
    hint: 'without --out the report goes to standard output',
  });
}

function formatOf(path: string): Format {
  const format = ENDINGS[extname(path).toLowerCase()];
  if (format !== undefined) return format;
  const known = Object.entries(ENDINGS).map(([ending, name]) => `${ending} ${name}`);
  throw new UsageError({
    message: `the ending of --out ${path} names no format`,
    hint: `endings are ${known.join(', ')}; with --format one file may have any name`,
  });
}
