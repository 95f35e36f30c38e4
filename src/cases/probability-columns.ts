/** In which columns a run keeps its probabilities: one column of numbers, lists or objects, or one column per label. */

import { plainName, ROLE_NAMES } from './role-names.ts';
import type { ColumnMapping } from './roles.ts';

/** Where probabilities are. */
export type ProbabilityColumns =
  /**
   * Each cell is a number, a JSON list of numbers, or a JSON object of numbers by label. Rows with an empty cell may have an object that
   * was read as columns, by label: files mix both.
   */
  | { readonly kind: 'cell'; readonly column: string; readonly byLabel: ReadonlyMap<string, string> }
  /** Columns `NAME.LABEL`, as an object is read, by label. */
  | { readonly kind: 'columns'; readonly byLabel: ReadonlyMap<string, string> };

/**
 * The probabilities of a run; null where it has none. Without a mapped column, columns that begin with `probabilities.`, `probs.` and
 * their like count.
 *
 * @example probabilityColumns({}, ['id', 'probs.ham', 'probs.spam']) // { kind: 'columns', byLabel: ham, spam }
 */
export function probabilityColumns(
  { probabilities }: ColumnMapping,
  columns: readonly string[],
): ProbabilityColumns | null {
  if (probabilities !== undefined && columns.includes(probabilities)) {
    return { kind: 'cell', column: probabilities, byLabel: columnsByLabel(columns, `${probabilities}.`) };
  }
  const prefix = probabilities === undefined ? foundPrefix(columns) : `${probabilities}.`;
  if (prefix === null) return null;
  const byLabel = columnsByLabel(columns, prefix);
  return byLabel.size === 0 ? null : { kind: 'columns', byLabel };
}

/** Every column that holds probabilities. */
export function probabilityColumnNames(found: ProbabilityColumns | null): readonly string[] {
  if (found === null) return [];
  return [...(found.kind === 'cell' ? [found.column] : []), ...found.byLabel.values()];
}

function columnsByLabel(columns: readonly string[], prefix: string): ReadonlyMap<string, string> {
  return new Map(
    columns.flatMap((column) => (column.startsWith(prefix) ? [[column.slice(prefix.length), column]] : [])),
  );
}

function foundPrefix(columns: readonly string[]): string | null {
  for (const column of columns) {
    const dot = column.indexOf('.');
    if (dot > 0 && ROLE_NAMES.probabilities.includes(plainName(column.slice(0, dot)))) {
      return column.slice(0, dot + 1);
    }
  }
  return null;
}
