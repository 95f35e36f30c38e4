/** Numbers of slices in the unit of their metric: percent and points for rates, plain numbers otherwise. */

import { visible } from '../../../../src/reports/format/visible.ts';
import type { MetricReading, SliceRow } from '../../../../src/studio/contract/index.ts';
import { pointsText, rateText, valueText } from '../../format/numbers.ts';
import { type Tone, toneOfChange } from '../../format/tone.ts';

type Unit = Pick<MetricReading, 'isRate'>;

/** A value. @example valueIn({ isRate: true }, 0.766) // '76.6%' */
export function valueIn({ isRate }: Unit, value: number | null): string {
  return isRate ? rateText(value) : valueText(value);
}

/** A difference with its sign. @example changeIn({ isRate: true }, -0.149) // '−14.9' */
export function changeIn({ isRate }: Unit, value: number | null): string {
  if (isRate) return pointsText(value);
  return value !== null && value > 0 ? `+${valueText(value)}` : valueText(value);
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

/** The tone of a slice's change: by its interval, never by the estimate alone. */
export function toneOf(
  { direction }: Pick<MetricReading, 'direction'>,
  { deltaLower, deltaUpper }: Pick<SliceRow, 'deltaLower' | 'deltaUpper'>,
): Tone {
  return toneOfChange({ lower: deltaLower, upper: deltaUpper }, direction === 'higher');
}

/** The dimension of the one slice of a comparison that nothing cuts. */
export const ALL_CASES = '(all cases)';

/** The value of a slice in words that stand alone in a column of one dimension; legible, whatever it is. */
export function valueName({ value, dimension }: Pick<SliceRow, 'value' | 'dimension'>): string {
  if (dimension === ALL_CASES) return 'all cases';
  return value.trim() === '' ? `"${value}"` : visible(value === dimension ? dimension : value);
}

/** `segment = refund_flow`; a predicate is called by its name alone. */
export function sliceName(row: Pick<SliceRow, 'value' | 'dimension'>): string {
  if (row.dimension === ALL_CASES) return 'all cases';
  if (row.value === row.dimension) return visible(row.value);
  return `${visible(row.dimension)} = ${valueName(row)}`;
}

/** At most so many code points, cut in the middle. */
export function shortName(text: string, longest: number): string {
  const characters = [...text];
  if (characters.length <= longest) return text;
  const head = Math.ceil((longest - 1) / 2);
  return `${characters.slice(0, head).join('')}…${characters.slice(head + 1 - longest).join('')}`;
}
