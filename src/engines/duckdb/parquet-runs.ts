/** Checks that the rows of Parquet files are of one run, or hold the run that was asked for. */

import { type Cell, interpretRows, type ProblemLog } from '../../cases/index.ts';
import type { SideSource } from '../contract.ts';
import type { Database } from './database.ts';
import type { JoinedFiles } from './relation.ts';

/** More different runs than this need not be known. */
const MOST_RUNS = 1_000;

/** Adds to the log what is wrong with the choice of the run, in the words of the readers of text files. */
export async function checkRuns(
  database: Database,
  joined: JoinedFiles,
  { mapping, run, files }: Extract<SideSource, { kind: 'parquet' }>,
  log: ProblemLog,
): Promise<void> {
  if (mapping.run === undefined) return;
  const column = joined.columns.get(mapping.run);
  const found: Cell[] = [];
  if (column?.kind === 'text') {
    const runs = await database.rows(
      `SELECT DISTINCT ${column.sql} FROM ${joined.from} AND ${column.sql} IS NOT NULL LIMIT ${MOST_RUNS}`,
    );
    found.push(...runs.map(([text]) => text as string).toSorted());
  }
  const rows = {
    file: files[0] ?? '',
    lines: found.map((_, i) => i + 1),
    columns: new Map<string, readonly Cell[]>([
      [mapping.run, found],
      ['case', found.map(() => 'case')],
    ]),
  };
  const names = { run: mapping.run, caseId: mapping.run === 'case' ? mapping.run : 'case' };
  for await (const _ of interpretRows([rows], { mapping: names, run }, log));
}
