/** The rows of an opened run once more, for what looks at single cells. */

import { type ColumnMapping, createProblemLog, type ResultChunk, rereadOutcomes } from '../cases/index.ts';
import type { RunRows } from '../derived/index.ts';
import { readParquetCells } from '../engines/index.ts';
import type { LoadedRun } from './loaded-run.ts';

/**
 * The rows of a run with at least the columns that are read.
 *
 * @param outcomes whether what became of the rows is wanted too: of Parquet it takes columns of its own
 */
export function rowsOf({ opened, run }: LoadedRun, reads: readonly string[], outcomes = false): RunRows {
  const { source, mapping } = opened;
  if (source.kind === 'rows') return { chunks: source.chunks, mapping };
  const ofRun = run === null || mapping.run === undefined ? null : { column: mapping.run, text: run };
  const caseId = mapping.caseId ?? mapping.input ?? null;
  if (!outcomes) return { chunks: parquetRows(source.files, reads, caseId, ofRun), mapping };
  const { passed, score, error, predicted, expected } = mapping;
  const named = [...reads, passed, score, error, predicted, expected].filter((one) => one !== undefined);
  const wanted = [...new Set(named)].filter((one) => one !== '');
  return { chunks: judged(parquetRows(source.files, wanted, caseId, ofRun), mapping), mapping };
}

async function* parquetRows(
  files: readonly string[],
  columns: readonly string[],
  caseId: string | null,
  run: { readonly column: string; readonly text: string } | null,
): AsyncGenerator<ResultChunk> {
  for (const file of files) yield* readParquetCells({ file, columns, caseId, run });
}

async function* judged(
  chunks: AsyncIterable<ResultChunk>,
  mapping: ColumnMapping,
): AsyncGenerator<ResultChunk> {
  const log = createProblemLog();
  for await (const chunk of chunks) {
    const { lines, attributes } = chunk;
    const file = lines.map(() => chunk.file);
    yield { ...chunk, ...rereadOutcomes({ file, line: lines, columns: attributes }, mapping, log) };
  }
  log.throwIfAny();
}
