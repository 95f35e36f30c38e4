/** Macro, micro and weighted averages of class rates, with a stated choice for 0/0. */

import type { ClassRate } from './class-rates.ts';
import type { ClassTally } from './tally.ts';

/** What a class counts as whose rate is 0/0: left out of the average, 0 (as scikit-learn's default), or 1. */
export type ZeroOverZero = 'skip' | 'zero' | 'one';

/**
 * How per-class rates become one. `macro`: every class alike. `weighted`: by support. `micro`: the rate of the summed counts
 * of the classes.
 */
export type Average = 'macro' | 'micro' | 'weighted';

/** How to average. */
export interface AverageOptions {
  readonly average: Average;
  readonly undefinedAs: ZeroOverZero;
  /** Classes to average over; all of the tally unless told. */
  readonly classes?: ArrayLike<number>;
}

/** An average, and over how many classes. */
export interface AverageValue {
  /** Null where no class has a value, or (weighted) none has support. */
  readonly value: number | null;
  /** Classes whose rate is 0/0. */
  readonly undefinedClasses: number;
  readonly classes: number;
}

/**
 * The average of a rate over classes.
 *
 * @example averageRate(tally, recall, { average: 'macro', undefinedAs: 'skip' }).value // 0.8444
 */
export function averageRate(tally: ClassTally, rate: ClassRate, options: AverageOptions): AverageValue {
  const { average, undefinedAs, classes } = options;
  const count = classes?.length ?? tally.support.length;
  if (average === 'micro') return { ...micro(tally, rate, undefinedAs, classes), classes: count };
  let sum = 0;
  let weights = 0;
  let undefinedClasses = 0;
  for (let at = 0; at < count; at++) {
    const index = classes === undefined ? at : classes[at]!;
    const value = rate(tally, index);
    if (value === null) undefinedClasses++;
    const counted = value ?? stand(undefinedAs);
    if (counted === null) continue;
    const weight = average === 'macro' ? 1 : tally.support[index]!;
    sum += weight * counted;
    weights += weight;
  }
  return {
    value: weights > 0 ? sum / weights : noWeight(average, undefinedAs),
    undefinedClasses,
    classes: count,
  };
}

/** The value that stands for 0/0; null leaves the class out. */
function stand(undefinedAs: ZeroOverZero): number | null {
  return undefinedAs === 'skip' ? null : undefinedAs === 'zero' ? 0 : 1;
}

/** A weighted average in which nothing has weight is itself 0/0. */
function noWeight(average: Average, undefinedAs: ZeroOverZero): number | null {
  return average === 'weighted' ? stand(undefinedAs) : null;
}

function micro(
  tally: ClassTally,
  rate: ClassRate,
  undefinedAs: ZeroOverZero,
  classes: ArrayLike<number> | undefined,
): { readonly value: number | null; readonly undefinedClasses: number } {
  const total = { support: 0, predicted: 0, hits: 0 };
  const count = classes?.length ?? tally.support.length;
  let undefinedClasses = 0;
  for (let at = 0; at < count; at++) {
    const index = classes === undefined ? at : classes[at]!;
    total.support += tally.support[index]!;
    total.predicted += tally.predicted[index]!;
    total.hits += tally.hits[index]!;
    if (rate(tally, index) === null) undefinedClasses++;
  }
  const summed: ClassTally = {
    // One decision per case and class: the negatives of specificity are those of all classes together.
    n: tally.n * count,
    right: total.hits,
    unanswered: tally.unanswered,
    support: Float64Array.of(total.support),
    predicted: Float64Array.of(total.predicted),
    hits: Float64Array.of(total.hits),
  };
  return { value: rate(summed, 0) ?? stand(undefinedAs), undefinedClasses };
}
