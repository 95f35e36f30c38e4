/** Looks whether one run of files that hold several has verdicts, or scores alone. */

import { type ColumnMapping, createProblemLog, type RowChunk } from '../cases/index.ts';
import type { RunPart } from './format.ts';
import { readParquetRows } from './parquet-rows.ts';
import { readRows } from './read-rows.ts';

/** The columns that are looked at. */
export type VerdictColumns = Required<Pick<ColumnMapping, 'run' | 'passed' | 'score'>>;

/**
 * Whether the rows of a run have scores and not one verdict. Runs of one file share its columns: one that was judged gives
 * the column of verdicts, which is empty in a run that was only scored, and its rows are not unscored for that. Reading ends
 * at the first verdict; what is malformed is left to the reader of the rows.
 *
 * @example await isScoredOnly(parts, { run: 'run', passed: 'passed', score: 'score' }, 'gpt-5')
 */
export async function isScoredOnly(
  parts: readonly RunPart[],
  columns: VerdictColumns,
  run: string,
): Promise<boolean> {
  let hasScores = false;
  for (const part of parts) {
    for await (const { lines, columns: cells } of rowsOf(part, columns)) {
      for (const row of lines.keys()) {
        if (cells.get(columns.run)?.[row] !== run) continue;
        if (isFilled(cells.get(columns.passed)?.[row])) return false;
        hasScores ||= isFilled(cells.get(columns.score)?.[row]);
      }
    }
  }
  return hasScores;
}

function rowsOf({ source, format }: RunPart, columns: VerdictColumns): AsyncIterable<RowChunk> {
  if (format.kind === 'rows') {
    return readRows({ source, format: format.format, compression: format.compression }, createProblemLog());
  }
  return readParquetRows(source.path ?? '', source.label, Object.values(columns));
}

function isFilled(cell: string | readonly string[] | null | undefined): boolean {
  return typeof cell === 'string' && cell.trim() !== '';
}
