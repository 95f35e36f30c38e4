/** Scores of a whole classification from its margins: accuracy, balanced accuracy, MCC, kappa, Hamming loss. */

import type { ClassTally } from './tally.ts';

/** A score of all classes together; null where it is 0/0. */
export type OverallScore = (tally: ClassTally) => number | null;

/** Share of cases answered with the true label (for sets: exactly the true set, "subset accuracy"). @example accuracy(tally) // 0.9 */
export const accuracy: OverallScore = ({ n, right }) => (n > 0 ? right / n : null);

/** Mean recall of the classes that occur. @example balancedAccuracy(tally) // 0.8444 */
export const balancedAccuracy: OverallScore = ({ support, hits }) => {
  let sum = 0;
  let present = 0;
  for (let index = 0; index < support.length; index++) {
    if (support[index]! <= 0) continue;
    sum += hits[index]! / support[index]!;
    present++;
  }
  return present > 0 ? sum / present : null;
};

/**
 * Matthews correlation of any number of classes; no answer is an answer of its own. Null where all cases are of one class or
 * have one answer (scikit-learn says 0 there).
 *
 * @source Gorodkin 2004, Computational Biology and Chemistry 28:367
 * @example mcc(tally) // 0.755
 */
export const mcc: OverallScore = (tally) => {
  const { expectedSpread, answeredSpread, surprise } = marginSums(tally);
  // Agreement above chance: right / n - (1 - surprise).
  const spread = expectedSpread * answeredSpread;
  return spread > 0 ? (tally.right / tally.n - 1 + surprise) / Math.sqrt(spread) : null;
};

/**
 * Cohen's kappa of answers with true labels; null where chance alone agrees always.
 *
 * @source Cohen 1960, Educational and Psychological Measurement 20:37
 * @example kappa(tally) // 0.749
 */
export const kappa: OverallScore = (tally) => {
  const { surprise } = marginSums(tally);
  return surprise > 0 ? (tally.right / tally.n - 1 + surprise) / surprise : null;
};

/** Share of wrong decisions among cases x classes, for sets of labels. @example hammingLoss(tally) // 0.05 */
export const hammingLoss: OverallScore = ({ n, support, predicted, hits }) => {
  let wrong = 0;
  for (let index = 0; index < support.length; index++) {
    wrong += support[index]! + predicted[index]! - 2 * hits[index]!;
  }
  return n > 0 && support.length > 0 ? wrong / (n * support.length) : null;
};

/**
 * One minus the sums over classes of squared shares of true labels, of answers, and of their products, each as a sum of
 * terms that are 0 exactly where a share is 1.
 */
function marginSums({ n, unanswered, support, predicted }: ClassTally): {
  readonly expectedSpread: number;
  readonly answeredSpread: number;
  /** Chance that a random true label and a random answer differ. */
  readonly surprise: number;
} {
  let expectedSpread = 0;
  let surprise = 0;
  const silent = unanswered / n;
  let answeredSpread = silent * (1 - silent);
  for (let index = 0; index < support.length; index++) {
    const truth = support[index]! / n;
    const answer = predicted[index]! / n;
    expectedSpread += truth * (1 - truth);
    answeredSpread += answer * (1 - answer);
    surprise += truth * (1 - answer);
  }
  return { expectedSpread, answeredSpread, surprise };
}
