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

/** A column without cells. */
export function createGrowingColumn(): GrowingColumn {
  const cells: Cell[] = [];
  let hasList = false;
  return {
    cells,
    hasList: () => hasList,
    pad(length) {
      while (cells.length < length) cells.push(null);
    },
    append(added) {
      for (const cell of added) {
        if (typeof cell === 'string') cells.push(cell.toWellFormed());
        else {
          if (cell !== null) hasList = true;
          cells.push(cell);
        }
      }
    },
  };
}
