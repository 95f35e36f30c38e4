/** Workers change nothing but the time a search takes. */

import { describe, expect, test } from 'vitest';
import { createRandom } from '../../stats/index.ts';
import { createCrew } from './crew.ts';
import { collectSlices, searchSlices } from './index.ts';
import type { Job } from './job.ts';
import { createPool } from './pool.ts';
import { prepare } from './prepare.ts';
import { shared } from './share.ts';
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
      expect(await searchSlices(table, { ...OPTIONS, threads }, { worthThreads: 0 })).toEqual(alone);
    }
  });

  test('two workers enumerate what one thread enumerates, bit for bit', async () => {
    const table = randomTable(kind, 8);
    const options = { maxLevel: 3, minCases: 40 };
    const alone = await collectSlices(table, options);
    expect(alone.size).toBeGreaterThan(1000);
    expect(await collectSlices(table, { ...options, threads: 2 }, { worthThreads: 0 })).toEqual(alone);
  });
});

const JOB: Job = {
  table: prepare(randomTable('binary', 9), 25, false),
  minCases: 25,
  ranking: null,
  method: null,
};

test('workers really start', async () => {
  const pool = await createPool(JOB, 2);
  await pool.close();
});

test('a worker that fails fails the search instead of leaving it waiting', async () => {
  const pool = await createPool(JOB, 1);
  const broken = { subsets: null, below: null, last: true } as never;
  await expect(pool.run(broken, [Int32Array.of(0)], 0)).rejects.toThrow('null');
  await pool.close();
});

test('small tables start no workers', async () => {
  const crew = createCrew(JOB, 2);
  const handlesBefore = process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;
  await crew.run(
    {
      subsets: {
        depth: 1,
        size: 1,
        columns: Int32Array.of(0),
        parents: new Int32Array(0),
        bound: Float64Array.of(1),
      },
      below: null,
      last: true,
    },
    Int32Array.of(0),
    Number.NEGATIVE_INFINITY,
  );
  const handlesAfter = process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;
  expect(handlesAfter).toBe(handlesBefore);
  await crew.close();
});

test('sharing copies numbers into shared memory and nothing else', () => {
  const data = { name: 'a', none: null, list: [Float64Array.of(1, 2), 3], codes: Uint8Array.of(7) };
  const copy = shared(data);
  expect(copy).toEqual(data);
  expect(copy.codes.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(shared(copy).codes).toBe(copy.codes);
});
