/** Every slice of a table by counting row by row: slow and plainly right, for tests. */

import type {
  FoundSlice,
  SearchOptions,
  SearchResult,
  SearchTable,
  SliceItem,
  SliceSums,
  SliceVisitor,
} from '../kernel/types.ts';

/** Sums with some fields given and the others as if every error were 0 or 1 and there were no other run. */
export function sumsOf(given: Partial<SliceSums> & { readonly cases: number }): SliceSums {
  const error = given.error ?? 0;
  const base = { weight: given.cases, error, errorSquares: error, largestError: 1, before: 0, change: 0 };
  return { ...base, changeSquares: 0, broke: 0, fixed: 0, ...given };
}

interface Mutable {
  cases: number;
  weight: number;
  error: number;
  errorSquares: number;
  largestError: number;
  before: number;
  change: number;
  changeSquares: number;
  broke: number;
  fixed: number;
}

const empty = (): Mutable => ({
  ...{ cases: 0, weight: 0, error: 0, errorSquares: 0, largestError: 0 },
  ...{ before: 0, change: 0, changeSquares: 0, broke: 0, fixed: 0 },
});

function addRow(sums: Mutable, table: SearchTable, row: number): void {
  const count = table.count[row]!;
  const weight = table.weight === null ? count : table.weight[row]!;
  const error = table.error[row]!;
  sums.cases += count;
  sums.weight += weight;
  sums.error += weight * error;
  sums.errorSquares += weight * error * error;
  sums.largestError = Math.max(sums.largestError, error);
  if (table.before === null) return;
  const change = error - table.before[row]!;
  sums.before += weight * table.before[row]!;
  sums.change += weight * change;
  sums.changeSquares += weight * change * change;
  if (change > 0) sums.broke += count;
  if (change < 0) sums.fixed += count;
}

/** Sums over the rows that have all items. */
export function naiveSums(table: SearchTable, items: readonly SliceItem[]): SliceSums {
  const sums = empty();
  for (let row = 0; row < table.rows; row++) {
    if (items.every(({ column, code }) => table.columns[column]!.codes[row] === code))
      addRow(sums, table, row);
  }
  return sums;
}

/** Calls for every conjunction with at least `minCases` cases, in order of level, columns, codes. */
export function naiveVisit(
  table: SearchTable,
  options: { readonly maxLevel: number; readonly minCases: number },
  visit: SliceVisitor,
): void {
  for (let level = 1; level <= options.maxLevel; level++) {
    for (const columns of subsets(table.columns.length, level))
      visitColumns(table, columns, options.minCases, visit);
  }
}

function* subsets(size: number, length: number, from = 0): Generator<number[]> {
  if (length === 0) yield [];
  else
    for (let i = from; i < size; i++) for (const rest of subsets(size, length - 1, i + 1)) yield [i, ...rest];
}

function visitColumns(
  table: SearchTable,
  columns: readonly number[],
  minCases: number,
  visit: SliceVisitor,
): void {
  const bases = columns.map((column) => table.columns[column]!.cardinality + 1);
  const cells: Mutable[] = [];
  for (let row = 0; row < table.rows; row++) {
    let key = 0;
    let dead = false;
    for (let i = 0; i < columns.length; i++) {
      const code = table.columns[columns[i]!]!.codes[row]!;
      if (code === 0) dead = true;
      key = key * bases[i]! + code;
    }
    if (dead) continue;
    cells[key] ??= empty();
    addRow(cells[key], table, row);
  }
  cells.forEach((sums, key) => {
    if (sums.cases < minCases) return;
    const codes = new Array<number>(columns.length);
    for (let i = columns.length - 1, rest = key; i >= 0; i--) {
      codes[i] = rest % bases[i]!;
      rest = Math.floor(rest / bases[i]!);
    }
    visit(columns, codes, sums);
  });
}

/** The best slices by counting all of them: by mean error above that of all, times size (`drop-support`). */
export function naiveSearch(table: SearchTable, options: SearchOptions): SearchResult {
  const all = naiveSums(table, []);
  const value = (sums: SliceSums) =>
    options.mode === 'worst' ? sums.error : options.mode === 'regressed' ? sums.change : -sums.change;
  const levels = Array.from({ length: options.maxLevel }, (_, i) => ({
    level: i + 1,
    counted: 0,
    pruned: 0,
  }));
  const slices: FoundSlice[] = [];
  naiveVisit(table, options, (columns, codes, sums) => {
    levels[columns.length - 1]!.counted += 1;
    const score = value(sums) - (sums.weight * value(all)) / all.weight;
    const items = columns.map((column, i) => ({ column, code: codes[i]! }));
    if (score > 0) slices.push({ items, sums: { ...sums }, score });
  });
  return { slices: slices.sort((a, b) => b.score - a.score).slice(0, options.top), all, levels };
}
