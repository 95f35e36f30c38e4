/** How far the probabilities of one run are to be believed. */

import {
  binError,
  brierParts,
  calibrationError,
  calibrationInTheLarge,
  isotonicSteps,
  LEAST_CALIBRATION_CASES,
  recalibration,
  reliabilityBins,
  scoreGroups,
  widthBins,
} from '../../stats/index.ts';
import type { Calibration, CompareSettings, RunScores } from './types.ts';

/** Bins of the calibration error that other tools print. */
const PUBLISHED_BINS = 10;

/** Calibration of the probabilities of one run; all its arrays are free of NaN. */
export function calibrationOf(
  { probability, event }: Pick<RunScores, 'probability' | 'event'>,
  clusters: Int32Array | null,
  { level, seed }: CompareSettings,
): Calibration {
  const groups = scoreGroups(probability, event);
  const large = calibrationInTheLarge(probability, event, clusters, level);
  const cases = clusters === null ? null : { scores: probability, events: event, clusters };
  return {
    inTheLarge: large.estimate,
    inTheLargeP: large.pValue,
    ...recalibration(groups, cases, level),
    error: calibrationError(groups, seed),
    publishedError: binError(widthBins(groups, PUBLISHED_BINS)),
    parts: brierParts(groups),
    bins: reliabilityBins(groups, level),
    curve: probability.length < LEAST_CALIBRATION_CASES ? [] : isotonicSteps(groups),
  };
}
