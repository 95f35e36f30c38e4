/** How logged names and numbers stand in cells of a table, where only harmless characters may stand. */

import { parseDecimal } from '../../cases/index.ts';
import type { PageColumn } from '../../reports/index.ts';
import type { Estimate } from '../../stats/index.ts';
import type { LoggedNumber } from './experiments-report.ts';

export const left = (header: string): PageColumn => ({ header, align: 'left' });
export const right = (header: string): PageColumn => ({ header, align: 'right' });

const LONGEST = 14;

/**
 * A foreign text in a cell that is not the first: letters, digits and few signs stay, the rest becomes a dot, and numbers
 * keep four digits. The exact text stands in JSON and CSV.
 *
 * @example plainCell('a|b_c') // 'a·b_c'
 */
export function plainCell(text: string): string {
  const number = parseDecimal(text);
  if (number !== null) return numberCell(number);
  // An underscore within a word is no markup, one at its end may be.
  const plain = text.replace(/[^A-Za-z0-9.+:/_-]+|\b_|_\b/g, '·');
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST - 1)}…` : plain;
}

/** About four significant digits. */
export function numberCell(value: LoggedNumber | null): string {
  if (value === null) return '-';
  if (typeof value === 'string') return value;
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e6 || size < 1e-3)) return value.toExponential(2);
  return String(Number(value.toPrecision(size >= 1000 ? 6 : 4)));
}

/** `0.912-0.934`, or a dash. */
export function intervalCell(estimate: Estimate | null): string {
  if (estimate === null || estimate.lower === null || estimate.upper === null) return '-';
  return `${numberCell(estimate.lower)} to ${numberCell(estimate.upper)}`;
}
