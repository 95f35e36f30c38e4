/** The bootstrap of a table of counts: the same resampling as of cases, at a cost that does not depend on their number. */

import { createRandom, type Random } from '../random/index.ts';
import { multinomialDraw } from './binomial-draw.ts';
import { type BootstrapEstimate, type BootstrapMethod, replicateInterval } from './replicate-interval.ts';

/** A statistic that is a function of counts. */
export interface CellBootstrapInput {
  /** Cases in each cell, integers >= 0. */
  readonly counts: ArrayLike<number>;
  /** The statistic of such counts; null where it is undefined. */
  readonly statistic: (counts: ArrayLike<number>) => number | null;
  readonly resamples: number;
  /** Whole number from 0 to 2^53 - 1. */
  readonly seed: number;
  readonly level: number;
  /** BCa unless said. */
  readonly method?: BootstrapMethod;
}

/** Cases per cell up to which drawing case by case is quicker than drawing cell by cell. */
const FEW_CASES_PER_CELL = 10;

/**
 * Interval of a statistic of counts by multinomial resampling; the jackknife leaves one case out of each cell.
 *
 * @throws RangeError when resamples is below 1, a count is not an integer >= 0 or the level is outside (0,1)
 * Cost: resamples x min(cells, cases) draws and (resamples + cells) evaluations, however many cases there are.
 * @example
 * cellBootstrap({ counts: [40, 7], resamples: 2000, seed: 1, level: 0.95,
 *   statistic: ([passed, failed]) => passed! / (passed! + failed!) }).estimate // 0.8510638298
 */
export function cellBootstrap(input: CellBootstrapInput): BootstrapEstimate {
  const { statistic, resamples, seed, level, method = 'bca' } = input;
  if (!Number.isInteger(resamples) || resamples < 1) {
    throw new RangeError(`resamples is ${resamples}, must be at least 1`);
  }
  const counts = Float64Array.from(input.counts);
  const bad = counts.findIndex((count) => !Number.isSafeInteger(count) || count < 0);
  if (bad >= 0) throw new RangeError(`counts[${bad}] is ${counts[bad]}, must be an integer of at least 0`);
  const n = counts.reduce((sum, count) => sum + count, 0);
  const estimate = n === 0 ? null : statistic(counts);
  const draw = n <= FEW_CASES_PER_CELL * counts.length ? caseByCase(counts, n) : cellByCell(counts, n);
  const replicates: (number | null)[] = [];
  for (let replicate = 0; replicate < resamples && n > 0; replicate++) {
    replicates.push(statistic(draw(createRandom(seed, replicate))));
  }
  const jackknife =
    method === 'bca'
      ? [...counts.keys()]
          .filter((cell) => counts[cell]! > 0)
          .map((cell) => ({ value: statistic(withOneLess(counts, cell)), count: counts[cell]! }))
      : [];
  return replicateInterval({ estimate, replicates, jackknife, n, level, method });
}

/** Counts of a resample; each call overwrites the last. */
type DrawCounts = (random: Random) => Float64Array;

function cellByCell(counts: Float64Array, n: number): DrawCounts {
  const drawn = new Float64Array(counts.length);
  return (random) => multinomialDraw(random, n, counts, drawn);
}

function caseByCase(counts: Float64Array, n: number): DrawCounts {
  const cellOf = new Uint32Array(n);
  let place = 0;
  counts.forEach((count, cell) => {
    cellOf.fill(cell, place, place + count);
    place += count;
  });
  const drawn = new Float64Array(counts.length);
  return (random) => {
    drawn.fill(0);
    for (let i = 0; i < n; i++) drawn[cellOf[random.nextBelow(n)]!]!++;
    return drawn;
  };
}

function withOneLess(counts: Float64Array, cell: number): Float64Array {
  const rest = counts.slice();
  rest[cell]!--;
  return rest;
}
