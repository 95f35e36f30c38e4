/** Area under the ROC curve: the chance that an event scores above another case, with DeLong's standard error. */

import { type AreaEstimate, areaEstimate } from './area.ts';
import { type RankedScores, rankedScores } from './score-groups.ts';

/**
 * ROC AUC by Mann and Whitney (ties count half) with the influence of every case, whose squares sum to DeLong's variance.
 * Cost: n log n.
 *
 * @param scores finite numbers
 * @param events 1 where the event happened, 0 where not
 * @returns null where one class is absent
 * @example delongAuc([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]).value // 0.75
 * @source DeLong, DeLong and Clarke-Pearson 1988, Biometrics 44:837; agrees with R's pROC
 */
export function delongAuc(scores: ArrayLike<number>, events: ArrayLike<number>): AreaEstimate {
  return rankedAuc(rankedScores(scores, events), events);
}

/** The same of scores that were ranked before. */
export function rankedAuc({ groups, groupOf }: RankedScores, events: ArrayLike<number>): AreaEstimate {
  const { eventTotal: m, otherTotal: k } = groups;
  const n = groupOf.length;
  if (m === 0 || k === 0) return areaEstimate(null, new Float64Array(n), m, k);
  const [ofEvent, ofOther] = [halfBelow(groups.others), halfBelow(groups.events)];
  let total = 0;
  for (let g = 0; g < ofEvent.length; g++) total += groups.events[g]! * ofEvent[g]!;
  const auc = total / m / k;
  // Sample variances divide by one less; no variance where a class has one case.
  const eventWeight = m > 1 ? 1 / Math.sqrt(m * (m - 1)) : Number.NaN;
  const otherWeight = k > 1 ? 1 / Math.sqrt(k * (k - 1)) : Number.NaN;
  const influence = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const g = groupOf[i]!;
    influence[i] =
      events[i] === 1 ? (ofEvent[g]! / k - auc) * eventWeight : (1 - ofOther[g]! / m - auc) * otherWeight;
  }
  return areaEstimate(auc, influence, m, k);
}

/** Cases below each group, and half of those in it. */
function halfBelow(counts: Float64Array): Float64Array {
  const found = new Float64Array(counts.length);
  let below = 0;
  for (let g = 0; g < counts.length; g++) {
    found[g] = below + counts[g]! / 2;
    below += counts[g]!;
  }
  return found;
}
