/** Numbers in the unit of their metric: percent and points for rates, plain numbers otherwise. */

import type { MetricReading } from '../../../src/studio/contract/index.ts';
import { measuredText, pointsText, rateText, valueText } from './numbers.ts';

/** Whether numbers are shares of 1. */
export type Unit = Pick<MetricReading, 'isRate'>;

/** A measured value. @example valueIn({ isRate: true }, 0.766) // '76.6%' */
export function valueIn({ isRate }: Unit, value: number | null): string {
  return isRate ? rateText(value) : measuredText(value);
}

/** A difference with its sign. @example changeIn({ isRate: true }, -0.149) // '−14.9' */
export function changeIn({ isRate }: Unit, value: number | null): string {
  if (isRate) return pointsText(value);
  return value !== null && value > 0 ? `+${measuredText(value)}` : measuredText(value);
}

/** The unit of differences, after a blank. @example changeUnit({ isRate: true }) // ' points' */
export function changeUnit({ isRate }: Unit): string {
  return isRate ? ' points' : '';
}

/** Both limits; a dash where there is none. @example rangeIn({ isRate: true }, -0.28, -0.06, 'change') // '−28.0 to −6.0' */
export function rangeIn(
  unit: Unit,
  lower: number | null,
  upper: number | null,
  what: 'value' | 'change',
): string {
  if (lower === null || upper === null) return '–';
  const text = what === 'value' ? valueIn : changeIn;
  const from = text(unit, lower);
  // One sign for both: 62.8 to 86.4%.
  return `${what === 'value' && unit.isRate ? from.replace('%', '') : from} to ${text(unit, upper)}`;
}

/** A value or difference that somebody set, such as a floor or a margin. @example statedIn({ isRate: false }, -0.5, 'change') // '−0.5' */
export function statedIn(unit: Unit, value: number, what: 'value' | 'change'): string {
  if (unit.isRate) return what === 'value' ? rateText(value) : pointsText(value);
  return what === 'change' && value > 0 ? `+${valueText(value)}` : valueText(value);
}

/** A mark of an axis, without a needless zero. @example tickIn({ isRate: true }, 0.5, 'value') // '50%' */
export function tickIn(unit: Unit, value: number, what: 'value' | 'change'): string {
  if (value === 0 && what === 'change') return '0';
  return statedIn(unit, value, what).replace(/\.0(?=%?$)/, '');
}
