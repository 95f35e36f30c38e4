/** Reads the probabilities of one row into one number per label, and says what is wrong with them. */

import { type Cell, type ProbabilityColumns, parseDecimal } from '../../cases/index.ts';
import type { ProbabilityLabels } from './labels.ts';

/** How far a sum may be from 1; such rows are divided by their sum. */
export const SUM_TOLERANCE = 1e-3;

/** How far a single probability may be outside [0, 1], from rounding; it then counts as 0 or 1. */
const EDGE_TOLERANCE = 1e-6;

/** What a row says: probabilities by label (sum 1), what is wrong, or nothing. */
export type RowProbabilities =
  | { readonly kind: 'read'; readonly vector: Float64Array }
  | { readonly kind: 'bad'; readonly fault: string }
  | { readonly kind: 'absent' };

const ABSENT: RowProbabilities = { kind: 'absent' };
const bad = (fault: string): RowProbabilities => ({ kind: 'bad', fault });

/** What a cell holds before labels are known. */
type Written =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'list'; readonly values: readonly number[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, number])[] };

/**
 * The probabilities of a row.
 *
 * @param cellOf the cell of a column in that row
 */
export function readProbabilities(
  where: ProbabilityColumns,
  labels: ProbabilityLabels,
  cellOf: (column: string) => Cell,
): RowProbabilities {
  const written = readWritten(where, cellOf);
  if (written === null) return ABSENT;
  if (written === 'unreadable') return bad('are neither numbers nor JSON of numbers');
  const byLabel = spread(written, labels);
  return typeof byLabel === 'string' ? bad(byLabel) : checked(byLabel);
}

/** What the cells of a row tell about the labels: their names, or how many numbers are in a list. */
export function labelSigns(
  where: ProbabilityColumns,
  cellOf: (column: string) => Cell,
): { readonly names: readonly string[]; readonly listed: number } {
  if (where.kind === 'columns') return { names: [...where.byLabel.keys()], listed: 0 };
  const cell = cellOf(where.column);
  if (cell === null || cell === '') {
    const besides = filledColumns(where, cellOf);
    return { names: besides.map(([label]) => label), listed: 0 };
  }
  // A plain number tells nothing, and need not be read for that.
  if (typeof cell === 'string' && !/^\s*[{[]/.test(cell)) return { names: [], listed: 0 };
  const written = readWritten(where, cellOf);
  if (written === null || written === 'unreadable' || written.kind === 'number')
    return { names: [], listed: 0 };
  return written.kind === 'list'
    ? { names: [], listed: written.values.length }
    : { names: written.entries.map(([label]) => label), listed: 0 };
}

function readWritten(
  where: ProbabilityColumns,
  cellOf: (column: string) => Cell,
): Written | 'unreadable' | null {
  const cell = where.kind === 'columns' ? null : cellOf(where.column);
  if (cell === null || cell === '') {
    const filled = filledColumns(where, cellOf);
    if (filled.length === 0) return null;
    return { kind: 'object', entries: filled.map(([label, own]) => [label, numberOf(own)] as const) };
  }
  if (typeof cell !== 'string') return { kind: 'list', values: cell.map(numberOf) };
  const start = cell.trimStart()[0];
  return start === '{' || start === '[' ? readJson(cell) : { kind: 'number', value: numberOf(cell) };
}

function filledColumns(
  { byLabel }: ProbabilityColumns,
  cellOf: (column: string) => Cell,
): readonly (readonly [string, Cell])[] {
  return [...byLabel]
    .map(([label, column]) => [label, cellOf(column)] as const)
    .filter(([, cell]) => cell !== null && cell !== '');
}

function numberOf(cell: Cell): number {
  return typeof cell === 'string' ? (parseDecimal(cell) ?? Number.NaN) : Number.NaN;
}

function readJson(text: string): Written | 'unreadable' {
  try {
    const data: unknown = JSON.parse(text);
    const number = (one: unknown): number => (typeof one === 'number' ? one : Number.NaN);
    if (Array.isArray(data)) return { kind: 'list', values: data.map(number) };
    return {
      kind: 'object',
      entries: Object.entries(data as object).map(([label, one]) => [label, number(one)] as const),
    };
  } catch {
    return 'unreadable';
  }
}

/** One number per label, or what keeps it from being so. */
function spread(written: Written, labels: ProbabilityLabels): Float64Array | string {
  const count = labels.labels.length;
  switch (written.kind) {
    case 'number': {
      if (count > 2) return `are one number, but there are ${count} labels`;
      if (labels.positive === null || !labels.isPositiveSure)
        return 'are one number, and it is not said of which label';
      return ofOne(written.value, labels.positive, count);
    }
    case 'list':
      if (written.values.length !== count)
        return `are ${written.values.length} numbers, but there are ${count} labels`;
      return Float64Array.from(written.values);
    case 'object':
      // One of two labels says it all.
      if (written.entries.length === 1 && count <= 2) {
        const [[label, value]] = written.entries as [readonly [string, number]];
        const at = labels.indexOf(label);
        if (at !== undefined) return ofOne(value, at, count);
      }
      return ofEntries(written.entries, labels);
  }
}

function ofEntries(
  entries: readonly (readonly [string, number])[],
  labels: ProbabilityLabels,
): Float64Array | string {
  const vector = new Float64Array(labels.labels.length);
  for (const [label, value] of entries) {
    const at = labels.indexOf(label);
    if (at === undefined) return 'name more labels than a classification has';
    vector[at] = value;
  }
  return vector;
}

function ofOne(value: number, at: number, count: number): Float64Array {
  const vector = new Float64Array(Math.max(2, count)).fill(1 - value);
  vector[at] = value;
  return vector;
}

function checked(vector: Float64Array): RowProbabilities {
  let sum = 0;
  for (const [at, one] of vector.entries()) {
    if (Number.isNaN(one)) return bad('hold something that is no number');
    if (one < -EDGE_TOLERANCE || one > 1 + EDGE_TOLERANCE) return bad('are not all from 0 to 1');
    vector[at] = Math.min(1, Math.max(0, one));
    sum += vector[at];
  }
  if (Math.abs(sum - 1) > SUM_TOLERANCE) return bad(`do not sum to 1 (within ${SUM_TOLERANCE})`);
  // A binary p and 1 - p sum to 1 but for rounding, and p is to stay what the file says.
  if (Math.abs(sum - 1) > 1e-12) for (let at = 0; at < vector.length; at++) vector[at]! /= sum;
  return { kind: 'read', vector };
}
