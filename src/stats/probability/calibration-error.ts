/** Expected calibration error: the mean distance between promised and observed shares, bin by bin. */

import { createRandom, type Random } from '../random/index.ts';
import type { ScoreGroups } from './score-groups.ts';

/** Cases of neighbouring scores. */
export interface CalibrationBin {
  readonly cases: number;
  readonly meanScore: number;
  readonly events: number;
}

/**
 * Bins of equal width over [0, 1]: bin floor(p × count), with p = 1 in the last; empty ones are left out.
 *
 * @throws RangeError where a score is outside [0, 1]
 */
export function widthBins(groups: ScoreGroups, count: number): readonly CalibrationBin[] {
  return binned(groups, (g) => {
    const score = groups.scores[g]!;
    if (score < 0 || score > 1) throw new RangeError(`score ${score} is outside [0, 1]`);
    return Math.min(count - 1, Math.floor(score * count));
  });
}

/**
 * Bins of equal numbers of cases (the first n mod count hold one more), in which equal scores are never parted: a score goes
 * where the middle of its cases falls, so bins may differ in size and some may vanish.
 *
 * @param count bins at most
 */
export function massBins(groups: ScoreGroups, count: number): readonly CalibrationBin[] {
  const n = groups.eventTotal + groups.otherTotal;
  const size = Math.floor(n / count);
  const larger = n % count;
  const inLarger = larger * (size + 1);
  let before = 0;
  return binned(groups, (g) => {
    const cases = groups.events[g]! + groups.others[g]!;
    const middle = before + Math.floor((cases - 1) / 2);
    before += cases;
    return middle < inLarger
      ? Math.floor(middle / (size + 1))
      : larger + Math.floor((middle - inLarger) / size);
  });
}

function binned(groups: ScoreGroups, binOf: (group: number) => number): readonly CalibrationBin[] {
  const bins: CalibrationBin[] = [];
  let [last, cases, scores, events] = [-1, 0, 0, 0];
  const close = (): void => {
    if (cases > 0) bins.push({ cases, meanScore: scores / cases, events });
    [cases, scores, events] = [0, 0, 0];
  };
  for (let g = 0; g < groups.scores.length; g++) {
    const bin = binOf(g);
    if (bin !== last) close();
    last = bin;
    const here = groups.events[g]! + groups.others[g]!;
    cases += here;
    scores += here * groups.scores[g]!;
    events += groups.events[g]!;
  }
  close();
  return bins;
}

/** Mean over cases of |mean score - share of events| of their bin; null without cases. */
export function binError(bins: readonly CalibrationBin[]): number | null {
  const n = bins.reduce((sum, { cases }) => sum + cases, 0);
  if (n === 0) return null;
  return (
    bins.reduce((sum, { cases, meanScore, events }) => sum + Math.abs(cases * meanScore - events), 0) / n
  );
}

/** Cases below which there is no calibration error and no reliability diagram. */
export const LEAST_CALIBRATION_CASES = 50;

/** Bins of n cases: one per 50, at most 15. */
export function calibrationBinCount(n: number): number {
  return Math.min(15, Math.floor(n / LEAST_CALIBRATION_CASES));
}

/** Calibration error with its chance level taken away. */
export interface CalibrationError {
  /** Error with equal-mass bins; always above 0, also for perfect probabilities. Null below 50 cases, and so are the others. */
  readonly raw: number | null;
  /** Mean of the same if every case were an event with exactly its probability. */
  readonly chance: number | null;
  /** Raw minus chance: near 0, and as often below as above, for perfect probabilities. */
  readonly debiased: number | null;
  /** Share of redrawn labels with an error at least as large, (1 + k) / (1 + draws). */
  readonly pValue: number | null;
  readonly bins: number;
  readonly draws: number;
}

