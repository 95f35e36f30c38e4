/** The table of a single run: one row per slice with n, the value, its interval as text and bar, and what n could show. */

import type { OverallReport, SliceReport } from '../../gate/index.ts';
import type { Estimate } from '../../stats/index.ts';
import { formatCount } from '../format/numbers.ts';
import { formatEstimate, formatRange, type Scale } from '../format/scale.ts';
import { meanName } from '../format/sections.ts';
import { isBelowFloor, verdictWord } from '../format/wording.ts';
import { barHeader, barScale, drawBar } from './bar.ts';
import { type Column, columnWidth, layOut, type RowPaint } from './columns.ts';
import { paintOf, type Style, unpainted } from './style.ts';
import { cellWidth, cutNames } from './width.ts';

export interface RateRow {
  readonly name: string;
  readonly n: number;
  readonly value: Estimate | null;
  readonly sees: number | null;
  readonly needs: string;
  readonly word: string;
  readonly paint: RowPaint;
}

/** A row from a slice of a single run. */
export function rateRow(slice: SliceReport, name: string, style: Style, needs = ''): RateRow {
  const isBreach = slice.verdict === 'BLOCK' || slice.verdict === 'REVIEW' || slice.verdict === 'INVALID';
  const verdict = isBreach ? paintOf(style, slice.verdict) : unpainted;
  return {
    name,
    n: slice.n,
    value: slice.candidate,
    sees: slice.minimumDetectableDrop,
    needs,
    word: statusWord(slice),
    paint: { body: slice.verdict === 'LOW-N' ? style.dim : unpainted, verdict },
  };
}

/** The floor where one is set; that nothing could be compared is said once, above the table. */
function statusWord(slice: SliceReport): string {
  if (slice.verdict !== 'UNTESTED') return verdictWord(slice);
  if (slice.floor === null) return '';
  return isBelowFloor(slice) ? 'below floor' : 'holds floor';
}

/** The row of the whole run. */
export function meanRateRow(overall: OverallReport): RateRow {
  return {
    name: meanName(overall.metric),
    n: overall.n,
    value: overall.candidate,
    sees: null,
    needs: '',
    word: 'not gated',
    paint: { body: unpainted, verdict: unpainted },
  };
}

/**
 * Lines of at most `style.width` cells; the bar runs over the range of all intervals, with the floor marked where it is
 * the same for all rows.
 */
export function rateTable(
  rows: readonly RateRow[],
  options: {
    readonly scale: Scale;
    readonly style: Style;
    readonly floor: number | null;
    readonly firstHeader: string;
    readonly needsHeader: string | null;
  },
): readonly string[] {
  const { scale, style } = options;
  const column = (header: string, cell: (row: RateRow) => string): Column => ({
    header,
    align: 'right',
    cells: rows.map(cell),
  });
  const values = [
    column('n', (row) => formatCount(row.n)),
    column('value', (row) => formatEstimate(scale, row.value)),
    column('95% interval', (row) =>
      row.value === null || row.value.lower === null ? '-' : formatRange(scale, row.value),
    ),
  ];
  const tail: Column[] = [
    options.needsHeader === null
      ? column('sees', (row) => (row.sees === null ? '' : scale.size(row.sees)))
      : column(options.needsHeader, (row) => row.needs),
    { header: '', align: 'left', cells: rows.map((row) => row.word) },
  ];
  const fixed = [...values, ...tail].reduce((sum, part) => sum + columnWidth(part) + 1, 0);
  const room = style.width - fixed - 1;
  const names = rows.map((row) => row.name);
  const need = Math.max(cellWidth(options.firstHeader), ...names.map(cellWidth));
  const nameWidth = Math.max(4, Math.min(need, room - 9, 40));
  const bars = barScale(
    rows.map((row) => row.value),
    { zero: null, mark: options.floor },
    Math.max(3, Math.min(room - nameWidth, 31)),
  );
  return layOut(
    [
      {
        header: options.firstHeader,
        align: 'left',
        cells: cutNames(names, nameWidth, style.glyphs.ellipsis),
      },
      ...values,
      {
        header: barHeader(bars, scale.value),
        align: 'left',
        cells: rows.map((row) => drawBar(bars, row.value, style.glyphs)),
      },
      ...tail,
    ],
    (row) => rows[row]!.paint,
    style.dim,
  );
}
