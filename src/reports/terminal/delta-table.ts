/** The table of a comparison: one row per slice with n, both values, the difference, its interval as text and bar, p and verdict. */

import type { OverallReport, SliceReport } from '../../gate/index.ts';
import type { Estimate } from '../../stats/index.ts';
import { formatCount, formatP } from '../format/numbers.ts';
import { formatDelta, formatDeltaRange, formatEstimate, type Scale } from '../format/scale.ts';
import { meanName } from '../format/sections.ts';
import { verdictWord } from '../format/wording.ts';
import { type BarScale, barHeader, barScale, drawBar } from './bar.ts';
import { type Column, columnWidth, layOut, type RowPaint } from './columns.ts';
import { paintOf, type Style, unpainted } from './style.ts';
import { cellWidth, cutNames, pad } from './width.ts';

const NOT_GATED = 'not gated';

/** Cells of `mean (weighted)`, which is never cut. */
const MEAN_WIDTH = 15;

/** One printed row. */
export interface DeltaRow {
  readonly name: string;
  readonly n: number;
  readonly baseline: Estimate | null;
  readonly candidate: Estimate | null;
  readonly delta: Estimate | null;
  readonly lost: number;
  readonly gained: number;
  readonly pValue: number | null;
  readonly sees: number | null;
  /** Text of the column before the last: adjusted p, or the cases that are missing. */
  readonly key: string;
  readonly word: string;
  readonly paint: RowPaint;
}

/** A row from a slice: the verdict in its colour, the rest plain, so that it reads on light and dark alike. */
export function sliceRow(slice: SliceReport, name: string, style: Style, key?: string): DeltaRow {
  const word = verdictWord(slice);
  const calm = slice.verdict === null || slice.verdict === 'PASS' || word === 'waived';
  const verdict = calm ? unpainted : paintOf(style, slice.verdict);
  const strong = slice.verdict === 'BLOCK' && !calm;
  return {
    name,
    n: slice.n,
    baseline: slice.baseline,
    candidate: slice.candidate,
    delta: slice.delta,
    lost: slice.lost,
    gained: slice.gained,
    pValue: slice.pValue,
    sees: slice.minimumDetectableDrop,
    key: key ?? (slice.adjustedPValue === null ? '' : formatP(slice.adjustedPValue)),
    word,
    paint: { body: strong ? style.strong : slice.verdict === 'LOW-N' ? style.dim : unpainted, verdict },
  };
}

/** The row of the whole comparison, which decides nothing. */
export function meanRow(overall: OverallReport): DeltaRow {
  return {
    name: meanName(overall.metric),
    n: overall.n,
    baseline: overall.baseline,
    candidate: overall.candidate,
    delta: overall.delta,
    lost: overall.lost,
    gained: overall.gained,
    pValue: null,
    sees: null,
    key: '',
    word: NOT_GATED,
    paint: { body: unpainted, verdict: unpainted },
  };
}

export interface DeltaTableOptions {
  readonly scale: Scale;
  readonly style: Style;
  /** Raw difference at which a loss matters (negative where higher is better); null draws no mark. */
  readonly mark: number | null;
  readonly firstHeader: string;
  readonly keyHeader: string;
}

/** Cells from which lost, gained, p and power have columns of their own. */
export const WIDE = 110;

const NAME_MIN = 12;
const BAR_MIN = 9;

/**
 * Lines of at most `style.width` cells. Wide terminals (110 and more) add lost, gained, the one-sided p and the smallest
 * drop that the slice could show; narrow ones keep the interval as text while names still have room.
 */
export function deltaTable(rows: readonly DeltaRow[], options: DeltaTableOptions): readonly string[] {
  const { scale, style } = options;
  const column = (header: string, cell: (row: DeltaRow) => string): Column => ({
    header,
    align: 'right',
    cells: rows.map(cell),
  });
  const isWide = style.width >= WIDE;
  const values = [
    column('n', (row) => formatCount(row.n)),
    column('before', (row) => formatEstimate(scale, row.baseline)),
    column('after', (row) => formatEstimate(scale, row.candidate)),
    column('delta', (row) => formatDelta(scale, row.delta)),
  ];
  const range = column('95% interval', (row) =>
    row.delta?.lower === null || row.delta === null ? '-' : formatDeltaRange(scale, row.delta),
  );
  const wide = [
    column('lost', (row) => formatCount(row.lost)),
    column('gained', (row) => formatCount(row.gained)),
    column('p', (row) => (row.pValue === null ? '' : formatP(row.pValue))),
    column('sees', (row) => (row.sees === null ? '' : scale.size(row.sees))),
  ];
  const tail = [tailColumn(rows, options.keyHeader)];
  const roomFor = (columns: readonly Column[]): number =>
    style.width - columns.reduce((sum, part) => sum + columnWidth(part) + 1, 0) - 1;
  const names = rows.map((row) => row.name);
  const need = Math.max(cellWidth(options.firstHeader), NAME_MIN, ...names.map(cellWidth));
  const full = [...values, range, ...(isWide ? wide : []), ...tail];
  const hasRange = roomFor(full) >= Math.min(need, NAME_MIN + 4) + BAR_MIN;
  const room = roomFor(hasRange ? full : [...values, ...tail]);
  const nameWidth = Math.max(4, Math.min(need, Math.max(MEAN_WIDTH, room - BAR_MIN), isWide ? 40 : 30));
  const bars = barScale(
    rows.map((row) => row.delta),
    { zero: 0, mark: options.mark },
    Math.max(3, Math.min(room - nameWidth, isWide ? 41 : 25)),
  );
  const columns: Column[] = [
    { header: options.firstHeader, align: 'left', cells: cutNames(names, nameWidth, style.glyphs.ellipsis) },
    ...values,
    ...(hasRange ? [range] : []),
    barColumn(rows, bars, options),
    ...(isWide ? wide : []),
    ...tail,
  ];
  return layOut(columns, (row) => rows[row]!.paint, style.dim);
}

/** The key and the verdict as one column, so that `not gated` may stand under both. */
function tailColumn(rows: readonly DeltaRow[], keyHeader: string): Column {
  const keyWidth = Math.max(keyHeader.length, ...rows.map(({ key }) => cellWidth(key)));
  const verdict = rows.some(({ word, key }) => word !== '' && key !== '') ? ' verdict' : '';
  return {
    header: `${keyHeader.padStart(keyWidth)}${verdict}`,
    align: 'left',
    cells: rows.map(({ key, word }) =>
      key === '' && word === NOT_GATED ? word : `${pad(key, keyWidth, 'right')} ${word}`.trimEnd(),
    ),
  };
}

function barColumn(rows: readonly DeltaRow[], bars: BarScale, { scale, style }: DeltaTableOptions): Column {
  const label = (value: number): string =>
    scale.unit === '' ? scale.delta(value) : scale.delta(value).split('.')[0]!;
  return {
    header: barHeader(bars, label),
    align: 'left',
    cells: rows.map((row) => drawBar(bars, row.delta, style.glyphs)),
  };
}
