/** Barnard's exact test for pass rates on different cases, with the pooled z statistic. */

import { checkUnpaired, type UnpairedCounts } from '../intervals/unpaired-difference.ts';
import { type Alternative, checkCounts } from './alternative.ts';
import type { UnconditionalResult } from './boschloo.ts';
import { maximiseNuisance } from './nuisance.ts';

/** Statistics that differ by less than this share are tied. */
const TIE = 1e-9;

/**
 * Barnard's test: tables are ordered by the pooled z statistic of candidate - baseline, and their probability is maximised
 * over the common pass rate. Tied tables all count. Cost: 1000 (candidateCases + baselineCases).
 * Source: G. A. Barnard, Biometrika 34 (1947) 123.
 *
 * @throws RangeError if the counts are impossible
 * @example barnardTest({ candidatePasses: 8, candidateCases: 10, baselinePasses: 1, baselineCases: 6 }, 'two-sided').pValue // 0.016693115234375014
 */
export function barnardTest(counts: UnpairedCounts, alternative: Alternative): UnconditionalResult {
  checkCounts(counts.candidatePasses, counts.candidateCases, counts.baselinePasses, counts.baselineCases);
  checkUnpaired(counts);
  if (counts.candidateCases === 0 || counts.baselineCases === 0)
    return { pValue: 1, statistic: 0, nuisance: 0 };
  const { candidateCases, baselineCases } = counts;
  const statistic = pooledZ(counts.candidatePasses, counts.baselinePasses, candidateCases, baselineCases);
  const z = (candidate: number, baseline: number) =>
    pooledZ(candidate, baseline, candidateCases, baselineCases);
  const size = Math.abs(statistic);
  const slack = TIE * Math.max(size, 1e-6);
  const low =
    alternative === 'two-sided' ? -size : alternative === 'less' ? statistic : Number.NEGATIVE_INFINITY;
  const high =
    alternative === 'two-sided' ? size : alternative === 'greater' ? statistic : Number.POSITIVE_INFINITY;
  const atLeast = new Float64Array(candidateCases + 1);
  const atMost = new Float64Array(candidateCases + 1);
  // The pooled z falls with baseline passes and rises with candidate passes: both parts of the region are staircases.
  let from = 0;
  let upTo = -1;
  for (let candidate = 0; candidate <= candidateCases; candidate += 1) {
    while (from <= baselineCases && z(candidate, from) > low + slack) from += 1;
    while (upTo < baselineCases && z(candidate, upTo + 1) >= high - slack) upTo += 1;
    atLeast[candidate] = from;
    // At statistic 0 both parts hold every table: each is counted once.
    atMost[candidate] = Math.min(upTo, from - 1);
  }
  const { probability, rate } = maximiseNuisance({ candidateCases, baselineCases, atLeast, atMost });
  return { pValue: probability, statistic, nuisance: rate };
}

/** The z statistic of candidate - baseline with pooled variance; 0 where all pass or all fail. */
function pooledZ(candidate: number, baseline: number, candidateCases: number, baselineCases: number): number {
  const pooled = (candidate + baseline) / (candidateCases + baselineCases);
  const variance = pooled * (1 - pooled) * (1 / candidateCases + 1 / baselineCases);
  return variance > 0 ? (candidate / candidateCases - baseline / baselineCases) / Math.sqrt(variance) : 0;
}
