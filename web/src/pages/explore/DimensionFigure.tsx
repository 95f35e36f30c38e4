/** One dimension large: every value with its cases and its interval, to be read, copied and saved. */

import * as Plot from '@observablehq/plot';
import { useMemo } from 'react';
import { visible } from '../../../../src/reports/format/visible.ts';
import type { ExploreBars, ExploreDimension } from '../../../../src/studio/contract/index.ts';
import { countText } from '../../format/numbers.ts';
import { toneOfChange } from '../../format/tone.ts';
import { Figure } from '../../ui/Figure.tsx';
import { harmless } from '../../ui/foreign-name.ts';
import { PlotPicture } from '../../ui/PlotPicture.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { dimensionTable, type Reading, SHOWN } from './bar-data.ts';

const ROW = 22;

export interface DimensionFigureProps {
  readonly dimension: ExploreDimension | null;
  readonly bars: ExploreBars | null;
  readonly reading: Reading;
  readonly filtered: string;
  readonly onClose: () => void;
}

export function DimensionFigure({ dimension, bars, reading, filtered, onClose }: DimensionFigureProps) {
  return (
    <Sheet
      title={dimension === null ? '' : harmless(dimension.label, 120)}
      open={dimension !== null && bars !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      place="side"
    >
      {dimension === null || bars === null ? null : <Enlarged {...{ dimension, bars, reading, filtered }} />}
    </Sheet>
  );
}

interface Enlarging {
  readonly dimension: ExploreDimension;
  readonly bars: ExploreBars;
  readonly reading: Reading;
  readonly filtered: string;
}

function Enlarged({ dimension, bars, reading, filtered }: Enlarging) {
  const isOutcome = dimension.kind === 'outcome';
  const rows = useMemo(
    () =>
      dimension.values.map(({ label }, i) => ({
        label: harmless(label, 40),
        place: String(i),
        cases: bars.cases[i]!,
        estimate: bars.estimate[i]!,
        lower: bars.lower[i]!,
        upper: bars.upper[i]!,
        tone:
          reading.show === 'delta'
            ? toneOfChange(
                { lower: bars.lower[i]!, upper: bars.upper[i]! },
                reading.metric.direction === 'higher',
              )
            : '',
      })),
    [dimension, bars, reading],
  );
  const nameOf = (place: string) => rows[Number(place)]?.label ?? '';
  const cases = useMemo((): Plot.PlotOptions => {
    const y = { domain: rows.map(({ place }) => place), tickFormat: nameOf, label: null, tickSize: 0 };
    return {
      ...{ marginLeft: 190, marginRight: 60, x: { label: 'cases', grid: true, nice: true }, y },
      marks: [
        Plot.barX(rows, { y: 'place', x: 'cases', fill: 'var(--after)', fillOpacity: 0.55 }),
        Plot.text(rows, {
          y: 'place',
          x: 'cases',
          text: (row) => countText(row.cases),
          dx: 4,
          textAnchor: 'start',
        }),
        Plot.ruleX([0]),
      ],
    };
  }, [rows]);
  const figures = useMemo((): Plot.PlotOptions => {
    const { scale, show, metric } = reading;
    const shown = rows.filter(({ estimate }) => estimate !== null);
    const y = { domain: rows.map(({ place }) => place), tickFormat: nameOf, label: null, tickSize: 0 };
    return {
      ...{ marginLeft: 190, marginRight: 60, y },
      x: {
        label: `${metric.name}, ${SHOWN[show]}`,
        grid: true,
        tickFormat: (value: number) => scale.text(value),
      },
      marks: [
        ...(scale.mark === null ? [] : [Plot.ruleX([scale.mark], { stroke: 'var(--line-strong)' })]),
        Plot.ruleY(
          shown.filter(({ lower, upper }) => lower !== null && upper !== null),
          { y: 'place', x1: 'lower', x2: 'upper', strokeWidth: 2, stroke: (row) => COLOURS[row.tone as ''] },
        ),
        Plot.dot(shown, {
          ...{ y: 'place', x: 'estimate', r: 4, fill: (row) => COLOURS[row.tone as ''] },
          symbol: (row: { readonly tone: string }) => (row.tone === '' ? 'circle' : 'diamond'),
        }),
      ],
    };
  }, [rows, reading]);
  const height = 60 + ROW * rows.length;
  const table = () => dimensionTable(dimension, bars, reading);
  const name = harmless(dimension.label, 80);
  return (
    <div className="enlarged">
      <p className="muted">
        {visible(dimension.definition)}. {filtered}
      </p>
      <Figure title={`Cases by ${name}`} table={table}>
        <PlotPicture alt={`Cases by ${name}: ${rows.length} values.`} height={height} options={cases} />
      </Figure>
      {isOutcome ? null : (
        <Figure
          title={`${reading.metric.name}, ${SHOWN[reading.show]}, by ${name}`}
          table={table}
          caption="Lines are intervals. A diamond: the interval leaves out no change."
        >
          <PlotPicture
            alt={`${reading.metric.name}, ${SHOWN[reading.show]}, with intervals, by ${name}.`}
            height={height}
            options={figures}
          />
        </Figure>
      )}
    </div>
  );
}

const COLOURS = { '': 'var(--after)', loss: 'var(--loss)', gain: 'var(--gain)' } as const;
