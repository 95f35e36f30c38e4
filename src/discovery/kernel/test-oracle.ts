/** Slices counted one row at a time in maps: shares no code and no idea with the kernel. */

import fc from 'fast-check';
import type { SearchOptions, SearchTable, SliceItem, SliceSums } from './types.ts';

export type OracleSlice = { readonly items: readonly SliceItem[]; readonly sums: SliceSums };

/** Text that names a conjunction. */
export const nameOf = (items: readonly SliceItem[]): string =>
  items.map(({ column, code }) => `${column}:${code}`).join(' ');

const NOTHING: SliceSums = {
  ...{ cases: 0, weight: 0, error: 0, errorSquares: 0, largestError: 0 },
  ...{ before: 0, change: 0, changeSquares: 0, broke: 0, fixed: 0 },
};

function addRow(sums: SliceSums, table: SearchTable, row: number): SliceSums {
  const count = table.count[row]!;
  const weight = table.weight?.[row] ?? count;
  const error = table.error[row]!;
  const before = table.before?.[row] ?? 0;
  const change = table.before === null ? 0 : error - before;
  return {
    cases: sums.cases + count,
    weight: sums.weight + weight,
    error: sums.error + weight * error,
    errorSquares: sums.errorSquares + weight * error * error,
    largestError: Math.max(sums.largestError, error),
    before: sums.before + weight * before,
    change: sums.change + weight * change,
    changeSquares: sums.changeSquares + weight * change * change,
    broke: sums.broke + (change > 0 ? count : 0),
    fixed: sums.fixed + (change < 0 ? count : 0),
  };
}

/** Sums over the whole table. */
export function oracleAll(table: SearchTable): SliceSums {
  let sums = NOTHING;
  for (let row = 0; row < table.rows; row++) sums = addRow(sums, table, row);
  return sums;
}

/** Every conjunction with at least `minCases` cases, by name. */
export function oracleSlices(
  table: SearchTable,
  maxLevel: number,
  minCases: number,
): ReadonlyMap<string, OracleSlice> {
  const found = new Map<string, OracleSlice>();
  for (let row = 0; row < table.rows; row++) {
    const extend = (items: readonly SliceItem[], from: number) => {
      if (items.length > 0) {
        const name = nameOf(items);
        const sums = addRow(found.get(name)?.sums ?? NOTHING, table, row);
        found.set(name, { items, sums });
      }
      if (items.length === maxLevel) return;
      for (let column = from; column < table.columns.length; column++) {
        const code = table.columns[column]!.codes[row]!;
        if (code > 0) extend([...items, { column, code }], column + 1);
      }
    };
    extend([], 0);
  }
  return new Map([...found].filter(([, { sums }]) => sums.cases >= minCases));
}

/** Scores as the definitions in types.ts say. */
export function oracleScore(
  table: SearchTable,
  { mode, order, alpha }: Pick<SearchOptions, 'mode' | 'order' | 'alpha'>,
): (sums: SliceSums) => number {
  const changeOf = (sums: SliceSums) =>
    mode === 'worst' ? sums.error : mode === 'regressed' ? sums.change : -sums.change;
  const all = oracleAll(table);
  const mean = mode === 'worst' ? changeOf(all) / all.weight : Math.max(0, changeOf(all) / all.weight);
  let absolute = 0;
  for (let row = 0; row < table.rows; row++) {
    absolute += Math.abs(changeOf(addRow(NOTHING, table, row)));
  }
  return (sums) => {
    const drop = changeOf(sums) / sums.weight - mean;
    if (order === 'drop') return drop;
    const lift = drop / (absolute / all.weight);
    if (order === 'support') return lift > 1e-12 ? sums.weight : 0;
    if (order === 'drop-support') return drop * sums.weight;
    return alpha * lift - (1 - alpha) * (all.weight / sums.weight - 1);
  };
}

/** What the errors of a random table look like. */
export type ErrorStyle = 'binary' | 'quarters' | 'real';

const ERRORS = {
  binary: fc.nat({ max: 1 }),
  quarters: fc.nat({ max: 8 }).map((quarters) => quarters / 4),
  real: fc.oneof(fc.constant(0), fc.double({ min: 0.001, max: 9, noNaN: true })),
} as const;

/** Small tables of all kinds: codes 0, one-valued columns, ties, weights of 0, rows that count several cases. */
export function anyTable(style: ErrorStyle, most = 40): fc.Arbitrary<SearchTable> {
  const error = ERRORS[style];
  return fc
    .record({
      cardinalities: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 6 }),
      paired: fc.boolean(),
      weighted: style === 'binary' ? fc.constant(false) : fc.boolean(),
      counted: fc.boolean(),
    })
    .chain(({ cardinalities, paired, weighted, counted }) => {
      const row = fc.record({
        codes: fc.tuple(...cardinalities.map((max) => fc.nat({ max }))),
        count: counted ? fc.integer({ min: 1, max: 4 }) : fc.constant(1),
        weight: fc.oneof(fc.constant(0), fc.double({ min: 0.1, max: 3, noNaN: true })),
        error,
        before: error,
      });
      return fc.array(row, { maxLength: most }).map((rows) => ({
        rows: rows.length,
        columns: cardinalities.map((cardinality, i) => ({
          codes: (i % 2 === 0 ? Uint8Array : Uint16Array).from(rows.map(({ codes }) => codes[i]!)),
          cardinality,
        })),
        count: Float64Array.from(rows, ({ count }) => count),
        weight: weighted ? Float64Array.from(rows, ({ weight }) => weight) : null,
        error: Float64Array.from(rows, (row) => row.error),
        before: paired ? Float64Array.from(rows, (row) => row.before) : null,
      }));
    });
}

/** Every kind of search; with `regressed` and `improved` only where the table is paired. */
export function anyOptions(paired: boolean): fc.Arbitrary<SearchOptions> {
  return fc.record({
    mode: paired ? fc.constantFrom('worst', 'regressed', 'improved') : fc.constant('worst'),
    order: fc.constantFrom('sliceline', 'drop', 'support', 'drop-support'),
    alpha: fc.constantFrom(0.05, 0.3, 0.6, 0.95, 1),
    maxLevel: fc.integer({ min: 1, max: 6 }),
    minCases: fc.integer({ min: 1, max: 6 }),
    top: fc.integer({ min: 1, max: 8 }),
    mostTies: fc.constantFrom(0, 2, 1000),
    threads: fc.constant(1),
  });
}
