/** Classes: precision, recall and their kin from counted answers, per slice, class and pair of classes. */

export { type ClassOptions, classFigures } from './class-figures.ts';
export { type ClassFloor, type ClassFloors, classFloors, type FloorRules } from './class-floors.ts';
export { type ComparedCells, comparedCells } from './compared-cells.ts';
export {
  CONFUSION_ALPHA,
  CONFUSION_FACTOR,
  type ConfusionOptions,
  confusionPairs,
} from './confusion-pairs.ts';
export { type CostComparison, costComparison, type ErrorCount, flipRatio } from './cost-comparison.ts';
export { type CostOf, costOf } from './cost-of.ts';
export { type CountedAnswers, countAnswers, type GivenAnswers } from './count-answers.ts';
export {
  ancestor,
  classLevels,
  type Framings,
  type LabelParents,
  type LevelClasses,
  levelsAbove,
  type Merge,
  onSharedOutcome,
  rankMerges,
} from './label-map.ts';
export { type LabelSpace, labelSpace } from './label-space.ts';
export { mapLabels, type Rename, type Renames, sameFor, withAbstentions } from './map-labels.ts';
export {
  comparedAreas,
  compareProbabilities,
  isScored,
  type RankedRun,
  scoredCasesAt,
  scoredPlaces,
  scoresAt,
} from './probabilities/compare-probabilities.ts';
export { comparedMeans } from './probabilities/compared-means.ts';
export type {
  Calibration,
  CompareSettings,
  ProbabilityFigures,
  ProbabilityTask,
  RunScores,
  ScoredCases,
  SliceProbabilities,
} from './probabilities/types.ts';
export { reportResamples } from './report-resamples.ts';
export { type TrainedClass, type TrainingShare, trainingShare } from './training-share.ts';
export type {
  ClassAverage,
  ClassFigures,
  ClassPairing,
  Compared,
  ConfusionPair,
  Confusions,
  SliceClasses,
} from './types.ts';
