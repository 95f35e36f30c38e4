/** What a loss curve shows: whether it diverged, still falls at its end, stands still, or has spikes. */

import type { Estimate } from '../estimate.ts';
import { quantile } from '../quantiles/index.ts';
import { curveNoise, type Points, reduceCurve } from './reduce-curve.ts';
import { theilSen } from './theil-sen.ts';

/** A curve in words that can be decided; values are those of the curve (lower is better). */
export interface CurveFacts {
  readonly points: number;
  /** First step whose value is NaN or infinite, and how many are; null where all are numbers. */
  readonly notFinite: { readonly step: number; readonly count: number } | null;
  /** Levels: medians of the first and the last tenth. Null where no value is finite. */
  readonly start: number | null;
  readonly end: number | null;
  /** Lowest value of the smoothed curve. */
  readonly best: { readonly step: number; readonly value: number } | null;
  /** Noise of a single point; null below 5 points. */
  readonly noise: number | null;
  /** Rise from the best level to the end, where it is beyond noise. */
  readonly rise: { readonly by: number; readonly since: number; readonly slope: Estimate } | null;
  /** The rise takes back at least half of what was gained, or ends above the start. */
  readonly diverged: boolean;
  /** Slope per step over the last quarter of the steps, at least 8 points; null below 12 points in all. */
  readonly lateSlope: Estimate | null;
  /** The late slope's interval lies below 0, and that part brought at least 2 % of the whole fall. */
  readonly stillFalling: boolean;
  /** From this step on, for at least a tenth of the steps, less than 2 % of the whole fall was left; null where the curve still falls or never fell. */
  readonly plateauSince: number | null;
  /** Steps at which a single point stands far above its neighbours. */
  readonly spikes: readonly number[];
}

const BLOCKS = 60;
const LATE_POINTS = 8;
const LEAST_POINTS = 12;
/** A fall or a rest below this share of the whole fall is none. */
const SMALL_SHARE = 0.02;
/** A plateau is at least this share of the steps. */
const LEAST_PLATEAU = 0.1;
/** In standard deviations of a block's median: the lowest of 60 blocks lies about 2.3 below by chance, and 3.7 are proof. */
const BEYOND_NOISE = 6;
const SPIKE = 8;
const SPIKE_SIDE = 4;
/** Median size of a standard normal number. */
const HALF_NORMAL = 0.674489750196;
/** The median of n points is as noisy as the mean of n / 1.57 points. */
const MEDIAN_NOISE = 1.2533;

/**
 * Describes a curve of which lower values are better; hand in the negative of a metric of which higher ones are.
 *
 * @param level of the slopes' intervals
 */
export function describeCurve({ steps, values }: Points, level = 0.95): CurveFacts {
  const { finite, notFinite } = splitCurve({ steps, values });
  const n = finite.steps.length;
  const noise = curveNoise(finite.values);
  const spikes = findSpikes(finite);
  if (n === 0) {
    const nothing = { start: null, end: null, best: null, noise, rise: null, lateSlope: null };
    return {
      points: 0,
      notFinite,
      ...nothing,
      diverged: true,
      stillFalling: false,
      plateauSince: null,
      spikes,
    };
  }
  const smooth = reduceCurve(finite, BLOCKS);
  const blockNoise =
    noise === null
      ? null
      : smooth.perBlock === 1
        ? noise
        : (MEDIAN_NOISE * noise) / Math.sqrt(smooth.perBlock);
  const tenth = Math.max(1, Math.floor(n / 10));
  const start = quantile(finite.values.slice(0, tenth), 0.5)!;
  const end = quantile(finite.values.slice(-tenth), 0.5)!;
  const lowest = smooth.values.indexOf(Math.min(...smooth.values));
  const best = { step: smooth.steps[lowest]!, value: smooth.values[lowest]! };
  const rise = riseAfter(smooth, lowest, end, blockNoise, level);
  const late = lateSlope(finite, level);
  const fall = start - end;
  const isMuch = late.slope !== null && -late.slope.estimate! * late.span >= SMALL_SHARE * Math.abs(fall);
  const stillFalling = late.slope !== null && (late.slope.upper ?? 0) < 0 && isMuch && rise === null;
  return {
    points: n,
    notFinite,
    start,
    end,
    best,
    noise,
    rise,
    diverged: notFinite !== null || (rise !== null && (end > start || rise.by >= (start - best.value) / 2)),
    lateSlope: late.slope,
    stillFalling,
    plateauSince:
      late.slope === null ||
      late.slope.lower! > 0 ||
      stillFalling ||
      rise !== null ||
      fall <= BEYOND_NOISE * (blockNoise ?? 0)
        ? null
        : plateauStart(smooth, end, fall),
    spikes,
  };
}

