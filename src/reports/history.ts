/** Prints the history of slices: one table per slice where few are asked for, one line per slice where many are. */

import type { Drift, History, HistoryPoint, HistorySeries } from '../ledger/index.ts';
import { countOf, formatCount, formatQuantity } from './format/numbers.ts';
import { formatDelta, formatDeltaRange, formatEstimate, scaleOf } from './format/scale.ts';
import { visible } from './format/visible.ts';
import { type BarScale, barHeader, barScale, drawBar } from './terminal/bar.ts';
import { paintOf, type Style, styleOf } from './terminal/style.ts';
import { cellWidth, cutEnd, cutNames, pad } from './terminal/width.ts';
import { wrap } from './terminal/wrap.ts';

/** Where the text goes. */
export interface HistoryStyle {
  /** Cells in a line; at least 60 are used. */
  readonly columns: number;
  readonly color: boolean;
  readonly ascii?: boolean;
}

/** Up to so many slices are printed gate by gate. */
const DETAILED = 3;

/**
 * The history as text for a terminal, ending in a line break. It draws what the ledger worked out and decides nothing.
 *
 * @example a slice that fell from 93% to 87% in six gates begins with
 * `SLIDE (REVIEW): -6.0 points since the baseline of the first gate (2026-01-12), interval -8.4..-3.6, unpaired`
 */
export function renderHistory(history: History, options: HistoryStyle): string {
  const style = styleOf({
    columns: options.columns,
    color: options.color,
    ascii: options.ascii ?? false,
    all: false,
  });
  if (history.series.length === 0) {
    return 'No gates are recorded yet. A gate with a ledger (ledger: PATH in slicewise.yaml) records itself.\n';
  }
  const lines =
    history.series.length <= DETAILED
      ? history.series.flatMap((series) => [...detail(series, style), ''])
      : [...summary(history.series, style), ''];
  return `${[...lines, ...footer(history, style)].join('\n')}\n`;
}

function nameOf(series: HistorySeries): string {
  if (series.role === 'overall') return '(all cases)';
  return visible(`${series.dimension}=${series.value === '' ? `(${series.state})` : series.value}`);
}

function day(iso: string): string {
  return iso.slice(0, 10);
}

function driftLine(series: HistorySeries): string {
  const scale = scaleOf(series.metric);
  const { drift } = series;
  if (drift === null) return 'no drift can be told: nothing comparable was recorded before';
  const since = originOf(drift.since);
  const change = `${formatDelta(scale, drift.change)}${scale.unit} since ${visible(since)}`;
  const range = `interval ${formatDeltaRange(scale, drift.change)}, ${drift.basis}`;
  return `${drift.slide ? 'SLIDE (REVIEW)' : 'no slide shown'}: ${change}, ${range}`;
}

function originOf({ from, at, who, reason }: Drift['since']): string {
  switch (from) {
    case 'anchor':
      return `the anchor of ${day(at)} (${who}: ${reason})`;
    case 'break':
      return `${day(at)}, when ${reason}`;
    case 'first release':
      return `the baseline of the first gate (${day(at)})`;
  }
}

function detail(series: HistorySeries, style: Style): string[] {
  const scale = scaleOf(series.metric);
  const title = cutEnd(`${nameOf(series)}  ${visible(scale.name)}`, style.width, style.glyphs.ellipsis);
  const verdict = wrap(driftLine(series), { width: style.width, first: '', indent: 0 });
  const paint = series.verdict === null ? style.dim : paintOf(style, series.verdict);
  const bars = barScale(
    series.points.map((point) => point.candidate),
    { zero: null, mark: null },
    Math.max(4, style.width - FIXED_WIDTH),
  );
  const head = row(
    ['date', 'n', 'rate', barHeader(bars, scale.value), 'change', 'verdict', 'drift'],
    style,
    bars,
  );
  return [
    style.strong(title),
    ...verdict.map(paint),
    '',
    style.dim(head),
    ...series.points.flatMap((point) => pointLines(point, series, bars, style)),
  ];
}

/** Date 10, n 9, rate 8, change 8, verdict 8, drift 8, and a gap of one or two before each and around the bar. */
const FIXED_WIDTH = 10 + 9 + 8 + 2 + 8 + 2 + 8 + 8;

