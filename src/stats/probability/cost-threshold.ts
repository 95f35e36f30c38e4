/** The threshold with the lowest cost, and how sure that choice is. */

import { createRandom, type Random } from '../random/index.ts';
import type { ScoreGroups } from './score-groups.ts';

/** What an error costs, in any unit; at least one is above 0. */
export interface ErrorCosts {
  readonly falseAlarm: number;
  readonly miss: number;
}

/** A threshold and what it costs on the cases. */
export interface CostThreshold {
  /** Cases with at least that score are called events; Infinity calls nothing an event. */
  readonly threshold: number;
  /** Sum over the cases. */
  readonly cost: number;
}

/**
 * The threshold, among the distinct scores and Infinity, that costs least; of several the lowest.
 *
 * @example bestThreshold(scoreGroups([0.1, 0.4, 0.35, 0.38], [0, 0, 0, 1]), { falseAlarm: 1, miss: 5 }) // { cost: 1, threshold: 0.38 }
 */
export function bestThreshold(groups: ScoreGroups, costs: ErrorCosts): CostThreshold {
  return lowest(groups, groups.events, groups.others, costs);
}

/** Cost of calling every case with at least that score an event. */
export function costAt(
  { scores, events, others }: ScoreGroups,
  threshold: number,
  costs: ErrorCosts,
): number {
  let cost = 0;
  for (let g = 0; g < scores.length; g++) {
    cost += scores[g]! >= threshold ? others[g]! * costs.falseAlarm : events[g]! * costs.miss;
  }
  return cost;
}

/**
 * The threshold that costs least if the probabilities are calibrated: false alarm / (false alarm + miss).
 *
 * @source Elkan 2001, IJCAI, theorem 1
 * @example ruleThreshold({ falseAlarm: 1, miss: 4 }) // 0.2
 */
export function ruleThreshold({ falseAlarm, miss }: ErrorCosts): number {
  return falseAlarm / (falseAlarm + miss);
}

/** Distinct thresholds that a redrawn sample chooses from; with more, neighbours are taken together. */
const MOST_THRESHOLDS = 1_000;

/**
 * Limits between which the best threshold falls when the cases are drawn anew (Poisson bootstrap of the counts by score,
 * percentiles). Beyond 1,000 distinct scores, a thousandth of the cases moves together.
 *
 * @returns null limits without cases
 */
export function thresholdLimits(
  groups: ScoreGroups,
  costs: ErrorCosts,
  { level, resamples, seed }: { readonly level: number; readonly resamples: number; readonly seed: number },
): { readonly lower: number | null; readonly upper: number | null } {
  if (groups.scores.length === 0) return { lower: null, upper: null };
  const coarse = coarsened(groups);
  const found = Float64Array.from({ length: resamples }, (_, replicate) => {
    const random = createRandom(seed, replicate);
    const draw = (count: number): number => poissonDraw(count, random);
    return lowest(coarse, coarse.events.map(draw), coarse.others.map(draw), costs).threshold;
  }).sort();
  const at = (q: number): number =>
    found[Math.min(resamples - 1, Math.max(0, Math.round(q * resamples - 0.5)))]!;
  return { lower: at((1 - level) / 2), upper: at((1 + level) / 2) };
}

/** Neighbouring scores under the lowest of them. */
function coarsened(groups: ScoreGroups): ScoreGroups {
  const least = (groups.eventTotal + groups.otherTotal) / MOST_THRESHOLDS;
  if (groups.scores.length <= MOST_THRESHOLDS) return groups;
  const [scores, events, others]: [number[], number[], number[]] = [[], [], []];
  let filled = Number.POSITIVE_INFINITY;
  for (let g = 0; g < groups.scores.length; g++) {
    if (filled >= least) {
      scores.push(groups.scores[g]!);
      events.push(0);
      others.push(0);
      filled = 0;
    }
    const last = scores.length - 1;
    events[last]! += groups.events[g]!;
    others[last]! += groups.others[g]!;
    filled += groups.events[g]! + groups.others[g]!;
  }
  return {
    ...groups,
    scores: Float64Array.from(scores),
    events: Float64Array.from(events),
    others: Float64Array.from(others),
  };
}

/** A Poisson number with this mean by inversion; above 50 the nearest whole normal number. */
function poissonDraw(mean: number, random: Random): number {
  if (mean === 0) return 0;
  if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextNormal()));
  const uniform = random.nextFloat();
  let term = Math.exp(-mean);
  let [count, sum] = [0, term];
  while (uniform >= sum && count < 200) {
    count++;
    term *= mean / count;
    sum += term;
  }
  return count;
}

function lowest(
  { scores }: ScoreGroups,
  events: Float64Array,
  others: Float64Array,
  { falseAlarm, miss }: ErrorCosts,
): CostThreshold {
  let [alarms, missed] = [0, events.reduce((sum, count) => sum + count, 0)];
  let best: CostThreshold = { threshold: Number.POSITIVE_INFINITY, cost: missed * miss };
  for (let g = scores.length - 1; g >= 0; g--) {
    alarms += others[g]!;
    missed -= events[g]!;
    const cost = alarms * falseAlarm + missed * miss;
    if (cost <= best.cost) best = { threshold: scores[g]!, cost };
  }
  return best;
}
