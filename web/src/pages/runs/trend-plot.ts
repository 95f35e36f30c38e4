/** The picture of one slice over recorded gates: band of intervals, verdict marks, anchors, breaks. */

import * as Plot from '@observablehq/plot';
import type { TrendAnswer, TrendLine } from '../../../../src/studio/contract/index.ts';
import { countText, intervalText, rateText, valueText } from '../../format/numbers.ts';
import { tickIn } from '../../format/units.ts';
import { timeText } from './runs-view.ts';

type Recorded = Extract<TrendAnswer, { state: 'recorded' }>;

export const SYMBOLS = {
  BLOCK: 'square',
  REVIEW: 'diamond',
  PASS: 'circle',
  INVALID: 'triangle',
  UNTESTED: 'times',
  STALE: 'times',
  'LOW-N': 'cross',
  DEBT: 'wye',
  shown: 'circle',
} as const;

/** A gate as it is drawn; `stretch` numbers what may be compared, so that no line crosses a break. */
interface Drawn {
  readonly x: number | Date;
  readonly at: string;
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly n: number;
  readonly verdict: string;
  readonly release: string;
  readonly stretch: number;
  readonly breaks: readonly string[];
}

/** @param axis gates side by side, or by time */
export function trendOptions(
  line: TrendLine,
  { shown, anchors }: Pick<Recorded, 'shown' | 'anchors'>,
  axis: 'gate' | 'time',
): Plot.PlotOptions {
  const drawn = drawnPoints(line, axis);
  const read = line.isRate ? rateText : valueText;
  const broken = drawn.filter(({ breaks }) => breaks.length > 0);
  const half = axis === 'gate' ? 0.5 : 0;
  const marks = anchors.map((anchor) => ({
    ...anchor,
    x: axis === 'gate' ? anchor.place - 0.5 : new Date(anchor.at),
  }));
  const labels = new Map(line.points.map(({ place, at }) => [place, at.slice(5, 10)]));
  return {
    ...{ marginLeft: 56, marginRight: 16, marginTop: 22, marginBottom: 30 },
    x:
      axis === 'time'
        ? { type: 'utc', label: null }
        : {
            ...{ label: null, domain: [-0.5, Math.max(0.5, shown - 0.5)] },
            ticks: [...labels.keys()].filter((place) => place % Math.ceil(shown / 8) === 0),
            tickFormat: (place: number) => labels.get(place) ?? '',
          },
    y: {
      label: null,
      grid: true,
      nice: true,
      tickFormat: (value: number) => tickIn(line, value, 'value'),
    },
    symbol: { domain: Object.keys(SYMBOLS), range: Object.values(SYMBOLS) },
    marks: [
      Plot.ruleX(broken, {
        x: ({ x }: Drawn) => (typeof x === 'number' ? x - half : x),
        ...{ stroke: 'var(--warn)', strokeDasharray: '4 3' },
      }),
      Plot.text(broken, {
        x: ({ x }: Drawn) => (typeof x === 'number' ? x - half : x),
        text: () => 'break',
        ...{ frameAnchor: 'top', dy: -12, fill: 'var(--warn)' },
      }),
      Plot.ruleX(marks, { x: 'x', stroke: 'var(--ink)', strokeWidth: 1.5 }),
      Plot.text(marks, { x: 'x', text: () => '⚓ anchor', frameAnchor: 'top', dy: -12, fill: 'var(--ink)' }),
      Plot.areaY(drawn, {
        ...{ x: 'x', y1: 'lower', y2: 'upper', z: 'stretch', fill: 'var(--band)', fillOpacity: 0.18 },
      }),
      Plot.ruleX(drawn, { x: 'x', y1: 'lower', y2: 'upper', stroke: 'var(--after)', strokeOpacity: 0.6 }),
      Plot.lineY(drawn, { x: 'x', y: 'value', z: 'stretch', stroke: 'var(--after)', strokeWidth: 1.5 }),
      Plot.dot(drawn, {
        ...{ x: 'x', y: 'value', symbol: 'verdict', r: 5 },
        fill: ({ verdict }: Drawn) => (verdict === 'BLOCK' ? 'var(--loss)' : 'var(--surface)'),
        stroke: ({ verdict }: Drawn) =>
          verdict === 'BLOCK' || verdict === 'REVIEW' ? 'var(--loss)' : 'var(--after)',
      }),
      Plot.tip(
        drawn,
        Plot.pointerX({
          ...{ x: 'x', y: 'value', fill: 'var(--surface)', stroke: 'var(--line-strong)' },
          title: ({ at, value, lower, upper, n, verdict, release, breaks }: Drawn) =>
            [
              `${timeText(at)}: ${read(value)}`,
              line.isRate
                ? `${intervalText({ lower, upper })}, n ${countText(n)}`
                : `${read(lower)} to ${read(upper)}, n ${countText(n)}`,
              `slice ${verdict}, release ${release}`,
              ...breaks,
            ].join('\n'),
        }),
      ),
    ],
  };
}

function drawnPoints(line: TrendLine, axis: 'gate' | 'time'): readonly Drawn[] {
  let stretch = 0;
  return line.points.map((point) => {
    if (point.breaks.length > 0) stretch += 1;
    return {
      x: axis === 'gate' ? point.place : new Date(point.at),
      ...{ at: point.at, n: point.n, breaks: point.breaks, stretch, release: point.releaseVerdict },
      value: point.value?.estimate ?? null,
      lower: point.value?.lower ?? null,
      upper: point.value?.upper ?? null,
      verdict: point.verdict ?? 'shown',
    };
  });
}
