/** The one meaning of "a decimal number" in a cell, for metrics, bins and comparisons alike. */

/**
 * Sign, digits with an optional point, optional exponent; no blanks, no `NaN`, no `Infinity`, no hexadecimal. In RE2
 * syntax, matched against the whole text: the only spelling of a number that any engine reads as one.
 */
export const NUMBER_PATTERN = '[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?';

const DECIMAL = new RegExp(`^${NUMBER_PATTERN}$`);

/** Whether a text spells a decimal number, however large. */
export function isDecimal(text: string): boolean {
  return DECIMAL.test(text);
}

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
