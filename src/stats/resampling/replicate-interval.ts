/** Intervals from bootstrap replicates: percentile, basic and BCa, with the cases in which none can be given. */

import type { Estimate } from '../estimate.ts';
import { quantileOfSorted } from '../quantiles/index.ts';
import { normalCdf, normalQuantile } from '../special/index.ts';

export type BootstrapMethod = 'percentile' | 'basic' | 'bca';

/** What an interval is made from. */
export interface Replicates {
  /** The statistic of the sample; null where it is undefined. */
  readonly estimate: number | null;
  /** The statistic of each resample; null where it is undefined (0/0). */
  readonly replicates: readonly (number | null)[] | Float64Array;
  /** The statistic without each unit in turn, with the number of units that have this value; for BCa only. */
  readonly jackknife?: readonly JackknifeValue[];
  /** BCa's acceleration where it is known already, instead of `jackknife`; null where it is undefined. */
  readonly acceleration?: number | null;
  /** Number of independent units in the sample. */
  readonly n: number;
  /** Confidence level, in (0,1). */
  readonly level: number;
  readonly method: BootstrapMethod;
}

/** Statistic without one unit (null if undefined), for `count` units alike. */
export interface JackknifeValue {
  readonly value: number | null;
  readonly count: number;
}

/** An estimate with what the bootstrap says about itself. */
export interface BootstrapEstimate extends Estimate {
  /** Standard deviation of the replicates; null when there is no interval. */
  readonly standardError: number | null;
  /** Share of replicates in which the statistic is undefined. */
  readonly undefinedShare: number;
  /** BCa's bias correction and acceleration; null for the other methods. */
  readonly bias: number | null;
  readonly acceleration: number | null;
}

/** Units below which no interval is given. */
export const FEWEST_UNITS = 10;
/** Share of undefined replicates above which no interval is given. */
const MOST_UNDEFINED = 0.05;

/**
 * Interval of a statistic from its replicates. Ties with the estimate count half (relative tolerance 1e-12). BCa falls
 * back to the percentile method, and says so, when its bias correction is infinite or undefined.
 *
 * @returns limits null with a reason when the estimate is undefined, n < 10 or all replicates are equal
 * (`degenerate`), or more than 5 % of the replicates are undefined
 * @throws RangeError when the level is outside (0,1)
 * @source Efron 1987, JASA 82:171; Efron and Tibshirani 1993
 * @example
 * replicateInterval({ estimate: 2, replicates: [1, 2, 2, 3, 2, 1, 3, 2, 2, 2], n: 10, level: 0.8, method: 'percentile' })
 * // lower 1, upper 3
 */
export function replicateInterval(input: Replicates): BootstrapEstimate {
  const { estimate, n, level, method } = input;
  if (!(level > 0 && level < 1)) throw new RangeError(`level is ${level}, must be in (0,1)`);
  const defined = finiteValues(input.replicates).sort();
  const undefinedShare = (input.replicates.length - defined.length) / Math.max(1, input.replicates.length);
  const none = (reason: string): BootstrapEstimate => ({
    ...{ estimate, lower: null, upper: null, level, method, n, reason },
    ...{ standardError: null, undefinedShare, bias: null, acceleration: null },
  });
  if (estimate === null) return none('undefined: the statistic has no value on these cases');
  if (n < FEWEST_UNITS) return none(`degenerate: ${n} cases, an interval needs ${FEWEST_UNITS}`);
  if (undefinedShare > MOST_UNDEFINED) {
    return none(
      `undefined in ${(100 * undefinedShare).toFixed(1)} % of the resamples, at most 5 % are allowed`,
    );
  }
  if (defined.length < 2 || defined[0] === defined.at(-1)) return none('degenerate: all resamples are equal');
  const tail = (1 - level) / 2;
  const standardError = standardDeviation(defined);
  const given = { estimate, level, n, standardError, undefinedShare };
  const between = (low: number, high: number, name: string, reason?: string): BootstrapEstimate => ({
    ...given,
    lower: quantileOfSorted(defined, low),
    upper: quantileOfSorted(defined, high),
    ...{ method: name, bias: null, acceleration: null, ...(reason === undefined ? {} : { reason }) },
  });
  if (method === 'percentile') return between(tail, 1 - tail, method);
  if (method === 'basic') {
    const { lower, upper, ...rest } = between(tail, 1 - tail, method);
    return { ...rest, lower: 2 * estimate - upper!, upper: 2 * estimate - lower! };
  }
  const bias = biasCorrection(defined, estimate);
  const acceleration =
    input.acceleration === undefined ? accelerationOf(input.jackknife ?? []) : input.acceleration;
  if (!Number.isFinite(bias) || acceleration === null) {
    return between(tail, 1 - tail, 'percentile', 'BCa is undefined here, the percentile interval stands in');
  }
  const adjusted = (z: number) => normalCdf(bias + (bias + z) / (1 - acceleration * (bias + z)));
  const z = normalQuantile(tail);
  return { ...between(adjusted(z), adjusted(-z), method), bias, acceleration };
}

function finiteValues(replicates: Replicates['replicates']): Float64Array {
  const values = new Float64Array(replicates.length);
  let count = 0;
  for (let i = 0; i < replicates.length; i++) {
    const value = replicates[i] ?? Number.NaN;
    if (Number.isFinite(value)) values[count++] = value;
  }
  return values.subarray(0, count);
}

function biasCorrection(sorted: Float64Array, estimate: number): number {
  const same = 1e-12 * Math.abs(estimate);
  let below = 0;
  let tied = 0;
  for (const replicate of sorted) {
    if (Math.abs(replicate - estimate) <= same) tied++;
    else if (replicate < estimate) below++;
  }
  return normalQuantile((below + tied / 2) / sorted.length);
}

/** Skewness of the jackknife values over six; 0 when they are all equal, null without any or with an undefined one. */
function accelerationOf(jackknife: readonly JackknifeValue[]): number | null {
  const count = jackknife.reduce((sum, unit) => sum + unit.count, 0);
  if (count === 0 || jackknife.some((unit) => unit.value === null)) return null;
  const mean = jackknife.reduce((sum, unit) => sum + unit.count * unit.value!, 0) / count;
  let squares = 0;
  let cubes = 0;
  for (const unit of jackknife) {
    const d = mean - unit.value!;
    squares += unit.count * d * d;
    cubes += unit.count * d * d * d;
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}

function standardDeviation(values: Float64Array): number {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1));
}
