/** What the columns beside text and label hold: types, dates, values that never change, cells that are missing. */

import type { Cell } from '../../cases/index.ts';
import { parseDecimal } from '../../cases/index.ts';

/** What a cell is. */
export type CellType = 'number' | 'date' | 'boolean' | 'list' | 'text';

/** A problem of a column. */
export interface ColumnProblem {
  readonly column: string;
  readonly problem: 'mixed types' | 'dates out of range' | 'constant' | 'near-constant' | 'mostly missing';
  /** Rows that the problem is about, of those that have the column filled (of all rows for missing ones). */
  readonly rows: number;
  readonly of: number;
  readonly detail: string;
  /** The first rows, at most 5. */
  readonly places: readonly { readonly file: string; readonly line: number }[];
}

/** Shares from which on a column has a problem. */
const MAIN_TYPE = 0.8;
const CONSTANT = 0.99;
const MISSING = 0.5;
const LEAST_ROWS = 50;
const MOST_VALUES = 1000;
const PLACES = 5;

const DATE = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;
const BOOLEAN = /^(?:true|false|yes|no)$/i;

/** Dates before this are those of clocks that were never set. */
const EARLIEST = '1990-01-01';

interface Facts {
  filled: number;
  readonly types: Map<CellType, { count: number; readonly places: { file: string; line: number }[] }>;
  readonly values: Map<string, number>;
  badDates: number;
  readonly badDatePlaces: { file: string; line: number }[];
  firstBadDate: string;
}

/** Looks at columns cell by cell. */
export interface ColumnFacts {
  add(column: string, cell: Cell, file: string, line: number): void;
  problems(rows: number): readonly ColumnProblem[];
}

/** @param latest ISO date after which no date can be, such as tomorrow's */
export function columnFacts(columns: readonly string[], latest: string): ColumnFacts {
  const facts = new Map<string, Facts>(
    columns.map((column) => [
      column,
      { filled: 0, types: new Map(), values: new Map(), badDates: 0, badDatePlaces: [], firstBadDate: '' },
    ]),
  );
  return {
    add: (column, cell, file, line) => {
      const found = facts.get(column);
      if (found === undefined || cell === null || cell === '') return;
      found.filled++;
      const type = typeOf(cell);
      const entry = found.types.get(type) ?? { count: 0, places: [] };
      entry.count++;
      if (entry.places.length < PLACES) entry.places.push({ file, line });
      found.types.set(type, entry);
      const value = typeof cell === 'string' ? cell : JSON.stringify(cell);
      const before = found.values.get(value);
      if (before !== undefined || found.values.size < MOST_VALUES) found.values.set(value, (before ?? 0) + 1);
      if (type === 'date' && isOutOfRange(value, latest)) {
        if (found.badDates++ === 0) found.firstBadDate = value;
        if (found.badDatePlaces.length < PLACES) found.badDatePlaces.push({ file, line });
      }
    },
    problems: (rows) => [...facts].flatMap(([column, found]) => problemsOf(column, found, rows)),
  };
}

function typeOf(cell: string | readonly string[]): CellType {
  if (typeof cell !== 'string') return 'list';
  const text = cell.trim();
  if (parseDecimal(text) !== null) return 'number';
  if (DATE.test(text)) return 'date';
  return BOOLEAN.test(text) ? 'boolean' : 'text';
}

function isOutOfRange(text: string, latest: string): boolean {
  const [, year, month, day] = DATE.exec(text.trim()) ?? [];
  const date = `${year}-${month}-${day}`;
  const real = new Date(`${date}T00:00:00Z`);
  const isReal = !Number.isNaN(real.getTime()) && real.toISOString().startsWith(date);
  return !isReal || date < EARLIEST || date > latest;
}

function problemsOf(column: string, found: Facts, rows: number): readonly ColumnProblem[] {
  const { filled, types, values } = found;
  const problems: ColumnProblem[] = [];
  const missing = rows - filled;
  if (missing > MISSING * rows) {
    problems.push({ column, problem: 'mostly missing', rows: missing, of: rows, detail: '', places: [] });
  }
  if (filled === 0) return problems;
  const [main, ...others] = [...types].sort(([, a], [, b]) => b.count - a.count);
  if (main !== undefined && main[0] !== 'text' && others.length > 0 && main[1].count >= MAIN_TYPE * filled) {
    problems.push({
      column,
      problem: 'mixed types',
      rows: filled - main[1].count,
      of: filled,
      detail: `${main[0]} but ${others.map(([type, { count }]) => `${count} ${type}`).join(', ')}`,
      places: others.flatMap(([, { places }]) => places).slice(0, PLACES),
    });
  }
  if (found.badDates > 0) {
    problems.push({
      column,
      problem: 'dates out of range',
      rows: found.badDates,
      of: filled,
      detail: `such as ${found.firstBadDate}`,
      places: found.badDatePlaces,
    });
  }
  const most = Math.max(...values.values());
  if (filled >= LEAST_ROWS && most >= CONSTANT * filled) {
    const problem = most === filled ? 'constant' : 'near-constant';
    problems.push({ column, problem, rows: most, of: filled, detail: '', places: [] });
  }
  return problems;
}
