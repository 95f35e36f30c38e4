/** One bar as it is drawn and read out, whatever its dimension looks like. */

import type {
  ExploreBars,
  ExploreDimension,
  ExploreShow,
  MetricReading,
} from '../../../../src/studio/contract/index.ts';
import { countOf, countText } from '../../format/numbers.ts';
import type { FigureTable } from '../../ui/figure-table.ts';
import type { FigureScale } from './figure-scale.ts';

/** How the page reads its numbers now. */
export interface Reading {
  readonly metric: MetricReading;
  readonly show: ExploreShow;
  readonly paired: boolean;
  readonly scale: FigureScale;
}

export const SHOWN: Readonly<Record<ExploreShow, string>> = {
  before: 'before',
  after: 'after',
  delta: 'change',
};

/** A bar in one sentence: `34 cases, change −5.9 (−20.1 to +8.4), 3 lost, 1 gained`. */
export function barText(bars: ExploreBars, i: number, reading: Reading): string {
  const { show, scale } = reading;
  const figure = bars.estimate[i] === null ? '' : `, ${SHOWN[show]} ${scale.text(bars.estimate[i]!)}`;
  return `${countOf(bars.cases[i]!, 'case')}${figure}${restText(bars, i, reading)}`;
}

/** What is not written beside a bar: its interval, and the cases that were lost and gained. */
export function restText(bars: ExploreBars, i: number, { scale, paired }: Reading): string {
  const [lower, upper] = [bars.lower[i]!, bars.upper[i]!];
  const isUndefined = bars.estimate[i] === null;
  const interval =
    lower === null || upper === null ? ' (no interval)' : ` (${scale.text(lower)} to ${scale.text(upper)})`;
  const flips = paired ? `, ${countText(bars.lost[i]!)} lost, ${countText(bars.gained[i]!)} gained` : '';
  return `${isUndefined ? '' : interval}${flips}`;
}

/** Every number of a dimension. */
export function dimensionTable(
  dimension: ExploreDimension,
  bars: ExploreBars,
  { show, metric, paired }: Reading,
): FigureTable {
  const flips = paired ? ['lost', 'gained'] : [];
  const isOutcome = dimension.kind === 'outcome';
  const figure = isOutcome ? [] : [`${metric.name}, ${SHOWN[show]}`, 'lower limit', 'upper limit'];
  return {
    columns: [dimension.label, 'cases', 'cases without filter', ...flips, ...figure],
    rows: dimension.values.map(({ label, cases }, i) => [
      label,
      bars.cases[i]!,
      cases,
      ...(paired ? [bars.lost[i]!, bars.gained[i]!] : []),
      ...(isOutcome ? [] : [bars.estimate[i]!, bars.lower[i]!, bars.upper[i]!]),
    ]),
  };
}

/** Places of the values in the order that was asked for; by what all cases show, so that bars stay where they are. */
export function orderOf(
  dimension: ExploreDimension,
  base: ExploreBars,
  order: string,
  { metric }: Reading,
): readonly number[] {
  const places = dimension.values.map((_, i) => i);
  if (
    order !== 'worst' ||
    dimension.edges !== null ||
    dimension.kind === 'time' ||
    dimension.kind === 'outcome'
  ) {
    return places;
  }
  const sign = metric.direction === 'higher' ? 1 : -1;
  const value = (i: number) =>
    base.estimate[i] === null ? Number.POSITIVE_INFINITY : sign * base.estimate[i]!;
  return places.toSorted((a, b) => value(a) - value(b));
}
