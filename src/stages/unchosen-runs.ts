/** Tells files that hold several runs from files with duplicates, where a column names the run of each row. */

import { foundText, listRuns, type RunCount, roleColumns } from '../cases/index.ts';
import { DuplicateError } from '../engines/index.ts';
import { DataError } from '../errors.ts';
import { chooseRunHint, type RunSide } from '../sources/index.ts';
import type { LoadedRun } from './loaded-run.ts';
import { rowsOf } from './run-rows.ts';

/** A column with more different texts than this names no runs. */
const MOST_RUNS = 200;

/**
 * The error for a run whose cases have several rows: where a column that may name runs tells all these rows apart, that the file
 * holds several runs, and how to choose one; else the error as it was.
 */
export async function withUnchosenRuns(
  error: unknown,
  run: LoadedRun | null,
  side: RunSide,
): Promise<unknown> {
  if (!(error instanceof DuplicateError) || run === null || run.run !== null) return error;
  const { mapping, columns, files } = run.opened;
  if (mapping.run !== undefined || run.opened.imported !== null) return error;
  const free = new Set(Object.values(mapping));
  for (const column of roleColumns('run', columns).filter((name) => !free.has(name))) {
    const runs = await runsIn(run, column);
    if (runs === null) continue;
    const map = roleColumns('run', columns)[0] === column ? '' : ` --map run=${column}`;
    return new DataError(
      {
        message: `the ${files.length === 1 ? 'file holds' : 'files hold'} ${runs.length} runs (column ${foundText(column)}), expected one: ${listRuns(runs)}`,
        hint: `${chooseRunHint(side, files, runs)}${map}`,
        where: { file: files[0]!, field: column },
      },
      { cause: error },
    );
  }
  return error;
}

/** The runs that a column names, in the order of the files; null where it does not tell the rows of each case apart. */
async function runsIn(run: LoadedRun, column: string): Promise<readonly RunCount[] | null> {
  const { mapping } = run.opened;
  const reads = [column, mapping.trial, mapping.caseId ?? mapping.input].filter((one) => one !== undefined);
  const rows = new Map<string, number>();
  const seen = new Set<string>();
  for await (const { caseId, trial, attributes } of rowsOf(run, reads).chunks) {
    const names = attributes.get(column);
    const trials = mapping.trial === undefined ? undefined : attributes.get(mapping.trial);
    for (const [row, id] of caseId.entries()) {
      const name = names?.[row];
      if (typeof name !== 'string') return null;
      const key = JSON.stringify([id, trials?.[row] ?? trial[row], name]);
      if (seen.has(key)) return null;
      seen.add(key);
      rows.set(name, (rows.get(name) ?? 0) + 1);
      if (rows.size > MOST_RUNS) return null;
    }
  }
  return rows.size < 2 ? null : [...rows].map(([name, count]) => ({ run: name, rows: count }));
}
