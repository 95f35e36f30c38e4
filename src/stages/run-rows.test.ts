import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EMPTY_CONFIG } from '../config/index.ts';
import { load } from './load.ts';
import { rowsOf, type SomeRows } from './run-rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'slicewise-rows-'));
const ROWS =
  "SELECT 'c' || (i % 500) AS case_id, i % 3 > 0 AS passed, 'text ' || i AS input, 't' || i AS trial FROM range(1000) AS t(i)";

beforeAll(async () => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (${ROWS}) TO '${folder}/rows.parquet' (FORMAT parquet)`);
  await connection.run(`COPY (${ROWS}) TO '${folder}/rows.csv' (HEADER)`);
  instance.closeSync();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Ids and texts of the wanted rows, with what became of them. */
async function read(file: string, only: SomeRows | undefined) {
  const ports = { cwd: folder, now: () => new Date(0), progress: () => {} };
  const run = { files: [file], run: null };
  const { candidate, engine } = await load(EMPTY_CONFIG, { baseline: null, candidate: run }, ports);
  const rows: unknown[][] = [];
  for await (const chunk of rowsOf(candidate, ['input'], true, only).chunks) {
    chunk.caseId.forEach((id, i) => {
      rows.push([id, chunk.passed[i], chunk.attributes.get('input')?.[i]]);
    });
  }
  await engine.close();
  return rows;
}

test.each([
  ['all', undefined, 1000],
  ['every seventh', { every: 7 }, 143],
  ['those of two cases', { ids: ['c3', 'c499'] }, 4],
] as const)('%s: Parquet and text give the same rows', async (_, only, count) => {
  const [parquet, csv] = [await read('rows.parquet', only), await read('rows.csv', only)];
  expect(parquet).toHaveLength(count);
  expect(csv).toEqual(parquet);
});
