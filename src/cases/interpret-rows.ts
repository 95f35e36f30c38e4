/** Reads the roles of rows: who is the case, which trial, and did it pass. */

import type { ProblemLog } from './problem-log.ts';
import type { ColumnMapping } from './roles.ts';
import { readCaseId, readNumberCells, readOutcome, readTrial } from './row-outcome.ts';
import { createRunSelection } from './run-selection.ts';
import type { Cell, ResultChunk, RowChunk, RowStatus } from './table.ts';

/** How rows are to be read. */
export interface Interpretation {
  /** Complete: what is absent here plays no role. */
  readonly mapping: ColumnMapping;
  /** Text of the run column whose rows count; null takes all rows. */
  readonly run: string | null;
}

/**
 * Turns rows into results, chunk by chunk. Every problem goes to the log; after the first one no chunk is handed on, so
 * that nothing half-read is used, but reading goes on to find the others. The caller throws at the end.
 *
 * - An error wins over passed; no error and no passed text is unscored, never a failure.
 * - Without a passed column, a row whose score is a decimal number is scored.
 * - Without a case id column the input text is the case id.
 */
export async function* interpretRows(
  chunks: AsyncIterable<RowChunk> | Iterable<RowChunk>,
  { mapping, run }: Interpretation,
  log: ProblemLog,
): AsyncGenerator<ResultChunk> {
  const selection = createRunSelection(mapping.run, run);
  let lastFile: string | undefined;
  for await (const rows of chunks) {
    lastFile = rows.file;
    const chunk = interpretChunk(selection.select(rows), mapping, log);
    if (log.count() === 0 && selection.isClear() && chunk.lines.length > 0) yield chunk;
  }
  selection.report(log, lastFile);
}

function interpretChunk(rows: RowChunk, mapping: ColumnMapping, log: ProblemLog): ResultChunk {
  const { file, lines, columns } = rows;
  const count = lines.length;
  const caseId = new Array<string>(count);
  const trial = new Array<string>(count);
  const status = new Array<RowStatus>(count);
  const passed = new Array<0 | 1 | null>(count);
  const caseColumn = mapping.caseId ?? mapping.input;
  const cells = (column: string | undefined): readonly Cell[] | undefined =>
    column === undefined ? undefined : columns.get(column);
  const readers = {
    caseId: readCaseId(caseColumn, cells(caseColumn), mapping.caseId === undefined),
    trial: readTrial(mapping.trial, cells(mapping.trial)),
    outcome: readOutcome(mapping, columns),
    numbers: readNumberCells(mapping, columns),
  };
  let row = 0;
  const report = (field: string, message: string, hint?: string): void =>
    log.add({ message, ...(hint === undefined ? {} : { hint }), where: { file, line: lines[row]!, field } });
  for (; row < count; row += 1) {
    caseId[row] = readers.caseId(row, report);
    trial[row] = readers.trial(row, report);
    const outcome = readers.outcome(row, report);
    status[row] = outcome.status;
    passed[row] = outcome.passed;
    readers.numbers(row, report);
  }
  return { file, lines, caseId, trial, status, passed, attributes: columns };
}
