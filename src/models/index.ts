/** Models that cost nothing: trivial answers and a text classifier, to compare a system with. */
export { crossFit } from './cross-fit.ts';
export { type SeparatingFeature, separatingFeatures, topFeatures } from './explain.ts';
export { assignFolds } from './folds.ts';
export { foldSplits, heldOutPredictions, type SimpleModel, type TrainTest } from './held-out.ts';
export { loadTextClassifier, saveTextClassifier } from './model-file.ts';
export { CLASSIFIER_DEFAULTS, MAX_CLASSES } from './options.ts';
export { accuracyOf, pairedLift } from './pair-answers.ts';
export type { ModelRows } from './read-rows.ts';
export { type ClassifierData, fitTextClassifier, type TextClassifier } from './text-classifier.ts';
export { type ClassCount, drawnHits, mostFrequent } from './trivial/label-guess.ts';
export {
  type ClassTally,
  type LiftRules,
  liftFailure,
  TOO_CLOSE,
  type TrivialLift,
  type TrivialScore,
  trivialLift,
} from './trivial/lift.ts';
export type {
  ClassifierOptions,
  CrossFitted,
  FeatureColumn,
  FoldOptions,
  GivenClassifierOptions,
  Prediction,
  WeighedFeature,
} from './types.ts';
