/** McNemar's tests on the cases that only one of two models passed; `losses` = baseline only, `gains` = candidate only. */

import { binomialLogPmf, binomialPmf, binomialSf } from '../special/binomial.ts';
import { chiSquareSf } from '../special/chi-square.ts';
import { checkCounts } from './alternative.ts';

/**
 * Exact one-sided p of a drop: P(X >= losses), X ~ Bin(losses + gains, 1/2); 1 without a changed case.
 * Source: Q. McNemar, Psychometrika 12 (1947) 153. Cost grows like sqrt(m): under 1 ms at 1e9 changed cases.
 *
 * @throws RangeError unless both are whole numbers of at least 0
 * @example exactDropP(12, 2) // 0.0064697265625
 */
export function exactDropP(losses: number, gains: number): number {
  checkCounts(losses, gains);
  return halfTail(losses, losses + gains);
}

/**
 * Mid-p of a drop: P(X > losses) + P(X = losses) / 2; 1 without a changed case. Less conservative than the exact p and
 * hardly ever above its level, but no guarantee.
 * Source: M. W. Fagerland, S. Lydersen, P. Laake, BMC Medical Research Methodology 13 (2013) 91.
 *
 * @throws RangeError unless both are whole numbers of at least 0
 * @example midDropP(12, 2) // 0.003692626953125
 */
export function midDropP(losses: number, gains: number): number {
  checkCounts(losses, gains);
  const m = losses + gains;
  return m === 0 ? 1 : (halfTail(losses, m) + halfTail(losses + 1, m)) / 2;
}

/**
 * Exact two-sided p of a change; 1 without a changed case.
 *
 * @throws RangeError unless both are whole numbers of at least 0
 * @example exactChangeP(12, 2) // 0.012939453125
 */
export function exactChangeP(losses: number, gains: number): number {
  checkCounts(losses, gains);
  return Math.min(1, 2 * halfTail(Math.max(losses, gains), losses + gains));
}

/**
 * Two-sided mid-p of a change; 1 - P(X = losses) / 2 where losses equal gains, and 1 without a changed case.
 * Source: as `midDropP`.
 *
 * @throws RangeError unless both are whole numbers of at least 0
 * @example midChangeP(12, 2) // 0.00738525390625
 */
export function midChangeP(losses: number, gains: number): number {
  checkCounts(losses, gains);
  const m = losses + gains;
  if (m === 0) return 1;
  if (losses === gains) return 1 - binomialPmf(losses, m, 0.5) / 2;
  const larger = Math.max(losses, gains);
  return halfTail(larger, m) + halfTail(larger + 1, m);
}

/**
 * Asymptotic two-sided test: chi-square with one degree of freedom, optionally with Edwards's continuity correction.
 * Statistic 0 and p 1 without a changed case.
 *
 * @throws RangeError unless both are whole numbers of at least 0
 * @example asymptoticChange(12, 2) // { statistic: 7.142857142857143, pValue: 0.007526315166457882 }
 */
export function asymptoticChange(
  losses: number,
  gains: number,
  continuity = false,
): { readonly statistic: number; readonly pValue: number } {
  checkCounts(losses, gains);
  if (losses + gains === 0) return { statistic: 0, pValue: 1 };
  const distance = Math.abs(losses - gains) - (continuity ? 1 : 0);
  const statistic = (distance * distance) / (losses + gains);
  return { statistic, pValue: chiSquareSf(statistic, 1) };
}

/**
 * The exact one-sided p-values that `m` changed cases can show, ascending: P(X >= b) for b = m, m - 1, ..., 0. Values too
 * small for a double are 0. Cost and memory grow like m.
 *
 * @throws RangeError unless m is a whole number from 0 to 10,000,000
 * @example attainableDropP(2) // [0.25, 0.75, 1]
 */
export function attainableDropP(m: number): Float64Array {
  checkCounts(m);
  if (m > 10_000_000) throw new RangeError(`m is ${m}: more than 10,000,000 p-values are not listed`);
  const tails = new Float64Array(m + 1);
  let sum = 0;
  let term = 2 ** -m;
  for (let index = 0; index < m - index; index += 1) {
    // Above the direct limit the first terms underflow, so each is made from its logarithm.
    sum += m > DIRECT_LIMIT ? Math.exp(binomialLogPmf(index, m, 0.5)) : term;
    term = (term * (m - index)) / (index + 1);
    tails[index] = sum;
    tails[m - index - 1] = 1 - sum;
  }
  tails[m] = 1;
  return tails;
}

/**
 * The smallest exact p that `m` changed cases can show for a drop: 2^-m.
 *
 * @throws RangeError unless m is a whole number of at least 0
 * @example smallestDropP(5) // 0.03125
 */
export function smallestDropP(m: number): number {
  checkCounts(m);
  return 2 ** -m;
}

/** Largest m whose tails are summed term by term, which is exact to the last bit up to m of about 50. */
const DIRECT_LIMIT = 1000;

/** P(X >= b), X ~ Bin(m, 1/2). */
function halfTail(b: number, m: number): number {
  if (m > DIRECT_LIMIT) return binomialSf(b, m, 0.5);
  if (b <= 0) return 1;
  if (b <= m - b) return 1 - halfTail(m - b + 1, m);
  let sum = 0;
  let term = 2 ** -m;
  for (let rest = 0; rest <= m - b; rest += 1) {
    sum += term;
    term = (term * (m - rest)) / (rest + 1);
  }
  return sum;
}