/** The points that are numbers, and what is said of the others. */
export function splitCurve({ steps, values }: Points): {
  readonly finite: { readonly steps: readonly number[]; readonly values: readonly number[] };
  readonly notFinite: CurveFacts['notFinite'];
} {
  const kept: number[] = [];
  const left: number[] = [];
  for (let i = 0; i < steps.length; i += 1) (Number.isFinite(values[i]) ? kept : left).push(i);
  const [first] = left;
  return {
    finite: { steps: kept.map((i) => steps[i]!), values: kept.map((i) => values[i]!) },
    notFinite: first === undefined ? null : { step: steps[first]!, count: left.length },
  };
}

function riseAfter(
  { steps, values }: { readonly steps: Float64Array; readonly values: Float64Array },
  lowest: number,
  end: number,
  blockNoise: number | null,
  level: number,
): CurveFacts['rise'] {
  const by = end - values[lowest]!;
  if (blockNoise === null || by <= BEYOND_NOISE * blockNoise) return null;
  // The lowest block was chosen for being low: a slope that began with it would rise by that choice alone.
  const slope = theilSen(steps.subarray(lowest + 1), values.subarray(lowest + 1), level);
  return slope.lower !== null && slope.lower > 0 ? { by, since: steps[lowest]!, slope } : null;
}

function lateSlope(
  { steps, values }: { readonly steps: readonly number[]; readonly values: readonly number[] },
  level: number,
): { readonly slope: Estimate | null; readonly span: number } {
  const [first = 0] = steps;
  const last = steps.at(-1) ?? 0;
  if (steps.length < LEAST_POINTS) return { slope: null, span: 0 };
  const quarter = steps.findIndex((step) => step >= last - (last - first) / 4);
  const from = Math.min(quarter, steps.length - LATE_POINTS);
  const late = reduceCurve({ steps: steps.slice(from), values: values.slice(from) }, BLOCKS);
  return { slope: theilSen(late.steps, late.values, level), span: last - steps[from]! };
}

function plateauStart(
  { steps, values }: { readonly steps: Float64Array; readonly values: Float64Array },
  end: number,
  fall: number,
): number | null {
  let at = values.length - 1;
  while (at > 0 && values[at - 1]! - end < SMALL_SHARE * fall) at -= 1;
  const whole = steps.at(-1)! - steps[0]!;
  return steps.at(-1)! - steps[at]! >= LEAST_PLATEAU * whole ? steps[at]! : null;
}

/** Points far above the medians of the points before and after them: a step up or down is no spike, since it stays. */
function findSpikes({ steps, values }: Points): readonly number[] {
  const n = values.length;
  if (n < 2 * SPIKE_SIDE + 1) return [];
  const all = Float64Array.from(values);
  const side = (from: number, to: number): number =>
    quantile(all.slice(Math.max(0, from), Math.min(n, to)), 0.5)!;
  const above: number[] = [];
  const apart: number[] = [];
  for (let i = 2; i < n - 2; i += 1) {
    const before = side(i - SPIKE_SIDE, i);
    const after = side(i + 1, i + 1 + SPIKE_SIDE);
    above.push(all[i]! - Math.max(before, after));
    apart.push(Math.abs(all[i]! - (before + after) / 2));
  }
  const scale = quantile(apart, 0.5)! / HALF_NORMAL;
  const least = Math.max(SPIKE * scale, 1e-9 * Math.abs(quantile(all, 0.5)!));
  return above.flatMap((height, i) => (height > least ? [steps[i + 2]!] : []));
}
