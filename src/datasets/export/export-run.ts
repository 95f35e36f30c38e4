/** Writes a run in the format of another tool: to Every Eval Ever, or as MLflow's table. */

import { resolve } from 'node:path';
import { createProblemLog, type ResultChunk } from '../../cases/index.ts';
import type { OpenedRun } from '../../sources/index.ts';
import type { ExportRequest, ExportSummary, ReadRows } from './export-request.ts';
import { type ExportRow, exportRowsOf } from './export-row.ts';
import { createFigureTally } from './figures.ts';
import { createLossLog } from './losses.ts';
import { readParquetResults } from './parquet-rows.ts';
import { writeEveryEvalEver } from './write-every-eval-ever.ts';
import { writeMlflow } from './write-mlflow.ts';

/**
 * Writes the run; files appear whole or not at all.
 *
 * @throws DataError with every problem of the run's files; EngineError where a file cannot be written
 */
export async function exportRun(request: ExportRequest): Promise<ExportSummary> {
  const losses = createLossLog();
  const tally = createFigureTally();
  const rows: ReadRows = () => rowsOf(request.run);
  const write = request.to === 'mlflow' ? writeMlflow : writeEveryEvalEver;
  const path = resolve(request.cwd, request.out);
  return { ...(await write(request, rows, { path, tally, losses })), losses: losses.list() };
}

async function* rowsOf({ source, mapping, imported }: OpenedRun): AsyncGenerator<ExportRow> {
  const log = createProblemLog();
  const without = new Set(imported === null ? [] : ['run']);
  const chunks: AsyncIterable<ResultChunk> =
    source.kind === 'rows'
      ? source.chunks
      : readParquetResults(source.files, { mapping, run: source.run }, log);
  for await (const chunk of chunks) yield* exportRowsOf(chunk, mapping, without);
  log.throwIfAny();
}
