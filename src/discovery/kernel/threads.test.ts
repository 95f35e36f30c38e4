/** Workers change nothing but the time a search takes. */

import { describe, expect, test } from 'vitest';
import { createRandom } from '../../stats/index.ts';
import { split } from './batch.ts';
import { type LevelTask, runChunk } from './chunk.ts';
import { callHelpers, createCrew } from './crew.ts';
import { pick } from './fold.ts';
import { collectSlices, searchSlices } from './index.ts';
import { createJob, createWorker } from './job.ts';
import { createPool } from './pool.ts';
import { prepare } from './prepare.ts';
import { shared } from './share.ts';
import { singleColumns } from './subsets.ts';
import type { SearchOptions, SearchTable } from './types.ts';

function randomTable(kind: 'binary' | 'real' | 'weighted', seed: number): SearchTable {
  const random = createRandom(seed);
  const rows = 3000;
  const errorOf = () => (kind === 'binary' ? random.nextBelow(2) : random.nextFloat() * 3);
  return {
    rows,
    columns: Array.from({ length: 9 }, (_, column) => ({
      codes: Uint8Array.from({ length: rows }, () => random.nextBelow(3 + column)),
      cardinality: 2 + column,
    })),
    count: Float64Array.from({ length: rows }, () => 1 + random.nextBelow(2)),
    weight: kind === 'weighted' ? Float64Array.from({ length: rows }, () => random.nextFloat()) : null,
    error: Float64Array.from({ length: rows }, errorOf),
    before: Float64Array.from({ length: rows }, errorOf),
  };
}

const OPTIONS: SearchOptions = {
  ...{ mode: 'regressed', order: 'drop-support', alpha: 0.9, maxLevel: 4, minCases: 25 },
  ...{ top: 30, mostTies: 100, threads: 1 },
};

describe.each(['binary', 'real', 'weighted'] as const)('%s', (kind) => {
  test('two workers and three find what one thread finds, bit for bit', async () => {
    const table = randomTable(kind, 7);
    const alone = await searchSlices(table, OPTIONS);
    expect(alone.slices.length).toBeGreaterThanOrEqual(30);
    for (const threads of [2, 3]) {
      expect(
        await searchSlices(table, { ...OPTIONS, threads }, { worthThreads: 0, awaitThreads: true }),
      ).toEqual(alone);
    }
  });

  test('two workers enumerate what one thread enumerates, bit for bit', async () => {
    const table = randomTable(kind, 8);
    const options = { maxLevel: 3, minCases: 40 };
    const alone = await collectSlices(table, options);
    expect(alone.size).toBeGreaterThan(1000);
    expect(
      await collectSlices(table, { ...options, threads: 2 }, { worthThreads: 0, awaitThreads: true }),
    ).toEqual(alone);
  });
});

test.each(['dense', 'gather', 'bits'] as const)('threads share what %s needs', async (method) => {
  const table = randomTable('binary', 10);
  const alone = await searchSlices(table, OPTIONS);
  const conduct = { worthThreads: 0, awaitThreads: true, method };
  expect(await searchSlices(table, { ...OPTIONS, threads: 3 }, conduct)).toEqual(alone);
});

const TABLE = prepare(randomTable('binary', 9), 25, false);
const TASK = { minCases: 25, ranking: null, method: null };
const LEVEL: LevelTask = { subsets: singleColumns(9), below: null, last: true };
const ALL_UNITS = Int32Array.from({ length: 9 }, (_, unit) => unit);

test('threads carry out all chunks without the calling one', async () => {
  const job = createJob(TABLE, TASK);
  const expected = [0, 1, 2, 3].map((unit) =>
    runChunk(createWorker(job), LEVEL, Int32Array.of(unit), Number.NEGATIVE_INFINITY),
  );
  const pool = createPool(2);
  await pool.started;
  expect(pool.running()).toBe(2);
  pool.begin(job);
  const chunks = [0, 1, 2, 3].map((unit) => Int32Array.of(unit));
  expect(await pool.run(null, LEVEL, chunks, Number.NEGATIVE_INFINITY)).toEqual(expected);
  await pool.close();
});

test('a thread that fails fails the search instead of leaving it waiting', async () => {
  const pool = createPool(1);
  await pool.started;
  pool.begin(createJob(TABLE, TASK));
  const broken = { subsets: null, below: null, last: true } as never;
  await expect(pool.run(null, broken, [Int32Array.of(0)], 0)).rejects.toThrow('null');
  await pool.close();
});

test('a thread that ends fails the search instead of leaving it waiting', async () => {
  const pool = createPool(1);
  await pool.started;
  pool.begin(createJob(TABLE, TASK));
  const result = pool.run(null, LEVEL, [ALL_UNITS], 0);
  const ended = expect(result).rejects.toThrow('ended');
  await pool.close();
  await ended;
});

test('nobody waits for threads that have not started', async () => {
  const helpers = await callHelpers(2, TABLE, 3, { worthThreads: 0 });
  const crew = createCrew(TABLE, TASK, 3, helpers, { worthThreads: 0 });
  const results = await crew.run(LEVEL, ALL_UNITS, Number.NEGATIVE_INFINITY);
  expect(results.reduce((sum, { counted }) => sum + counted, 0)).toBeGreaterThan(40);
  await helpers!.close();
});

test('small tables start no threads', async () => {
  expect(await callHelpers(2, TABLE, 3, {})).toBeNull();
});

test('chunks hold every unit once and get smaller', () => {
  for (const [units, threads] of [
    [1, 2],
    [64, 2],
    [100, 3],
    [0, 2],
  ] as const) {
    const all = Int32Array.from({ length: units }, (_, unit) => unit * 2);
    const chunks = split(all, threads);
    expect(chunks.flatMap((chunk) => [...chunk])).toEqual([...all]);
    const sizes = chunks.map(({ length }) => length);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  }
});

test('sharing copies numbers into shared memory and nothing else', () => {
  const data = { name: 'a', none: null, list: [Float64Array.of(1, 2), 3], codes: Uint8Array.of(7) };
  const copy = shared(data);
  expect(copy).toEqual(data);
  expect(copy.codes.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(shared(copy).codes).toBe(copy.codes);
});

test('the codes of picked rows are shared without a copy', () => {
  const codes = pick(Uint8Array.of(7, 8, 9), Int32Array.of(0, 2));
  expect(shared({ codes })).toEqual({ codes: Uint8Array.of(7, 9) });
  expect(shared({ codes }).codes).toBe(codes);
});
