/** Decides which format goes where: standard output, and files. */

import { extname } from 'node:path';
import { UsageError } from '../errors.ts';
import type { Format } from '../reports/index.ts';

/** What a report can be written as: views of the document, and the pages of the studio in one file. */
export type OutputFormat = Format | 'html';

/** Formats by name, as `--format` takes them. */
export const FORMAT_NAMES = [
  'terminal',
  'markdown',
  'json',
  'junit',
  'sarif',
  'csv',
  'github',
  'html',
] as const satisfies readonly OutputFormat[];

/** What to write. */
export interface OutputPlan {
  /** Null where a file takes its place, and standard output stays empty. */
  readonly stdout: OutputFormat | null;
  readonly files: readonly { readonly path: string; readonly format: OutputFormat }[];
}

const ENDINGS: Readonly<Record<string, OutputFormat>> = {
  '.md': 'markdown',
  '.json': 'json',
  '.xml': 'junit',
  '.sarif': 'sarif',
  '.csv': 'csv',
  '.txt': 'terminal',
  '.html': 'html',
};

/**
 * One `--out` with `--format` takes that format away from standard output. Otherwise the ending of each file decides its
 * format, and standard output shows `--format`, or the report for terminals.
 *
 * @throws UsageError for an ending that says nothing
 * @example planOutputs('json', ['report.json']) // { stdout: null, files: [{ path: 'report.json', format: 'json' }] }
 */
export function planOutputs(format: OutputFormat | undefined, outs: readonly string[]): OutputPlan {
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

function formatOf(path: string): OutputFormat {
  const format = ENDINGS[extname(path).toLowerCase()];
  if (format !== undefined) return format;
  const known = Object.entries(ENDINGS).map(([ending, name]) => `${ending} ${name}`);
  throw new UsageError({
    message: `the ending of --out ${path} names no format`,
    hint: `endings are ${known.join(', ')}; with --format one file may have any name`,
  });
}
