/** Reads the roles of rows: who is the case, which trial, and did it pass. */

import type { PassWords } from './pass-text.ts';
import type { ProblemLog } from './problem-log.ts';
import type { ColumnMapping } from './roles.ts';
import { type Report, readCaseId, readNumberCells, readOutcome, readTrial } from './row-outcome.ts';
import { createRunSelection, type RunCount, type RunSelection } from './run-selection.ts';
import type { Cell, ResultChunk, RowChunk, RowStatus } from './table.ts';

/** How rows are to be read. */
export interface Interpretation {
  /** Complete: what is absent here plays no role. */
  readonly mapping: ColumnMapping;
  /** Texts of the passed column beside those that are known. */
  readonly passWords?: PassWords | undefined;
  /** Text of the run column whose rows count; null takes all rows. */
  readonly run: string | null;
  /** `rows`: each row is a case of its own, known by its place among all rows that are read (`rowId`). */
  readonly cases?: 'rows';
  /** What to do where the rows hold several runs and none is chosen. */
  readonly chooseRun?: (runs: readonly RunCount[]) => string;
}

/**
 * Turns rows into results, chunk by chunk. Every problem goes to the log; after the first one no chunk is handed on, so
 * that nothing half-read is used, but reading goes on to find the others. The caller throws at the end.
 *
 * - An error wins over passed; no error and no passed text is unscored, never a failure.
 * - Without a passed column, a row whose score is a decimal number is scored.
 * - Without a score column either, a row passes when its prediction is its label.
 * - Without a case id column the input text is the case id.
 */
export async function* interpretRows(
  chunks: AsyncIterable<RowChunk> | Iterable<RowChunk>,
  { mapping, passWords, run, cases, chooseRun }: Interpretation,
  log: ProblemLog,
): AsyncGenerator<ResultChunk> {
  const selection = createRunSelection(mapping.run, run, chooseRun);
  let lastFile: string | undefined;
  let read = 0;
  for await (const rows of chunks) {
    lastFile = rows.file;
    const { selected, ids } =
      cases === 'rows'
        ? selectNumbered(selection, rows, read)
        : { selected: selection.select(rows), ids: null };
    read += rows.lines.length;
    const chunk = interpretChunk(selected, { mapping, passWords }, log, ids);
    if (log.count() === 0 && selection.isClear() && chunk.lines.length > 0) yield chunk;
  }
  selection.report(log, lastFile);
}

/** The id of a case that is a row: its number among all rows of the run's files, from 1, in the order in which they are read. */
export function rowId(number: number): string {
  return `${ROW_PREFIX}${String(number).padStart(ROW_DIGITS, '0')}`;
}

/** The number of a row from its id. */
export function rowNumber(id: string): number {
  return Number(id.slice(ROW_PREFIX.length));
}

/** What the ids of rows begin with. */
export const ROW_PREFIX = 'row ';

/** Rows are ordered as their ids are up to so many digits. */
export const ROW_DIGITS = 8;

/** Selects rows by their places, so that their numbers are known. */
function selectNumbered(
  selection: RunSelection,
  rows: RowChunk,
  before: number,
): { readonly selected: RowChunk; readonly ids: readonly string[] } {
  const found = selection.select({ ...rows, lines: rows.lines.map((_, place) => place) });
  return {
    selected: { ...found, lines: found.lines.map((place) => rows.lines[place]!) },
    ids: found.lines.map((place) => rowId(before + place + 1)),
  };
}

function interpretChunk(
  rows: RowChunk,
  { mapping, passWords }: Pick<Interpretation, 'mapping' | 'passWords'>,
  log: ProblemLog,
  ids: readonly string[] | null,
): ResultChunk {
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
    outcome: readOutcome(mapping, columns, passWords),
    numbers: readNumberCells(mapping, columns),
  };
  let row = 0;
  const report: Report = (field, problem, same) =>
    log.add({ ...problem, where: { file, line: lines[row]!, field } }, same);
  for (; row < count; row += 1) {
    caseId[row] = ids === null ? readers.caseId(row, report) : ids[row]!;
    trial[row] = readers.trial(row, report);
    const outcome = readers.outcome(row, report);
    status[row] = outcome.status;
    passed[row] = outcome.passed;
    readers.numbers(row, report);
  }
  return { file, lines, caseId, trial, status, passed, attributes: columns };
}
