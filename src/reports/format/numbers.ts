/** How numbers are spelled in every report: rounding happens here, after all decisions, and depends on no locale. */

import { grouped, pText } from '../../gate/index.ts';

/**
 * A count with thousands separated by commas.
 *
 * @example formatCount(1200) // '1,200'
 */
export function formatCount(count: number): string {
  return grouped(count);
}

/**
 * A p-value in [0, 1] as the first line of the report spells it; null reads `-`.
 *
 * @example formatP(0.0312) // '.031'
 * @example formatP(0.0078125) // '.0078'
 * @example formatP(0.00001) // '<.0001'
 */
export function formatP(p: number | null): string {
  return p === null ? '-' : pText(p);
}

/**
 * A number of cases that nobody should read to the last digit: two significant digits.
 *
 * @example formatRound(1234) // '1,200'
 * @example formatRound(61) // '61'
 */
export function formatRound(count: number): string {
  const step = 10 ** Math.max(0, String(count).length - 2);
  return formatCount(Math.round(count / step) * step);
}

/**
 * A budget or level in (0, 1) without trailing zeros.
 *
 * @example formatShare(0.05) // '.05'
 */
export function formatShare(share: number): string {
  return String(Number(share.toPrecision(4))).replace(/^0/, '');
}

/**
 * A quantity in its own unit with about four significant digits.
 *
 * @example formatQuantity(1234.56) // '1,235'
 * @example formatQuantity(0.81234) // '0.8123'
 */
export function formatQuantity(value: number, digits = 4): string {
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= 1e9 || size < 1e-4) return value.toExponential(2);
  const decimals = Math.min(6, Math.max(0, digits - 1 - Math.floor(Math.log10(size))));
  const fixed = size.toFixed(decimals);
  const [whole = '0', fraction] = fixed.split('.');
  const grouped = formatCount(Number(whole));
  return `${value < 0 ? '-' : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}

/**
 * The same with an explicit sign, for differences.
 *
 * @example formatSigned(33.51, formatQuantity) // '+33.51'
 */
export function formatSigned(value: number, format: (size: number) => string): string {
  const text = format(Math.abs(value));
  if (/^[0.]+$/.test(text)) return text;
  return `${value < 0 ? '-' : '+'}${text}`;
}

/** `1 case`, `2 cases`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
