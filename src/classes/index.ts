/** Classes: precision, recall and their kin from counted answers, per slice, class and pair of classes. */
export type {
  ClassAverage,
  ClassFigures,
  ClassPairing,
  Compared,
  ConfusionPair,
  Confusions,
  SliceClasses,
} from './types.ts';
