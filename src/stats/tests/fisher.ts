/** Fisher's exact test for pass rates of two models that were scored on different cases. */

import { checkUnpaired, type UnpairedCounts } from '../intervals/unpaired-difference.ts';
import { hypergeometricCdf, hypergeometricPmf, hypergeometricSf } from '../special/hypergeometric.ts';
import { type Alternative, checkCounts } from './alternative.ts';
import { twoSidedTail } from './two-sided-tail.ts';

/** Candidate passes given the margins: the null distribution of the test. */
function nullDistribution({
  candidatePasses,
  candidateCases,
  baselinePasses,
  baselineCases,
}: UnpairedCounts) {
  const passes = candidatePasses + baselinePasses;
  const total = candidateCases + baselineCases;
  const first = Math.max(0, passes - baselineCases);
  const last = Math.min(passes, candidateCases);
  const mode = Math.floor(((candidateCases + 1) * (passes + 1)) / (total + 2));
  return {
    first,
    last,
    mode: Math.max(first, Math.min(last, mode)),
    pmf: (x: number) => hypergeometricPmf(x, total, passes, candidateCases),
    cdf: (x: number) => hypergeometricCdf(x, total, passes, candidateCases),
    sf: (x: number) => hypergeometricSf(x, total, passes, candidateCases),
  };
}

/**
 * Fisher's exact p-value. `less` shows that the candidate passes less often; two-sided adds all tables that are no more
 * probable than the observed one. 1 where a margin is empty. Cost grows like the square root of the number of cases.
 * Source: R. A. Fisher, The Design of Experiments (1935).
 *
 * @throws RangeError if the counts are impossible
 * @example fisherP({ candidatePasses: 8, candidateCases: 10, baselinePasses: 1, baselineCases: 6 }, 'two-sided') // 0.034965034965034975
 */
export function fisherP(counts: UnpairedCounts, alternative: Alternative): number {
  checkTable(counts);
  const distribution = nullDistribution(counts);
  if (alternative === 'less') return distribution.cdf(counts.candidatePasses);
  if (alternative === 'greater') return distribution.sf(counts.candidatePasses);
  return twoSidedTail(distribution, counts.candidatePasses).included;
}

/**
 * Mid-p of Fisher's test: outcomes as probable as the observed one (two-sided) or equal to it (one-sided) count half.
 * Source: M. W. Fagerland, S. Lydersen, P. Laake, Statistical Analysis of Contingency Tables (2017), section 4.4.
 *
 * @throws RangeError if the counts are impossible
 * @example fisherMidP({ candidatePasses: 3, candidateCases: 3, baselinePasses: 0, baselineCases: 3 }, 'two-sided') // 0.05
 */
export function fisherMidP(counts: UnpairedCounts, alternative: Alternative): number {
  checkTable(counts);
  const distribution = nullDistribution(counts);
  const x = counts.candidatePasses;
  if (alternative === 'less') return (distribution.cdf(x) + distribution.cdf(x - 1)) / 2;
  if (alternative === 'greater') return (distribution.sf(x) + distribution.sf(x + 1)) / 2;
  const { included, excluded } = twoSidedTail(distribution, x);
  return (included + excluded) / 2;
}

/**
 * Sample odds ratio of passing, candidate to baseline; Infinity where only the lower product is 0, null where it is 0/0.
 *
 * @throws RangeError if the counts are impossible
 * @example oddsRatio({ candidatePasses: 8, candidateCases: 10, baselinePasses: 1, baselineCases: 6 }) // 20
 */
export function oddsRatio(counts: UnpairedCounts): number | null {
  checkUnpaired(counts);
  const { candidatePasses, candidateCases, baselinePasses, baselineCases } = counts;
  const up = candidatePasses * (baselineCases - baselinePasses);
  const down = (candidateCases - candidatePasses) * baselinePasses;
  return up === 0 && down === 0 ? null : up / down;
}

/**
 * The one-sided p-values of a drop that tables with the given margins can show, ascending: those of the fewest candidate
 * passes first. Cost and memory grow like the smaller margin.
 *
 * @param passes passes of both models together
 * @throws RangeError if the margins are impossible or allow more than 10,000,000 tables
 * @example attainableFisherDropP(3, 3, 3) // [0.05, 0.5, 0.95, 1]
 */
export function attainableFisherDropP(
  candidateCases: number,
  baselineCases: number,
  passes: number,
): Float64Array {
  checkCounts(candidateCases, baselineCases, passes);
  const total = candidateCases + baselineCases;
  if (passes > total) throw new RangeError(`${passes} passes of ${total} cases: must not be more`);
  const first = Math.max(0, passes - baselineCases);
  const last = Math.min(passes, candidateCases);
  if (last - first > 10_000_000) throw new RangeError('more than 10,000,000 p-values are not listed');
  const tails = new Float64Array(last - first + 1);
  let sum = 0;
  for (let x = first; x <= last; x += 1) {
    sum += hypergeometricPmf(x, total, passes, candidateCases);
    tails[x - first] = Math.min(1, sum);
  }
  tails[last - first] = 1;
  return tails;
}

function checkTable(counts: UnpairedCounts): void {
  checkCounts(counts.candidatePasses, counts.candidateCases, counts.baselinePasses, counts.baselineCases);
  checkUnpaired(counts);
}
