/** Betting on bounded scores: a martingale against a stated mean, and a confidence sequence for the mean. */

import type { Limits } from './beta-binomial-sequence.ts';

/**
 * Predictable bets of Waudby-Smith and Ramdas: each looks only at the scores before it.
 *
 * @param most largest bet
 */
function predictableBets(scores: readonly number[], alpha: number, most: number): number[] {
  let sum = 0;
  let squares = 0;
  let variance = 1 / 4;
  return scores.map((score, i) => {
    const t = i + 1;
    const wanted = Math.sqrt((2 * Math.log(2 / alpha)) / (variance * t * Math.log1p(t)));
    sum += score;
    squares += (score - (1 / 2 + sum) / (t + 1)) ** 2;
    variance = (1 / 4 + squares) / (t + 1);
    return Math.min(most, wanted);
  });
}

/**
 * Wealth after each score of the hedged bet against "the mean is m": half is bet on more, half on less, and the richer
 * half counts. P(wealth ever reaches 1 / alpha) <= alpha when the mean is m.
 *
 * @param scores each in [0,1], in the order they came
 * @param m stated mean, in (0,1)
 * @param alpha shapes the bets, in (0,1)
 * @throws RangeError when a score or m is out of range
 * @source Waudby-Smith and Ramdas 2024, JRSS B 86:1; confseq betting_mart
 * @example bettingMartingale([1], 0.5, 0.05)[0] // 0.75
 */
export function bettingMartingale(scores: readonly number[], m: number, alpha: number): number[] {
  requireUnit(scores);
  if (!(m > 0 && m < 1)) throw new RangeError(`the mean ${m} must be in (0,1)`);
  let more = 1 / 2;
  let less = 1 / 2;
  return predictableBets(scores, alpha, Number.POSITIVE_INFINITY).map((bet, i) => {
    const gap = scores[i]! - m;
    // Half of the largest bet that cannot lose everything.
    more *= 1 + Math.min(bet, 1 / (2 * m)) * gap;
    less *= 1 - Math.min(bet, 1 / (2 * (1 - m))) * gap;
    return Math.max(more, less);
  });
}

/**
 * Predictable-mixture empirical-Bernstein confidence sequence of the mean, after each score.
 *
 * @param scores each in [0,1], in the order they came
 * @param alpha in (0,1); all intervals hold at once with probability 1 - alpha
 * @throws RangeError when a score is out of range
 * @source Waudby-Smith and Ramdas 2024, theorem 2; confseq predmix_empbern_cs
 * @example empiricalBernsteinSequence([0.5], 0.05)[0] // { lower: 0, upper: 1 }
 */
export function empiricalBernsteinSequence(scores: readonly number[], alpha: number): Limits[] {
  requireUnit(scores);
  let sum = 0;
  let weight = 0;
  let weighted = 0;
  let costBelow = Math.log(2 / alpha);
  let costAbove = costBelow;
  return predictableBets(scores, alpha, 1 / 2).map((bet, i) => {
    const score = scores[i]!;
    // Before the first score each side expects the worst for itself: 0 below, 1 above.
    const below = i === 0 ? 0 : sum / i;
    const above = i === 0 ? 1 : below;
    const price = -Math.log1p(-bet) - bet;
    sum += score;
    weight += bet;
    weighted += bet * score;
    costBelow += (score - below) ** 2 * price;
    costAbove += (score - above) ** 2 * price;
    const centre = weighted / weight;
    return {
      lower: Math.max(0, centre - costBelow / weight),
      upper: Math.min(1, centre + costAbove / weight),
    };
  });
}

function requireUnit(scores: readonly number[]): void {
  const bad = scores.findIndex((score) => !(score >= 0 && score <= 1));
  if (bad >= 0) throw new RangeError(`scores[${bad}] is ${scores[bad]}, must be in [0,1]`);
}
