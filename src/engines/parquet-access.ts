/** Reading and widening of Parquet files for stages that prepare rows; DuckDB is loaded when it is needed. */

import type { Cell, ResultChunk } from '../cases/index.ts';
import type { ParquetCellsRequest } from './duckdb/parquet-cells.ts';

export type { ParquetCellsRequest } from './duckdb/parquet-cells.ts';

/** See `duckdb/parquet-cells.ts`: rows with only the columns asked for, in file order. */
export async function* readParquetCells(request: ParquetCellsRequest): AsyncGenerator<ResultChunk> {
  const module = await import('./duckdb/parquet-cells.ts');
  yield* module.readParquetCells(request);
}

/** See `duckdb/parquet-cells.ts`: a copy of the file with further columns. */
export async function widenParquet(
  file: string,
  columns: ReadonlyMap<string, readonly Cell[]>,
  out: string,
): Promise<void> {
  const module = await import('./duckdb/parquet-cells.ts');
  await module.widenParquet(file, columns, out);
}
