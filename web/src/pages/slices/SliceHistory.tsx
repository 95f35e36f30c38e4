/** One slice over the recorded gates: its rate with intervals, a verdict at each gate, and where things stopped being comparable. */

import * as Plot from '@observablehq/plot';
import { useMemo } from 'react';
import type { MetricReading, SliceAnswer } from '../../../../src/studio/contract/index.ts';
import { countOf, countText } from '../../format/numbers.ts';
import { changeIn, changeUnit, tickIn, valueIn } from '../../format/units.ts';
import { Figure } from '../../ui/Figure.tsx';
import { PlotPicture } from '../../ui/PlotPicture.tsx';

type Recorded = Extract<SliceAnswer['history'], { state: 'recorded' }>;
type Point = Recorded['series']['points'][number];

const SYMBOLS: Readonly<Record<string, string>> = {
  BLOCK: 'square',
  REVIEW: 'diamond',
  PASS: 'circle',
  INVALID: 'triangle',
  UNTESTED: 'times',
  STALE: 'times',
  'LOW-N': 'cross',
  DEBT: 'wye',
};

export function SliceHistory({ answer }: { readonly answer: SliceAnswer }) {
  const { history, metric } = answer;
  return (
    <section aria-label="History">
      <h3>History</h3>
      {history.state === 'none' ? (
        <p className="muted">{history.reason}</p>
      ) : (
        <Trend series={history.series} metric={metric} gates={history.gates} />
      )}
    </section>
  );
}

function Trend({
  series,
  metric,
  gates,
}: {
  readonly series: Recorded['series'];
  readonly metric: MetricReading;
  readonly gates: number;
}) {
  const { points, drift } = series;
  const options = useMemo(() => optionsOf(points, metric), [points, metric]);
  const last = points.at(-1);
  const said =
    drift === null
      ? ''
      : ` Since ${drift.since.at.slice(0, 10)}: ${changeIn(metric, drift.change.estimate)}${changeUnit(metric)} (${changeIn(metric, drift.change.lower)} to ${changeIn(metric, drift.change.upper)})${drift.slide ? '; more than chance, whatever each single gate said' : ''}.`;
  const breaks = points.filter((point) => point.breaks.length > 0).length;
  return (
    <Figure
      title={`${metric.name} over ${countOf(points.length, 'gate')}`}
      caption={`■ BLOCK, ◆ REVIEW, ● PASS; bars are intervals.${said}${breaks > 0 ? ` At ${countOf(breaks, 'dashed line')} the data or an instrument changed: what stands before is not comparable.` : ''} ${countOf(gates, 'gate')} recorded.`}
      table={() => ({
        columns: ['gate', 'at', 'n', metric.name, 'lower', 'upper', 'verdict', 'changed before it'],
        rows: points.map((point) => [
          ...[point.gateId, point.at, point.n, point.candidate?.estimate ?? null],
          ...[point.candidate?.lower ?? null, point.candidate?.upper ?? null, point.verdict],
          point.breaks.join(', '),
        ]),
      })}
    >
      <PlotPicture
        alt={`${metric.name} of the slice over ${points.length} recorded gates; the last is ${valueIn(metric, last?.candidate?.estimate ?? null)}.`}
        height={190}
        options={options}
      />
    </Figure>
  );
}

function optionsOf(points: readonly Point[], metric: MetricReading): Plot.PlotOptions {
  // Gates stand side by side: several may fall on one day, and weeks may lie between two.
  const drawn = points.map((point, place) => ({
    place: String(place),
    at: point.at.slice(5, 10),
    value: point.candidate?.estimate ?? null,
    lower: point.candidate?.lower ?? null,
    upper: point.candidate?.upper ?? null,
    verdict: point.verdict ?? 'shown',
    breaks: point.breaks,
    n: point.n,
  }));
  const labels = new Map(drawn.map(({ place, at }) => [place, at]));
  const every = Math.ceil(drawn.length / 8);
  return {
    ...{ marginLeft: 52, marginBottom: 30 },
    x: {
      ...{ type: 'point', label: null, domain: drawn.map(({ place }) => place) },
      tickFormat: (place: string) => (Number(place) % every === 0 ? (labels.get(place) ?? '') : ''),
    },
    y: {
      label: null,
      grid: true,
      nice: true,
      tickFormat: (value: number) => tickIn(metric, value, 'value'),
    },
    symbol: { domain: Object.keys(SYMBOLS), range: Object.values(SYMBOLS) },
    marks: [
      Plot.ruleX(
        drawn.filter(({ breaks }) => breaks.length > 0),
        { x: 'place', stroke: 'var(--warn)', strokeDasharray: '4 3' },
      ),
      Plot.ruleX(drawn, { x: 'place', y1: 'lower', y2: 'upper', stroke: 'var(--after)' }),
      Plot.lineY(drawn, { x: 'place', y: 'value', stroke: 'var(--line-strong)' }),
      Plot.dot(drawn, {
        ...{ x: 'place', y: 'value', symbol: 'verdict', r: 5 },
        fill: ({ verdict }: { readonly verdict: string }) =>
          verdict === 'BLOCK' ? 'var(--loss)' : 'var(--surface)',
        stroke: ({ verdict }: { readonly verdict: string }) =>
          verdict === 'BLOCK' || verdict === 'REVIEW' ? 'var(--loss)' : 'var(--after)',
      }),
      Plot.tip(
        drawn,
        Plot.pointerX({
          ...{ x: 'place', y: 'value', fill: 'var(--surface)', stroke: 'var(--line-strong)' },
          title: ({ at, value, n, verdict }: (typeof drawn)[number]) =>
            `${at}: ${valueIn(metric, value)}, n ${countText(n)}\n${verdict}`,
        }),
      ),
    ],
  };
}
