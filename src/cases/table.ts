/** The table of recorded results as readers hand it over: text cells by column, in chunks. */

/**
 * One cell as the file spells it. `null` is missing (JSON null, absent key, empty CSV field);
 * a list is a set of tags, so a case may carry several values.
 * Numbers and booleans arrive as their source text (`1.0` stays `1.0`, `007` stays `007`).
 */
export type Cell = string | readonly string[] | null;

/**
 * Some consecutive rows of one file. Nested objects are flattened to dotted names (`tags.customer`).
 * Every column has exactly `lines.length` cells; a column that first shows up in a later chunk is missing before.
 */
export interface RowChunk {
  readonly file: string;
  readonly columns: ReadonlyMap<string, readonly Cell[]>;
  /** Line (text formats) or row number (Parquet) of each row, counted from 1. */
  readonly lines: readonly number[];
}

/** What became of one trial of one case in one run. */
export type RowStatus = 'scored' | 'error' | 'unscored';

/**
 * Rows of one run with their roles read: what the engines ingest.
 * All arrays have the same length. `attributes` holds every column of the chunk (mapped ones too), for slices,
 * numeric metrics and case lists.
 */
export interface ResultChunk {
  readonly file: string;
  readonly lines: readonly number[];
  readonly caseId: readonly string[];
  /** Trial label; `''` where the file has no trial column. */
  readonly trial: readonly string[];
  readonly status: readonly RowStatus[];
  /** 1 passed, 0 failed, null where the row is an error or unscored. */
  readonly passed: readonly (0 | 1 | null)[];
  readonly attributes: ReadonlyMap<string, readonly Cell[]>;
}
