/** The Mann-Whitney U test of two samples by normal approximation. */

import { normalSf } from '../special/normal.ts';
import type { Alternative, TestResult } from './alternative.ts';
import { midRanks } from './ranks.ts';

/**
 * Mann-Whitney test with correction for ties and, unless switched off, for continuity. The statistic is the U of the
 * candidate. Undefined when a side is empty or all values are equal.
 * Source: H. B. Mann and D. R. Whitney, Annals of Mathematical Statistics 18 (1947) 50.
 *
 * @example mannWhitneyTest([1], [0.5], 'less').pValue // 0.9772498680518208
 */
export function mannWhitneyTest(
  candidate: readonly number[],
  baseline: readonly number[],
  alternative: Alternative,
  continuity = true,
): TestResult {
  const first = candidate.length;
  const second = baseline.length;
  const n = first + second;
  const shape = { method: 'mann-whitney', alternative, n };
  if (first === 0 || second === 0)
    return { ...shape, statistic: null, pValue: null, reason: 'a side is empty' };
  const { ranks, tieSum } = midRanks([...candidate, ...baseline]);
  let rankSum = 0;
  for (let index = 0; index < first; index += 1) rankSum += ranks[index]!;
  const statistic = rankSum - (first * (first + 1)) / 2;
  const variance = ((first * second) / 12) * (n + 1 - tieSum / (n * (n - 1)));
  if (!(variance > 0)) return { ...shape, statistic, pValue: null, reason: 'all values are equal' };
  const surplus = statistic - (first * second) / 2;
  const directed =
    alternative === 'two-sided' ? Math.abs(surplus) : alternative === 'less' ? -surplus : surplus;
  const tail = normalSf((directed - (continuity ? 0.5 : 0)) / Math.sqrt(variance));
  return { ...shape, statistic, pValue: alternative === 'two-sided' ? Math.min(1, 2 * tail) : tail };
}
