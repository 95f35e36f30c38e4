/** The logarithm of the gamma function and of binomial coefficients. */

import { evaluate } from './polynomial.ts';

const LOG_SQRT_2_PI = 0.9189385332046728;
const ONE_MINUS_EULER = 0.42278433509846713;

/** (-1)^k (ζ(k) - 1) / k for k = 30 down to 2: the Taylor coefficients that are left after log(1 + z) is taken out. */
const TAYLOR = [
  3.1044247747322276e-11, -6.4229645638381e-11, 1.330476437424449e-10, -2.7595228851242334e-10,
  5.731367241678862e-10, -1.1921401405860912e-9, 2.4836745438024785e-9, -5.183475041970047e-9,
  1.0838659214896955e-8, -2.2711094608943164e-8, 4.7698101693639804e-8, -1.0043224823968099e-7,
  2.1207184805554665e-7, -4.492469198764566e-7, 9.55141213040742e-7, -2.039215753801366e-6,
  4.374866789907488e-6, -9.439488275268397e-6, 2.050721277567069e-5, -4.492623673813314e-5,
  9.945751278180853e-5, -2.2315475845357939e-4, 5.096695247430425e-4, -0.001192753911703261,
  0.0028905103307415234, -0.007385551028673986, 0.020580808427784546, -0.0673523010531981, 0.3224670334241132,
];

/** log Γ(2 + z) for |z| <= 0.5, exact to the last digits also at its zero z = 0. */
function nearTwo(z: number): number {
  return z * (ONE_MINUS_EULER + z * evaluate(TAYLOR, z));
}

/**
 * Natural logarithm of Γ(x) for x > 0; Infinity at 0, NaN below.
 * Taylor series about 2 (Abramowitz and Stegun 6.1.33), recurrence up to 10, Stirling's series above.
 *
 * @example logGamma(171.5) // 709.1431630309282
 */
export function logGamma(x: number): number {
  if (!(x >= 0)) return Number.NaN;
  if (x === 0 || x === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  if (x < 0.5) return nearTwo(x) - Math.log1p(x) - Math.log(x);
  if (x < 1.5) return nearTwo(x - 1) - Math.log(x);
  if (x < 10) {
    let product = 1;
    let reduced = x;
    while (reduced > 2.5) {
      reduced -= 1;
      product *= reduced;
    }
    return Math.log(product) + nearTwo(reduced - 2);
  }
  const square = 1 / (x * x);
  const series =
    1 / 12 -
    square *
      (1 / 360 -
        square *
          (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - square * (691 / 360360 - square / 156)))));
  return (x - 0.5) * (Math.log(x) - 1) - 0.5 + LOG_SQRT_2_PI + series / x;
}
