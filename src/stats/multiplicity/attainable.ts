/** The null distribution of a slice's p-value: how likely a clean slice shows a p of at most t. */

import { TIE } from './family.ts';
import {
  criticalLosses,
  type HalfBinomial,
  halfBinomial,
  halfBinomialMidP,
  halfBinomialSf,
} from './half-binomial.ts';

/**
 * Null probability that the slice's p-value is at most t. For an exact p-value this is its largest attainable value
 * that is at most t, and 0 if there is none.
 */
export type Attainable = (t: number) => number;

/**
 * A p-value that is uniform when nothing changed.
 *
 * @example continuousAttainable(0.03) // 0.03
 */
export const continuousAttainable: Attainable = (t) => Math.max(0, Math.min(1, t));

/**
 * Null distributions of the one-sided McNemar p-value, one function per distinct number of discordant pairs, so that
 * `minPDiscrete` can treat slices with equal m together.
 *
 * @param discordant m = losses + gains of each slice
 * @param variant `exact` p-values or `mid-p` (its F is the exact chance of a mid-p of at most t)
 * Cost: a table of at most min(m / 2, 19 sqrt(m)) tails for each distinct m.
 * @example mcnemarAttainable([11], 'exact')[0]!(0.05) // 0.03271484375
 */
export function mcnemarAttainable(discordant: readonly number[], variant: 'exact' | 'mid-p'): Attainable[] {
  const pValue = variant === 'exact' ? halfBinomialSf : halfBinomialMidP;
  const known = new Map<number, Attainable>();
  return discordant.map((m) => {
    const found = known.get(m) ?? tailBelow(halfBinomial(m), pValue);
    known.set(m, found);
    return found;
  });
}

function tailBelow(table: HalfBinomial, pValue: (table: HalfBinomial, b: number) => number): Attainable {
  // Without a flip there is nothing to test: the p-value is 1, the mid-p too.
  if (table.m === 0) return (t) => (t >= 1 ? 1 : 0);
  return (t) => halfBinomialSf(table, criticalLosses(table, t * (1 + TIE), pValue));
}

/**
 * A p-value that takes the listed values only and is exact (each value is its own null probability), such as the p of a
 * permutation distribution.
 *
 * @param values attainable p-values in any order, each in (0,1]
 * @example discreteAttainable([0.01, 0.2, 1])(0.5) // 0.2
 */
export function discreteAttainable(values: ArrayLike<number>): Attainable {
  const ascending = Float64Array.from(values).sort();
  return (t) => {
    const bound = t * (1 + TIE);
    let low = 0;
    let high = ascending.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ascending[middle]! <= bound) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? 0 : ascending[low - 1]!;
  };
}

/**
 * Null distribution of the one-sided Fisher p-value of a drop, given the margins of the unpaired table.
 *
 * @param margins cases of the baseline, cases of the candidate, and passes of both together
 * @throws RangeError when the margins do not fit together
 * Cost: one step per possible table.
 * @example fisherAttainable({ baseline: 3, candidate: 3, passes: 3 })(0.4) // 0.05
 */
export function fisherAttainable(margins: {
  readonly baseline: number;
  readonly candidate: number;
  readonly passes: number;
}): Attainable {
  return discreteAttainable(hypergeometricTails(margins.baseline, margins.candidate, margins.passes));
}

/** P(X >= x) for every possible number x of baseline passes, from the smallest x on. */
function hypergeometricTails(baseline: number, candidate: number, passes: number): Float64Array {
  const total = baseline + candidate;
  if (![baseline, candidate, passes].every((x) => Number.isSafeInteger(x) && x >= 0) || passes > total) {
    throw new RangeError(`margins ${baseline}, ${candidate}, ${passes} do not make a 2 x 2 table`);
  }
  const first = Math.max(0, passes - candidate);
  const last = Math.min(baseline, passes);
  const mode = Math.min(last, Math.max(first, Math.floor(((passes + 1) * (baseline + 1)) / (total + 2))));
  const terms = new Float64Array(last - first + 1);
  terms[mode - first] = 1;
  for (let x = mode; x < last; x++) {
    terms[x + 1 - first] =
      (terms[x - first]! * (baseline - x) * (passes - x)) / ((x + 1) * (candidate - passes + x + 1));
  }
  for (let x = mode; x > first; x--) {
    terms[x - 1 - first] =
      (terms[x - first]! * x * (candidate - passes + x)) / ((baseline - x + 1) * (passes - x + 1));
  }
  let mass = 0;
  for (let i = terms.length - 1; i >= 0; i--) {
    mass += terms[i]!;
    terms[i] = mass;
  }
  return terms.map((tail) => tail / mass).filter((tail) => tail > 0);
}
