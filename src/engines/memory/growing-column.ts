/** Gathers the cells of a column; equal texts become one, so that a column of few values costs little memory. */

import { type Cell, createTextPool } from '../../cases/index.ts';

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
  const pooled = createTextPool((text) => text.toWellFormed());
  let hasList = false;
  return {
    cells,
    hasList: () => hasList,
    pad(length) {
      while (cells.length < length) cells.push(null);
    },
    append(added) {
      for (const cell of added) {
        if (typeof cell === 'string') cells.push(pooled(cell));
        else {
          if (cell !== null) hasList = true;
          cells.push(cell);
        }
      }
    },
  };
}
