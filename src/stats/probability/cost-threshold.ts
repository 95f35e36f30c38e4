/** The threshold with the lowest cost, and how sure that choice is. */

import { createRandom, poisson1FromWord } from '../random/index.ts';
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

/**
 * Limits between which the best threshold falls when the cases are drawn anew (Poisson bootstrap of the counts by score,
 * percentiles).
 *
 * @returns null limits without cases
 */
export function thresholdLimits(
  groups: ScoreGroups,
  costs: ErrorCosts,
  { level, resamples, seed }: { readonly level: number; readonly resamples: number; readonly seed: number },
): { readonly lower: number | null; readonly upper: number | null } {
  if (groups.scores.length === 0) return { lower: null, upper: null };
  const found = Float64Array.from({ length: resamples }, (_, replicate) => {
    const random = createRandom(seed, replicate);
    const draw = (count: number): number => drawCount(count, random);
    return lowest(groups, groups.events.map(draw), groups.others.map(draw), costs).threshold;
  }).sort();
  const at = (q: number): number =>
    found[Math.min(resamples - 1, Math.max(0, Math.round(q * resamples - 0.5)))]!;
  return { lower: at((1 - level) / 2), upper: at((1 + level) / 2) };
}

/** A Poisson number with this mean, a sum of single ones where they are few, else the nearest whole normal number. */
function drawCount(mean: number, random: ReturnType<typeof createRandom>): number {
  if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextNormal()));
  let sum = 0;
  for (let i = 0; i < mean; i++) sum += poisson1FromWord(random.nextUint32());
  return sum;
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
