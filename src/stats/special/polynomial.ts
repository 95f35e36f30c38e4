/** Horner's rule. */

/**
 * Value of a polynomial whose coefficients stand from the highest power down to the constant.
 *
 * @example evaluate([1, 0, -2], 3) // 7
 */
export function evaluate(coefficients: readonly number[], x: number): number {
  let value = 0;
  for (const coefficient of coefficients) value = value * x + coefficient;
  return value;
}
