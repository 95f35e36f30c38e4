/** Fits a linear model to some of the encoded rows: features, balance, weights and calibration see these rows alone. */

import type { FeatureBlock } from './features/blocks.ts';
import type { EncodedRows } from './features/encode.ts';
import { type SparseRows, weighRows } from './features/sparse-rows.ts';
import { chooseVocabulary, type Vocabulary } from './features/vocabulary.ts';
import { assignFolds } from './folds.ts';
import { fitCalibration } from './softmax/calibrate.ts';
import { classSizes, classWeights, sampleRows } from './softmax/class-balance.ts';
import { type Calibration, scoreRow } from './softmax/predict.ts';
import { type LinearModel, trainSoftmax } from './softmax/train.ts';
import type { ClassifierOptions } from './types.ts';

/** Rows that were read once, for any number of fits. */
export interface ReadRows {
  readonly encoded: EncodedRows;
  readonly featureCount: number;
  readonly blocks: readonly FeatureBlock[];
  readonly classes: Int32Array;
  readonly classCount: number;
  /** Rows of one group stay in one fold. */
  readonly groups: readonly string[] | null;
}

/** A model of some rows, and all rows as it sees them. */
export interface FittedRows {
  readonly vocabulary: Vocabulary;
  readonly linear: LinearModel;
  readonly calibration: Calibration;
  readonly sparse: SparseRows;
}

/** Folds that scores for a calibration are held out in, where there are as many rows or groups. */
const CALIBRATION_FOLDS = 3;

/** Fits to `rows` (each named once). Cost: passes x features of these rows x classes, four times that with a calibration. */
export function fitRows(read: ReadRows, rows: Int32Array, options: ClassifierOptions): FittedRows {
  const { encoded, featureCount, blocks, classes, classCount } = read;
  const vocabulary = chooseVocabulary(encoded, rows, featureCount, blocks, options);
  const sparse = weighRows(encoded, {
    featureOf: placesOf(vocabulary, featureCount),
    rarity: vocabulary.rarity,
    blocks,
    sublinear: options.sublinear,
  });
  const order = sampleRows(classes, rows, classCount, options.sample, options.seed);
  const linear = trainSoftmax({
    rows: sparse,
    classes,
    classCount,
    features: vocabulary.kept.length,
    order,
    classWeights: classWeights(classSizes(classes, order, classCount), options.classWeight),
    strength: options.strength,
    passes: options.passes,
    seed: options.seed,
  });
  return { vocabulary, linear, sparse, calibration: calibrationOf(read, rows, options) };
}

/** Where each encoded id stands among the kept features, -1 for what was left out. */
function placesOf({ kept }: Vocabulary, featureCount: number): Int32Array {
  const places = new Int32Array(featureCount).fill(-1);
  kept.forEach((id, place) => {
    places[id] = place;
  });
  return places;
}

function calibrationOf(read: ReadRows, rows: Int32Array, options: ClassifierOptions): Calibration {
  const scores: Float64Array[] = [];
  const truths: number[] = [];
  if (options.calibrate !== 'none') {
    const classes = Int32Array.from(rows, (row) => read.classes[row]!);
    const groups = read.groups === null ? null : Array.from(rows, (row) => read.groups![row]!);
    const units = groups === null ? rows.length : new Set(groups).size;
    const folds = Math.min(CALIBRATION_FOLDS, units);
    const fold =
      folds < 2 ? new Int32Array(rows.length) : assignFolds(classes, { folds, groups }, options.seed);
    for (let held = 0; held < folds && folds > 1; held++) {
      const seen = rows.filter((_, i) => fold[i] !== held);
      const fitted = fitRows(read, seen, { ...options, calibrate: 'none' });
      rows.forEach((row, i) => {
        if (fold[i] !== held) return;
        scores.push(scoreRow(fitted.linear, fitted.sparse, row));
        truths.push(read.classes[row]!);
      });
    }
  }
  const held = { scores, classes: Int32Array.from(truths), classCount: read.classCount };
  return fitCalibration(held, options.calibrate);
}
