/** Dimensions that must stay equal, such as language: the largest gap between two values, corrected for looking at all pairs. */

import { createRandom, type Estimate, robustContrast } from '../stats/index.ts';
import type { DimensionData } from './dimension-data.ts';

/** How gaps are judged. */
export interface GapOptions {
  /** Gap from which a person should look, at least 0. */
  readonly margin: number;
  /** Joint confidence level of all pairs, in (0, 1). */
  readonly level: number;
  /** Values with fewer cases are not compared, and counted. */
  readonly minCases: number;
  /** Draws of the distribution of the largest difference. */
  readonly draws: number;
  readonly seed: number;
}

export const GAP_DEFAULTS: Omit<GapOptions, 'margin'> = { level: 0.95, minCases: 20, draws: 9_999, seed: 1 };

/** Two values and the mean of the first minus that of the second, with an interval that holds for all pairs at once. */
export interface ValueGap {
  readonly high: string;
  readonly low: string;
  readonly gap: Estimate;
}

/**
 * `review`: some gap is at least the margin and its interval excludes 0. `equal`: every gap is smaller than the margin, upper
 * limits included. `undecided`: neither.
 */
export type GapState = 'review' | 'equal' | 'undecided' | 'fewer than two values with enough cases';

export interface LargestGap {
  readonly id: string;
  readonly state: GapState;
  readonly largest: ValueGap | null;
  /** All pairs that ask for a review, largest first. */
  readonly breaches: readonly ValueGap[];
  readonly values: number;
  readonly pairs: number;
  /** Values with too few cases, with a single cluster, or all without any spread. */
  readonly smallValues: number;
  /** Standard errors that an interval of a pair extends to either side; 1.96 for a single pair. */
  readonly critical: number | null;
}

interface ValueMean {
  readonly label: string;
  readonly cases: number;
  readonly mean: number;
  /** Middle and standard error of the intervals. */
  readonly centre: number;
  readonly se: number;
  readonly df: number;
}

/**
 * The largest gap between the means of the values of a dimension. Intervals are those of Tukey and Kramer with unequal
 * variances: their width is the upper quantile of the largest studentized difference if all values were equal, simulated with a
 * seed. Pass or fail without clusters uses one more success and failure per value (Agresti and Caffo), so that values without
 * a failure have width too.
 *
 * @source Kramer 1956; Games and Howell 1976; Agresti and Caffo 2000, American Statistician 54:280
 * Cost: draws x pairs.
 */
export function largestGap(data: DimensionData, options: GapOptions): LargestGap {
  const { values, smallValues } = meansOf(data, options);
  const pairs = (values.length * (values.length - 1)) / 2;
  const shape = { id: data.id, values: values.length, pairs, smallValues };
  if (values.length < 2) {
    return {
      ...shape,
      state: 'fewer than two values with enough cases',
      largest: null,
      breaches: [],
      critical: null,
    };
  }
  const critical = criticalDifference(values, options);
  const gaps: ValueGap[] = [];
  values.forEach((a, i) => {
    for (const b of values.slice(i + 1)) gaps.push(gapOf(a, b, critical, options.level));
  });
  const size = (gap: ValueGap) => gap.gap.estimate!;
  // The sort is stable: equal gaps keep the order of the values.
  gaps.sort((a, b) => size(b) - size(a));
  const breaches = gaps.filter((gap) => size(gap) >= options.margin && size(gap) > 0 && gap.gap.lower! > 0);
  const within = gaps.every(({ gap }) => gap.upper! < options.margin && gap.lower! > -options.margin);
  const state = breaches.length > 0 ? 'review' : within ? 'equal' : 'undecided';
  return { ...shape, state, largest: gaps[0]!, breaches, critical };
}

function gapOf(a: ValueMean, b: ValueMean, critical: number, level: number): ValueGap {
  const [high, low] = a.mean >= b.mean ? [a, b] : [b, a];
  const half = critical * Math.hypot(a.se, b.se);
  const centre = high.centre - low.centre;
  return {
    ...{ high: high.label, low: low.label },
    gap: {
      ...{ estimate: high.mean - low.mean, lower: centre - half, upper: centre + half },
      ...{ level, method: 'simultaneous-pairs', n: a.cases + b.cases },
    },
  };
}

