/** What each column of an import holds, so that files keep numbers as numbers. */

import { IMPORTED_COLUMNS, type ReadImport } from '../../sources/index.ts';

export type RowKind = 'text' | 'number' | 'boolean' | 'list';

/** A column to write. */
export interface RowColumn {
  readonly name: string;
  readonly kind: RowKind;
}

const NUMBERS: ReadonlySet<string> = new Set([
  IMPORTED_COLUMNS.score,
  IMPORTED_COLUMNS.latencyMs,
  IMPORTED_COLUMNS.costUsd,
  IMPORTED_COLUMNS.inputTokens,
  IMPORTED_COLUMNS.outputTokens,
  IMPORTED_COLUMNS.totalTokens,
]);

/** The columns of an import in order. A metric that is judged in one row and a number in another is a number. */
export function rowColumns({ columns, lists, summary }: ReadImport): readonly RowColumn[] {
  const numeric = new Set(summary.metrics.filter(({ kind }) => kind === 'number').map(({ name }) => name));
  const kindOf = (name: string): RowKind => {
    if (lists.has(name)) return 'list';
    if (name === IMPORTED_COLUMNS.passed) return 'boolean';
    if (NUMBERS.has(name)) return 'number';
    if (!name.startsWith('scores.')) return 'text';
    return numeric.has(name.slice('scores.'.length)) ? 'number' : 'boolean';
  };
  return columns.map((name) => ({ name, kind: kindOf(name) }));
}

/**
 * A cell as a value of its kind; null is missing.
 *
 * @example cellValue('true', 'number') // 1
 */
export function cellValue(
  cell: string | readonly string[] | null,
  kind: RowKind,
): string | number | boolean | readonly string[] | null {
  if (cell === null) return null;
  if (kind === 'list') return typeof cell === 'string' ? [cell] : cell;
  if (typeof cell !== 'string') return JSON.stringify(cell);
  if (kind === 'boolean') return cell === 'true';
  if (kind === 'number') return cell === 'true' ? 1 : cell === 'false' ? 0 : Number(cell);
  return cell;
}
