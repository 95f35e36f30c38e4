/** The readers of single cells: case id, trial, outcome, and numbers that cannot be used. */

import type { Problem } from '../errors.ts';
import { listComplaint, passComplaint, scoreComplaint, unusableComplaint } from './cell-complaints.ts';
import { isDecimal, parseDecimal } from './decimal.ts';
import { foundText } from './found-text.ts';
import { labelColumns, matchesLabel } from './label-outcome.ts';
import { isErrorText, type PassWords, passReader } from './pass-text.ts';
import type { SameCause } from './problem-log.ts';
import type { ColumnMapping } from './roles.ts';
import type { Cell, RowStatus } from './table.ts';

/** Says what is wrong with a field of the current row; with `same`, in the words for all rows of the same cause. */
export type Report = (field: string, problem: Pick<Problem, 'message' | 'hint'>, same?: SameCause) => void;

/** What became of a row. */
export interface Outcome {
  readonly status: RowStatus;
  readonly passed: 0 | 1 | null;
}

type CellReader<T> = (row: number, report: Report) => T;

const PASSED: Outcome = { status: 'scored', passed: 1 };
const FAILED: Outcome = { status: 'scored', passed: 0 };
const SCORED: Outcome = { status: 'scored', passed: null };
const ERROR: Outcome = { status: 'error', passed: null };
const UNSCORED: Outcome = { status: 'unscored', passed: null };

/** Numbers that a file may spell but nobody can average. */
const NOT_A_NUMBER = /^\s*[+-]?nan\s*$/i;
const INFINITE = /^\s*[+-]?inf(?:inity)?\s*$/i;

/** Roles whose cells must not be NaN, infinite or too large. */
const NUMBER_ROLES = ['score', 'latency', 'cost', 'weight'] as const;

/** Reads the case id, or the input text that stands for it. */
export function readCaseId(
  column: string | undefined,
  cells: readonly Cell[] | undefined,
  byInput: boolean,
): CellReader<string> {
  const field = column ?? '';
  const what = byInput ? 'input (which stands for the case id)' : 'case id';
  return (row, report) => {
    const cell = cells?.[row] ?? null;
    if (typeof cell === 'string' && cell.trim() !== '') return cell;
    if (cell === null || typeof cell === 'string') {
      report(field, {
        message: `${what} is missing: column ${foundText(field)} is empty`,
        hint: 'give every row a case id, or map another column with --map caseId=COLUMN',
      });
    } else {
      report(field, { message: `${what} in column ${foundText(field)} is a list, expected one text` });
    }
    return '';
  };
}

/** Reads the trial label; a missing one is `''`. */
export function readTrial(
  column: string | undefined,
  cells: readonly Cell[] | undefined,
): CellReader<string> {
  return (row, report) => {
    const cell = cells?.[row] ?? null;
    if (cell === null || typeof cell === 'string') return cell ?? '';
    report(column ?? '', {
      message: `trial in column ${foundText(column ?? '')} is a list, expected one text`,
    });
    return '';
  };
}

/** Reads what became of a row. An error wins over everything; an error column's own fields (`error.message`) count too. */
export function readOutcome(
  mapping: ColumnMapping,
  columns: ReadonlyMap<string, readonly Cell[]>,
  words?: PassWords,
): CellReader<Outcome> {
  const readWord = passReader(words);
  const errorCells = errorColumns(mapping.error, columns);
  const passField = mapping.passed;
  const passCells = passField === undefined ? undefined : columns.get(passField);
  const scoreField = mapping.score;
  const scoreCells = scoreField === undefined ? undefined : columns.get(scoreField);
  const labels = labelColumns(mapping);
  const expected = labels === null ? undefined : columns.get(labels.expected);
  const predicted = labels === null ? undefined : columns.get(labels.predicted);
  return (row, report) => {
    for (const cells of errorCells) if (isErrorCell(cells[row] ?? null)) return ERROR;
    if (passField !== undefined) return passOutcome(passField, passCells?.[row] ?? null, readWord, report);
    if (scoreField !== undefined) return scoreOutcome(scoreField, scoreCells?.[row] ?? null, report);
    const isRight = labels === null ? null : matchesLabel(expected?.[row] ?? null, predicted?.[row] ?? null);
    if (isRight !== null) return isRight ? PASSED : FAILED;
    return UNSCORED;
  };
}

