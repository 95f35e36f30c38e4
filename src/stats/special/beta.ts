/** The beta distribution: log beta function, both tails of the distribution and its quantile. */

import { logSaddlePointTerm } from './saddle-point.ts';

/**
 * Natural logarithm of the beta function B(a, b), for a > 0 and b > 0.
 *
 * @example logBeta(2, 3) // -2.4849066497880004
 */
export function logBeta(a: number, b: number): number {
  if (!(a > 0 && b > 0)) return Number.NaN;
  const n = a + b;
  return (
    logAOverNTimesB(a, b) - logSaddlePointTerm(a, b, a / n, b / n) + a * logShare(a, b) + b * logShare(b, a)
  );
}

/** log(n / (a b)) with n = a + b. */
function logAOverNTimesB(a: number, b: number): number {
  return Math.log(a + b) - Math.log(a) - Math.log(b);
}

/** log(a / (a + b)). */
function logShare(a: number, b: number): number {
  return b < a ? -Math.log1p(b / a) : Math.log(a / (a + b));
}

/** log of I_x(a, b) by continued fraction, for x at most about the mean. */
function logLowerTail(x: number, y: number, a: number, b: number): number {
  const logFront = logSaddlePointTerm(a, b, x, y) - logAOverNTimesB(a, b);
  return logFront - Math.log(continuedFraction(x, y, a, b));
}

/** Didonato and Morris 1992 (BFRAC): x^a y^b / B(a, b) divided by this is I_x(a, b). Modified Lentz evaluation. */
function continuedFraction(x: number, y: number, a: number, b: number): number {
  const tiny = 1e-300;
  let value = partialDenominator(0, x, y, a, b) || tiny;
  let c = value;
  let d = 0;
  for (let m = 1; m < 10_000_000; m += 1) {
    const scale = a + 2 * m - 1;
    const numerator = ((a + m - 1) / scale) * ((a + b + m - 1) / scale) * m * (b - m) * x * x;
    const denominator = partialDenominator(m, x, y, a, b);
    d = denominator + numerator * d || tiny;
    c = denominator + numerator / c || tiny;
    d = 1 / d;
    const factor = c * d;
    value *= factor;
    if (Math.abs(factor - 1) < 1e-15) break;
  }
  return value;
}

function partialDenominator(m: number, x: number, y: number, a: number, b: number): number {
  const before = m === 0 ? 0 : (m * (b - m) * x) / (a + 2 * m - 1);
  return m + before + ((a + m) / (a + 2 * m + 1)) * (a * y - b * x + 1 + m * (1 + y));
}

/** Natural logarithms of both tails of the beta distribution. */
export interface LogTails {
  readonly logLower: number;
  readonly logUpper: number;
}

/**
 * log I_x(a, b) and log(1 - I_x(a, b)), for x in [0, 1], a > 0, b > 0. Pass `y` = 1 - x when it is known more exactly than
 * the subtraction gives. Cost grows like the square root of the larger of a and b.
 * Source: A. R. Didonato and A. H. Morris, ACM TOMS 18 (1992) 360.
 *
 * @example betaLogTails(0.5, 1, 2000).logUpper // -1386.2943611198905
 */
export function betaLogTails(x: number, a: number, b: number, y: number = 1 - x): LogTails {
  if (!(x >= 0 && x <= 1 && a > 0 && b > 0)) return { logLower: Number.NaN, logUpper: Number.NaN };
  if (x === 0) return { logLower: Number.NEGATIVE_INFINITY, logUpper: 0 };
  if (y === 0) return { logLower: 0, logUpper: Number.NEGATIVE_INFINITY };
  if (x * (a + b + 2) <= a + 1) {
    const logLower = Math.min(0, logLowerTail(x, y, a, b));
    return { logLower, logUpper: logOneMinusExp(logLower) };
  }
  const logUpper = Math.min(0, logLowerTail(y, x, b, a));
  return { logLower: logOneMinusExp(logUpper), logUpper };
}

