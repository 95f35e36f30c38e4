/** Bisection, for limits that are defined as the solution of an equation. */

/**
 * The point between `low` and `high` where `above` turns from true to false, to the last digit of a number of size 1.
 * `above` must be true just right of `low`, and never be true again after it has been false.
 *
 * @example turningPoint((x) => x * x < 2, 1, 2) // 1.4142135623730951
 */
export function turningPoint(above: (x: number) => boolean, low: number, high: number): number {
  let left = low;
  let right = high;
  while (right - left > 1e-17) {
    const middle = left + (right - left) / 2;
    if (middle <= left || middle >= right) break;
    if (above(middle)) left = middle;
    else right = middle;
  }
  return left + (right - left) / 2;
}
