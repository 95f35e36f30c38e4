/** Every slice with support, with all sums: what families of p-values are made from. */

import type { ChunkResult, LevelTask } from './chunk.ts';
import { createCrew, WORTH_THREADS } from './crew.ts';
import { worthFolding } from './fold.ts';
import type { Job } from './job.ts';
import type { Cells } from './layout.ts';
import { measureItems } from './measure.ts';
import { type Prepared, prepare } from './prepare.ts';
import type { Conduct } from './search.ts';
import { createSliceList } from './slice-list.ts';
import { fullSums, noSums } from './sums.ts';
import type { EnumerationOptions, SearchTable, SliceList, SliceVisitor } from './types.ts';
import { piecesOf, walkLattice } from './walk.ts';

/** Most slices that are collected unless asked for more. */
const DEFAULT_LIMIT = 10_000_000;

/** Takes a slice by live columns and codes, with the cell that `fullSums` reads. */
type CellTaker = (columns: Int32Array, codes: Uint16Array, cells: Cells, at: number) => void;

/**
 * Calls `visitor` for every slice with support in order of level, columns and codes.
 *
 * @throws RangeError when an option or the table is not what its type promises
 */
export async function visitSlices(
  table: SearchTable,
  options: EnumerationOptions,
  visitor: SliceVisitor,
  conduct: Conduct = {},
): Promise<void> {
  const prepared = prepareFor(table, options, conduct);
  const { read } = fullSums(prepared);
  const sums = noSums();
  await enumerate(prepared, options, conduct, (columns, codes, cells, at) => {
    read(cells, at, sums);
    const live = Array.from(columns, (column) => prepared.columns[column]!);
    visitor(
      live.map(({ source }) => source),
      live.map(({ original }, i) => original[codes[i]!]!),
      sums,
    );
  });
}

/**
 * Every slice with support as columns of numbers.
 *
 * @throws RangeError when there are more than `limit`, or when an option or the table is not what its type promises
 */
export async function collectSlices(
  table: SearchTable,
  options: EnumerationOptions,
  conduct: Conduct = {},
): Promise<SliceList> {
  const prepared = prepareFor(table, options, conduct);
  const limit = options.limit ?? DEFAULT_LIMIT;
  const stride = Math.min(options.maxLevel, Math.max(1, prepared.columns.length));
  const list = createSliceList(prepared, stride, limit);
  await enumerate(prepared, options, conduct, list.add);
  return list.finish(measureItems(prepared, [[]])[0]!);
}

function prepareFor(table: SearchTable, options: EnumerationOptions, conduct: Conduct): Prepared {
  const { maxLevel, minCases, threads = 1, limit = DEFAULT_LIMIT } = options;
  for (const [name, value] of Object.entries({ maxLevel, minCases, threads, limit })) {
    if (!(Number.isInteger(value) && value >= 1)) {
      throw new RangeError(`${name} is ${value}, expected a whole number from 1`);
    }
  }
  return prepare(table, minCases, conduct.fold ?? worthFolding(table.columns.length, maxLevel));
}

async function enumerate(
  prepared: Prepared,
  { maxLevel, minCases, threads = 1 }: EnumerationOptions,
  { method, worthThreads = WORTH_THREADS }: Conduct,
  taker: CellTaker,
): Promise<void> {
  const job: Job = { table: prepared, minCases, ranking: null, method: method ?? null };
  const { width } = fullSums(prepared);
  const crew = createCrew(job, threads, worthThreads);
  try {
    await walkLattice(prepared, maxLevel, crew, {
      threshold: () => Number.NEGATIVE_INFINITY,
      bestFirst: false,
      take: (task, results) => {
        for (const result of results) handOver(task, result, width, taker);
      },
    });
  } finally {
    await crew.close();
  }
}

function handOver({ subsets }: LevelTask, result: ChunkResult, width: number, taker: CellTaker): void {
  const { depth, columns } = subsets;
  for (const { unit, rows, start, size } of piecesOf(result)) {
    const subset = columns.subarray(unit * depth, (unit + 1) * depth);
    for (let slice = start; slice < start + size; slice++) {
      taker(subset, rows.codes.subarray(slice * depth, (slice + 1) * depth), result.cells!, slice * width);
    }
  }
}
