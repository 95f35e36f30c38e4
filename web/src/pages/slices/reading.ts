/** Slices in words: their names, and what their change means. */

import { visible } from '../../../../src/reports/format/visible.ts';
import type { MetricReading, SliceRow } from '../../../../src/studio/contract/index.ts';
import { type Tone, toneOfChange } from '../../format/tone.ts';

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
