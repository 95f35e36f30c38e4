/** How the pages of `slicewise report` spell values: shares as scikit-learn does, intervals beside them, bars where there is room. */

import { formatP, formatSigned } from '../../reports/index.ts';
import type { Estimate } from '../../stats/index.ts';

/** Decimals of the limits of intervals: two, and three where a table stands on so many cases that two would hide them. */
export type Digits = 2 | 3;

/** Cases from which intervals are narrower than a hundredth on each side. */
const MANY_CASES = 5_000;

/** How exactly a table spells its intervals. */
export function digitsFor(cases: number): Digits {
  return cases >= MANY_CASES ? 3 : 2;
}

/**
 * A share without its leading zero, as wide as any other of the table; limits of 0 and 1 fill up with zeros.
 *
 * @example limitText(0.823, 2) // '.82'
 * @example limitText(1, 2) // '1.0'
 */
export function limitText(value: number, digits: Digits): string {
  const text = value.toFixed(digits);
  if (text.startsWith('0')) return text.slice(1);
  if (text.startsWith('-0')) return `-${text.slice(2)}`;
  return text.slice(0, -1);
}

/**
 * A share and its interval.
 *
 * @example shareText({ estimate: 0.8511, lower: 0.723, upper: 0.926 ... }, 2) // '0.851 .72-.93'
 */
export function shareText(estimate: Estimate | null, digits: Digits): string {
  if (estimate === null || estimate.estimate === null) return '-';
  const { lower, upper } = estimate;
  const blank = ' '.repeat(2 * (digits + 1) + 1);
  const range = lower === null || upper === null ? blank : rangeText(lower, upper, digits);
  return `${estimate.estimate.toFixed(3)} ${range}`;
}

function rangeText(lower: number, upper: number, digits: Digits): string {
  if (lower >= 0 && upper >= 0) return `${limitText(lower, digits)}-${limitText(upper, digits)}`;
  return `${signedLimit(lower, digits)}..${signedLimit(upper, digits)}`;
}

/** A limit with sign and without leading zero; `0` where it rounds to nothing. */
function signedLimit(value: number, digits: number): string {
  const text = formatSigned(value, (size) => size.toFixed(digits)).replace(/^([+-]?)0(?=\.)/, '$1');
  return /^[+-]?\.0*$/.test(text) ? '0' : text;
}

/** A share alone; `-` where it is undefined. */
export function bareShare(estimate: Estimate | null, digits = 3): string {
  return estimate === null || estimate.estimate === null
    ? '-'
    : estimate.estimate.toFixed(digits).replace(/^-(?=0\.0*$)/, '');
}

/**
 * A share before and after.
 *
 * @example beforeAfter(0.9, 0.75) // '.90 > .75'
 */
export function beforeAfter(before: Estimate | null, after: Estimate | null): string {
  const short = (one: Estimate | null) =>
    one === null || one.estimate === null ? '-' : limitText(one.estimate, 2);
  return `${short(before)} > ${short(after)}`;
}

/** A difference with sign; `-` where it is undefined. */
export function changeText(delta: Estimate | null, digits = 3): string {
  return delta === null || delta.estimate === null
    ? '-'
    : formatSigned(delta.estimate, (size) => size.toFixed(digits));
}

/**
 * The interval of a difference.
 *
 * @example changeRange(delta) // '-.150..-.021'
 */
export function changeRange(delta: Estimate | null, digits = 3): string {
  if (delta === null || delta.lower === null || delta.upper === null) return '-';
  return `${signedLimit(delta.lower, digits)}..${signedLimit(delta.upper, digits)}`;
}

/** A p-value, empty where nothing was tested. */
export function pCell(p: number | null): string {
  return p === null ? '' : formatP(p);
}

/** The four marks of a bar, from the part that is sure to the empty rest. */
const BAR_MARKS = { unicode: ['█', '▓', '░', '·'], ascii: ['#', '+', '-', '.'] } as const;

/**
 * A share in [0, 1] as a bar: full up to the lower limit, dark up to the estimate, light up to the upper limit.
 *
 * @example shareBar({ estimate: 0.5, lower: 0.3, upper: 0.7 ... }, 10, true) // '###++--...'
 */
export function shareBar(estimate: Estimate | null, cells: number, ascii: boolean): string {
  if (estimate === null || estimate.estimate === null) return '';
  const [sure, likely, possible, empty] = BAR_MARKS[ascii ? 'ascii' : 'unicode'];
  const at = (share: number) => Math.round(Math.min(1, Math.max(0, share)) * cells);
  const value = at(estimate.estimate);
  const lower = Math.min(value, at(estimate.lower ?? estimate.estimate));
  const upper = Math.max(value, at(estimate.upper ?? estimate.estimate));
  return (
    sure.repeat(lower) +
    likely.repeat(value - lower) +
    possible.repeat(upper - value) +
    empty.repeat(cells - upper)
  );
}

/** What the bars mean, for the notes. */
export function barLegend(ascii: boolean): string {
  const [sure, likely, possible] = BAR_MARKS[ascii ? 'ascii' : 'unicode'];
  return `bars run from 0 to 1: ${sure} up to the lower limit, ${likely} up to the estimate, ${possible} up to the upper limit`;
}

/** A label as a cell shows it: one that is all blanks stands in quotes. */
export function labelName(label: string): string {
  return label.trim() === '' ? JSON.stringify(label) : label;
}
