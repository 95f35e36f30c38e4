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
  /** The same, but conversations of a column of messages where a row has one. */
  conversations(role: 'input' | 'output', column: string | null): readonly (TextCell | null)[];
}

export function readChunk({ file, lines, attributes }: ResultChunk, mapping: ColumnMapping): ChunkCells {
  const columns = [...attributes.keys()];
  const cell = (column: string | undefined, row: number): Cell =>
    (column === undefined ? undefined : attributes.get(column)?.[row]) ?? null;
  const textsOf = remembered((column: string | undefined) =>
    lines.map((_, row) => textOfCell(cell(column, row))),
  );
  return {
    file,
    rows: lines.length,
    mapping,
    columns,
    cell,
    texts: (role) => textsOf(mapping[role]),
    conversations: (role, column) => {
      const texts = textsOf(mapping[role]);
      const found = columns.find((name) => name.toLowerCase() === column);
      if (found === undefined || found === mapping[role]) return texts;
      return textsOf(found).map((text, row) =>
        text === null || text.conversation === null ? (texts[row] ?? null) : text,
      );
    },
  };
}

/** The same function, asked once for each argument. */
function remembered<A, R>(make: (of: A) => R): (of: A) => R {
  const known = new Map<A, R>();
  return (of) => {
    if (!known.has(of)) known.set(of, make(of));
    return known.get(of)!;
  };
}
