/**
 * From files to coded tables, the part of slice discovery that touches rows: Adult from CSV in memory, and flights-2001 and a
 * made table of 14 columns from Parquet in DuckDB, both runs side by side in one file. Beside each stands what DuckDB takes, in
 * the same run, to group the same rows by the same columns and values (`reference/duckdb-fold.mjs`).
 *
 *   node bench/coded-table.ts [--only adult,flights,made] [--rows 5000000] [--rounds 5]
 *
 * Adult and flights-2001 are looked for where the tests look for shared data; what is absent is left out and said so.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import type { ColumnMapping } from '../src/cases/index.ts';
import type { TablePlan, UnitMeasure } from '../src/counts/index.ts';
import { sharedPath } from '../test/shared-folder.ts';
import { inTurn, machine, runOnce } from './processes.ts';
import { keepResults } from './results.ts';

/** One file, what of it is coded, and how SQL names the two values. */
interface Table {
  readonly file: string;
  readonly dimensions: readonly string[];
  readonly mappings: { readonly baseline: ColumnMapping; readonly candidate: ColumnMapping };
  readonly measure: UnitMeasure;
  readonly values: readonly [baseline: string, candidate: string];
}

const PASSED = {
  mappings: { baseline: { passed: 'pass_before' }, candidate: { passed: 'pass_after' } },
  measure: { kind: 'outcome', of: { kind: 'passRate' }, errors: 'fail' },
  values: ['pass_before', 'pass_after'],
} as const;

const MADE_COLUMNS = Array.from({ length: 14 }, (_, k) => `d${k + 1}`);

function adult(): Table | null {
  const file = sharedPath('data', 'adult', 'cases.csv.gz');
  const dimensions =
    'age workclass fnlwgt education education_num marital_status occupation relationship race sex capital_gain capital_loss hours_per_week native_country'.split(
      ' ',
    );
  return file === null ? null : { ...PASSED, file, dimensions };
}

function flights(): Table | null {
  const file = sharedPath('data', 'flights-2001', 'cases.parquet');
  if (file === null) return null;
  return {
    file,
    dimensions: ['month', 'weekday', 'dep_hour', 'distance_band', 'origin', 'destination'],
    mappings: { baseline: {}, candidate: {} },
    measure: { kind: 'number', column: 'p_after', baselineColumn: 'p_before' },
    values: ['p_before', 'p_after'],
  };
}

/** Columns of 3 to 42 values, the first ones frequent; both runs pass about nine in ten. */
async function made(folder: string, rows: number): Promise<Table> {
  const file = join(folder, 'made.parquet');
  const instance = await DuckDBInstance.create(':memory:', { temp_directory: join(folder, 'spill') });
  const connection = await instance.connect();
  const dimensions = MADE_COLUMNS.map((name, k) => {
    const share = `(hash(i * ${k + 7} + ${k * 1_000_003}) % 1000) / 1000`;
    return `'${name}_' || CAST(floor(${3 + 3 * k} * ${share} * ${share}) AS INTEGER) AS ${name}`;
  });
  await connection.run(
    `COPY (SELECT hash(i * 31) % 100 < 89 AS pass_before, hash(i * 37) % 100 < 90 AS pass_after, ${dimensions.join(', ')}
     FROM range(${rows}) AS t(i)) TO '${file}' (FORMAT parquet)`,
  );
  instance.closeSync();
  return { ...PASSED, file, dimensions: MADE_COLUMNS };
}

/** The work that is measured, in a process of its own. */
async function code({ file, dimensions, mappings, measure }: Table): Promise<string> {
  const { openDuckDb, openMemory } = await import('../src/engines/index.ts');
  const { openRun } = await import('../src/sources/index.ts');
  const opened = await openRun({
    files: [file],
    run: null,
    mapping: mappings.candidate,
    cases: 'rows',
    cwd: process.cwd(),
  });
  const mapping = { ...opened.mapping, ...mappings.baseline };
  const open = opened.source.kind === 'parquet' ? openDuckDb : openMemory;
  const engine = await open({ baseline: { kind: 'same', mapping }, candidate: opened.source });
  const plan: TablePlan = {
    groupings: dimensions.map((column) => ({ kind: 'column', id: column, column })),
    measure,
    minCases: 1,
    maxValues: 65_000,
    split: 1,
    fold: false,
  };
  const table = await engine.table(plan);
  await engine.close();
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  return `${table.cases} cases, ${sum(table.baseline).toFixed(0)} before, ${sum(table.candidate).toFixed(0)} after`;
}

const { values: flags } = parseArgs({
  options: {
    only: { type: 'string', default: 'adult,flights,made' },
    rows: { type: 'string', default: '5000000' },
    rounds: { type: 'string', default: '5' },
    code: { type: 'string' },
  },
});

if (flags.code !== undefined) console.log(await code(JSON.parse(flags.code) as Table));
else {
  const folder = mkdtempSync(join(tmpdir(), 'slicewise-bench-'));
  try {
    for (const name of flags.only.split(',')) {
      const table = name === 'adult' ? adult() : name === 'flights' ? flights() : null;
      if (table === null && name !== 'made') console.log(`${name}: the data is not there`);
      else await compare(name, table ?? (await made(folder, Number(flags.rows))));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function compare(name: string, table: Table): Promise<void> {
  const script = fileURLToPath(import.meta.url);
  const reference = fileURLToPath(new URL('./reference/duckdb-fold.mjs', import.meta.url));
  const { first, second, wallRatio, cpuRatio } = inTurn(
    () => runOnce([script, '--code', JSON.stringify(table)], [0], ' cases, '),
    () => runOnce([reference, table.file, ...table.values, ...table.dimensions], [0], ' rows'),
    Number(flags.rounds),
  );
  const key = name === 'made' ? `made, ${flags.rows} rows x ${table.dimensions.length}` : name;
  const row = { key, coded: first, groupBy: second, wallRatio, cpuRatio };
  console.log(JSON.stringify(row));
  keepResults('coded-table', { script: 'bench/coded-table.ts', machine: machine() }, [row]);
}
