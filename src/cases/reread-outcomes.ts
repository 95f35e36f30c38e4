/** Reads rows again under another mapping: what became of them in the other of two runs that one file holds side by side. */

import type { PassWords } from './pass-text.ts';
import type { ProblemLog } from './problem-log.ts';
import type { ColumnMapping } from './roles.ts';
import { type Report, readNumberCells, readOutcome } from './row-outcome.ts';
import type { Cell, RowStatus } from './table.ts';

/** What became of each row. */
export interface Outcomes {
  readonly status: readonly RowStatus[];
  readonly passed: readonly (0 | 1 | null)[];
}

/**
 * The outcomes of rows whose cases are known.
 *
 * @param rows all arrays and columns of the same length
 * @param log gets every cell that cannot be read
 * @param passWords texts of the passed column beside those that are known
 */
export function rereadOutcomes(
  rows: {
    readonly file: readonly string[];
    readonly line: readonly number[];
    readonly columns: ReadonlyMap<string, readonly Cell[]>;
  },
  mapping: ColumnMapping,
  log: ProblemLog,
  passWords?: PassWords,
): Outcomes {
  const outcome = readOutcome(mapping, rows.columns, passWords);
  const numbers = readNumberCells(mapping, rows.columns);
  const status: RowStatus[] = [];
  const passed: (0 | 1 | null)[] = [];
  let row = 0;
  const report: Report = (field, problem, same) =>
    log.add({ ...problem, where: { file: rows.file[row]!, line: rows.line[row]!, field } }, same);
  for (; row < rows.line.length; row++) {
    const found = outcome(row, report);
    status.push(found.status);
    passed.push(found.passed);
    numbers(row, report);
  }
  return { status, passed };
}
