/** A small forest plot of the worst slices, beside the answer. */

import * as Plot from '@observablehq/plot';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { MetricReading, ReleaseAnswer, SliceRow } from '../../../../src/studio/contract/index.ts';
import { countText } from '../../format/numbers.ts';
import { changeIn, changeUnit, rangeIn, tickIn, valueIn } from '../../format/units.ts';
import { Figure } from '../../ui/Figure.tsx';
import { shortened } from '../../ui/foreign-name.ts';
import { Panel } from '../../ui/Page.tsx';
import { PlotPicture } from '../../ui/PlotPicture.tsx';
import { sliceName, valueName } from '../slices/reading.ts';

const ROW = 25;

const MARGIN = { stroke: 'var(--mark)', strokeDasharray: '4 3' } as const;

export function WorstSlices({ answer }: { readonly answer: ReleaseAnswer }) {
  const navigate = useNavigate();
  const { worst, metrics, level, baseline } = answer;
  const metric = metrics.find(({ id }) => id === worst[0]?.metric) ?? metrics[0]!;
  const isChange = baseline !== null;
  const rows = useMemo(
    () => worst.filter((row) => row.metric === metric.id && middle(row, isChange) !== null),
    [worst, metric, isChange],
  );
  const options = useMemo(() => optionsOf(rows, metric, isChange), [rows, metric, isChange]);
  if (rows.length === 0) return null;
  const [first] = rows as [SliceRow];
  return (
    <Panel>
      <Figure
        title={isChange ? 'The worst slices: change with its interval' : 'The worst slices, with intervals'}
        caption={
          <>
            {level * 100}% intervals; ■ and ◆ decide. {isChange ? 'Dashed: the margin. ' : ''}
            <Link to="/slices">All slices</Link>
          </>
        }
        table={() => ({
          columns: ['slice', 'n', 'before', 'after', 'change', 'lower', 'upper', 'verdict'],
          rows: rows.map((row) => [
            ...[valueName(row), row.n, row.before, row.after, row.delta, row.deltaLower, row.deltaUpper],
            row.verdict,
          ]),
        })}
      >
        <PlotPicture
          alt={`Forest plot of the ${rows.length} worst slices. ${valueName(first)} is the worst: ${isChange ? `${changeIn(metric, first.delta)}${changeUnit(metric)}, ${rangeIn(metric, first.deltaLower, first.deltaUpper, 'change')}` : valueIn(metric, first.after)}, n ${countText(first.n)}.`}
          height={50 + rows.length * ROW}
          options={options}
          onChoose={(row) =>
            void navigate({ to: '/slices', search: { slice: (row as SliceRow).id } as never })
          }
        />
      </Figure>
    </Panel>
  );
}

function middle(row: SliceRow, isChange: boolean): number | null {
  return isChange ? row.delta : row.after;
}

function optionsOf(rows: readonly SliceRow[], metric: MetricReading, isChange: boolean): Plot.PlotOptions {
  const nameOf = new Set(rows.map(({ dimension }) => dimension)).size > 1 ? sliceName : valueName;
  const names = new Map(rows.map((row) => [row.id, shortened(nameOf(row), 24)]));
  const widest = Math.max(...rows.map(({ n }) => countText(n).length), 0);
  const longest = Math.max(0, ...[...names.values()].map((name) => [...name].length));
  const sign = metric.direction === 'higher' ? -1 : 1;
  const margins = new Set(rows.map((row) => sign * row.margin));
  const isBad = ({ verdict }: SliceRow) => verdict === 'BLOCK' || verdict === 'REVIEW';
  const color = (row: SliceRow) => (isBad(row) ? 'var(--loss)' : 'var(--after)');
  const [low, value, high] = isChange
    ? (['deltaLower', 'delta', 'deltaUpper'] as const)
    : (['afterLower', 'after', 'afterUpper'] as const);
  return {
    ...{ marginLeft: 16 + longest * 6.8, marginRight: 26 + widest * 7, marginTop: 26, marginBottom: 10 },
    x: {
      ...{ axis: 'top', label: null, grid: true, ticks: 5 },
      tickFormat: (tick: number) => tickIn(metric, tick, isChange ? 'change' : 'value'),
    },
    y: {
      ...{ label: null, domain: rows.map(({ id }) => id), tickSize: 0 },
      tickFormat: (id: string) => names.get(id) ?? '',
    },
    symbol: { domain: ['BLOCK', 'REVIEW', 'other'], range: ['square', 'diamond', 'circle'] },
    marks: [
      ...(isChange
        ? [
            Plot.ruleX([0], { stroke: 'var(--line-strong)' }),
            // Slices may have margins of their own: then each line has its mark.
            margins.size === 1
              ? Plot.ruleX([...margins], MARGIN)
              : Plot.tickX(rows, { y: 'id', x: (row: SliceRow) => sign * row.margin, ...MARGIN }),
          ]
        : []),
      Plot.ruleY(rows, { y: 'id', x1: low, x2: high, stroke: color, strokeWidth: 2 }),
      Plot.dot(rows, {
        ...{ y: 'id', x: value, r: 5, fill: color, stroke: 'var(--surface)' },
        symbol: (row: SliceRow) => (isBad(row) ? (row.verdict as string) : 'other'),
      }),
      Plot.text(rows, {
        ...{ y: 'id', frameAnchor: 'right', textAnchor: 'start', dx: 6, fill: 'var(--ink-muted)' },
        text: ({ n }: SliceRow) => `n ${countText(n)}`,
      }),
      Plot.tip(
        rows,
        Plot.pointerY({
          ...{ y: 'id', x: value, fill: 'var(--surface)', stroke: 'var(--line-strong)' },
          title: (row: SliceRow) =>
            `${shortened(valueName(row), 80)}\n${valueIn(metric, row.before)} → ${valueIn(metric, row.after)}\nlost ${row.lost}, gained ${row.gained} of ${countText(row.n)}`,
        }),
      ),
    ],
  };
}
