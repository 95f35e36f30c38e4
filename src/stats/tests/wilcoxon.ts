/** Wilcoxon's signed-rank test on paired differences, exact and by normal approximation. */

import { normalSf } from '../special/normal.ts';
import { type Alternative, symmetricP, type TestResult } from './alternative.ts';
import { pairedDifferences } from './differences.ts';
import { midRanks } from './ranks.ts';

/** Most non-zero differences for which the exact distribution is made (its cost grows like n³). */
const EXACT_LIMIT = 1000;

interface SignedRanks {
  /** Number of non-zero differences. */
  readonly n: number;
  readonly ranks: readonly number[];
  readonly tieSum: number;
  /** V+, the sum of the ranks of positive differences. */
  readonly positive: number;
}

function signedRanks(candidate: readonly number[], baseline: readonly number[]): SignedRanks {
  const differences = pairedDifferences(candidate, baseline).filter((difference) => difference !== 0);
  const { ranks, tieSum } = midRanks(differences.map(Math.abs));
  const positive = ranks.reduce((sum, rank, index) => sum + (differences[index]! > 0 ? rank : 0), 0);
  return { n: differences.length, ranks, tieSum, positive };
}

/**
 * Exact signed-rank test of candidate - baseline; zero differences are dropped, ties keep their mid-ranks and the
 * distribution is that of all sign changes of those. Two-sided doubles the smaller side. p is 1 when all differences are 0.
 * Source: F. Wilcoxon, Biometrics Bulletin 1 (1945) 80.
 *
 * @throws RangeError if the samples differ in length or more than 1000 differences are not 0
 * @example wilcoxonExactTest([3, 5, 9], [1, 1, 1], 'greater').pValue // 0.125
 */
export function wilcoxonExactTest(
  candidate: readonly number[],
  baseline: readonly number[],
  alternative: Alternative,
): TestResult {
  const { n, ranks, positive } = signedRanks(candidate, baseline);
  if (n > EXACT_LIMIT) throw new RangeError(`${n} differences, the exact test takes at most ${EXACT_LIMIT}`);
  const probabilities = doubledRankSums(ranks);
  const observed = Math.round(2 * positive);
  let less = 0;
  for (let sum = 0; sum <= observed; sum += 1) less += probabilities[sum]!;
  let greater = 0;
  for (let sum = probabilities.length - 1; sum >= observed; sum -= 1) greater += probabilities[sum]!;
  const oneSided = { less, greater, 'two-sided': 2 * Math.min(less, greater) };
  const pValue = Math.min(1, oneSided[alternative]);
  return { method: 'wilcoxon exact', alternative, n, statistic: positive, pValue };
}

/** Null probabilities of 2 V+, which is whole also with mid-ranks. */
function doubledRankSums(ranks: readonly number[]): Float64Array {
  const steps = ranks.map((rank) => Math.round(2 * rank));
  const probabilities = new Float64Array(steps.reduce((sum, step) => sum + step, 0) + 1);
  probabilities[0] = 1;
  let reach = 0;
  for (const step of steps) {
    reach += step;
    for (let sum = reach; sum >= 0; sum -= 1) {
      const without = probabilities[sum]!;
      probabilities[sum] = (without + (sum >= step ? probabilities[sum - step]! : 0)) / 2;
    }
  }
  return probabilities;
}

/**
 * Signed-rank test by normal approximation with correction of the variance for ties; zero differences are dropped. p is 1
 * when all differences are 0.
 *
 * @param continuity move the statistic half a rank towards its mean
 * @throws RangeError if the samples differ in length
 * @example wilcoxonApproximateTest([3, 5, 9], [1, 1, 1], 'greater').pValue // 0.05440471502027285
 */
export function wilcoxonApproximateTest(
  candidate: readonly number[],
  baseline: readonly number[],
  alternative: Alternative,
  continuity = false,
): TestResult {
  const { n, tieSum, positive } = signedRanks(candidate, baseline);
  const shape = { method: 'wilcoxon approximate', alternative, n, statistic: positive };
  if (n === 0) return { ...shape, pValue: 1 };
  const variance = (n * (n + 1) * (2 * n + 1)) / 24 - tieSum / 48;
  const surplus = positive - (n * (n + 1)) / 4;
  return {
    ...shape,
    pValue: symmetricP(
      corrected(surplus, alternative, continuity) / Math.sqrt(variance),
      alternative,
      normalSf,
    ),
  };
}

/** The continuity correction: half a unit against the alternative. */
function corrected(surplus: number, alternative: Alternative, continuity: boolean): number {
  if (!continuity) return surplus;
  if (alternative === 'greater') return surplus - 0.5;
  if (alternative === 'less') return surplus + 0.5;
  return Math.max(0, Math.abs(surplus) - 0.5);
}
