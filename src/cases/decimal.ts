/** The one meaning of "a decimal number" in a cell, for metrics, bins and comparisons alike. */

/** Sign, digits with an optional point, optional exponent; no blanks, no `NaN`, no `Infinity`, no hexadecimal. */
export const DECIMAL = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;

/**
 * The finite number that a cell's text spells, or null where it spells none (a number too large for a double is none).
 *
 * @example parseDecimal('1.50') // 1.5
 * @example parseDecimal('0x10') // null
 */
export function parseDecimal(text: string): number | null {
  if (!DECIMAL.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}
