/** Rows of opened records as derived columns want them, with these columns beside their own. */

import type { Cell, ResultChunk, RowChunk } from '../../cases/index.ts';
import { type DerivedModel, deriveRows, fitDerived, isDerivedName, needsFit } from '../../derived/index.ts';
import type { OpenedRecords } from '../../sources/index.ts';

/** Seed of clusters where topics are found by words. */
const SEED = 1;

/** Rows with the derived columns among `columns`; their other columns are as they are. */
export function recordChunks(
  records: OpenedRecords,
  columns: readonly string[],
  model: DerivedModel | null,
): AsyncIterable<ResultChunk> {
  const wanted = columns.filter(isDerivedName);
  const chunks = resultChunks(records);
  if (wanted.length === 0) return chunks;
  return deriveRows(chunks, records.mapping, 'candidate', wanted, {
    ...(model === null ? {} : { model }),
    files: records.files.length,
  });
}

/** What clusters and the like need to know of all texts; null where nothing among the columns does. */
export async function fitRecords(
  sides: readonly OpenedRecords[],
  columns: readonly string[],
): Promise<DerivedModel | null> {
  if (!needsFit(columns)) return null;
  const runs = sides.map((records) => ({ chunks: resultChunks(records), mapping: records.mapping }));
  return fitDerived(runs, columns, { seed: SEED, k: null });
}

/** A cell of a chunk; missing where there is no such column. An empty list of tags is missing as well. */
export function cellAt({ attributes }: ResultChunk, column: string | null | undefined, row: number): Cell {
  const cell = (column == null ? null : attributes.get(column)?.[row]) ?? null;
  return cell === '' || cell?.length === 0 ? null : cell;
}

async function* resultChunks(records: OpenedRecords): AsyncGenerator<ResultChunk> {
  for await (const chunk of records.rows()) yield resultChunk(chunk);
}

/** Logs have no outcome that decides, so all rows are unscored here; scores are read from their columns. */
function resultChunk({ file, lines, columns }: RowChunk): ResultChunk {
  const rows = lines.length;
  return {
    file,
    lines,
    caseId: new Array<string>(rows).fill(''),
    trial: new Array<string>(rows).fill(''),
    status: new Array<'unscored'>(rows).fill('unscored'),
    passed: new Array<null>(rows).fill(null),
    attributes: columns,
  };
}
