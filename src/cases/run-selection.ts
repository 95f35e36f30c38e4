/** Keeps the rows of one run of a file that holds several. */

import { foundText } from './found-text.ts';
import type { ProblemLog } from './problem-log.ts';
import type { Cell, RowChunk } from './table.ts';

/** So many runs are named when the choice is wrong. */
const LISTED_RUNS = 20;

/** Remembers no more different runs than this. */
const MOST_RUNS = 1_000;

/** A run by name, and how many rows it has. */
export interface RunCount {
  readonly run: string;
  readonly rows: number;
}

/**
 * Runs with their counts as a list for messages.
 *
 * @example listRuns([{ run: 'a', rows: 1 }, { run: 'b', rows: 20 }]) // '"a" (1 row), "b" (20 rows)'
 */
export function listRuns(runs: readonly RunCount[]): string {
  const shown = runs
    .slice(0, LISTED_RUNS)
    .map(({ run, rows }) => `${foundText(run)} (${rows} ${rows === 1 ? 'row' : 'rows'})`)
    .join(', ');
  return runs.length > LISTED_RUNS ? `${shown} and ${runs.length - LISTED_RUNS} more` : shown;
}

/** Selects rows and remembers which runs there are. */
export interface RunSelection {
  /** The rows of the run, in order. */
  select(rows: RowChunk): RowChunk;
  /** Whether no second run was met where none was chosen. */
  isClear(): boolean;
  /** Says after the last row what is wrong with the choice. */
  report(log: ProblemLog, file: string | undefined): void;
}

/**
 * A selection by the text of the run column.
 *
 * @param column the mapped run column; absent where all rows are one run
 * @param run the text that is wanted; null takes every row, which is an error where there are several runs
 * @param hintFor what to do about several runs
 */
export function createRunSelection(
  column: string | undefined,
  run: string | null,
  hintFor?: (runs: readonly RunCount[]) => string,
): RunSelection {
  const found = new Map<string, number>();
  const remember = (cell: Cell): void => {
    if (typeof cell !== 'string') return;
    const rows = found.get(cell);
    if (rows !== undefined || found.size < MOST_RUNS) found.set(cell, (rows ?? 0) + 1);
  };
  return {
    select(rows) {
      const cells = column === undefined ? undefined : rows.columns.get(column);
      if (column === undefined) return rows;
      cells?.forEach(remember);
      if (run === null) return rows;
      const kept = rows.lines.flatMap((_, row) => (cells?.[row] === run ? [row] : []));
      return kept.length === rows.lines.length ? rows : pickRows(rows, kept);
    },
    isClear: () => run !== null || found.size <= 1,
    report(log, file) {
      if (column === undefined) return;
      const counts = [...found].map(([name, rows]) => ({ run: name, rows }));
      reportRuns({ column, run, file, ...(hintFor === undefined ? {} : { hintFor }) }, counts, log);
    },
  };
}

/** What was asked for. */
export interface RunChoice {
  readonly column: string;
  readonly run: string | null;
  /** The file that messages name. */
  readonly file: string | undefined;
  readonly hintFor?: (runs: readonly RunCount[]) => string;
}

/** Says what is wrong with the choice of the run, given the runs that there are. */
export function reportRuns(
  { column, run, file, hintFor = () => 'name the run to read' }: RunChoice,
  counts: readonly RunCount[],
  log: ProblemLog,
): void {
  const where = { ...(file === undefined ? {} : { file }), field: column };
  const sorted = counts.toSorted((a, b) => (a.run < b.run ? -1 : 1));
  const runs = listRuns(sorted);
  if (run === null && counts.length > 1) {
    log.add({
      message: `column ${foundText(column)} holds ${counts.length} runs, expected one: ${runs}`,
      hint: hintFor(sorted),
      where,
    });
  }
  if (run !== null && !counts.some((found) => found.run === run)) {
    log.add({
      message: `no row has the run ${foundText(run)} in column ${foundText(column)}; the runs are ${runs || 'none'}`,
      hint: 'name one of these runs',
      where,
    });
  }
}

function pickRows(rows: RowChunk, kept: readonly number[]): RowChunk {
  const pick = (cells: readonly Cell[]): Cell[] => kept.map((row) => cells[row] ?? null);
  return {
    file: rows.file,
    lines: kept.map((row) => rows.lines[row]!),
    columns: new Map([...rows.columns].map(([name, cells]) => [name, pick(cells)])),
  };
}
