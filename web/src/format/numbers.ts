/** How numbers are spelled on the screen; the same digits as in the terminal report. No locale. */

import { grouped, pText } from '../../../src/gate/numbers.ts';
import type { Estimate } from '../../../src/stats/index.ts';

const MINUS = '−';

/** A count with thousands separated. @example countText(1200) // '1,200' */
export const countText = grouped;

/** A rate in [0, 1] as percent. @example rateText(0.766) // '76.6%' */
export function rateText(rate: number | null): string {
  return rate === null ? '–' : `${(rate * 100).toFixed(1)}%`;
}

/** A difference of rates in points, with its sign. @example pointsText(-0.149) // '−14.9' */
export function pointsText(difference: number | null): string {
  if (difference === null) return '–';
  const text = Math.abs(difference * 100).toFixed(1);
  if (Number(text) === 0) return text;
  return `${difference < 0 ? MINUS : '+'}${text}`;
}

/**
 * A measured value that is no rate: four significant digits, zeros at the end too, so that a column keeps its digits.
 *
 * @example measuredText(0.86) // '0.8600'
 */
export function measuredText(value: number | null): string {
  if (value === null) return '–';
  const rounded = Number(value.toPrecision(4));
  if (rounded === 0) return '0';
  const text = Math.abs(rounded) >= 1000 ? grouped(Math.abs(rounded)) : Math.abs(value).toPrecision(4);
  return `${rounded < 0 ? MINUS : ''}${text}`;
}

/** A number as somebody set it, such as a margin or a cost: four significant digits at most. */
export function valueText(value: number | null): string {
  return value === null ? '–' : String(Number(value.toPrecision(4))).replace('-', MINUS);
}

/** The interval of a rate. @example intervalText(estimate) // '62.8 to 86.4%' */
export function intervalText({ lower, upper }: Pick<Estimate, 'lower' | 'upper'>): string {
  if (lower === null || upper === null) return 'no interval';
  return `${(lower * 100).toFixed(1)} to ${(upper * 100).toFixed(1)}%`;
}

/** A p-value; null reads as a dash. */
export function pValueText(p: number | null): string {
  return p === null ? '–' : pText(p);
}

/** A count and its noun. @example countOf(1, 'case') // '1 case' */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}
