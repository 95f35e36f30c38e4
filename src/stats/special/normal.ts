/** The standard normal distribution: density, both tails, log tail and quantile. */

import { evaluate } from './polynomial.ts';

const INVERSE_SQRT_2_PI = 0.3989422804014327;

/** Cody 1969, highest power first: near the middle, in x². */
const MIDDLE = {
  top: [0.06568233791820745, 2.235252035460684, 161.02823106855587, 1067.689485460371, 18154.981253343562],
  bottom: [1, 47.202581904688245, 976.0985517377767, 10260.932208618979, 45507.78933502673],
};
/** Cody 1969: the shoulder, in |x|. */
const SHOULDER = {
  top: [
    1.0765576773720192e-8, 0.39894151208813466, 8.883149794388377, 93.50665613217785, 597.2702763948002,
    2494.5375852903726, 6848.190450536283, 11602.65143764735, 9842.714838383978,
  ],
  bottom: [
    1, 22.266688044328117, 235.387901782625, 1519.3775994075547, 6485.558298266761, 18615.571640885097,
    34900.95272114598, 38912.00328609327, 19685.429676859992,
  ],
};
/** Cody 1969: the far tail, in 1/x². */
const TAIL = {
  top: [
    0.023073441764940174, 0.215898534057957, 0.12740116116024736, 0.022235277870649807, 0.0014216191932278934,
    2.9112874951168793e-5,
  ],
  bottom: [
    1, 1.2842600961449111, 0.4682382124808651, 0.06598813786892856, 0.0037823963320275824,
    7.297515550839662e-5,
  ],
};

/** Mills ratio times the density constant: P(Z > x) = exp(-x²/2) * scaledTail(x), for x above 0.67448975. */
function scaledTail(x: number): number {
  if (x <= Math.sqrt(32)) return evaluate(SHOULDER.top, x) / evaluate(SHOULDER.bottom, x);
  const inverseSquare = 1 / (x * x);
  const correction =
    (inverseSquare * evaluate(TAIL.top, inverseSquare)) / evaluate(TAIL.bottom, inverseSquare);
  return (INVERSE_SQRT_2_PI - correction) / x;
}

/** exp(-x²/2) * factor, with x split so that the square is exact, and in two halves so that a subnormal result is right. */
function timesGaussian(x: number, factor: number): number {
  const head = Math.trunc(x * 16) / 16;
  const rest = (x - head) * (x + head);
  const half = Math.exp(-head * head * 0.25);
  return half * (factor * Math.exp(-rest * 0.5)) * half;
}

/**
 * Density of the standard normal distribution.
 *
 * @example normalPdf(0) // 0.3989422804014327
 */
export function normalPdf(x: number): number {
  return Math.abs(x) > 40 ? 0 : timesGaussian(Math.abs(x), INVERSE_SQRT_2_PI);
}

/**
 * P(Z <= x) of the standard normal distribution, with full relative accuracy in the lower tail down to 5e-324.
 * Source: W. J. Cody, Math. Comp. 23 (1969) 631, in the arrangement of R's pnorm.
 *
 * @example normalCdf(-10) // 7.619853024160525e-24
 */
export function normalCdf(x: number): number {
  return normalSf(-x);
}

/**
 * P(Z > x) of the standard normal distribution, with full relative accuracy in the upper tail.
 *
 * @example normalSf(6) // 9.86587645037698e-10
 */
export function normalSf(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  const distance = Math.abs(x);
  if (distance <= 0.67448975) {
    const square = x * x;
    return 0.5 - (x * evaluate(MIDDLE.top, square)) / evaluate(MIDDLE.bottom, square);
  }
  if (distance > 40) return x > 0 ? 0 : 1;
  const tail = timesGaussian(distance, scaledTail(distance));
  return x > 0 ? tail : 1 - tail;
}

/**
 * Natural logarithm of P(Z > x); finite where the tail itself is below the smallest number.
 *
 * @example normalLogSf(38) // -726.5572160188201
 */
export function normalLogSf(x: number): number {
  if (x > 0.67448975) {
    // Above 1e150 the square overflows: the logarithm is then -Infinity, as it should be.
    if (x > 1e150) return Number.NEGATIVE_INFINITY;
    return -0.5 * x * x + Math.log(scaledTail(x));
  }
  return x < -0.67448975 ? Math.log1p(-normalSf(-x)) : Math.log(normalSf(x));
}

/** Wichura 1988 (AS 241), highest power first. */
const CENTRAL = {
  top: [
    2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946,
    1971.5909503065513, 133.14166789178438, 3.3871328727963665,
  ],
  bottom: [
    5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751,
    687.1870074920579, 42.31333070160091, 1,
  ],
};
const NEAR = {
  top: [
    7.745450142783414e-4, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
    5.769497221460691, 4.630337846156546, 1.4234371107496835,
  ],
  bottom: [
    1.0507500716444169e-9, 5.475938084995345e-4, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
    1.6763848301838038, 2.053191626637759, 1,
  ],
};
const FAR = {
  top: [
    2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124,
    0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103,
  ],
  bottom: [
    2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 7.868691311456133e-4,
    0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1,
  ],
};

/**
 * The x with P(Z <= x) = p; -Infinity at 0 and Infinity at 1, NaN outside [0, 1].
 * Source: M. J. Wichura, algorithm AS 241, Applied Statistics 37 (1988) 477.
 *
 * @example normalQuantile(0.975) // 1.959963984540054
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  const centred = p - 0.5;
  if (Math.abs(centred) <= 0.425) {
    const r = 0.180625 - centred * centred;
    return (centred * evaluate(CENTRAL.top, r)) / evaluate(CENTRAL.bottom, r);
  }
  const tail = centred < 0 ? p : 1 - p;
  if (tail === 0) return centred < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const r = Math.sqrt(-Math.log(tail));
  const distance =
    r <= 5
      ? evaluate(NEAR.top, r - 1.6) / evaluate(NEAR.bottom, r - 1.6)
      : evaluate(FAR.top, r - 5) / evaluate(FAR.bottom, r - 5);
  return centred < 0 ? -distance : distance;
}
