/** Finds out what the columns of a run hold, so that a copy keeps numbers as numbers. */

import type { Cell, ResultChunk } from '../../cases/index.ts';
import type { RowColumn, RowKind } from '../import/row-kinds.ts';

interface Seen {
  texts: boolean;
  numbers: boolean;
  booleans: boolean;
  lists: boolean;
}

/** Looks at chunks one by one. */
export interface ColumnKinds {
  add(chunk: ResultChunk): void;
  /** In the order in which columns were first seen. */
  columns(): readonly RowColumn[];
}

/**
 * A column is of numbers or of booleans where every cell is spelled exactly as JSON spells that value (`007` and `1.0` are
 * texts, so that no spelling is lost), of lists where any cell is one, else of texts.
 *
 * @param texts columns that stay texts whatever they hold, such as ids
 */
export function createColumnKinds(texts: readonly (string | undefined)[]): ColumnKinds {
  const seen = new Map<string, Seen>();
  return {
    add: ({ attributes }) => {
      for (const [name, cells] of attributes) {
        const own = seen.get(name) ?? {
          texts: texts.includes(name),
          numbers: false,
          booleans: false,
          lists: false,
        };
        seen.set(name, own);
        for (const cell of cells) look(own, cell);
      }
    },
    columns: () => [...seen].map(([name, own]) => ({ name, kind: kindOf(own) })),
  };
}

function look(own: Seen, cell: Cell): void {
  if (cell === null) return;
  if (typeof cell !== 'string') own.lists = true;
  else if (cell === 'true' || cell === 'false') own.booleans = true;
  else if (!own.texts && isPlainNumber(cell)) own.numbers = true;
  else own.texts = true;
}

function isPlainNumber(cell: string): boolean {
  return cell.length < 25 && cell !== '-0' && String(Number(cell)) === cell && Number.isFinite(Number(cell));
}

function kindOf({ texts, numbers, booleans, lists }: Seen): RowKind {
  if (lists) return 'list';
  if (texts || (numbers && booleans)) return 'text';
  return numbers ? 'number' : booleans ? 'boolean' : 'text';
}
