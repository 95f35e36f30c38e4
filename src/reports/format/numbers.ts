/** How numbers are spelled in every report: rounding happens here, after all decisions, and depends on no locale. */

/**
 * A count with thousands separated by commas.
 *
 * @example formatCount(1200) // '1,200'
 */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/**
 * A p-value in [0, 1] in at most five characters; null reads `-`.
 *
 * @example formatP(0.0312) // '.031'
 * @example formatP(0.0078125) // '.0078'
 * @example formatP(0.0001) // '<.001'
 */
export function formatP(p: number | null): string {
  if (p === null) return '-';
  if (p < 0.001) return '<.001';
  const text = p < 0.00995 ? p.toFixed(4) : p.toFixed(3);
  return text.startsWith('1') ? '1.00' : text.slice(1);
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
