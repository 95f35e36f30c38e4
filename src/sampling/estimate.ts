/** A rate of the population from a sample with unequal probabilities. */

import { type Estimate, weightedWilsonInterval, wilsonInterval } from '../stats/index.ts';

/** One drawn item. */
export interface DrawnUnit {
  /** Inclusion probability, in (0, 1]. */
  readonly probability: number;
  /** 1 where it has the property, 0 where not. */
  readonly value: number;
  /** Stratum that it was drawn from, where the design had strata. */
  readonly stratum?: string;
}

/**
 * Hájek's estimate of a rate: each item counts 1/probability, and the sum of these weights stands for the population's size.
 * The variance is that of the linearised total, item by item (as if items were drawn independently), around the mean of the
 * item's stratum; it is that of a simple random sample where there is one, and errs on the large side for other designs of
 * fixed size. The interval is Wilson's with the number of cases that would give this variance. A sample of everything is exact.
 * Source: Särndal, Swensson and Wretman, Model Assisted Survey Sampling (1992), sections 5.7 and 7.2.
 *
 * @param level of the two-sided interval
 * @throws RangeError for probabilities outside of (0, 1] and values outside of [0, 1]
 * @example rateOfSample([{ probability: 0.5, value: 1 }, { probability: 1, value: 0 }]).estimate // 2 / 3
 */
export function rateOfSample(units: readonly DrawnUnit[], level = 0.95): Estimate {
  for (const { probability, value } of units) {
    if (!(probability > 0 && probability <= 1)) {
      throw new RangeError(`probability is ${probability}, must be in (0, 1]`);
    }
    if (!(value >= 0 && value <= 1)) throw new RangeError(`value is ${value}, must be in [0, 1]`);
  }
  const n = units.length;
  if (n === 0) {
    return {
      estimate: null,
      lower: null,
      upper: null,
      level,
      method: 'hajek',
      n,
      reason: 'nothing was drawn',
    };
  }
  const weight = total(units, ({ probability }) => 1 / probability);
  const successes = total(units, ({ probability, value }) => value / probability);
  const squared = total(units, ({ probability }) => (1 / probability) ** 2);
  const rate = successes / weight;
  if (units.every(({ probability }) => probability === 1)) {
    return { estimate: rate, lower: rate, upper: rate, level, method: 'hajek', n };
  }
  const spread = rate * (1 - rate);
  if (spread === 0) {
    const kish = weightedWilsonInterval({ successWeight: successes, weight, squaredWeight: squared }, level);
    return { ...kish, method: 'hajek', n };
  }
  const effective = spread / (linearisedVariance(units) / weight ** 2);
  return { ...wilsonInterval(rate * effective, effective, level), estimate: rate, method: 'hajek', n };
}

/** Sum of (1 - p) (e / p)^2 with e the distance from the stratum's weighted mean, times n/(n-1) per stratum. */
function linearisedVariance(units: readonly DrawnUnit[]): number {
  const strata = new Map<string, DrawnUnit[]>();
  for (const unit of units) {
    const key = unit.stratum ?? '';
    const own = strata.get(key);
    if (own === undefined) strata.set(key, [unit]);
    else own.push(unit);
  }
  // A stratum of one has no spread of its own; together such strata are compared with one another.
  const groups: DrawnUnit[][] = [];
  const single: DrawnUnit[] = [];
  for (const own of strata.values()) {
    if (own.length === 1 && strata.size > 1) single.push(...own);
    else groups.push(own);
  }
  if (single.length > 0) groups.push(single);
  return groups.reduce((sum, own) => sum + groupVariance(own), 0);
}

function groupVariance(own: readonly DrawnUnit[]): number {
  const weight = total(own, ({ probability }) => 1 / probability);
  const mean = total(own, ({ probability, value }) => value / probability) / weight;
  const inflation = own.length > 1 ? own.length / (own.length - 1) : 1;
  if (own.some(({ value }) => value !== own[0]!.value)) {
    const squares = total(
      own,
      ({ probability, value }) => (1 - probability) * ((value - mean) / probability) ** 2,
    );
    return inflation * squares;
  }
  // All alike is no proof of no spread: the spread at Laplace's estimate, (0 + 1) / (n + 2), stands in.
  const unlike = 1 / (own.length + 2);
  return unlike * (1 - unlike) * total(own, ({ probability }) => (1 - probability) / probability ** 2);
}

function total(units: readonly DrawnUnit[], of: (unit: DrawnUnit) => number): number {
  return units.reduce((sum, unit) => sum + of(unit), 0);
}
