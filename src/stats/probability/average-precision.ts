/** Average precision: the mean precision at the rank of every event. */

import { type AreaEstimate, areaEstimate } from './area.ts';
import type { RankedScores, ScoreGroups } from './score-groups.ts';

/**
 * Average precision as scikit-learn defines it: the sum over distinct thresholds of precision times the gain in recall, without
 * interpolation. Cost: linear in the groups.
 *
 * @returns null without an event
 * @example averagePrecision(scoreGroups([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1])) // 0.8333333333333333
 */
export function averagePrecision({ events, others, eventTotal }: ScoreGroups): number | null {
  if (eventTotal === 0) return null;
  let [found, taken, sum] = [0, 0, 0];
  for (let g = events.length - 1; g >= 0; g--) {
    found += events[g]!;
    taken += events[g]! + others[g]!;
    sum += (events[g]! * found) / taken;
  }
  return sum / eventTotal;
}

/**
 * Average precision with the influence of every case (infinitesimal jackknife): its derivative by the weight of the case.
 * The precision at an event moves with every case at or above it, so a case moves all events at or below it. Cost: linear.
 *
 * @param ranked the scores, by `rankedScores`
 * @param events 1 where the event happened, 0 where not
 */
export function averagePrecisionArea(
  { groups, groupOf }: RankedScores,
  events: ArrayLike<number>,
): AreaEstimate {
  const { eventTotal: m, otherTotal: k } = groups;
  const value = averagePrecision(groups);
  const n = groupOf.length;
  if (value === null || k === 0) return areaEstimate(k === 0 ? null : value, new Float64Array(n), m, k);
  const { ofEvent, ofOther } = influences(groups, value);
  const influence = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const g = groupOf[i]!;
    influence[i] = events[i] === 1 ? ofEvent[g]! : ofOther[g]!;
  }
  return areaEstimate(value, influence, m, k);
}

/** Influence of one event and of one other case at each distinct score. */
function influences(
  { events, others, eventTotal }: ScoreGroups,
  value: number,
): { readonly ofEvent: Float64Array; readonly ofOther: Float64Array } {
  const size = events.length;
  const found = new Float64Array(size);
  const taken = new Float64Array(size);
  for (let g = size - 1; g >= 0; g--) {
    found[g] = events[g]! + (found[g + 1] ?? 0);
    taken[g] = events[g]! + others[g]! + (taken[g + 1] ?? 0);
  }
  const ofEvent = new Float64Array(size);
  const ofOther = new Float64Array(size);
  // Over the events at or below: how much one more event above, or one more case above, moves their precision.
  let [gain, loss] = [0, 0];
  for (let g = 0; g < size; g++) {
    const precision = found[g]! / taken[g]!;
    gain += events[g]! / taken[g]!;
    loss += (events[g]! * precision) / taken[g]!;
    ofEvent[g] = (precision - value + gain - loss) / eventTotal;
    ofOther[g] = -loss / eventTotal;
  }
  return { ofEvent, ofOther };
}
