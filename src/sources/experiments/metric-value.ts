/** Reads logged numbers, of which many are not finite: a diverged loss is the most interesting number of a run. */

import { parseDecimal } from '../../cases/index.ts';

/** MLflow's SQL store keeps an infinity as the largest double. */
const STORED_INFINITY = 1.7976931348623157e308;

const SPECIAL: ReadonlyMap<string, number> = new Map([
  ['nan', Number.NaN],
  ['-nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['+inf', Number.POSITIVE_INFINITY],
  ['infinity', Number.POSITIVE_INFINITY],
  ['+infinity', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
  ['-infinity', Number.NEGATIVE_INFINITY],
]);

/**
 * A number as Python, JSON or a server spells it; null where the text is none.
 *
 * @example metricValue('nan') // NaN
 * @example metricValue('0x10') // null
 */
export function metricValue(text: unknown): number | null {
  if (typeof text === 'number') return stored(text);
  if (typeof text !== 'string') return null;
  const trimmed = text.trim();
  const value = parseDecimal(trimmed);
  return value === null ? (SPECIAL.get(trimmed.toLowerCase()) ?? null) : stored(value);
}

function stored(value: number): number {
  return Math.abs(value) >= STORED_INFINITY ? Math.sign(value) * Number.POSITIVE_INFINITY : value;
}

/** A whole number of at most 2^53 in either direction, or null. */
export function wholeValue(text: unknown): number | null {
  const value = typeof text === 'string' && /^-?[0-9]{1,16}$/.test(text.trim()) ? Number(text) : text;
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}
