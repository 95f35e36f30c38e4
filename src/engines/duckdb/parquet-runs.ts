/** Checks that the rows of Parquet files are of one run, or hold the run that was asked for. */

import { type ProblemLog, reportRuns } from '../../cases/index.ts';
import type { SideSource } from '../contract.ts';
import { textLiteral } from '../sql/literal.ts';
import type { Database } from './database.ts';
import type { JoinedFiles } from './relation.ts';

/** More different runs than this need not be known. */
const MOST_RUNS = 1_000;

/** Adds to the log what is wrong with the choice of the run, in the words of the readers of text files. */
export async function checkRuns(
  database: Database,
  joined: JoinedFiles,
  { mapping, run, files, chooseRun }: Extract<SideSource, { kind: 'parquet' }>,
  log: ProblemLog,
): Promise<void> {
  if (mapping.run === undefined) return;
  const column = joined.columns.get(mapping.run);
  // The run that was asked for comes first, so that it is found among however many.
  const wanted = run === null ? '' : `${column?.sql} = ${textLiteral(run)} DESC, `;
  const counts =
    column?.kind === 'text'
      ? await database.rows(
          `SELECT ${column.sql}, count(*) FROM ${joined.from} AND ${column.sql} IS NOT NULL GROUP BY ${column.sql} ORDER BY ${wanted}${column.sql} LIMIT ${MOST_RUNS}`,
        )
      : [];
  reportRuns(
    {
      ...{ column: mapping.run, run, file: files[0] },
      ...(chooseRun === undefined ? {} : { hintFor: chooseRun }),
    },
    counts.map(([name, rows]) => ({ run: name as string, rows: rows as number })),
    log,
  );
}
