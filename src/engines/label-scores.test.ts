/** Runs that are scored by their labels: Parquet files, read by SQL, give what rows give. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cell, createProblemLog, interpretRows, type ResultChunk } from '../cases/index.ts';
import { openDuckDb } from './duckdb/open.ts';
import { openMemory } from './memory/open.ts';
import { listColumn, textColumn, writeColumns } from './parquet-file.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'slicewise-scores-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const text = fc.constantFrom('a', 'b', 'A', '', null);
const list = fc.option(fc.array(fc.constantFrom('a', 'b', ''), { maxLength: 3 }));
const MAPPING = { expected: 'y', predicted: 'p', error: 'error' };
let written = 0;

test('labels score Parquet files as they score rows', async () => {
  const labels = fc.oneof(fc.constant(text), fc.constant(list));
  const table = fc.tuple(labels, labels).chain(([y, p]) =>
    fc.array(fc.record({ y, p, error: fc.constantFrom(null, null, 'timeout') }), {
      minLength: 1,
      maxLength: 12,
    }),
  );
  await fc.assert(
    fc.asyncProperty(table, async (rows) => {
      const columns = new Map<string, readonly Cell[]>(
        (['y', 'p', 'error'] as const).map((name) => [name, rows.map((row) => row[name])]),
      );
      const chunk = { file: 'f', lines: rows.map((_, i) => i + 1), columns };
      const chunks: ResultChunk[] = [];
      for await (const found of interpretRows(
        [chunk],
        { mapping: MAPPING, run: null, cases: 'rows' },
        createProblemLog(),
      ))
        chunks.push(found);
      const file = join(folder, `${written++}.parquet`);
      await writeColumns(
        file,
        [...columns].map(([name, cells]) =>
          (cells.some(Array.isArray) ? listColumn : textColumn)(name, cells),
        ),
      );
      const engines = [
        await openMemory({ baseline: null, candidate: { kind: 'rows', chunks, mapping: MAPPING } }),
        await openDuckDb({
          baseline: null,
          candidate: { kind: 'parquet', files: [file], mapping: MAPPING, run: null },
        }),
      ];
      const groupings = [{ kind: 'all', id: 'all' }] as const;
      const [memory, duckdb] = await Promise.all(
        engines.map(async (engine) => [
          await engine.count({ groupings }),
          await engine.labels({ groupings, maxLabels: 9 }),
        ]),
      );
      for (const engine of engines) await engine.close();
      expect(duckdb).toEqual(memory);
    }),
    { numRuns: 30, seed: 5 },
  );
}, 120_000);
