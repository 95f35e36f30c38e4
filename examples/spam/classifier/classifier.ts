/** A small honest spam filter: words of the body, TF-IDF, logistic regression. */

import { fitLogistic, predict, type TrainingOptions } from './logistic.ts';
import { fitTfIdf, toVector } from './tf-idf.ts';
import type { WordCounts } from './tokens.ts';

/** A trained filter: the probability that a mail is spam. */
export type Classifier = (mail: WordCounts) => number;

export interface LabelledMail {
  readonly counts: WordCounts;
  readonly isSpam: boolean;
}

export const TRAINING: TrainingOptions = { epochs: 12, stepSize: 0.3, shrinkage: 1e-4, seed: 20_020_822 };

/** Trains on these mails alone: vocabulary, document frequencies and weights see nothing else. */
export function trainClassifier(
  mails: readonly LabelledMail[],
  lexiconSize: number,
  options: TrainingOptions = TRAINING,
): Classifier {
  const tfIdf = fitTfIdf(
    mails.map((mail) => mail.counts),
    lexiconSize,
  );
  const model = fitLogistic(
    mails.map((mail) => toVector(mail.counts, tfIdf)),
    mails.map((mail) => mail.isSpam),
    lexiconSize,
    options,
  );
  return (mail) => predict(model, toVector(mail, tfIdf));
}
