/** Two sets of answers to the same rows, counted by which of them is right. */

import { type Estimate, type PairedCounts, tangoInterval, wilsonInterval } from '../stats/index.ts';

/**
 * Share of right answers with Wilson's interval.
 *
 * @param isRight one per row; null where a row has no answer, which is left out
 */
export function accuracyOf(isRight: readonly (boolean | null)[], level: number): Estimate {
  const answered = isRight.filter((one) => one !== null);
  return wilsonInterval(answered.filter(Boolean).length, answered.length, level);
}

/** Accuracy of `model` minus that of `other` over the rows that both answer, paired. */
export function pairedLift(
  model: readonly (boolean | null)[],
  other: readonly (boolean | null)[],
  level: number,
): Estimate {
  const counts = { both: 0, candidateOnly: 0, baselineOnly: 0, neither: 0 } satisfies PairedCounts;
  model.forEach((right, row) => {
    const otherRight = other[row] ?? null;
    if (right === null || otherRight === null) return;
    if (right) counts[otherRight ? 'both' : 'candidateOnly']++;
    else counts[otherRight ? 'baselineOnly' : 'neither']++;
  });
  return tangoInterval(counts, level);
}
