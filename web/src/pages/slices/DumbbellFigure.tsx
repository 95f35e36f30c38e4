/** Before and after of the first slices in sight, joined by a line, with what was lost and gained. */

import * as Plot from '@observablehq/plot';
import { useMemo, useRef } from 'react';
import type { MetricReading, SliceRow } from '../../../../src/studio/contract/index.ts';
import { countText } from '../../format/numbers.ts';
import { changeIn, rangeIn, tickIn, valueIn } from '../../format/units.ts';
import { Select } from '../../ui/controls.tsx';
import { Figure } from '../../ui/Figure.tsx';
import { shortened } from '../../ui/foreign-name.ts';
import { PlotPicture } from '../../ui/PlotPicture.tsx';
import { TooLittle } from '../../ui/states.tsx';
import { useWidth } from '../../ui/use-width.ts';
import type { OverviewProps } from './FunnelFigure.tsx';
import { sliceName, toneOf, valueName } from './reading.ts';

const ROW = 26;
const TOPS = [20, 40, 80] as const;

type Compared = SliceRow & { readonly before: number; readonly after: number };

export function DumbbellFigure({
  metric,
  rows,
  onOpen,
  top,
  onTop,
}: OverviewProps & { readonly top: number; readonly onTop: (top: number) => void }) {
  const compared = useMemo(() => rows.filter(isCompared), [rows]);
  const shown = useMemo(() => compared.slice(0, top), [compared, top]);
  const place = useRef<HTMLDivElement>(null);
  const isNarrow = useWidth(place) < 560;
  const options = useMemo(() => optionsOf(shown, metric, isNarrow), [shown, metric, isNarrow]);
  if (shown.length === 0) {
    return (
      <TooLittle title="No slice in sight was compared">
        <p>Both runs need cases of the slice. Clear the filters to see the others.</p>
      </TooLittle>
    );
  }
  const fell = shown.filter((row) => toneOf(metric, row) === 'loss').length;
  return (
    <div ref={place}>
      <Figure
        title={`${metric.name} before and after`}
        caption={`Hollow: before; filled: after. The thin lines are the intervals of each, the grey one before; at the right lost and gained cases of n. The joining line is coloured where the interval of the change leaves out zero, and grey where it does not. The first ${countText(shown.length)} of ${countText(compared.length)} compared slices, in the order of the table.`}
        tools={
          compared.length <= TOPS[0] ? undefined : (
            <Select
              label="Slices drawn"
              hideLabel
              value={String(top)}
              choices={TOPS.map((count) => ({ value: String(count), label: `First ${count}` }))}
              onChange={(next) => onTop(Number(next))}
            />
          )
        }
        table={() => ({
          columns: ['slice', 'n', 'before', 'after', 'change', 'from', 'to', 'lost', 'gained', 'verdict'],
          rows: shown.map((row) => [
            ...[sliceName(row), row.n, row.before, row.after, row.delta],
            ...[row.deltaLower, row.deltaUpper, row.lost, row.gained, row.verdict],
          ]),
        })}
      >
        <PlotPicture
          alt={`Dumbbell plot of ${shown.length} slices; in ${fell} the whole interval of the change is a loss. The first, ${sliceName(shown[0]!)}, went from ${valueIn(metric, shown[0]!.before)} to ${valueIn(metric, shown[0]!.after)}.`}
          height={60 + shown.length * ROW}
          options={options}
          onChoose={(row) => onOpen((row as SliceRow).id)}
        />
      </Figure>
    </div>
  );
}

function isCompared(row: SliceRow): row is Compared {
  return row.before !== null && row.after !== null && row.n > 0;
}

const STROKES = { loss: 'var(--loss)', gain: 'var(--gain)', '': 'var(--line-strong)' } as const;

function optionsOf(rows: readonly Compared[], metric: MetricReading, isNarrow: boolean): Plot.PlotOptions {
  const nameOf = new Set(rows.map(({ dimension }) => dimension)).size > 1 ? sliceName : valueName;
  const names = new Map(rows.map((row) => [row.id, shortened(nameOf(row), isNarrow ? 14 : 30)]));
  const longest = Math.max(...[...names.values()].map((name) => [...name].length));
  const y = 'id';
  return {
    ...{
      marginLeft: Math.min(210, 20 + longest * 6.6),
      marginRight: isNarrow ? 62 : 108,
      marginTop: 30,
      marginBottom: 30,
    },
    x: {
      ...{ label: null, grid: true, axis: 'top', nice: true, ticks: isNarrow ? 3 : 8 },
      tickFormat: (value: number) => tickIn(metric, value, 'value'),
    },
    y: {
      label: null,
      domain: rows.map(({ id }) => id),
      tickFormat: (id: string) => names.get(id) ?? '',
      tickSize: 0,
    },
    marks: [
      Plot.ruleY(rows, { x1: 'beforeLower', x2: 'beforeUpper', y, dy: -7, stroke: 'var(--before)' }),
      Plot.ruleY(rows, { x1: 'afterLower', x2: 'afterUpper', y, dy: 7, stroke: 'var(--after)' }),
      Plot.link(rows, {
        ...{ x1: 'before', x2: 'after', y1: y, y2: y, strokeWidth: 2.5 },
        stroke: (row: Compared) => STROKES[toneOf(metric, row)],
      }),
      Plot.dot(rows, {
        x: 'before',
        y,
        r: 4.5,
        fill: 'var(--surface)',
        stroke: 'var(--before)',
        strokeWidth: 1.8,
      }),
      Plot.dot(rows, { x: 'after', y, r: 5, fill: 'var(--after)', stroke: 'var(--surface)' }),
      Plot.text(rows, {
        ...{ y, frameAnchor: 'right', textAnchor: 'start', dx: 8, fill: 'var(--ink)' },
        text: ({ lost, gained, n }: Compared) =>
          `−${lost} +${gained}${isNarrow ? '' : ` of ${countText(n)}`}`,
      }),
      Plot.tip(
        rows,
        Plot.pointerY({
          ...{ x: 'after', y, fill: 'var(--surface)', stroke: 'var(--line-strong)' },
          title: (row: Compared) =>
            `${shortened(sliceName(row), 80)}\n${valueIn(metric, row.before)} → ${valueIn(metric, row.after)} (${changeIn(metric, row.delta)}; ${rangeIn(metric, row.deltaLower, row.deltaUpper, 'change')})\nlost ${row.lost}, gained ${row.gained} of ${countText(row.n)}`,
        }),
      ),
    ],
  };
}
