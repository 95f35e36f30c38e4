/** Gathers cells row by row into chunks of columns. */

import { type Cell, createTextPool, type RowChunk, type TextPool } from '../cases/index.ts';

/** Rows of a chunk, unless their text is long. */
export const CHUNK_ROWS = 10_000;

/** Characters after which a chunk is handed on early, so that memory stays bounded. */
const CHUNK_CHARACTERS = 1 << 24;

/** One growing column. */
export interface GrowingColumn {
  readonly name: string;
  cells: Cell[];
  readonly pooled: TextPool;
}

/** The rows of one file on their way into chunks. */
export interface ChunkBuilder {
  /** The column of that name, made when it is new. */
  column(name: string): GrowingColumn;
  columnCount(): number;
  /** Sets a cell of the current row; false when the row has one already. */
  set(column: GrowingColumn, cell: Cell): boolean;
  /** Appends a whole row; the fields are in the order in which the columns were made. Empty text is missing. */
  append(fields: readonly string[], line: number, characters: number): void;
  /** Ends the row that `set` has filled. */
  endRow(line: number, characters: number): void;
  /** Forgets the row that `set` has filled. */
  abandonRow(): void;
  isFull(): boolean;
  /** The rows so far as a chunk, and starts the next one; null when there is none. */
  take(): RowChunk | null;
}

/** A builder without rows. */
export function createChunkBuilder(file: string): ChunkBuilder {
  const columns = new Map<string, GrowingColumn>();
  const ordered: GrowingColumn[] = [];
  let lines: number[] = [];
  let size = 0;
  const pad = (column: GrowingColumn): void => {
    while (column.cells.length < lines.length) column.cells.push(null);
  };
  return {
    column(name) {
      const known = columns.get(name);
      if (known !== undefined) return known;
      const column: GrowingColumn = { name, cells: [], pooled: createTextPool() };
      columns.set(name, column);
      ordered.push(column);
      return column;
    },
    columnCount: () => ordered.length,
    set(column, cell) {
      if (column.cells.length > lines.length) return false;
      pad(column);
      column.cells.push(typeof cell === 'string' ? column.pooled(cell) : cell);
      return true;
    },
    append(fields, line, characters) {
      for (let index = 0; index < fields.length; index += 1) {
        const field = fields[index]!;
        const { cells, pooled } = ordered[index]!;
        cells.push(field === '' ? null : pooled(field));
      }
      lines.push(line);
      size += characters;
    },
    endRow(line, characters) {
      lines.push(line);
      size += characters;
    },
    abandonRow() {
      for (const column of ordered) {
        if (column.cells.length > lines.length) column.cells.length = lines.length;
      }
    },
    isFull: () => lines.length >= CHUNK_ROWS || size >= CHUNK_CHARACTERS,
    take() {
      if (lines.length === 0) return null;
      for (const column of ordered) pad(column);
      const chunk: RowChunk = {
        file,
        columns: new Map(ordered.map(({ name, cells }) => [name, cells])),
        lines,
      };
      lines = [];
      size = 0;
      for (const column of ordered) column.cells = [];
      return chunk;
    },
  };
}
