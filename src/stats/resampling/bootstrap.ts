/** The bootstrap of cases: draws units with replacement, both models' outcomes together. */

import { createRandom } from '../random/index.ts';
import {
  type BootstrapEstimate,
  type BootstrapMethod,
  type JackknifeValue,
  replicateInterval,
} from './replicate-interval.ts';

/** A statistic of a sample that is named by its cases. */
export interface BootstrapInput {
  /** Number of cases (or clusters). */
  readonly n: number;
  /** The statistic of the cases at these places, each in [0, n), with repeats; null where it is undefined. */
  readonly statistic: (places: Uint32Array) => number | null;
  readonly resamples: number;
  /** Whole number from 0 to 2^53 - 1. */
  readonly seed: number;
  readonly level: number;
  /** BCa unless said. */
  readonly method?: BootstrapMethod;
}

/**
 * Interval of any statistic by resampling cases. Replicate r draws from stream r of the seed.
 *
 * @throws RangeError when resamples is below 1 or the level is outside (0,1)
 * Cost: (resamples + n) evaluations of the statistic.
 * @source Efron 1987, JASA 82:171
 * @example
 * const x = [0.1, 0.4, 0.2, 0.9, 0.5, 0.3, 0.6, 0.7, 0.2, 0.8];
 * bootstrap({ n: 10, resamples: 2000, seed: 1, level: 0.95,
 *   statistic: (places) => places.reduce((sum, i) => sum + x[i]!, 0) / places.length }).estimate // 0.47
 */
export function bootstrap(input: BootstrapInput): BootstrapEstimate {
  const { n, statistic, resamples, seed, level, method = 'bca' } = input;
  if (!Number.isInteger(resamples) || resamples < 1) {
    throw new RangeError(`resamples is ${resamples}, must be at least 1`);
  }
  const all = Uint32Array.from({ length: n }, (_, i) => i);
  const estimate = n === 0 ? null : statistic(all);
  const replicates: (number | null)[] = [];
  const places = new Uint32Array(n);
  for (let replicate = 0; replicate < resamples && n > 0; replicate++) {
    const random = createRandom(seed, replicate);
    for (let i = 0; i < n; i++) places[i] = random.nextBelow(n);
    replicates.push(statistic(places));
  }
  const jackknife = method === 'bca' && n > 1 ? leaveOneOut(all, statistic) : [];
  return replicateInterval({ estimate, replicates, jackknife, n, level, method });
}

/** The statistic without each case in turn. */
export function leaveOneOut(
  places: Uint32Array,
  statistic: (places: Uint32Array) => number | null,
): JackknifeValue[] {
  const rest = places.slice(1);
  const values: JackknifeValue[] = [];
  for (let left = 0; left < places.length; left++) {
    if (left > 0) rest[left - 1] = places[left - 1]!;
    values.push({ value: statistic(rest), count: 1 });
  }
  return values;
}