function row(cells: readonly string[], style: Style, bars: BarScale): string {
  const [date, n, rate, bar, change, verdict, drift] = cells as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const fit = (text: string, width: number) => cutEnd(text, width - 1, style.glyphs.ellipsis);
  const left = pad(date, 10, 'left') + pad(fit(n, 9), 9, 'right') + pad(fit(rate, 8), 8, 'right');
  const right = `${pad(fit(change, 8), 8, 'right')}  ${verdict}${pad(fit(drift, 8), 8, 'right')}`;
  return `${left}  ${pad(bar, bars.cells, 'left')}${right}`.trimEnd();
}

function pointLines(point: HistoryPoint, series: HistorySeries, bars: BarScale, style: Style): string[] {
  const scale = scaleOf(series.metric);
  const verdict = point.unchanged ? 'rerun' : (point.verdict ?? '-');
  const paint = point.unchanged ? style.dim : paintOf(style, point.verdict);
  const drift = `${formatDelta(scale, point.drift?.change ?? null)}${point.drift?.slide ? '!' : ''}`;
  const cells = [
    day(point.at),
    formatCount(point.n),
    formatEstimate(scale, point.candidate),
    drawBar(bars, point.candidate, style.glyphs),
    formatDelta(scale, point.delta),
    paint(pad(verdict, 8, 'left')),
    drift,
  ];
  const breaks = point.breaks.map((what) => {
    const text = `${style.glyphs.rule.repeat(2)} ${what}: not comparable with the gates above `;
    return style.warn(text + style.glyphs.rule.repeat(Math.max(0, style.width - cellWidth(text))));
  });
  return [...breaks, row(cells, style, bars)];
}

const STEPS = { unicode: '▁▂▃▄▅▆▇█', ascii: '_.-=+*#@' };
const SPARK_GATES = 16;

/** One character per gate, oldest first, from the lowest to the highest value of this slice; a blank where there is none. */
function spark(series: HistorySeries, ascii: boolean): string {
  const values = series.points.slice(-SPARK_GATES).map((point) => point.candidate?.estimate ?? null);
  const known = values.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const steps = [...(ascii ? STEPS.ascii : STEPS.unicode)];
  return values
    .map((value) => {
      if (value === null) return ' ';
      const share = high > low ? (value - low) / (high - low) : 0.5;
      return steps[Math.round(share * (steps.length - 1))];
    })
    .join('');
}

function summary(all: readonly HistorySeries[], style: Style): string[] {
  const ascii = style.glyphs.line === '=';
  const nameWidth = style.width - (2 + SPARK_GATES + 9 + 8 + 16 + 7);
  const names = cutNames(all.map(nameOf), nameWidth, style.glyphs.ellipsis);
  const metrics = new Set(all.map((series) => series.metric));
  const line = (cells: readonly [string, string, string, string, string]) =>
    `${pad(cells[0], nameWidth, 'left')}  ${pad(cells[1], SPARK_GATES, 'left')}${pad(cells[2], 9, 'right')}${pad(cells[3], 8, 'right')}${pad(cells[4], 16, 'right')}`;
  const lines = [style.dim(line(['slice', 'gates', 'now', 'drift', 'interval']))];
  for (const metric of metrics) {
    const scale = scaleOf(metric);
    if (metrics.size > 1) lines.push(style.strong(visible(scale.name)));
    for (const [index, series] of all.entries()) {
      if (series.metric !== metric) continue;
      const change = series.drift?.change ?? null;
      const range = change === null ? '-' : formatDeltaRange(scale, change);
      const now = formatEstimate(scale, series.points.at(-1)!.candidate);
      const text = line([names[index]!, spark(series, ascii), now, formatDelta(scale, change), range]);
      lines.push(series.verdict === null ? text : `${text}  ${paintOf(style, series.verdict)('SLIDE')}`);
    }
  }
  return lines;
}

function footer(history: History, style: Style): string[] {
  const slides = history.series.filter((series) => series.verdict !== null).length;
  const shown = Math.max(...history.series.map((series) => series.points.length));
  const told = history.series.filter((series) => series.drift !== null).length;
  const chance = formatQuantity(history.slidesByChance, 2);
  const text =
    `${countOf(slides, 'slide')} in ${countOf(told, 'slice')} (${chance} expected by chance at 95%); ` +
    `${formatCount(shown)} of ${countOf(history.gates, 'gate')} shown. Drift counts from the last anchor, else from ` +
    "the first gate's baseline, and anew where judge or data set changed; ! where the loss excludes 0.";
  return wrap(text, { width: style.width, first: '', indent: 0 }).map(style.dim);
}