/** log(1 - exp(value)) for value <= 0. */
function logOneMinusExp(value: number): number {
  return value > -Math.LN2 ? Math.log(-Math.expm1(value)) : Math.log1p(-Math.exp(value));
}

/**
 * Both tails of the beta distribution: `lower` = P(X <= x) = I_x(a, b) and `upper` = P(X > x).
 *
 * @example betaTails(0.5, 2, 3).lower // 0.6875
 */
export function betaTails(
  x: number,
  a: number,
  b: number,
  y: number = 1 - x,
): { readonly lower: number; readonly upper: number } {
  const { logLower, logUpper } = betaLogTails(x, a, b, y);
  // The smaller tail carries the digits; the larger one is its complement.
  if (logLower <= logUpper) {
    const lower = Math.exp(logLower);
    return { lower, upper: 1 - lower };
  }
  const upper = Math.exp(logUpper);
  return { lower: 1 - upper, upper };
}

/**
 * P(X <= x) of the beta distribution (the regularised incomplete beta function), for x in [0, 1], a > 0, b > 0.
 *
 * @example betaCdf(0.3, 0.5, 0.5) // 0.36901011956554536
 */
export function betaCdf(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  return betaTails(x, a, b).lower;
}

/**
 * The point (x, y = 1 - x), each with full relative accuracy, where the tail `lower` or `upper` of the beta distribution
 * has the given probability in [0, 1].
 *
 * Works on the logit of x, in which the logarithm of either tail is concave: Newton steps inside a shrinking bracket.
 *
 * @example betaPoint('lower', 0.5, 1, 1) // { x: 0.5, y: 0.5 }
 */
export function betaPoint(
  tail: 'lower' | 'upper',
  probability: number,
  a: number,
  b: number,
): { readonly x: number; readonly y: number } {
  if (!(probability >= 0 && probability <= 1 && a > 0 && b > 0)) return { x: Number.NaN, y: Number.NaN };
  if (probability > 0.5) return betaPoint(tail === 'lower' ? 'upper' : 'lower', 1 - probability, a, b);
  if (tail === 'upper') {
    const mirrored = betaPoint('lower', probability, b, a);
    return { x: mirrored.y, y: mirrored.x };
  }
  if (probability === 0) return { x: 0, y: 1 };
  return pointOf(solveLogit(Math.log(probability), a, b));
}

/** The logit at which log I_x(a, b) is the target. */
function solveLogit(target: number, a: number, b: number): number {
  let low = -745;
  let high = 745;
  let logit = Math.log(a) - Math.log(b);
  for (let step = 0; step < 200; step += 1) {
    const { x, y } = pointOf(logit);
    const { logLower } = betaLogTails(x, a, b, y);
    const miss = logLower - target;
    if (miss === 0) return logit;
    if (miss < 0) low = logit;
    else high = logit;
    // d log I / d logit = density * x * y / I, and density * x * y = the binomial term * a b / (a + b).
    const slope = Math.exp(logSaddlePointTerm(a, b, x, y) - logAOverNTimesB(a, b) - logLower);
    const move = miss / slope;
    if (Math.abs(move) <= 4e-16 * Math.max(1, Math.abs(logit))) return logit - move;
    const next = logit - move;
    logit = next > low && next < high ? next : (low + high) / 2;
  }
  return logit;
}

function pointOf(logit: number): { x: number; y: number } {
  const odds = Math.exp(-Math.abs(logit));
  const small = odds / (1 + odds);
  const large = 1 / (1 + odds);
  return logit < 0 ? { x: small, y: large } : { x: large, y: small };
}

/**
 * The x with P(X <= x) = p of the beta distribution, for p in [0, 1], a > 0, b > 0.
 *
 * @example betaQuantile(0.025, 41, 7) // 0.7425858232107554
 */
export function betaQuantile(p: number, a: number, b: number): number {
  return betaPoint('lower', p, a, b).x;
}