function errorColumns(
  column: string | undefined,
  columns: ReadonlyMap<string, readonly Cell[]>,
): readonly (readonly Cell[])[] {
  return errorColumnNames(column, [...columns.keys()]).map((name) => columns.get(name)!);
}

/**
 * The columns that say whether a row is an error: the mapped one and its own fields.
 *
 * @example errorColumnNames('error', ['id', 'error', 'error.message']) // ['error', 'error.message']
 */
export function errorColumnNames(column: string | undefined, columns: readonly string[]): readonly string[] {
  if (column === undefined) return [];
  const nested = `${column}.`;
  return columns.filter((name) => name === column || name.startsWith(nested));
}

function isErrorCell(cell: Cell): boolean {
  if (cell === null) return false;
  return typeof cell === 'string' ? isErrorText(cell) : cell.length > 0;
}

function passOutcome(
  field: string,
  cell: Cell,
  readWord: (text: string) => 0 | 1 | null,
  report: Report,
): Outcome {
  if (cell === null) return UNSCORED;
  if (typeof cell !== 'string') {
    report(field, listComplaint(field));
    return UNSCORED;
  }
  const value = readWord(cell);
  if (value !== null) return value === 1 ? PASSED : FAILED;
  if (cell.trim() === '') return UNSCORED;
  reportTexts(field, 'passed', cell, passComplaint, report);
  return UNSCORED;
}

function scoreOutcome(field: string, cell: Cell, report: Report): Outcome {
  if (cell === null) return UNSCORED;
  if (typeof cell === 'string') {
    if (parseDecimal(cell) !== null) return SCORED;
    if (cell.trim() === '' || unusableNumber(cell) !== null) return UNSCORED;
    reportTexts(field, 'score', cell, scoreComplaint, report);
  } else report(field, scoreComplaint(field, null));
  return UNSCORED;
}

/** One problem for all rows whose texts cannot be read. */
function reportTexts(
  field: string,
  cause: string,
  cell: string,
  complain: (field: string, found: readonly string[]) => Pick<Problem, 'message' | 'hint'>,
  report: Report,
): void {
  report(field, complain(field, [cell]), { cause, found: cell, say: (found) => complain(field, found) });
}

/** Checks the cells of numeric roles for NaN, infinity and numbers that no double holds. */
export function readNumberCells(
  mapping: ColumnMapping,
  columns: ReadonlyMap<string, readonly Cell[]>,
): CellReader<void> {
  const checked = NUMBER_ROLES.flatMap((role) => {
    const field = mapping[role];
    const cells = field === undefined ? undefined : columns.get(field);
    return field === undefined || cells === undefined ? [] : [{ field, cells }];
  });
  return (row, report) => {
    for (const { field, cells } of checked) {
      const cell = cells[row] ?? null;
      if (typeof cell !== 'string') continue;
      const why = unusableNumber(cell);
      if (why !== null) {
        const complain = (_: string, found: readonly string[]) => unusableComplaint(field, found, why);
        reportTexts(field, why, cell, complain, report);
      }
    }
  };
}

/** Why a text that is meant as a number cannot be used as one; null where it can, or is no such text. */
function unusableNumber(text: string): string | null {
  if (Number.isFinite(Number(text))) return null;
  if (NOT_A_NUMBER.test(text)) return 'NaN is no number; leave it empty for unscored';
  if (INFINITE.test(text)) return 'an infinite value cannot be compared; leave it empty for unscored';
  return isDecimal(text.trim()) ? 'the number is too large; leave it empty for unscored' : null;
}
