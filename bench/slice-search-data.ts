/** Tables for the bench of slice search: two of real data where it is present, one that is made. */

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { parse } from 'csv-parse/sync';
import type { SearchTable } from '../src/discovery/index.ts';
import { createRandom } from '../src/stats/index.ts';
import { sharedPath } from '../test/shared-folder.ts';

/** Values of the 14 made columns, as many as Adult has: 164 together. */
const CARDINALITIES = [10, 9, 10, 16, 16, 7, 15, 6, 5, 2, 10, 10, 10, 38];

type Column = SearchTable['columns'][number];

/** Adult's features as text, with the error of the stronger model; null where the data is absent. */
export function adultTexts(): { readonly columns: readonly string[][]; readonly error: Float64Array } | null {
  const data = sharedPath('data', 'adult', 'cases.csv.gz');
  const golden = sharedPath('golden', 'slices', 'adult-l2.json');
  if (data === null || golden === null) return null;
  const names: readonly string[] = JSON.parse(readFileSync(golden, 'utf8')).columns;
  const rows: Record<string, string>[] = parse(gunzipSync(readFileSync(data)), { columns: true });
  return {
    columns: names.map((name) => rows.map((row) => row[name]!)),
    error: Float64Array.from(rows, (row) => 1 - Number(row.pass_after)),
  };
}

/** A table of 0 or 1 errors from columns of text. */
export function codeTexts(columns: readonly (readonly string[])[], error: Float64Array): SearchTable {
  return tableOf(columns.map(codeColumn), error);
}

function tableOf(columns: readonly Column[], error: Float64Array): SearchTable {
  const count = new Float64Array(error.length).fill(1);
  return { rows: error.length, columns, count, weight: null, error, before: null };
}

function codeColumn(texts: readonly string[]): Column {
  const places = new Map<string, number>();
  const codes = new Uint16Array(texts.length);
  for (let row = 0; row < texts.length; row++) codes[row] = placeOf(places, texts[row]!);
  return { codes, cardinality: places.size };
}

function placeOf(places: Map<string, number>, text: string): number {
  const known = places.get(text);
  if (known !== undefined) return known;
  places.set(text, places.size + 1);
  return places.size;
}

/** 1.5 million flights with the log loss of the stronger model, six columns; null where the data is absent. */
export async function flightsTable(): Promise<SearchTable | null> {
  const path = sharedPath('data', 'flights-2001', 'cases.parquet');
  if (path === null) return null;
  const names = ['month', 'weekday', 'dep_hour', 'distance_band', 'origin', 'destination'];
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const loss = 'round(-(late * ln(p_after) + (1 - late) * ln(1 - p_after)), 4)::DOUBLE';
  const reader = await connection.stream(
    `SELECT ${names.map((name) => `${name}::VARCHAR`).join(', ')}, ${loss} FROM read_parquet('${path}')`,
  );
  const places = names.map(() => new Map<string, number>());
  const codes: number[][] = names.map(() => []);
  const error: number[] = [];
  for (
    let chunk = await reader.fetchChunk();
    chunk && chunk.rowCount > 0;
    chunk = await reader.fetchChunk()
  ) {
    names.forEach((_, column) => {
      const texts = chunk!.getColumnValues(column) as string[];
      for (const text of texts) codes[column]!.push(placeOf(places[column]!, text));
    });
    for (const value of chunk.getColumnValues(names.length) as number[]) error.push(value);
  }
  instance.closeSync();
  const columns = codes.map((numbers, column) => ({
    codes: Uint16Array.from(numbers),
    cardinality: places[column]!.size,
  }));
  return tableOf(columns, Float64Array.from(error));
}

/**
 * Independent columns of unequal values (value r about as frequent as 1/r), errors of 0 and 1. Five values make errors more
 * frequent, a slice of two items and one of three even more. Hardly two rows are equal.
 */
export function madeTable(rows: number, seed: number): SearchTable {
  const random = createRandom(seed);
  const columns = CARDINALITIES.map((cardinality) => {
    const cut = Float64Array.from({ length: cardinality }, (_, value) => 1 / (value + 1));
    for (let value = 1; value < cardinality; value++) cut[value]! += cut[value - 1]!;
    const pick = Uint8Array.from({ length: 4096 }, (_, i) => {
      const at = ((i + 0.5) / 4096) * cut[cardinality - 1]!;
      return 1 + cut.findIndex((edge) => at < edge);
    });
    // In shared memory, as discovery makes the tables it searches.
    const codes = new Uint8Array(new SharedArrayBuffer(rows));
    for (let row = 0; row < rows; row++) codes[row] = pick[random.nextBelow(4096)]!;
    return { codes, cardinality };
  });
  const has = (row: number, column: number, code: number) => columns[column]!.codes[row] === code;
  const error = Float64Array.from({ length: rows }, (_, row) => {
    let rate = 0.06;
    if (has(row, 3, 1)) rate *= 1.6;
    if (has(row, 5, 1)) rate *= 1.5;
    if (has(row, 8, 1)) rate *= 1.4;
    if (has(row, 12, 1)) rate *= 1.3;
    if (has(row, 13, 2)) rate *= 1.3;
    if (has(row, 1, 1) && has(row, 7, 1)) rate += 0.15;
    if (has(row, 3, 2) && has(row, 5, 2) && has(row, 8, 2)) rate += 0.5;
    return random.nextFloat() < rate ? 1 : 0;
  });
  return tableOf(columns, error);
}
