/** The tables behind the golden numbers of slice search, read from the shared folder. */

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { sharedPath } from '../../../test/shared-folder.ts';
import type { SearchTable } from '../kernel/types.ts';

/** The data file and the two result columns of each golden. */
const SOURCES = {
  'adult-l2': ['adult', 'pass_before', 'pass_after'],
  'adult-l3': ['adult', 'pass_before', 'pass_after'],
  'bbh-direct-to-cot-l2': ['bbh', 'pass_before', 'pass_after'],
  'gsm8k-175b-ft-to-verif-l2': ['gsm8k-models', 'pass_175b_finetuning', 'pass_175b_verification'],
} as const;

export type GoldenName = keyof typeof SOURCES;
export const GOLDEN_NAMES = Object.keys(SOURCES) as GoldenName[];

export interface GoldenSlices {
  // biome-ignore lint/suspicious/noExplicitAny: reference numbers of another program
  readonly golden: any;
  readonly table: SearchTable;
  /** Values by column, in code order from code 1. */
  readonly values: readonly (readonly string[])[];
}

/** A golden with its table; null where the shared folder is absent. */
export function goldenSlices(name: GoldenName): GoldenSlices | null {
  const [folder, before, after] = SOURCES[name];
  const file = sharedPath('golden', 'slices', `${name}.json`);
  const data = sharedPath('data', folder, 'cases.csv.gz');
  if (file === null || data === null) return null;
  const golden = JSON.parse(readFileSync(file, 'utf8'));
  const rows: Record<string, string>[] = parse(gunzipSync(readFileSync(data)), { columns: true });
  const columns = (golden.columns as string[]).map((name) => code(rows.map((row) => row[name]!)));
  const table = {
    rows: rows.length,
    columns: columns.map(({ codes, values }) => ({ codes, cardinality: values.length })),
    count: new Float64Array(rows.length).fill(1),
    weight: null,
    error: Float64Array.from(rows, (row) => 1 - Number(row[after])),
    before: Float64Array.from(rows, (row) => 1 - Number(row[before])),
  };
  return { golden, table, values: columns.map(({ values }) => values) };
}

function code(texts: readonly string[]): { codes: Uint16Array; values: string[] } {
  const values = [...new Set(texts)].sort();
  const place = new Map(values.map((value, i) => [value, i + 1]));
  return { codes: Uint16Array.from(texts, (text) => place.get(text)!), values };
}
