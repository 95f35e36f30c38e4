/** Every slice with support, with all sums: what families of p-values are made from. */

import type { ChunkResult, LevelTask } from './chunk.ts';
import type { Conduct } from './conduct.ts';
import { callHelpers, createCrew } from './crew.ts';
import { worthFolding } from './fold.ts';
import type { Cells } from './layout.ts';
import { type Prepared, prepare } from './prepare.ts';
import { createSliceList } from './slice-list.ts';
import { fullSums, noSums, readSums } from './sums.ts';
import type { EnumerationOptions, SearchTable, SliceList, SliceSums, SliceVisitor } from './types.ts';
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
  await enumerate(table, options, conduct, (prepared) => {
    const { read } = fullSums(prepared);
    const sums = noSums();
    return (columns, codes, cells, at) => {
      read(cells, at, sums);
      const live = Array.from(columns, (column) => prepared.columns[column]!);
      visitor(
        live.map(({ source }) => source),
        live.map(({ original }, i) => original[codes[i]!]!),
        sums,
      );
    };
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
  let list: ReturnType<typeof createSliceList> | null = null;
  const all = await enumerate(table, options, conduct, (prepared) => {
    const stride = Math.min(options.maxLevel, Math.max(1, prepared.columns.length));
    list = createSliceList(prepared, stride, options.limit ?? DEFAULT_LIMIT);
    return list.add;
  });
  return list!.finish(all);
}

function checkOptions({ maxLevel, minCases, threads = 1, limit = DEFAULT_LIMIT }: EnumerationOptions): void {
  for (const [name, value] of Object.entries({ maxLevel, minCases, threads, limit })) {
    if (!(Number.isInteger(value) && value >= 1)) {
      throw new RangeError(`${name} is ${value}, expected a whole number from 1`);
    }
  }
}

/** Hands every slice to the taker, and gives the sums of the whole table. */
async function enumerate(
  table: SearchTable,
  options: EnumerationOptions,
  conduct: Conduct,
  takerFor: (prepared: Prepared) => CellTaker,
): Promise<SliceSums> {
  checkOptions(options);
  const { maxLevel, minCases, threads = 1 } = options;
  const helpers = await callHelpers(threads, table, maxLevel, conduct);
  try {
    const fold = conduct.fold ?? worthFolding(table.columns.length, maxLevel);
    const prepared = prepare(table, minCases, fold);
    const taker = takerFor(prepared);
    const task = { minCases, ranking: null, method: conduct.method ?? null };
    const crew = createCrew(prepared, task, maxLevel, helpers, conduct);
    const { width } = crew.own.layout;
    await walkLattice(prepared, maxLevel, crew, {
      threshold: () => Number.NEGATIVE_INFINITY,
      bestFirst: false,
      take: (level, results) => {
        for (const result of results) handOver(level, result, width, taker);
      },
    });
    return readSums(fullSums(prepared), crew.own.job.whole);
  } finally {
    await helpers?.close();
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