/**
 * Debiased expected calibration error. The chance level redraws every label from its own probability; events of a bin are
 * drawn at once, as a normal number with the mean and variance of their sum, where that variance is at least 16, else case by
 * case. Of many cases that are hardly ever events (or hardly ever not), only those that may have changed are visited.
 *
 * @param groups scores in [0, 1]
 * @param draws redrawn sets of labels
 * @source Guo et al. 2017, ICML; Widmann, Lindsten and Zachariah 2019, NeurIPS (test by redrawn labels)
 */
export function calibrationError(groups: ScoreGroups, seed: number, draws = 499): CalibrationError {
  const n = groups.eventTotal + groups.otherTotal;
  const count = calibrationBinCount(n);
  if (count === 0) return { raw: null, chance: null, debiased: null, pValue: null, bins: 0, draws: 0 };
  const bins = massBins(groups, count);
  const raw = binError(bins)!;
  const redraws = redrawn(groups, bins, seed);
  let [sum, atLeast] = [0, 0];
  for (let draw = 0; draw < draws; draw++) {
    const error = redraws(draw) / n;
    sum += error;
    // Equal errors may differ in the last digits.
    if (error >= raw - 1e-12) atLeast++;
  }
  const chance = sum / draws;
  return {
    ...{ raw, chance, debiased: raw - chance },
    ...{ pValue: (1 + atLeast) / (1 + draws), bins: bins.length, draws },
  };
}

/** Variance of the number of events of a bin from which that number is drawn at once, as a normal one. */
const DRAWN_AT_ONCE = 16;

/** Cases of a bin from which on only some are visited; with fewer nothing is gained. */
const VISITED_ONE_BY_ONE = 2_000;

/** Sum over bins of |expected - redrawn events| of one draw. */
function redrawn(
  groups: ScoreGroups,
  bins: readonly CalibrationBin[],
  seed: number,
): (draw: number) => number {
  let g = 0;
  const surplusOf = bins.map(({ cases }) => {
    const probabilities: number[] = [];
    let [filled, variance] = [0, 0];
    for (; filled < cases; g++) {
      const here = groups.events[g]! + groups.others[g]!;
      const p = groups.scores[g]!;
      filled += here;
      variance += here * p * (1 - p);
      if (variance < DRAWN_AT_ONCE) for (let i = 0; i < here; i++) probabilities.push(p);
    }
    if (variance >= DRAWN_AT_ONCE) {
      const deviation = Math.sqrt(variance);
      return (random: Random): number => deviation * random.nextNormal();
    }
    return cases < VISITED_ONE_BY_ONE ? oneByOne(probabilities) : leaping(probabilities);
  });
  return (draw) => {
    const random = createRandom(seed, draw);
    return surplusOf.reduce((sum, drawn) => sum + Math.abs(drawn(random)), 0);
  };
}

/** Events less what is expected, every case drawn by itself. */
function oneByOne(probabilities: readonly number[]): (random: Random) => number {
  return (random) => {
    let surplus = 0;
    for (const p of probabilities) surplus += (random.nextFloat() < p ? 1 : 0) - p;
    return surplus;
  };
}

/**
 * The same, exactly, with leaps: marks fall on cases at the highest rate, a leap from mark to mark is geometric, and a mark stands
 * with the share that the case's own rate has of the highest. Cases that are nearly always events are drawn as their opposite.
 */
function leaping(probabilities: readonly number[]): (random: Random) => number {
  const n = probabilities.length;
  const isRare = probabilities[n >> 1]! < 0.5;
  const rates = Float64Array.from(probabilities, (p) => (isRare ? p : 1 - p));
  const most = rates.reduce((high, rate) => Math.max(high, rate), 0);
  if (most >= 0.5) return oneByOne(probabilities);
  const expected = rates.reduce((sum, rate) => sum + rate, 0);
  const stay = Math.log1p(-most);
  return (random) => {
    if (most === 0) return 0;
    let hits = 0;
    for (let at = -1; ; ) {
      at += 1 + Math.floor(Math.log(1 - random.nextFloat()) / stay);
      // Not a number where even the highest rate vanishes.
      if (!(at < n)) break;
      if (random.nextFloat() * most < rates[at]!) hits++;
    }
    return isRare ? hits - expected : expected - hits;
  };
}
