/** Tables for the simulations of slice discovery, and ways to make their outcomes say nothing. */

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import type { DiscoveryInput, SearchTable } from '../src/discovery/index.ts';
import type { Random } from '../src/stats/index.ts';
import { sharedPath } from '../test/shared-folder.ts';

type Column = SearchTable['columns'][number];

/** Real data by name: the table and, in its columns, the dimensions that the goldens of slice search use. */
const REAL = {
  bbh: { data: 'bbh', golden: 'bbh-direct-to-cot-l2.json' },
  adult: { data: 'adult', golden: 'adult-l2.json' },
} as const;

/** Cases drawn from real data with both outcomes as errors; null where the data is absent. */
export function realTable(name: keyof typeof REAL, most: number, random: Random): SearchTable | null {
  const data = sharedPath('data', REAL[name].data, 'cases.csv.gz');
  const golden = sharedPath('golden', 'slices', REAL[name].golden);
  if (data === null || golden === null) return null;
  const names: readonly string[] = JSON.parse(readFileSync(golden, 'utf8')).columns;
  const all: Record<string, string>[] = parse(gunzipSync(readFileSync(data)), { columns: true });
  const rows = shuffledRows(all.length, random)
    .slice(0, most)
    .map((row) => all[row]!);
  const errorOf = (column: string) => Float64Array.from(rows, (row) => 1 - Number(row[column]));
  const columns = names.map((column) => codeColumn(rows.map((row) => row[column]!)));
  return tableOf(columns, errorOf('pass_after'), errorOf('pass_before'));
}

/**
 * Independent columns of 2 to 8 values, value r about as frequent as 1/r.
 *
 * @param errorOf chance of an error in the new and in the old run, by row
 */
export function madeTable(
  rows: number,
  columns: number,
  random: Random,
  errorOf: (table: readonly Column[], row: number) => readonly [after: number, before: number],
): SearchTable {
  const made = Array.from({ length: columns }, (_, column): Column => {
    const cardinality = 2 + (column % 7);
    const cut = Float64Array.from({ length: cardinality }, (_, value) => 1 / (value + 1));
    for (let value = 1; value < cardinality; value++) cut[value]! += cut[value - 1]!;
    const codes = Uint8Array.from({ length: rows }, () => {
      const at = random.nextFloat() * cut[cardinality - 1]!;
      return 1 + cut.findIndex((edge) => at < edge);
    });
    return { codes, cardinality };
  });
  const error = new Float64Array(rows);
  const before = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const [after, old] = errorOf(made, row);
    error[row] = random.nextFloat() < after ? 1 : 0;
    before[row] = random.nextFloat() < old ? 1 : 0;
  }
  return tableOf(made, error, before);
}

/** Both outcomes of a case dealt to another case: no column says anything about them. */
export function dealt(table: SearchTable, random: Random): SearchTable {
  const order = shuffledRows(table.rows, random);
  const take = (values: Float64Array) => Float64Array.from(order, (row) => values[row]!);
  return { ...table, error: take(table.error), before: table.before && take(table.before) };
}

/** The two runs of each case swapped by a coin: neither run is better anywhere. */
export function swapped(table: SearchTable, random: Random): SearchTable {
  const toss = Uint8Array.from({ length: table.rows }, () => random.nextUint32() >>> 31);
  const old = table.before!;
  return {
    ...table,
    error: table.error.map((value, row) => (toss[row] === 1 ? old[row]! : value)),
    before: old.map((value, row) => (toss[row] === 1 ? table.error[row]! : value)),
  };
}

/** The table with each case in a half by a coin. */
export function inHalves(table: SearchTable, random: Random): DiscoveryInput {
  const half = Uint8Array.from({ length: table.rows }, () => random.nextUint32() >>> 31);
  return { table, cluster: null, half };
}

function tableOf(columns: readonly Column[], error: Float64Array, before: Float64Array): SearchTable {
  const count = new Float64Array(error.length).fill(1);
  return { rows: error.length, columns, count, weight: null, error, before };
}

function codeColumn(texts: readonly string[]): Column {
  const places = new Map<string, number>();
  const codes = Uint16Array.from(texts, (text) => {
    const code = places.get(text) ?? places.size + 1;
    places.set(text, code);
    return code;
  });
  return { codes, cardinality: places.size };
}

function shuffledRows(rows: number, random: Random): readonly number[] {
  const order = Array.from({ length: rows }, (_, row) => row);
  for (let last = rows - 1; last > 0; last--) {
    const other = random.nextBelow(last + 1);
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}
