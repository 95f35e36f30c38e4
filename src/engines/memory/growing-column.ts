/** Gathers the cells of a column from chunks. */

import type { Cell } from '../../cases/index.ts';

/** A column that chunks are appended to. */
export interface GrowingColumn {
  readonly cells: Cell[];
  /** Whether any cell is a list. */
  hasList(): boolean;
  /** Fills up with missing cells. */
  pad(length: number): void;
  append(cells: readonly Cell[]): void;
}

/** Columns with at most so many different texts keep each of them once. */
const MOST_SHARED = 4_096;

/** A column without cells. */
export function createGrowingColumn(): GrowingColumn {
  const cells: Cell[] = [];
  let hasList = false;
  let texts: Map<string, string> | null = new Map();
  /** The text as it is kept; readers make a new one for every cell. */
  const keep = (text: string): string => {
    const known = texts?.get(text);
    if (known !== undefined) return known;
    const kept = text.toWellFormed();
    if (texts !== null && texts.size === MOST_SHARED) texts = null;
    texts?.set(text, kept);
    return kept;
  };
  return {
    cells,
    hasList: () => hasList,
    pad(length) {
      while (cells.length < length) cells.push(null);
    },
    append(added) {
      for (const cell of added) {
        if (typeof cell === 'string') cells.push(keep(cell));
        else {
          if (cell !== null) hasList = true;
          cells.push(cell);
        }
      }
    },
  };
}
