/** The bars of a reliability diagram: what was promised, and what happened, with its interval. */

import type { Estimate } from '../estimate.ts';
import { wilsonInterval } from '../intervals/index.ts';
import { calibrationBinCount, massBins } from './calibration-error.ts';
import type { ScoreGroups } from './score-groups.ts';

/** One bar. */
export interface ReliabilityBin {
  readonly cases: number;
  /** Mean probability of its cases. */
  readonly meanScore: number;
  /** Share of events with Wilson's interval. */
  readonly share: Estimate;
}

/**
 * Bars with equal numbers of cases (`massBins`), one per 50 cases and at most 15; none below 50 cases.
 *
 * @example reliabilityBins(scoreGroups([0.2, 0.8], [0, 1]), 0.95) // []
 */
export function reliabilityBins(groups: ScoreGroups, level: number): readonly ReliabilityBin[] {
  const count = calibrationBinCount(groups.eventTotal + groups.otherTotal);
  if (count === 0) return [];
  return massBins(groups, count).map(({ cases, meanScore, events }) => ({
    cases,
    meanScore,
    share: wilsonInterval(events, cases, level),
  }));
}
