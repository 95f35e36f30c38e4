/** What derived columns read of a chunk: cells by column, and the texts of the roles. */

import type { Cell, ColumnMapping, ResultChunk } from '../cases/index.ts';
import { type TextCell, textOfCell } from './text-cell.ts';

/** One chunk, with the texts that several dimensions look at read once. */
export interface ChunkCells {
  readonly file: string;
  readonly rows: number;
  readonly mapping: ColumnMapping;
  readonly columns: readonly string[];
  /** The cell of a row; missing where there is no such column. */
  cell(column: string | undefined, row: number): Cell;
  /** The texts of a role, row by row. */
  texts(role: 'input' | 'output'): readonly (TextCell | null)[];
}

export function readChunk({ file, lines, attributes }: ResultChunk, mapping: ColumnMapping): ChunkCells {
  const read = new Map<string, readonly (TextCell | null)[]>();
  const cell = (column: string | undefined, row: number): Cell =>
    (column === undefined ? undefined : attributes.get(column)?.[row]) ?? null;
  return {
    file,
    rows: lines.length,
    mapping,
    columns: [...attributes.keys()],
    cell,
    texts: (role) => {
      const known = read.get(role);
      if (known !== undefined) return known;
      const texts = lines.map((_, row) => textOfCell(cell(mapping[role], row)));
      read.set(role, texts);
      return texts;
    },
  };
}
