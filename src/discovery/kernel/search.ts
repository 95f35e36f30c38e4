/** The exact search for the best slices. */

import { createBest, type Scored } from './best.ts';
import type { Method } from './cost.ts';
import { createCrew, WORTH_THREADS } from './crew.ts';
import { worthFolding } from './fold.ts';
import type { Job } from './job.ts';
import { measureSlices } from './measure.ts';
import { type Prepared, prepare } from './prepare.ts';
import type { SearchOptions, SearchResult, SearchTable, SliceItem } from './types.ts';
import { walkLattice } from './walk.ts';

/** For tests and benches: how a search is carried out, which its result does not depend on. */
export interface Conduct {
  readonly method?: Method;
  readonly worthThreads?: number;
  readonly fold?: boolean;
}

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
  const prepared = prepare(table, options.minCases, fold);
  if (options.mode !== 'worst' && table.before === null) {
    throw new RangeError(`mode ${options.mode} needs the errors of a run before`);
  }
  if (options.top === 0) return { slices: [], all: measureSlices(table, [[]])[0]!, levels: [] };
  const job: Job = {
    table: prepared,
    minCases: options.minCases,
    ranking: options,
    method: conduct.method ?? null,
  };
  const best = createBest(options.top, options.mostTies);
  const crew = createCrew(job, options.threads, conduct.worthThreads ?? WORTH_THREADS);
  try {
    const levels = await walkLattice(prepared, options.maxLevel, crew, {
      threshold: best.threshold,
      bestFirst: true,
      take: (_task, results) => {
        for (const result of results) for (const slice of result.best) best.offer(slice);
      },
    });
    const found = best.slices();
    const items = found.map((slice) => originalItems(prepared, slice));
    const [all, ...sums] = measureSlices(table, [[], ...items]);
    return {
      slices: found.map((slice, i) => ({
        items: items[i]!,
        sums: sums[i]!,
        score: slice.score,
      })),
      all: all!,
      levels,
    };
  } finally {
    await crew.close();
  }
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
