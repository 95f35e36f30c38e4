export { type AreaEstimate, areaDifference, areaInterval } from './area.ts';
export { delongAuc, rankedAuc } from './auc.ts';
export { averagePrecision, averagePrecisionArea } from './average-precision.ts';
export { type BrierParts, brierOf, brierOfClasses, brierParts } from './brier.ts';
export {
  binError,
  type CalibrationBin,
  type CalibrationError,
  calibrationError,
  LEAST_CALIBRATION_CASES,
  massBins,
  widthBins,
} from './calibration-error.ts';
export {
  bestThreshold,
  type CostThreshold,
  costAt,
  type ErrorCosts,
  ruleThreshold,
  thresholdLimits,
} from './cost-threshold.ts';
export { type ThresholdPlace, thresholdPlaces } from './curves.ts';
export { type CurveValue, isotonicCurve, isotonicSteps } from './isotonic.ts';
export { isClippedLoss, LOG_LOSS_CLIP, logLossOf } from './log-loss.ts';
export { type ClassAverageRule, type ClassProbabilities, multiClassAuc } from './multi-class-auc.ts';
export { calibrationInTheLarge, LOGIT_CLIP, type Recalibration, recalibration } from './recalibration.ts';
export { type ReliabilityBin, reliabilityBins } from './reliability.ts';
export { type RankedScores, rankedScores, type ScoreGroups, scoreGroups } from './score-groups.ts';
export { trueRank } from './true-rank.ts';
