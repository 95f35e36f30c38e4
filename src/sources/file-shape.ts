/** Learns which columns a file has before its rows are interpreted. */

import { type Cell, createProblemLog, type ProblemLog } from '../cases/index.ts';
import { type RowFile, readRows } from './read-rows.ts';

/** The columns of a file and its first rows. */
export interface FileShape {
  readonly label: string;
  readonly columns: readonly string[];
  readonly sample: ReadonlyMap<string, readonly Cell[]>;
}

/**
 * Columns in order of first appearance. A delimited file is read up to its first rows; a JSON file to its end, because
 * a key such as `error` may show up in any row. Without a single row the problems go to the log.
 */
export async function readShape(file: RowFile, log: ProblemLog): Promise<FileShape> {
  const own = createProblemLog();
  const columns = new Set<string>();
  let sample: ReadonlyMap<string, readonly Cell[]> | null = null;
  for await (const chunk of readRows(file, own)) {
    sample ??= chunk.columns;
    for (const name of chunk.columns.keys()) columns.add(name);
    if ('delimiter' in file.format) break;
  }
  if (sample === null) reportNoRows(file, own, log);
  return { label: file.source.label, columns: [...columns], sample: sample ?? new Map() };
}

function reportNoRows(file: RowFile, own: ProblemLog, log: ProblemLog): void {
  if (own.count() > 0) {
    own.moveTo(log);
    return;
  }
  log.add({
    message: 'the file has no rows, expected at least one',
    hint: 'check the program that wrote it',
    where: { file: file.source.label },
  });
}
