/** The rows of an opened run once more, for what looks at single cells. */

import {
  type ColumnMapping,
  createProblemLog,
  type PassWords,
  type ResultChunk,
  rereadOutcomes,
} from '../cases/index.ts';
import type { RunRows } from '../derived/index.ts';
import { readParquetCells } from '../engines/index.ts';
import type { LoadedRun } from './loaded-run.ts';

/** Some rows of a run: one in so many, or those of some cases. */
export type SomeRows = { readonly every: number } | { readonly ids: readonly string[] };

/**
 * The rows of a run with at least the columns that are read.
 *
 * @param outcomes whether what became of the rows is wanted too: of Parquet it takes columns of its own
 * @param only the rows that are wanted, counted anew in each file; Parquet is spared the reading of others
 */
export function rowsOf(
  { opened, run }: LoadedRun,
  reads: readonly string[],
  outcomes = false,
  only?: SomeRows,
): RunRows {
  const { source, mapping } = opened;
  if (source.kind === 'rows') return { chunks: some(source.chunks, only), mapping };
  const ofRun = run === null || mapping.run === undefined ? null : { column: mapping.run, text: run };
  const caseId = mapping.caseId ?? mapping.input ?? null;
  // Rows of several runs may take turns: of one run they are counted, not of the file.
  const [inFile, afterwards] =
    only !== undefined && 'every' in only && ofRun !== null ? [undefined, only] : [only, undefined];
  const rows = (columns: readonly string[]) =>
    some(parquetRows(source.files, columns, caseId, ofRun, inFile), afterwards);
  if (!outcomes) return { chunks: rows(reads), mapping };
  const { passed, score, error, predicted, expected } = mapping;
  const named = [...reads, passed, score, error, predicted, expected].filter((one) => one !== undefined);
  const wanted = [...new Set(named)].filter((one) => one !== '');
  return { chunks: judged(rows(wanted), mapping, source.passWords), mapping };
}

async function* parquetRows(
  files: readonly string[],
  columns: readonly string[],
  caseId: string | null,
  run: { readonly column: string; readonly text: string } | null,
  only: SomeRows | undefined,
): AsyncGenerator<ResultChunk> {
  for (const file of files) {
    yield* readParquetCells({ file, columns, caseId, run, ...(only === undefined ? {} : { only }) });
  }
}

/** Chunks with the wanted rows alone. */
function some(chunks: RunRows['chunks'], only: SomeRows | undefined): RunRows['chunks'] {
  return only === undefined ? chunks : wantedRows(chunks, only);
}

async function* wantedRows(chunks: RunRows['chunks'], only: SomeRows): AsyncGenerator<ResultChunk> {
  const ids = 'ids' in only ? new Set(only.ids) : null;
  let row = 0;
  for await (const chunk of chunks) {
    const kept: number[] = [];
    for (let i = 0; i < chunk.caseId.length; i++, row++) {
      const isWanted = 'every' in only ? row % only.every === 0 : ids!.has(chunk.caseId[i]!);
      if (isWanted) kept.push(i);
    }
    const pick = <T>(list: readonly T[]): T[] => kept.map((i) => list[i]!);
    yield {
      ...chunk,
      lines: pick(chunk.lines),
      caseId: pick(chunk.caseId),
      trial: pick(chunk.trial),
      status: pick(chunk.status),
      passed: pick(chunk.passed),
      attributes: new Map([...chunk.attributes].map(([name, cells]) => [name, pick(cells)])),
    };
  }
}

async function* judged(
  chunks: RunRows['chunks'],
  mapping: ColumnMapping,
  words: PassWords | undefined,
): AsyncGenerator<ResultChunk> {
  const log = createProblemLog();
  for await (const chunk of chunks) {
    const { lines, attributes } = chunk;
    const file = lines.map(() => chunk.file);
    yield { ...chunk, ...rereadOutcomes({ file, line: lines, columns: attributes }, mapping, log, words) };
  }
  log.throwIfAny();
}
