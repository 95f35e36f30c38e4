/** Computes what Inspect computes: epochs reduced to one value per case, then accuracy, mean, spread and standard error over cases. */

import { clusterMean, mostCommon, parseTrialReducer, reduceTrials } from '../../../stats/index.ts';
import type { CaseScores } from './score-table.ts';
import { scoreNumber } from './score-value.ts';

/** One value per case that has a score. */
export interface ReducedScores {
  readonly caseIds: readonly string[];
  readonly values: readonly number[];
  /** Cases none of whose epochs has a score, or too few for the reducer. */
  readonly unscored: number;
}

/** The reducer where a log names none. */
const DEFAULT_REDUCER = 'mean';

/**
 * One value per case; null where the reducer is none of Inspect's own.
 *
 * @param reducer such as `mean` or `pass_at_2`, null for Inspect's default
 */
export function reduceScores(scores: CaseScores, reducer: string | null): ReducedScores | null {
  const parsed = parseTrialReducer(reducer ?? DEFAULT_REDUCER);
  if (parsed === null) return null;
  const caseIds: string[] = [];
  const values: number[] = [];
  let unscored = 0;
  for (const [caseId, epochs] of scores) {
    const scored = epochs.filter((value) => scoreNumber(value) !== null);
    // The most common value as it is spelled: "I" and "N" are both 0 and yet two values.
    const value =
      parsed.kind === 'mode'
        ? scoreNumber(mostCommon(scored.map((part) => (typeof part === 'boolean' ? Number(part) : part))))
        : reduceTrials(
            scored.map((part) => scoreNumber(part)!),
            parsed,
          );
    if (value === null) unscored += 1;
    else {
      caseIds.push(caseId);
      values.push(value);
    }
  }
  return { caseIds, values, unscored };
}

/**
 * A metric over cases as Inspect defines it; null where Inspect's definition is not known here, where it draws random
 * numbers, or where there are no cases.
 *
 * @param clusterOf for `stderr` with clusters: the cluster of a case
 * @source inspect_ai 0.3.285, scorer/_metrics/{accuracy,mean,std}.py; Miller 2024, arXiv 2411.00640, with C / (C - 1)
 */
export function inspectMetric(
  name: string,
  { caseIds, values }: ReducedScores,
  clusterOf: ((caseId: string) => string | null) | null,
): number | null {
  const count = values.length;
  if (count === 0) return null;
  if (name === 'accuracy' || name === 'mean') return values.reduce((sum, value) => sum + value, 0) / count;
  if (name === 'stderr' && clusterOf !== null) {
    const clusters = caseIds.map(clusterOf);
    return clusters.every((cluster) => cluster !== null) ? clusterMean(values, clusters).seCr1 : null;
  }
  if (name !== 'stderr' && name !== 'std' && name !== 'var') return null;
  // Inspect says 0 where one case leaves the spread unknown.
  const error = count < 2 ? 0 : clusterMean(values, caseIds).seIndependent!;
  if (name === 'stderr') return error;
  return name === 'std' ? error * Math.sqrt(count) : error ** 2 * count;
}
