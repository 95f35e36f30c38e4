/** The exact search for the best slices. */

import { createBest, type Scored } from './best.ts';
import type { Conduct } from './conduct.ts';
import { callHelpers, createCrew } from './crew.ts';
import { worthFolding } from './fold.ts';
import type { Job } from './job.ts';
import { measureSlices } from './measure.ts';
import { type Prepared, prepare } from './prepare.ts';
import { fullSums, readSums } from './sums.ts';
import type { SearchOptions, SearchResult, SearchTable, SliceItem, SliceSums } from './types.ts';
import { walkLattice } from './walk.ts';

/**
 * The `top` slices of up to `maxLevel` items with at least `minCases` cases and the highest positive scores: exactly those
 * that counting every slice would find. Rows that are equal are folded first where that helps.
 *
 * @throws RangeError when an option or the table is not what its type promises
 */
export async function searchSlices(
  table: SearchTable,
  options: SearchOptions,
  conduct: Conduct = {},
): Promise<SearchResult> {
  checkOptions(options);
  const fold = conduct.fold ?? worthFolding(table.columns.length, options.maxLevel);
  if (options.mode !== 'worst' && table.before === null) {
    throw new RangeError(`mode ${options.mode} needs the errors of a run before`);
  }
  const helpers =
    options.top === 0 ? null : await callHelpers(options.threads, table, options.maxLevel, conduct);
  try {
    const prepared = prepare(table, options.minCases, fold);
    if (options.top === 0) return { slices: [], all: measureSlices(table, [[]])[0]!, levels: [] };
    const task = { minCases: options.minCases, ranking: options, method: conduct.method ?? null };
    const crew = createCrew(prepared, task, options.maxLevel, helpers, conduct);
    const best = createBest(options.top, options.mostTies);
    const levels = await walkLattice(prepared, options.maxLevel, crew, {
      threshold: best.threshold,
      bestFirst: true,
      take: (_task, results) => {
        for (const result of results) for (const slice of result.best) best.offer(slice);
      },
    });
    const found = best.slices();
    const [all, ...sums] = sumsOf(table, prepared, crew.own.job, found);
    return {
      slices: found.map((slice, i) => ({
        items: originalItems(prepared, slice),
        sums: sums[i]!,
        score: slice.score,
      })),
      all: all!,
      levels,
    };
  } finally {
    await helpers?.close();
  }
}

/** All sums of the whole table and of slices: those of the search where it counted all of them in integers. */
function sumsOf(
  table: SearchTable,
  prepared: Prepared,
  { layout, whole }: Job,
  found: readonly Scored[],
): readonly SliceSums[] {
  const sums = fullSums(prepared);
  if (layout.kind === 'sums' || sums.kind === 'sums' || layout.width !== sums.width) {
    return measureSlices(table, [[], ...found.map((slice) => originalItems(prepared, slice))]);
  }
  return [whole, ...found.map(({ cell }) => cell)].map((cell) => readSums(sums, cell));
}

function checkOptions({ alpha, maxLevel, minCases, top, mostTies, threads }: SearchOptions): void {
  if (!(alpha > 0 && alpha <= 1))
    throw new RangeError(`alpha is ${alpha}, expected a number above 0 up to 1`);
  for (const [name, value, least] of [
    ['maxLevel', maxLevel, 1],
    ['minCases', minCases, 1],
    ['top', top, 0],
    ['mostTies', mostTies, 0],
    ['threads', threads, 1],
  ] as const) {
    if (!(Number.isInteger(value) && value >= least)) {
      throw new RangeError(`${name} is ${value}, expected a whole number from ${least}`);
    }
  }
}

function originalItems({ columns }: Prepared, slice: Scored): readonly SliceItem[] {
  return slice.columns.map((column, i) => ({
    column: columns[column]!.source,
    code: columns[column]!.original[slice.codes[i]!]!,
  }));
}