function meansOf(
  data: DimensionData,
  { minCases }: GapOptions,
): { values: readonly ValueMean[]; smallValues: number } {
  const { groups, counts, clusters } = data;
  const binary = clusters === null && data.values.every((v, i) => groups[i]! < 0 || v === 0 || v === 1);
  const values: ValueMean[] = [];
  /** Units of the values whose spread is measured, by place. */
  const spreads = new Map<number, number>();
  let smallValues = 0;
  data.labels.forEach((label, group) => {
    let [n, sum] = [0, 0];
    groups.forEach((own, i) => {
      if (own !== group) return;
      n += counts[i]!;
      sum += counts[i]! * data.values[i]!;
    });
    if (n === 0) return;
    if (n < minCases) {
      smallValues += 1;
      return;
    }
    if (binary) {
      values.push({ label, cases: n, mean: sum / n, ...plusFour(sum / n, n) });
      return;
    }
    const side = groups.map((own) => (own === group ? 1 : 0));
    const { estimate, se, df, units } = robustContrast({
      values: data.values,
      side,
      counts,
      weights: null,
      clusters,
    });
    if (se === null || df === null) smallValues += 1;
    else if (se === 0 && clusters !== null && (estimate === 0 || estimate === 1)) {
      // Clusters that all pass or all fail count as one case each.
      values.push({ label, cases: n, mean: estimate, ...plusFour(estimate, units[0]) });
    } else {
      spreads.set(values.length, units[0]);
      values.push({ label, cases: n, mean: estimate!, centre: estimate!, se, df });
    }
  });
  const compared = withLeastSpread(values, spreads).filter(({ se }) => se > 0);
  return { values: compared, smallValues: smallValues + values.length - compared.length };
}

/** Few cases that happen to agree are no proof: a value spreads at least as much as all values do on average. */
function withLeastSpread(
  values: readonly ValueMean[],
  unitsOf: ReadonlyMap<number, number>,
): readonly ValueMean[] {
  let [spread, units] = [0, 0];
  for (const [at, own] of unitsOf) {
    spread += own * own * values[at]!.se ** 2;
    units += own;
  }
  return values.map((value, at) => {
    const own = unitsOf.get(at);
    return own === undefined ? value : { ...value, se: Math.max(value.se, Math.sqrt(spread / units / own)) };
  });
}

/** Middle and standard error with one more success and one more failure. */
function plusFour(rate: number, n: number): Pick<ValueMean, 'centre' | 'se' | 'df'> {
  const centre = (rate * n + 1) / (n + 2);
  return { centre, se: Math.sqrt((centre * (1 - centre)) / (n + 2)), df: Number.POSITIVE_INFINITY };
}

/** The quantile at `level` of the largest studentized difference between values that are all equal. */
function criticalDifference(values: readonly ValueMean[], { draws, level, seed }: GapOptions): number {
  const random = createRandom(seed);
  const largest = new Float64Array(draws);
  const drawn = new Float64Array(values.length);
  const inflation = (df: number) => {
    if (df === Number.POSITIVE_INFINITY) return 1;
    // Wilson and Hilferty's chi-square, for the uncertainty of the standard error.
    const root = 1 - 2 / (9 * df) + random.nextNormal() * Math.sqrt(2 / (9 * df));
    return 1 / Math.max(0.05, root) ** 1.5;
  };
  for (let draw = 0; draw < draws; draw++) {
    values.forEach(({ se, df }, i) => {
      drawn[i] = se * random.nextNormal() * inflation(df);
    });
    let most = 0;
    for (let a = 0; a < values.length; a++) {
      for (let b = a + 1; b < values.length; b++) {
        const width = Math.hypot(values[a]!.se, values[b]!.se);
        if (width > 0) most = Math.max(most, Math.abs(drawn[a]! - drawn[b]!) / width);
      }
    }
    largest[draw] = most;
  }
  largest.sort();
  return largest[Math.min(draws - 1, Math.ceil(level * (draws + 1)) - 1)]!;
}
