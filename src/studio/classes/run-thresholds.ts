/** The thresholds of one run, and the costs that both runs reach at each ratio of costs. */

import {
  bestThreshold,
  type ErrorCosts,
  type ScoreGroups,
  type ThresholdPlace,
  thresholdLimits,
  thresholdPlaces,
  wilsonInterval,
} from '../../stats/index.ts';
import type { RatioPoint, RunThresholds } from '../contract/index.ts';

/** Thresholds that are listed beside every hundredth. */
const MOST_POINTS = 99;
const HUNDREDTHS = Array.from({ length: 99 }, (_, at) => (at + 1) / 100);

/** Redrawn samples behind the limits of the cheapest threshold, as in the gate's diagnosis. */
const RESAMPLES = 500;

/** Ratios from 1 : 1,000 to 1,000 : 1, ten to a decade. */
const DECADES = 3;
const PER_DECADE = 10;

/**
 * What each threshold of a run does, and which is cheapest.
 *
 * @param groups with at least one case of each kind
 * @param settings.clustered cases do not stand alone, so that counts give no limits of shares
 */
export function runThresholds(
  groups: ScoreGroups,
  costs: ErrorCosts,
  { clustered, ...settings }: { readonly level: number; readonly seed: number; readonly clustered: boolean },
): RunThresholds {
  const { eventTotal, otherTotal } = groups;
  const limits = (successes: number, n: number) => {
    if (clustered) return null;
    const { lower, upper } = wilsonInterval(successes, n, settings.level);
    return [lower ?? 0, upper ?? 1] as const;
  };
  const best = bestThreshold(groups, costs);
  const around = thresholdLimits(groups, costs, { ...settings, resamples: RESAMPLES });
  return {
    points: placesOf(groups, best.threshold).map(({ threshold, truePositives, falsePositives }) => {
      const called = truePositives + falsePositives;
      return {
        ...{ threshold: finite(threshold), truePositives, falsePositives },
        precision: called === 0 ? null : limits(truePositives, called),
        recall: limits(truePositives, eventTotal),
      };
    }),
    best: {
      threshold: finite(best.threshold),
      costPer1000: (1000 * best.cost) / (eventTotal + otherTotal),
      lower: finite(around.lower),
      upper: finite(around.upper),
    },
  };
}

/**
 * The lowest cost of each run over ratios of miss to false alarm, and the ratios at which the cheaper run changes.
 *
 * @param baseline null without one; then there is nothing to swap
 */
export function costRatios(
  baseline: ScoreGroups | null,
  candidate: ScoreGroups,
): { readonly ratios: readonly RatioPoint[]; readonly swaps: readonly number[] } {
  const hulls = new Map([baseline, candidate].map((groups) => [groups, groups && costHull(groups)]));
  const lowest = (all: ScoreGroups, ratio: number): number => {
    const groups = hulls.get(all)!;
    const costs = { miss: ratio / (1 + ratio), falseAlarm: 1 / (1 + ratio) };
    return (1000 * bestThreshold(groups, costs).cost) / (groups.eventTotal + groups.otherTotal);
  };
  const ratios = Array.from({ length: 2 * DECADES * PER_DECADE + 1 }, (_, step): RatioPoint => {
    const ratio = 10 ** ((step - DECADES * PER_DECADE) / PER_DECADE);
    return {
      ratio,
      baseline: baseline && lowest(baseline, ratio),
      candidate: lowest(candidate, ratio),
    };
  });
  return { ratios, swaps: baseline === null ? [] : swapsOf(ratios, baseline, candidate, lowest) };
}

/** Between two ratios of which each run wins one, the cost lines cross once: halving finds where. */
function swapsOf(
  ratios: readonly RatioPoint[],
  baseline: ScoreGroups,
  candidate: ScoreGroups,
  lowest: (groups: ScoreGroups, ratio: number) => number,
): readonly number[] {
  const swaps: number[] = [];
  let last: RatioPoint | null = null;
  for (const point of ratios) {
    const sign = Math.sign(gapOf(point));
    if (sign === 0) continue;
    if (last !== null && sign !== Math.sign(gapOf(last))) {
      let [low, high] = [Math.log(last.ratio), Math.log(point.ratio)];
      for (let step = 0; step < 24; step++) {
        const middle = (low + high) / 2;
        const ratio = Math.exp(middle);
        const gap = lowest(candidate, ratio) - lowest(baseline, ratio);
        if (Math.sign(gap) === sign) high = middle;
        else low = middle;
      }
      swaps.push(Math.exp((low + high) / 2));
    }
    last = point;
  }
  return swaps;
}

/** Costs that differ by less than rounding are the same. */
function gapOf({ baseline, candidate }: RatioPoint): number {
  const gap = candidate - (baseline ?? candidate);
  return Math.abs(gap) < 1e-9 ? 0 : gap;
}

/**
 * The thresholds that are cheapest at some ratio of costs, with the cases between them taken together: the corners of the upper hull
 * of the ROC curve. A million distinct scores leave some hundred of them.
 */
export function costHull(groups: ScoreGroups): ScoreGroups {
  const corners: ThresholdPlace[] = [];
  let [truePositives, falsePositives] = [0, 0];
  const add = (place: ThresholdPlace): void => {
    while (corners.length > 1 && !isAbove(corners.at(-2)!, corners.at(-1)!, place)) corners.pop();
    corners.push(place);
  };
  add({ threshold: Number.POSITIVE_INFINITY, truePositives, falsePositives });
  for (let g = groups.scores.length - 1; g >= 0; g--) {
    truePositives += groups.events[g]!;
    falsePositives += groups.others[g]!;
    add({ threshold: groups.scores[g]!, truePositives, falsePositives });
  }
  const steps = corners.slice(1).toReversed();
  const before = corners.slice(0, -1).toReversed();
  const { eventTotal, otherTotal } = groups;
  return {
    scores: Float64Array.from(steps, ({ threshold }) => threshold),
    events: Float64Array.from(steps, (step, at) => step.truePositives - before[at]!.truePositives),
    others: Float64Array.from(steps, (step, at) => step.falsePositives - before[at]!.falsePositives),
    ...{ eventTotal, otherTotal },
  };
}

/** Whether the middle place lies above the line between the others; products of counts are exact. */
function isAbove(first: ThresholdPlace, middle: ThresholdPlace, last: ThresholdPlace): boolean {
  return (
    (middle.truePositives - first.truePositives) * (last.falsePositives - middle.falsePositives) >
    (last.truePositives - middle.truePositives) * (middle.falsePositives - first.falsePositives)
  );
}

/** Evenly spaced cases and every hundredth, from nothing down; the cheapest threshold is among them. */
function placesOf(groups: ScoreGroups, best: number): readonly ThresholdPlace[] {
  const places = new Map(thresholdPlaces(groups, MOST_POINTS).map((place) => [place.threshold, place]));
  const asked = [...HUNDREDTHS, best].filter((threshold) => !places.has(threshold)).sort((a, b) => b - a);
  let [g, truePositives, falsePositives] = [groups.scores.length - 1, 0, 0];
  for (const threshold of asked) {
    for (; g >= 0 && groups.scores[g]! >= threshold; g--) {
      truePositives += groups.events[g]!;
      falsePositives += groups.others[g]!;
    }
    places.set(threshold, { threshold, truePositives, falsePositives });
  }
  return [...places.values()].toSorted((a, b) => b.threshold - a.threshold);
}

/** Infinity, which calls nothing positive, has no place in JSON. */
function finite(threshold: number | null): number | null {
  return threshold === null || !Number.isFinite(threshold) ? null : threshold;
}
