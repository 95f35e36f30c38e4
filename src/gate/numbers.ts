/** How numbers are worded in the sentences of a verdict. Comparisons never use these texts. */

import type { Measure } from '../counts/index.ts';
import { isRate } from '../counts/index.ts';

/** `.031`, `.0078` -> two significant digits without the leading zero; below .0001 as `<.0001`. */
export function pText(p: number | null): string {
  if (p === null) return 'n/a';
  if (p < 0.0001) return '<.0001';
  if (p >= 0.995) return '1.0';
  const digits = p >= 0.1 ? 2 : p >= 0.01 ? 3 : 4;
  return p.toFixed(digits).replace(/^0/, '');
}

/** A signed difference in the metric's unit: `-14.9 points` for rates, `+0.31` otherwise. */
export function deltaText(delta: number, measure: Measure): string {
  const sign = delta < 0 ? '-' : '+';
  const size = Math.abs(delta);
  return isRate(measure)
    ? `${sign}${(size * 100).toFixed(1)} points`
    : `${sign}${Number(size.toPrecision(3))}`;
}

/** A value in the metric's unit: `76.6%` for rates. */
export function valueText(value: number, measure: Measure): string {
  return isRate(measure) ? `${(value * 100).toFixed(1)}%` : `${Number(value.toPrecision(4))}`;
}

/**
 * A count with thousands separated by commas.
 *
 * @example grouped(1200) // '1,200'
 */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/**
 * A count and its noun.
 *
 * @example counted(1, 'slice') // '1 slice'
 * @example counted(1200, 'case') // '1,200 cases'
 */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}
