/** The Brier score, and its parts: calibration, discrimination and what cannot be known. */

import { isotonicCurve } from './isotonic.ts';
import type { ScoreGroups } from './score-groups.ts';

/**
 * Brier score of one case with two classes: (p - y)², from 0 to 1, about the positive class alone.
 *
 * @param event 1 where the case is of the positive class, else 0
 * @source Brier 1950, Monthly Weather Review 78:1
 * @example brierOf(0.8, 1) // 0.04 (rounded)
 */
export function brierOf(probability: number, event: number): number {
  return (probability - event) ** 2;
}

/**
 * Brier score of one case with several classes: the sum over the classes of (p - y)², from 0 to 2, as Brier wrote it.
 *
 * @param probabilities one per class
 * @param truth index of the true class; -1 where it is none of them, which had the probability 0
 * @example brierOfClasses([0.5, 0.3, 0.2], 0) // 0.38
 */
export function brierOfClasses(probabilities: ArrayLike<number>, truth: number): number {
  let sum = truth < 0 ? 1 : 0;
  for (let c = 0; c < probabilities.length; c++) sum += (probabilities[c]! - (c === truth ? 1 : 0)) ** 2;
  return sum;
}

/** Brier score = calibration - discrimination + uncertainty, exactly. */
export interface BrierParts {
  /** Mean (p - y)²; null without cases, and so are the others. */
  readonly score: number | null;
  /** What recalibration (isotonic, on the same cases) would save; 0 is perfect. */
  readonly calibration: number | null;
  /** What the recalibrated probabilities save against always saying the share of events; more is better. */
  readonly discrimination: number | null;
  /** Score of always saying the share of events: share × (1 - share). */
  readonly uncertainty: number | null;
}

/**
 * Parts of the Brier score without bins: with the isotonic curve as the recalibrated probabilities.
 * In-sample recalibration fits a little noise, so calibration is above 0 also for perfect probabilities.
 *
 * @source Dimitriadis, Gneiting and Jordan 2021, PNAS 118(8):e2016191118
 * @example brierParts(scoreGroups([0.5, 0.5], [0, 1])) // { score: 0.25, calibration: 0, discrimination: 0, uncertainty: 0.25 }
 */
export function brierParts(groups: ScoreGroups): BrierParts {
  const n = groups.eventTotal + groups.otherTotal;
  if (n === 0) return { score: null, calibration: null, discrimination: null, uncertainty: null };
  const share = groups.eventTotal / n;
  const curve = isotonicCurve(groups);
  let [score, recalibrated] = [0, 0];
  for (let g = 0; g < groups.scores.length; g++) {
    const [yes, no] = [groups.events[g]!, groups.others[g]!];
    const [p, q] = [groups.scores[g]!, curve[g]!];
    score += yes * (1 - p) ** 2 + no * p ** 2;
    recalibrated += yes * (1 - q) ** 2 + no * q ** 2;
  }
  const uncertainty = share * (1 - share);
  return {
    score: score / n,
    calibration: (score - recalibrated) / n,
    discrimination: uncertainty - recalibrated / n,
    uncertainty,
  };
}
