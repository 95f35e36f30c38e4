/** What a slice is called in a sentence, where no table says of which column it is a value. */

import { ALL_CASES } from '../scope/index.ts';
import type { SliceReport } from './report.ts';

/** Values that say nothing without their column: numbers, ranges, yes and no. */
const BARE = /^(?:[\d\s.,:<>=+\-–%]*|true|false|yes|no|none|null|n\/a|other)$/i;

/** Longest name in a sentence, in code points; the tables and lists show the whole. */
const LONGEST = 40;

/**
 * The value of a slice, with its column where the value alone would not name it.
 *
 * @param withDimension whether several dimensions stand side by side
 * @example sliceLabel({ dimension: 'steps', value: '7', state: 'value' }, false) // 'steps=7'
 * @example sliceLabel({ dimension: 'segment', value: 'refund_flow', state: 'value' }, false) // 'refund_flow'
 * @example sliceLabel({ dimension: 'segment', value: ' ', state: 'value' }, false) // 'segment=" "'
 */
export function sliceLabel(
  { dimension, value, state }: Pick<SliceReport, 'dimension' | 'value' | 'state'>,
  withDimension: boolean,
): string {
  if (dimension === ALL_CASES) return 'all cases';
  if (value.trim() === '') return `${dimension}="${value}"`;
  if (value === dimension) return value;
  const bare = state !== 'value' || BARE.test(value) || /^\(.*\)$/.test(value);
  return bare || withDimension ? `${dimension}=${value}` : value;
}

/**
 * The text cut in the middle to at most `longest` code points.
 *
 * @example shortened('customer_support_refund', 12) // 'custom…efund'
 */
export function shortened(text: string, longest: number = LONGEST): string {
  const characters = [...text];
  if (characters.length <= longest) return text;
  const head = Math.ceil((longest - 1) / 2);
  return `${characters.slice(0, head).join('')}…${characters.slice(head + 1 - longest).join('')}`;
}
