/** All sums of a slice: the cells that hold them, and how they are read. */

import {
  type Cells,
  countsClasses,
  errorClasses,
  errorSumLayout,
  type Layout,
  pairClasses,
  sumLayout,
} from './layout.ts';
import type { Prepared } from './prepare.ts';
import type { SliceSums } from './types.ts';

/** A `SliceSums` that is written again and again. */
export type MutableSums = { -readonly [Field in keyof SliceSums]: SliceSums[Field] };

/** How a table's full sums are counted. */
export interface FullSums {
  readonly kind: Layout['kind'];
  /** Numbers of a cell. */
  readonly width: number;
  /** Lays out the table: takes time and memory for every row. */
  readonly layOut: () => Layout;
  readonly read: (cells: Cells, at: number, into: MutableSums) => void;
}

/** Sums of nothing. */
export function noSums(): MutableSums {
  return {
    cases: 0,
    weight: 0,
    error: 0,
    errorSquares: 0,
    largestError: 0,
    before: 0,
    change: 0,
    changeSquares: 0,
    broke: 0,
    fixed: 0,
  };
}

/** The sums that one cell holds. */
export function readSums({ read }: FullSums, cell: Cells): SliceSums {
  const sums = noSums();
  read(cell, 0, sums);
  return sums;
}

/** The sums of two sets of cases that share none. */
export function addSums(a: SliceSums, b: SliceSums): SliceSums {
  return {
    cases: a.cases + b.cases,
    weight: a.weight + b.weight,
    error: a.error + b.error,
    errorSquares: a.errorSquares + b.errorSquares,
    largestError: Math.max(a.largestError, b.largestError),
    before: a.before + b.before,
    change: a.change + b.change,
    changeSquares: a.changeSquares + b.changeSquares,
    broke: a.broke + b.broke,
    fixed: a.fixed + b.fixed,
  };
}

/** The cells of all sums: classes of outcomes where everything is 0 or 1, sums of real numbers otherwise. */
export function fullSums(table: Prepared): FullSums {
  if (!countsClasses(table, ['error', 'before'])) return realSums(table);
  return table.before === null ? errorCounts(table) : pairCounts(table);
}

function errorCounts(table: Prepared): FullSums {
  return {
    kind: 'classes',
    width: 2,
    layOut: () => errorClasses(table),
    read: (cells, at, into) => {
      const wrong = cells[at + 1]!;
      into.cases = into.weight = cells[at]! + wrong;
      into.error = into.errorSquares = wrong;
      into.largestError = wrong > 0 ? 1 : 0;
    },
  };
}

function pairCounts(table: Prepared): FullSums {
  return {
    kind: 'classes',
    width: 4,
    layOut: () => pairClasses(table),
    read: (cells, at, into) => {
      const broke = cells[at + 1]!;
      const fixed = cells[at + 2]!;
      const both = cells[at + 3]!;
      into.cases = into.weight = cells[at]! + broke + fixed + both;
      into.error = into.errorSquares = broke + both;
      into.largestError = broke + both > 0 ? 1 : 0;
      into.before = fixed + both;
      into.change = broke - fixed;
      into.changeSquares = broke + fixed;
      into.broke = broke;
      into.fixed = fixed;
    },
  };
}

function realSums(table: Prepared): FullSums {
  const { rows, count, weight, error, before } = table;
  const casesOf = (row: number) => (count === null ? 1 : count[row]!);
  const weightOf = weight === null ? casesOf : (row: number) => weight[row]!;
  const change = before === null ? () => 0 : (row: number) => error[row]! - before[row]!;
  const parts: [keyof SliceSums, (row: number) => number][] = [
    ['cases', casesOf],
    ['error', (row) => weightOf(row) * error[row]!],
    ['errorSquares', (row) => weightOf(row) * error[row]! ** 2],
  ];
  if (weight !== null) parts.push(['weight', weightOf]);
  if (before !== null) {
    parts.push(
      ['before', (row) => weightOf(row) * before[row]!],
      ['change', (row) => weightOf(row) * change(row)],
      ['changeSquares', (row) => weightOf(row) * change(row) ** 2],
      ['broke', (row) => (change(row) > 0 ? casesOf(row) : 0)],
      ['fixed', (row) => (change(row) < 0 ? casesOf(row) : 0)],
    );
  }
  const fields = parts.map(([field]) => field);
  return {
    kind: 'sums',
    width: parts.length + 1,
    layOut: () =>
      weight === null && before === null
        ? errorSumLayout(table, 3)
        : sumLayout(
            rows,
            parts.map(([, part]) => part),
            error,
          ),
    read: (cells, at, into) => {
      for (let i = 0; i < fields.length; i++) into[fields[i]!] = cells[at + i]!;
      if (weight === null) into.weight = into.cases;
      into.largestError = cells[at + fields.length]!;
    },
  };
}
