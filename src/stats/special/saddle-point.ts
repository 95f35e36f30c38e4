/** Loader's saddle-point form of the binomial and Poisson terms, which keeps all digits at any size. */

import { logGamma } from './gamma.ts';

const LOG_2_PI = 1.8378770664093456;
const LOG_SQRT_2_PI = 0.9189385332046728;

/**
 * Error of Stirling's formula: log Γ(x + 1) - log(sqrt(2πx) (x/e)^x), for x > 0.
 *
 * @example stirlingError(10) // 0.008330563433362871
 */
export function stirlingError(x: number): number {
  if (x < 15) return logGamma(x + 1) - (x + 0.5) * Math.log(x) + x - LOG_SQRT_2_PI;
  const square = 1 / (x * x);
  return (
    (1 / 12 -
      square *
        (1 / 360 -
          square * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - square * (691 / 360360)))))) /
    x
  );
}

/**
 * Deviance x log(x / mean) + mean - x without cancellation, for x > 0 and mean > 0.
 *
 * @example deviance(3, 3) // 0
 */
export function deviance(x: number, mean: number): number {
  const difference = x - mean;
  if (Math.abs(difference) < 0.1 * (x + mean)) {
    const ratio = difference / (x + mean);
    const square = ratio * ratio;
    let sum = difference * ratio;
    let power = 2 * x * ratio;
    for (let odd = 3; ; odd += 2) {
      power *= square;
      const next = sum + power / odd;
      if (next === sum) return next;
      sum = next;
    }
  }
  const ratio = x / mean;
  // One logarithm of the ratio keeps more digits than two; two are needed where the ratio leaves the range of a double.
  const logRatio = ratio < 1e300 && ratio > 1e-300 ? Math.log(ratio) : Math.log(x) - Math.log(mean);
  return x * logRatio + mean - x;
}

/**
 * Natural logarithm of Γ(a+b+1) / (Γ(a+1) Γ(b+1)) x^a y^b for a, b >= 0 and y = 1 - x, which is the binomial probability
 * of a successes and b failures when both are whole. `y` is handed in so that no digit is lost when x is near 1.
 * Source: C. Loader, Fast and Accurate Computation of Binomial Probabilities (2000).
 *
 * @example logSaddlePointTerm(1, 1, 0.5, 0.5) // -0.6931471805599453
 */
export function logSaddlePointTerm(a: number, b: number, x: number, y: number): number {
  if (a === 0) return b === 0 ? 0 : b * logOf(y, x);
  if (b === 0) return a * logOf(x, y);
  if (x === 0 || y === 0) return Number.NEGATIVE_INFINITY;
  const n = a + b;
  const correction = stirlingError(n) - stirlingError(a) - stirlingError(b);
  return (
    correction -
    deviance(a, n * x) -
    deviance(b, n * y) -
    0.5 * (LOG_2_PI + Math.log(a) + Math.log(b) - Math.log(n))
  );
}

/** log(value), taken through the complement when the value is near 1. */
function logOf(value: number, complement: number): number {
  return complement < 0.5 ? Math.log1p(-complement) : Math.log(value);
}

/**
 * Natural logarithm of exp(-mean) mean^x / Γ(x + 1) for x >= 0 and mean > 0 (a Poisson probability when x is whole).
 *
 * @example logPoissonTerm(0, 2) // -2
 */
export function logPoissonTerm(x: number, mean: number): number {
  if (x === 0) return -mean;
  return -stirlingError(x) - deviance(x, mean) - 0.5 * (LOG_2_PI + Math.log(x));
}
