/** Fits what turns scores into honest probabilities, on scores of rows that the model did not see. */

import type { ClassifierOptions } from '../types.ts';
import { type Calibration, NO_CALIBRATION, probabilitiesOf } from './predict.ts';

/** Held-out scores, row by row, with the true class of each. */
export interface HeldOutScores {
  readonly scores: readonly Float64Array[];
  readonly classes: Int32Array;
  readonly classCount: number;
}

/** Scales that a temperature may take, as logarithms. */
const LOG_SCALES = [-5, 5] as const;

/** Steps of the search: the scale is found to one part in a million. */
const STEPS = 40;

/**
 * The temperature (1 / scale) or the line that gives the held-out rows the least log loss.
 *
 * Source: Guo et al., On Calibration of Modern Neural Networks (ICML 2017) for the temperature; Platt (1999) with the smoothed targets
 * and the Newton steps of Lin, Lin and Weng (2007) for the line, which is for two classes only.
 */
export function fitCalibration(held: HeldOutScores, choice: ClassifierOptions['calibrate']): Calibration {
  if (choice === 'none' || held.scores.length === 0 || held.classCount < 2) return NO_CALIBRATION;
  return choice === 'platt' ? plattLine(held) : temperature(held);
}

function temperature({ scores, classes, classCount }: HeldOutScores): Calibration {
  const loss = (log: number): number => {
    const calibration = { scale: Math.exp(log), shift: 0 };
    let sum = 0;
    for (let row = 0; row < scores.length; row++) {
      const p = probabilitiesOf(scores[row]!, classCount, calibration)[classes[row]!]!;
      sum -= Math.log(Math.max(p, Number.MIN_VALUE));
    }
    return sum;
  };
  // Golden section: the loss has one valley in the scale, hence in its logarithm.
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = LOG_SCALES as readonly [number, number];
  let left = high - ratio * (high - low);
  let right = low + ratio * (high - low);
  let lossLeft = loss(left);
  let lossRight = loss(right);
  for (let step = 0; step < STEPS; step++) {
    if (lossLeft <= lossRight) {
      high = right;
      right = left;
      lossRight = lossLeft;
      left = high - ratio * (high - low);
      lossLeft = loss(left);
    } else {
      low = left;
      left = right;
      lossLeft = lossRight;
      right = low + ratio * (high - low);
      lossRight = loss(right);
    }
  }
  return { scale: Math.exp((low + high) / 2), shift: 0 };
}

function plattLine({ scores, classes }: HeldOutScores): Calibration {
  const positives = classes.reduce((sum, code) => sum + code, 0);
  const negatives = classes.length - positives;
  const targets = [1 / (negatives + 2), (positives + 1) / (positives + 2)] as const;
  let scale = 1;
  let shift = Math.log((positives + 1) / (negatives + 1));
  let last = lossOf(scale, shift);
  for (let step = 0; step < 100; step++) {
    let [gScale, gShift, hScale, hBoth, hShift] = [0, 0, 1e-12, 0, 1e-12];
    for (let row = 0; row < scores.length; row++) {
      const score = scores[row]![0]!;
      const p = 1 / (1 + Math.exp(-(scale * score + shift)));
      const error = p - targets[classes[row] as 0 | 1];
      const curve = p * (1 - p);
      gScale += error * score;
      gShift += error;
      hScale += curve * score * score;
      hBoth += curve * score;
      hShift += curve;
    }
    const determinant = hScale * hShift - hBoth * hBoth;
    if (Math.hypot(gScale, gShift) < 1e-9 * scores.length || !(determinant > 0)) break;
    const moveScale = (hShift * gScale - hBoth * gShift) / determinant;
    const moveShift = (hScale * gShift - hBoth * gScale) / determinant;
    let size = 1;
    while (size > 1e-10 && lossOf(scale - size * moveScale, shift - size * moveShift) > last) size /= 2;
    if (size <= 1e-10) break;
    scale -= size * moveScale;
    shift -= size * moveShift;
    last = lossOf(scale, shift);
  }
  return { scale, shift };

  function lossOf(a: number, b: number): number {
    let sum = 0;
    for (let row = 0; row < scores.length; row++) {
      const x = a * scores[row]![0]! + b;
      const target = targets[classes[row] as 0 | 1];
      // log(1 + e^x) - target * x, without overflow
      sum += Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))) - target * x;
    }
    return sum;
  }
}
