/** The rows of an opened run once more, for what looks at single cells. */

import type { ResultChunk } from '../cases/index.ts';
import type { RunRows } from '../derived/index.ts';
import { readParquetCells } from '../engines/index.ts';
import type { LoadedRun } from './loaded-run.ts';

/** The rows of a run with at least the columns that are read. */
export function rowsOf({ opened, run }: LoadedRun, reads: readonly string[]): RunRows {
  const { source, mapping } = opened;
  if (source.kind === 'rows') return { chunks: source.chunks, mapping };
  const ofRun = run === null || mapping.run === undefined ? null : { column: mapping.run, text: run };
  return {
    chunks: parquetRows(source.files, reads, mapping.caseId ?? mapping.input ?? null, ofRun),
    mapping,
  };
}

async function* parquetRows(
  files: readonly string[],
  columns: readonly string[],
  caseId: string | null,
  run: { readonly column: string; readonly text: string } | null,
): AsyncGenerator<ResultChunk> {
  for (const file of files) yield* readParquetCells({ file, columns, caseId, run });
}
