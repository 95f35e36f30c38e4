/** Writes a run in the format of another tool: to Every Eval Ever, or as MLflow's table. */

import { resolve } from 'node:path';
import { createProblemLog, type ResultChunk } from '../../cases/index.ts';
import { DataError } from '../../errors.ts';
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
 * @throws DataError with every problem of the run's files, and where there is nothing to write; EngineError where a file cannot be written
 */
export async function exportRun(request: ExportRequest): Promise<ExportSummary> {
  const losses = createLossLog();
  const tally = createFigureTally();
  const rows: ReadRows = () => rowsOf(request.run);
  const write = request.to === 'mlflow' ? writeMlflow : writeEveryEvalEver;
  const path = resolve(request.cwd, request.out);
  await throwIfNothing(request, rows);
  return { ...(await write(request, rows, { path, tally, losses })), losses: losses.list() };
}

/** A table without results looks as if somebody had measured something. */
async function throwIfNothing({ run, to }: ExportRequest, rows: ReadRows): Promise<void> {
  let count = 0;
  for await (const { status, scores } of rows()) {
    count += 1;
    // MLflow has a place for inputs and outputs that nobody judged; the aggregate of the other format is figures alone.
    if (to === 'mlflow' || status !== 'unscored' || scores.size > 0) return;
  }
  const what =
    count === 0
      ? 'no result is left to write'
      : `${count === 1 ? 'the only result has no' : `none of the ${count} results has a`} verdict, score or error, so there is nothing to sum up`;
  throw new DataError({
    message: `${what}, and no file is written`,
    hint:
      count === 0
        ? 'slicewise import says which rows were dropped and why'
        : 'map a column of verdicts or scores: --map passed=COLUMN or --map score=COLUMN',
    where: { file: run.files[0]! },
  });
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
