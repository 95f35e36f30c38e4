/** Logistic regression on sparse vectors, by stochastic gradient steps of AdaGrad in a seeded order. */

import { randomStream, shuffle } from '../../../test/generators/random.ts';
import type { SparseVector } from './tf-idf.ts';

export interface LogisticModel {
  readonly weights: Float64Array;
  readonly bias: number;
}

export interface TrainingOptions {
  /** Passes over the training mails. */
  readonly epochs: number;
  readonly stepSize: number;
  /** Strength of the pull towards zero of the weights that a mail touches. */
  readonly shrinkage: number;
  readonly seed: number;
}

/** Fits P(spam). The same mails, options and seed give the same weights, bit for bit. */
export function fitLogistic(
  vectors: readonly SparseVector[],
  isSpam: readonly boolean[],
  lexiconSize: number,
  { epochs, stepSize, shrinkage, seed }: TrainingOptions,
): LogisticModel {
  const weights = new Float64Array(lexiconSize);
  const squares = new Float64Array(lexiconSize);
  let bias = 0;
  let biasSquares = 0;
  const random = randomStream(seed);
  const order = Int32Array.from(vectors.keys());
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (const index of order) {
      const vector = vectors[index]!;
      const error = predict({ weights, bias }, vector) - (isSpam[index] ? 1 : 0);
      biasSquares += error * error;
      bias -= (stepSize * error) / Math.sqrt(biasSquares + 1e-12);
      for (let i = 0; i < vector.words.length; i++) {
        const word = vector.words[i]!;
        const gradient = error * vector.weights[i]! + shrinkage * weights[word]!;
        squares[word]! += gradient * gradient;
        weights[word]! -= (stepSize * gradient) / Math.sqrt(squares[word]! + 1e-12);
      }
    }
  }
  return { weights, bias };
}

/** Probability that a mail is spam, in (0, 1). */
export function predict({ weights, bias }: LogisticModel, vector: SparseVector): number {
  let sum = bias;
  for (let i = 0; i < vector.words.length; i++) sum += weights[vector.words[i]!]! * vector.weights[i]!;
  return 1 / (1 + Math.exp(-sum));
}
