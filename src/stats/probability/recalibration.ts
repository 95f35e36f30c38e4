/** Calibration in the large, and the logistic recalibration whose slope says over- or underconfident. */

import type { Estimate } from '../estimate.ts';
import { normalQuantile, studentTQuantile, studentTSf } from '../special/index.ts';
import type { ScoreGroups } from './score-groups.ts';

/**
 * Mean probability minus share of events, with a t interval and two-sided p. Its variance is that of the differences, or what
 * calibrated probabilities would give (the sum of p(1 - p)) where that is larger: a slice without a single event shows no
 * spread of its own, which proves little.
 *
 * @param scores probabilities in [0, 1]
 * @param events 1 where the event happened, 0 where not
 * @param clusters cluster of each case; null where cases stand alone
 * @source Spiegelhalter 1986, Statistics in Medicine 5:421 (variance under calibration)
 * @example calibrationInTheLarge([0.9, 0.9, 0.9], [1, 0, 1], null, 0.95).estimate.estimate // 0.2333333333
 */
export function calibrationInTheLarge(
  scores: ArrayLike<number>,
  events: ArrayLike<number>,
  clusters: ArrayLike<number> | null,
  level: number,
): { readonly estimate: Estimate; readonly pValue: number | null } {
  const n = scores.length;
  const base = { level, method: 't of probability minus event', n };
  if (n === 0) {
    const estimate = {
      ...base,
      estimate: null,
      lower: null,
      upper: null,
      reason: 'undefined: there are no cases',
    };
    return { estimate, pValue: null };
  }
  let [sum, expected] = [0, 0];
  for (let i = 0; i < n; i++) {
    sum += scores[i]! - events[i]!;
    expected += scores[i]! * (1 - scores[i]!);
  }
  const mean = sum / n;
  const { variance, units } = sumVariance(n, (i) => scores[i]! - events[i]! - mean, clusters);
  const se = Math.sqrt(Math.max(variance ?? 0, expected)) / n;
  if (units < 2 || se === 0) {
    const reason = units < 2 ? `degenerate: 1 ${clusters === null ? 'case' : 'cluster'}` : 'no value varies';
    return { estimate: { ...base, estimate: mean, lower: null, upper: null, reason }, pValue: null };
  }
  const half = studentTQuantile((1 + level) / 2, units - 1) * se;
  return {
    estimate: { ...base, estimate: mean, lower: mean - half, upper: mean + half },
    pValue: Math.min(1, 2 * studentTSf(Math.abs(mean) / se, units - 1)),
  };
}

/** Variance of a sum of residuals, by cluster where there are any, and the number of independent units. */
function sumVariance(
  n: number,
  residual: (i: number) => number,
  clusters: ArrayLike<number> | null,
): { readonly variance: number | null; readonly units: number } {
  const sums = new Map<number, number>();
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const one = residual(i);
    if (clusters === null) squares += one * one;
    else sums.set(clusters[i]!, (sums.get(clusters[i]!) ?? 0) + one);
  }
  for (const one of sums.values()) squares += one * one;
  const units = clusters === null ? n : sums.size;
  return { variance: units < 2 ? null : (squares * units) / (units - 1), units };
}

/** Probabilities nearer to 0 or 1 than this count as this in the logistic recalibration, whose logits would be infinite. */
export const LOGIT_CLIP = 1e-6;

/** The logistic recalibration logit(share of events) = intercept + slope × logit(probability). */
export interface Recalibration {
  /** 1 is calibrated; below 1 the probabilities are too extreme (overconfident), above 1 too timid. */
  readonly slope: Estimate;
  readonly intercept: Estimate;
}

/**
 * Maximum likelihood fit by Newton's method with Wald intervals (over clusters: sandwich). Undefined where one class is absent, all
 * probabilities are equal, or a threshold separates the classes: the slope that fits best is then infinite.
 *
 * @param groups probabilities in [0, 1]
 * @param cases the same cases one by one with their clusters; null where cases stand alone
 * @source Cox 1958, Biometrika 45:562
 */
export function recalibration(
  groups: ScoreGroups,
  cases: {
    readonly scores: ArrayLike<number>;
    readonly events: ArrayLike<number>;
    readonly clusters: ArrayLike<number>;
  } | null,
  level: number,
): Recalibration {
  const n = groups.eventTotal + groups.otherTotal;
  const base = { level, method: cases === null ? 'logistic, wald' : 'logistic, sandwich', n };
  const undefinedFor = (reason: string): Recalibration => {
    const none = { ...base, estimate: null, lower: null, upper: null, reason: `undefined: ${reason}` };
    return { slope: none, intercept: none };
  };
  const reason = unfit(groups);
  if (reason !== null) return undefinedFor(reason);
  const fit = newton(groups);
  if (fit === null) return undefinedFor('the fit does not converge');
  const { a, b, inverse } = fit;
  const covariance = cases === null ? inverse : sandwich(cases, fit);
  if (covariance === null) return undefinedFor('fewer than two clusters');
  const estimate = (value: number, variance: number): Estimate => {
    const half = normalQuantile((1 + level) / 2) * Math.sqrt(variance);
    return { ...base, estimate: value, lower: value - half, upper: value + half };
  };
  return { slope: estimate(b, covariance[2]), intercept: estimate(a, covariance[0]) };
}

