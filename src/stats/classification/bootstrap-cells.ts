/** The bootstrap of counted answers: one set of replicates for all statistics, at a cost that does not grow with the cases. */

import type { Estimate } from '../estimate.ts';
import { type BootstrapMethod, replicateInterval } from '../resampling/replicate-interval.ts';
import { normalQuantile } from '../special/normal.ts';
import { type CellSampler, cellSampler } from './cell-sampler.ts';
import { type CellStatistics, load, observedStatistics } from './cell-statistics.ts';
import type { PairedAnswers } from './paired-tables.ts';

/** What to resample, and how. */
export interface BootstrapCellsInput {
  readonly answers: PairedAnswers;
  readonly statistics: CellStatistics;
  readonly resamples: number;
  /** Whole number from 0 to 2^53 - 1. Replicate r is stream r of the seed. */
  readonly seed: number;
  readonly level: number;
  /** BCa unless said. */
  readonly method?: BootstrapMethod;
}

/** Resamples times cells above which the jackknife's normal interval stands in; that many cells hold many cases. */
const MOST_WORK = 10_000_000;

/** Whether resampling that many cells is left to the jackknife. @example isHeavy(77, 2000) // false */
export function isHeavy(cells: number, resamples: number): boolean {
  return cells * resamples > MOST_WORK;
}

/**
 * Intervals of all statistics from one set of replicates, BCa with the exact jackknife over cells. Clusters are drawn
 * whole. A statistic that is undefined in more than 5 % of the replicates has no interval. Where resampling would cost more
 * than 10 million cell draws, the interval is normal with the jackknife's standard error, and its method says so.
 *
 * @throws RangeError where resamples is below 1, the level outside (0,1) or a count not a whole number
 * Cost: resamples x min(cells, cases) draws and (resamples + cells) evaluations.
 * @source Efron 1987, JASA 82:171; Davison and Hinkley 1997, section 5.3 (several samples)
 */
export function bootstrapCells(input: BootstrapCellsInput): readonly Estimate[] {
  const { answers, statistics, resamples, seed, level, method = 'bca' } = input;
  if (!Number.isInteger(resamples) || resamples < 1) {
    throw new RangeError(`resamples is ${resamples}, must be at least 1`);
  }
  const sampler = cellSampler(answers, seed);
  const observed = observedStatistics(answers, statistics);
  const n = sampler.units.reduce((sum, units) => sum + units, 0);
  if (isHeavy(answers.cases.length, resamples)) return jackknifeIntervals(input, sampler, observed);
  const { size } = statistics;
  const replicates = Array.from({ length: size }, () => new Float64Array(resamples));
  const out = new Float64Array(size);
  for (let replicate = 0; replicate < resamples && n > 0; replicate++) {
    load(statistics, sampler.draw(replicate));
    statistics.read(out);
    for (let i = 0; i < size; i++) replicates[i]![replicate] = out[i]!;
  }
  const accelerations =
    method === 'bca' ? jackknife(answers, statistics, sampler, observed).acceleration : null;
  return replicates.map((values, i): Estimate => {
    const { estimate, lower, upper, ...rest } = replicateInterval({
      ...{ estimate: defined(observed[i]!), replicates: values, n, level, method },
      ...(accelerations === null ? {} : { acceleration: defined(accelerations[i]!) }),
    });
    const reason = rest.reason === undefined ? {} : { reason: rest.reason };
    return { estimate, lower, upper, level, method: rest.method, n, ...reason };
  });
}

function defined(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** Normal intervals with the jackknife's standard errors, at one evaluation per cell. */
function jackknifeIntervals(
  { answers, statistics, level }: BootstrapCellsInput,
  sampler: CellSampler,
  observed: Float64Array,
): readonly Estimate[] {
  const n = sampler.units.reduce((sum, units) => sum + units, 0);
  const z = normalQuantile(1 - (1 - level) / 2);
  const { standardError } = jackknife(answers, statistics, sampler, observed);
  return Array.from(observed, (value, i): Estimate => {
    const error = standardError[i]!;
    const given = { estimate: defined(value), level, method: 'jackknife', n };
    if (Number.isNaN(value)) {
      return {
        ...given,
        lower: null,
        upper: null,
        reason: 'undefined: the statistic has no value on these cases',
      };
    }
    if (!(error > 0)) {
      const reason = 'degenerate: no case moves the statistic, or it is undefined without one of them';
      return { ...given, lower: null, upper: null, reason };
    }
    return { ...given, lower: value - z * error, upper: value + z * error };
  });
}

/** What leaving out each unit says about every statistic; NaN where it is undefined without one of them. */
function jackknife(
  answers: PairedAnswers,
  statistics: CellStatistics,
  { units, leftOut }: CellSampler,
  observed: Float64Array,
): { readonly acceleration: Float64Array; readonly standardError: Float64Array } {
  const { size } = statistics;
  const sums = units.map(() => new Float64Array(3 * size));
  const out = new Float64Array(size);
  load(statistics, answers.cases);
  for (const { stratum, units: alike, cells, cases } of leftOut()) {
    for (const [at, cell] of cells.entries()) statistics.add(cell, -cases[at]!);
    statistics.read(out);
    for (const [at, cell] of cells.entries()) statistics.add(cell, cases[at]!);
    const into = sums[stratum]!;
    for (let i = 0; i < size; i++) {
      const shift = out[i]! - observed[i]!;
      into[3 * i]! += alike * shift;
      into[3 * i + 1]! += alike * shift * shift;
      into[3 * i + 2]! += alike * shift * shift * shift;
    }
  }
  const acceleration = new Float64Array(size);
  const standardError = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    let squares = 0;
    let cubes = 0;
    let variance = 0;
    for (const [stratum, into] of sums.entries()) {
      const n = units[stratum]!;
      const mean = into[3 * i]! / n;
      const square = Math.max(0, into[3 * i + 1]! - n * mean * mean);
      const cube = into[3 * i + 2]! - 3 * mean * into[3 * i + 1]! + 2 * n * mean ** 3;
      // Influence of one unit on a statistic of several samples: (n - 1) times its jackknife shift, over n.
      const scale = (n - 1) / n;
      squares += scale ** 2 * square;
      cubes -= scale ** 3 * cube;
      variance += scale * square;
    }
    acceleration[i] = Number.isNaN(squares) ? Number.NaN : squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
    standardError[i] = Math.sqrt(variance);
  }
  return { acceleration, standardError };
}
