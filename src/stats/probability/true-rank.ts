/** Where the true class stands among the probabilities of a case. */

/**
 * Rank of the true class, from 1. Classes with the same probability as the true one stand before it, so that an answer without any
 * preference earns nothing; the case is a hit of top-k accuracy where the rank is at most k.
 *
 * @param probabilities one per class
 * @param truth index of the true class
 * @example trueRank([0.2, 0.5, 0.3], 2) // 2
 */
export function trueRank(probabilities: ArrayLike<number>, truth: number): number {
  let rank = 0;
  for (let c = 0; c < probabilities.length; c++) if (probabilities[c]! >= probabilities[truth]!) rank++;
  return rank;
}