function unfit({ scores, events, others, eventTotal, otherTotal }: ScoreGroups): string | null {
  if (eventTotal === 0 || otherTotal === 0) return 'only one class';
  const logits = scores.map(logitOf);
  if (logits[0] === logits.at(-1)) return 'all probabilities are equal';
  const range = (counts: Float64Array): readonly [number, number] => [
    logits[counts.findIndex((count) => count > 0)]!,
    logits[counts.findLastIndex((count) => count > 0)]!,
  ];
  const [yes, no] = [range(events), range(others)];
  return yes[0] >= no[1] || no[0] >= yes[1] ? 'a threshold separates the classes' : null;
}

/** Upper triangle of a symmetric 2 × 2 matrix: aa, ab, bb. */
type Symmetric = readonly [number, number, number];

interface LogisticFit {
  readonly a: number;
  readonly b: number;
  /** Inverse of the information. */
  readonly inverse: Symmetric;
}

function newton(groups: ScoreGroups): LogisticFit | null {
  const logits = groups.scores.map(logitOf);
  let [a, b] = [0, 1];
  let likelihood = logLikelihood(groups, logits, a, b);
  for (let round = 0; round < 100; round++) {
    let [ga, gb, aa, ab, bb] = [0, 0, 0, 0, 0];
    for (let g = 0; g < logits.length; g++) {
      const x = logits[g]!;
      const cases = groups.events[g]! + groups.others[g]!;
      const fitted = 1 / (1 + Math.exp(-(a + b * x)));
      const residual = groups.events[g]! - cases * fitted;
      const weight = cases * fitted * (1 - fitted);
      ga += residual;
      gb += residual * x;
      aa += weight;
      ab += weight * x;
      bb += weight * x * x;
    }
    const determinant = aa * bb - ab * ab;
    if (!(determinant > 0)) return null;
    const inverse: Symmetric = [bb / determinant, -ab / determinant, aa / determinant];
    const step = [inverse[0] * ga + inverse[1] * gb, inverse[1] * ga + inverse[2] * gb] as const;
    if (Math.abs(step[0]) + Math.abs(step[1]) < 1e-10) return { a, b, inverse };
    // Halving the step keeps Newton from overshooting where the curve is flat.
    let size = 1;
    let next = logLikelihood(groups, logits, a + step[0], b + step[1]);
    while (!(next >= likelihood - 1e-9 * Math.abs(likelihood)) && size > 1e-6) {
      size /= 2;
      next = logLikelihood(groups, logits, a + size * step[0], b + size * step[1]);
    }
    a += size * step[0];
    b += size * step[1];
    likelihood = next;
  }
  return null;
}

function logLikelihood(groups: ScoreGroups, logits: Float64Array, a: number, b: number): number {
  let sum = 0;
  for (let g = 0; g < logits.length; g++) {
    const eta = a + b * logits[g]!;
    sum -= groups.events[g]! * softPlus(-eta) + groups.others[g]! * softPlus(eta);
  }
  return sum;
}

function softPlus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

function sandwich(
  cases: {
    readonly scores: ArrayLike<number>;
    readonly events: ArrayLike<number>;
    readonly clusters: ArrayLike<number>;
  },
  { a, b, inverse }: LogisticFit,
): Symmetric | null {
  const sums = new Map<number, [number, number]>();
  for (let i = 0; i < cases.scores.length; i++) {
    const x = logitOf(cases.scores[i]!);
    const residual = cases.events[i]! - 1 / (1 + Math.exp(-(a + b * x)));
    const sum = sums.get(cases.clusters[i]!) ?? [0, 0];
    sums.set(cases.clusters[i]!, [sum[0] + residual, sum[1] + residual * x]);
  }
  if (sums.size < 2) return null;
  let [aa, ab, bb] = [0, 0, 0];
  for (const [u, v] of sums.values()) {
    const first = inverse[0] * u + inverse[1] * v;
    const second = inverse[1] * u + inverse[2] * v;
    aa += first * first;
    ab += first * second;
    bb += second * second;
  }
  const correction = sums.size / (sums.size - 1);
  return [aa * correction, ab * correction, bb * correction];
}

function logitOf(p: number): number {
  const clipped = Math.min(1 - LOGIT_CLIP, Math.max(LOGIT_CLIP, p));
  return Math.log(clipped / (1 - clipped));
}
