/** Whether validation gets worse while training gets better, and since which step. */

import type { Estimate } from '../estimate.ts';
import { splitCurve } from './describe-curve.ts';
import { curveNoise, type Points, reduceCurve } from './reduce-curve.ts';
import { theilSen } from './theil-sen.ts';

/** What two curves show together; values are those of the curves (lower is better). */
export interface OverfittingGap {
  /** Step and value of the best validation; values are smoothed where there are many. */
  readonly best: { readonly step: number; readonly value: number };
  /** Validation at its end. */
  readonly end: number;
  /** Points of validation after the best one. */
  readonly after: number;
  /** Slopes per step after the best validation. */
  readonly validation: Estimate;
  readonly training: Estimate;
  /** Validation minus training at the end. */
  readonly gap: number;
  /** Validation's slope lies above 0, training's below 0, and the rise is beyond noise. */
  readonly found: boolean;
}

const BLOCKS = 60;
/** With fewer the interval of a slope cannot exclude 0. */
const LEAST_POINTS = 5;
const BEYOND_NOISE = 4;

/**
 * Compares a validation curve with the training curve of the same metric, lower is better in both.
 *
 * @returns null where fewer than 5 points of either curve follow the best validation
 */
export function overfittingGap(training: Points, validation: Points, level = 0.95): OverfittingGap | null {
  const own = splitCurve(validation).finite;
  const other = splitCurve(training).finite;
  if (own.values.length < LEAST_POINTS || other.values.length < LEAST_POINTS) return null;
  const smooth = reduceCurve(own, BLOCKS);
  const lowest = smooth.values.indexOf(Math.min(...smooth.values));
  const best = { step: smooth.steps[lowest]!, value: smooth.values[lowest]! };
  const after = smooth.values.length - 1 - lowest;
  const from = other.steps.findIndex((step) => step >= best.step);
  if (after < LEAST_POINTS || from < 0 || other.steps.length - from < LEAST_POINTS) return null;
  const later = reduceCurve({ steps: other.steps.slice(from), values: other.values.slice(from) }, BLOCKS);
  const slopes = {
    validation: theilSen(smooth.steps.subarray(lowest + 1), smooth.values.subarray(lowest + 1), level),
    training: theilSen(later.steps, later.values, level),
  };
  const end = smooth.values.at(-1)!;
  const noise = curveNoise(smooth.values) ?? 0;
  return {
    best,
    end,
    after,
    ...slopes,
    gap: end - later.values.at(-1)!,
    found:
      (slopes.validation.lower ?? 0) > 0 &&
      (slopes.training.upper ?? 0) < 0 &&
      end - best.value > BEYOND_NOISE * noise,
  };
}
