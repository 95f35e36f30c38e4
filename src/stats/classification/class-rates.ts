/** The rates of one class: precision, recall, specificity, F and Jaccard, null where they are 0/0. */

import type { ClassTally } from './tally.ts';

/** A rate of class `index`; null where it is 0/0. */
export type ClassRate = (tally: ClassTally, index: number) => number | null;

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

/** Of the cases answered with the class, the share that truly are of it. @example precision(tally, 0) // 0.8 */
export const precision: ClassRate = ({ hits, predicted }, index) => ratio(hits[index]!, predicted[index]!);

/** Of the cases of the class, the share that were answered with it. @example recall(tally, 0) // 0.9 */
export const recall: ClassRate = ({ hits, support }, index) => ratio(hits[index]!, support[index]!);

/** Of the cases of other classes, the share that were not answered with it. @example specificity(tally, 0) // 0.97 */
export const specificity: ClassRate = ({ n, support, predicted, hits }, index) => {
  const others = n - support[index]!;
  return ratio(others - (predicted[index]! - hits[index]!), others);
};

/** Hits over all cases that are, or were said to be, of the class. @example jaccard(tally, 0) // 0.73 */
export const jaccard: ClassRate = ({ support, predicted, hits }, index) =>
  ratio(hits[index]!, support[index]! + predicted[index]! - hits[index]!);

/**
 * F-beta from the counts, so that it is 0/0 only where the class neither occurs nor is answered; a class that is never
 * answered has precision 0/0 and F 0.
 *
 * @param beta weight of recall against precision, above 0; 1 is F1
 * @throws RangeError where beta is not above 0
 * @source van Rijsbergen 1979, Information Retrieval, chapter 7
 * @example fScore(1)(tally, 0) // 0.8470588235294118
 */
export function fScore(beta: number): ClassRate {
  if (!(beta > 0 && Number.isFinite(beta))) throw new RangeError(`beta is ${beta}, must be above 0`);
  const square = beta * beta;
  return ({ support, predicted, hits }, index) =>
    ratio((1 + square) * hits[index]!, square * support[index]! + predicted[index]!);
}
