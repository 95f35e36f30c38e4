/** Which engine answers, decided before anything is read. */

/** From so many bytes of plain text on, DuckDB is faster than rows in memory. */
const MEMORY_BYTES = 64 * 1024 * 1024;

/** A compressed file counts as so many times its size. */
const COMPRESSED_FACTOR = 5;

/**
 * The size of a file as plain text, guessed from its name.
 *
 * @param bytes size on disk
 * @example plainBytes('runs/a.jsonl.gz', 10) // 50
 */
export function plainBytes(file: string, bytes: number): number {
  return /\.(?:gz|zst|zstd)$/i.test(file) ? bytes * COMPRESSED_FACTOR : bytes;
}

/**
 * The engine for input of this kind: DuckDB for any Parquet and for more than 64 MB of plain text, else memory.
 *
 * @param input.bytes all files together, as plain text (see `plainBytes`)
 * @example chooseEngine({ parquet: false, bytes: 300_000 }) // 'memory'
 */
export function chooseEngine(input: {
  readonly parquet: boolean;
  readonly bytes: number;
}): 'memory' | 'duckdb' {
  return input.parquet || input.bytes > MEMORY_BYTES ? 'duckdb' : 'memory';
}
