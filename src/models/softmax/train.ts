/** Multinomial logistic regression on sparse rows: stochastic gradient steps, a step size per feature fixed in advance. */

import { createRandom, type Random } from '../../stats/index.ts';
import type { SparseRows } from '../features/sparse-rows.ts';

/** Weights of a linear model: feature f moves the score of column c by `weights[f * columns + c]`. */
export interface LinearModel {
  /** Scores per row: one for two classes (that of the second against the first), else one per class. */
  readonly columns: number;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

/** What is fitted, and how long. */
export interface TrainingInput {
  readonly rows: SparseRows;
  /** Class of every row of `rows`. */
  readonly classes: Int32Array;
  readonly classCount: number;
  readonly features: number;
  /** The rows to learn from; a row that is named twice counts twice. */
  readonly order: Int32Array;
  /** Weight of each class in the loss. */
  readonly classWeights: Float64Array;
  /** The C of scikit-learn: the loss is the sum over rows plus |w|^2 / (2 C); the bias is free. */
  readonly strength: number;
  readonly passes: number;
  readonly seed: number;
}

/** First step size, in units of 1 / sqrt(sum of squares of the feature); falls to 0 in a straight line. */
const RATE = 3;

/**
 * Fits by `passes` passes over the rows in a seeded order. The pull towards zero is shared out over the rows that hold a feature, so
 * that a step costs what the row holds. The same input gives the same bits.
 */
export function trainSoftmax(input: TrainingInput): LinearModel {
  const columns = scoreColumns(input.classCount);
  const model = {
    columns,
    weights: new Float32Array(input.features * columns),
    bias: new Float32Array(columns),
  };
  const steps = stepSizes(input);
  const turn = input.order.slice();
  const random = createRandom(input.seed);
  const total = input.passes * turn.length;
  const onePass = columns === 1 ? passOfTwo : passOfMany;
  for (let pass = 0; pass < input.passes; pass++) {
    shuffle(turn, random);
    onePass(model, input, steps, { rows: turn, done: pass * turn.length, total });
  }
  return model;
}

/** The rows of one pass in their order; the rate falls with the rows done of all passes. */
interface Turn {
  readonly rows: Int32Array;
  readonly done: number;
  readonly total: number;
}

function passOfMany(
  { columns, weights, bias }: LinearModel,
  { rows, classes, classWeights, strength, order }: TrainingInput,
  { step, pull }: StepSizes,
  turn: Turn,
): void {
  const biasStep = RATE / Math.sqrt(Math.max(1, order.length));
  const scores = new Float64Array(columns);
  let done = turn.done;
  for (const row of turn.rows) {
    const first = rows.offsets[row]!;
    const last = rows.offsets[row + 1]!;
    const rate = 1 - done++ / turn.total;
    scores.set(bias);
    addScores(scores, rows, first, last, weights, columns);
    toGradient(scores, classes[row]!, classWeights[classes[row]!]!);
    for (let at = first; at < last; at++) {
      const feature = rows.features[at]!;
      const size = rate * step[feature]!;
      // Implicit in the pull, so that no step can overshoot zero.
      const keep = 1 / (1 + (size * pull[feature]!) / strength);
      const move = size * rows.values[at]!;
      const base = feature * columns;
      for (let c = 0; c < columns; c++) weights[base + c] = (weights[base + c]! - move * scores[c]!) * keep;
    }
    for (let c = 0; c < columns; c++) bias[c] = bias[c]! - rate * biasStep * scores[c]!;
  }
}

/** The same for one score, without loops over columns. */
function passOfTwo(
  { weights, bias }: LinearModel,
  { rows, classes, classWeights, strength, order }: TrainingInput,
  { step, pull }: StepSizes,
  turn: Turn,
): void {
  const { offsets, features, values } = rows;
  const biasStep = RATE / Math.sqrt(Math.max(1, order.length));
  let done = turn.done;
  for (const row of turn.rows) {
    const first = offsets[row]!;
    const last = offsets[row + 1]!;
    const rate = 1 - done++ / turn.total;
    let score = bias[0]!;
    for (let at = first; at < last; at++) score += values[at]! * weights[features[at]!]!;
    const gradient = classWeights[classes[row]!]! * (1 / (1 + Math.exp(-score)) - classes[row]!);
    for (let at = first; at < last; at++) {
      const feature = features[at]!;
      const size = rate * step[feature]!;
      const keep = 1 / (1 + (size * pull[feature]!) / strength);
      weights[feature] = (weights[feature]! - size * values[at]! * gradient) * keep;
    }
    bias[0] = bias[0]! - rate * biasStep * gradient;
  }
}

/** Two classes need one score: that of the second against the first. */
export function scoreColumns(classCount: number): number {
  return classCount === 2 ? 1 : classCount;
}

/** Adds the scores of the features from `first` up to `last` to `scores`. */
export function addScores(
  scores: Float64Array,
  rows: SparseRows,
  first: number,
  last: number,
  weights: Float32Array,
  columns: number,
): void {
  for (let at = first; at < last; at++) {
    const value = rows.values[at]!;
    const base = rows.features[at]! * columns;
    for (let c = 0; c < columns; c++) scores[c] = scores[c]! + value * weights[base + c]!;
  }
}

/** Turns scores into probabilities, in place. */
export function toProbabilities(scores: Float64Array): void {
  const { length } = scores;
  let largest = -Infinity;
  for (let c = 0; c < length; c++) if (scores[c]! > largest) largest = scores[c]!;
  let sum = 0;
  for (let c = 0; c < length; c++) {
    const value = Math.exp(scores[c]! - largest);
    scores[c] = value;
    sum += value;
  }
  const scale = 1 / sum;
  for (let c = 0; c < length; c++) scores[c] = scores[c]! * scale;
}

/** Turns the scores of several columns into the gradient of the weighted log loss of the true class, in place. */
function toGradient(scores: Float64Array, truth: number, weight: number): void {
  toProbabilities(scores);
  scores[truth] = scores[truth]! - 1;
  if (weight !== 1) for (let c = 0; c < scores.length; c++) scores[c] = scores[c]! * weight;
}

/** Step size per feature, and the share of the pull that each of its rows carries. */
interface StepSizes {
  readonly step: Float32Array;
  readonly pull: Float32Array;
}

/** Per feature: 1 / sqrt(sum of squares), and the share of the pull that each of its rows carries. */
function stepSizes(input: TrainingInput): StepSizes {
  const { rows, classes, classWeights, features, order } = input;
  const squares = new Float64Array(features);
  const holders = new Float64Array(features);
  for (const row of order) {
    const weight = classWeights[classes[row]!]!;
    for (let at = rows.offsets[row]!; at < rows.offsets[row + 1]!; at++) {
      const value = rows.values[at]!;
      squares[rows.features[at]!]! += weight * value * value;
      holders[rows.features[at]!]!++;
    }
  }
  return {
    step: Float32Array.from(squares, (sum) => (sum > 0 ? RATE / Math.sqrt(sum) : 0)),
    pull: Float32Array.from(holders, (count) => (count > 0 ? 1 / count : 0)),
  };
}

function shuffle(values: Int32Array, random: Random): void {
  for (let last = values.length - 1; last > 0; last--) {
    const other = random.nextBelow(last + 1);
    const kept = values[last]!;
    values[last] = values[other]!;
    values[other] = kept;
  }
}
