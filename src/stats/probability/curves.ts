/** ROC and precision-recall curves: one place per distinct threshold. */

import type { ScoreGroups } from './score-groups.ts';

/** The curve at one threshold: cases with at least that score are called events. */
export interface ThresholdPlace {
  /** Infinity calls nothing an event. */
  readonly threshold: number;
  readonly truePositives: number;
  readonly falsePositives: number;
}

/**
 * Every threshold that makes a difference, from Infinity down to the lowest score. True and false positives only grow, so
 * recall is `truePositives / eventTotal`, the false positive rate `falsePositives / otherTotal` and precision
 * `truePositives / (truePositives + falsePositives)`.
 *
 * @param most places at most (at least 2); with more distinct scores, evenly spaced cases are kept. Default: all
 */
export function thresholdPlaces(
  groups: ScoreGroups,
  most = Number.POSITIVE_INFINITY,
): readonly ThresholdPlace[] {
  const { scores, events, others, eventTotal, otherTotal } = groups;
  const all = scores.length;
  const step = all <= most ? 0 : (eventTotal + otherTotal) / most;
  const places: ThresholdPlace[] = [
    { threshold: Number.POSITIVE_INFINITY, truePositives: 0, falsePositives: 0 },
  ];
  let [truePositives, falsePositives, next] = [0, 0, step];
  for (let g = all - 1; g >= 0; g--) {
    truePositives += events[g]!;
    falsePositives += others[g]!;
    const taken = truePositives + falsePositives;
    if (taken < next && g > 0) continue;
    next = taken + step;
    places.push({ threshold: scores[g]!, truePositives, falsePositives });
  }
  return places;
}
