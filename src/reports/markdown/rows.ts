/** Rows of the tables of slices: one shape for comparisons, one for single runs. */

import type { OverallReport, SliceReport } from '../../gate/index.ts';
import { formatCount, formatP } from '../format/numbers.ts';
import { formatDelta, formatDeltaRange, formatEstimate, formatRange, type Scale } from '../format/scale.ts';
import { meanName, sliceName } from '../format/sections.ts';
import { isBelowFloor, verdictWord } from '../format/wording.ts';
import { code } from './escape.ts';

/** Header of a table of slices. */
export function tableHead(isSingle: boolean): readonly string[] {
  const names = isSingle
    ? ['verdict', 'slice', 'n', 'value', '95% interval', 'sees drops from']
    : [
        'verdict',
        'slice',
        'n',
        'before',
        'after',
        'delta (95% interval)',
        'lost',
        'gained',
        'adjusted p',
        'sees drops from',
      ];
  return [
    `| ${names.join(' | ')} |`,
    `|${names.map((_, index) => (index < 2 ? ' :-- ' : ' --: ')).join('|')}|`,
  ];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** One slice; `key` takes the place of the column that says how sure this is. */
export function sliceRow(
  slice: SliceReport,
  scale: Scale,
  isSingle: boolean,
  withDimension: boolean,
  key?: string,
): string {
  const word = isSingle ? statusWord(slice) : verdictWord(slice);
  const verdict = ['BLOCK', 'REVIEW', 'INVALID', 'UNTESTED', 'STALE'].includes(word) ? `**${word}**` : word;
  const head = [verdict, code(sliceName(slice, withDimension)), formatCount(slice.n)];
  const sees =
    slice.minimumDetectableDrop === null ? '' : `${scale.size(slice.minimumDetectableDrop)}${scale.unit}`;
  if (isSingle) {
    return row([
      ...head,
      formatEstimate(scale, slice.candidate),
      formatRange(scale, slice.candidate),
      key ?? sees,
    ]);
  }
  return row([
    ...head,
    formatEstimate(scale, slice.baseline),
    formatEstimate(scale, slice.candidate),
    slice.delta === null
      ? '-'
      : `${formatDelta(scale, slice.delta)} (${formatDeltaRange(scale, slice.delta)})`,
    formatCount(slice.lost),
    formatCount(slice.gained),
    key ?? (slice.adjustedPValue === null ? '' : formatP(slice.adjustedPValue)),
    sees,
  ]);
}

/** All cases, which decide nothing. */
export function meanRow(overall: OverallReport, scale: Scale, isSingle: boolean): string {
  const head = ['_not gated_', `_${meanName(overall.metric)}_`, formatCount(overall.n)];
  if (isSingle)
    return row([
      ...head,
      formatEstimate(scale, overall.candidate),
      formatRange(scale, overall.candidate),
      '',
    ]);
  return row([
    ...head,
    formatEstimate(scale, overall.baseline),
    formatEstimate(scale, overall.candidate),
    `${formatDelta(scale, overall.delta)} (${formatDeltaRange(scale, overall.delta)})`,
    formatCount(overall.lost),
    formatCount(overall.gained),
    '',
    '',
  ]);
}

/** The floor where one is set; that nothing could be compared is said once, in the first line. */
function statusWord(slice: SliceReport): string {
  if (slice.verdict !== 'UNTESTED') return verdictWord(slice);
  if (slice.floor === null) return '';
  return isBelowFloor(slice) ? 'below floor' : 'holds floor';
}
