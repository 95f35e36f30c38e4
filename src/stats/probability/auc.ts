/** Area under the ROC curve: the chance that an event scores above another case, with DeLong's standard error. */

import { type AreaEstimate, areaEstimate } from './area.ts';
import { countBelow, sortedByEvent } from './score-groups.ts';

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
  const { yes, no } = sortedByEvent(scores, events);
  const [m, k] = [yes.length, no.length];
  if (m === 0 || k === 0) return areaEstimate(null, new Float64Array(scores.length), m, k);
  const placements = new Float64Array(scores.length);
  let total = 0;
  for (let i = 0; i < placements.length; i++) {
    const isEvent = events[i] === 1;
    const against = isEvent ? no : yes;
    const half = (countBelow(against, scores[i]!, false) + countBelow(against, scores[i]!, true)) / 2;
    placements[i] = isEvent ? half / k : 1 - half / m;
    if (isEvent) total += half;
  }
  const auc = total / m / k;
  // Sample variances divide by one less; no variance where a class has one case.
  const ofEvents = m > 1 ? 1 / Math.sqrt(m * (m - 1)) : Number.NaN;
  const ofOthers = k > 1 ? 1 / Math.sqrt(k * (k - 1)) : Number.NaN;
  const influence = placements.map((placed, i) => (placed - auc) * (events[i] === 1 ? ofEvents : ofOthers));
  return areaEstimate(auc, influence, m, k);
}
