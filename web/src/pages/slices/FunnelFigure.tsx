/** The funnel: the rate of each slice against its number of cases. What lies outside of the bands is more than chance. */

import * as Plot from '@observablehq/plot';
import { useMemo } from 'react';
import type { MetricReading, SliceRow, SlicesAnswer } from '../../../../src/studio/contract/index.ts';
import { countOf, countText } from '../../format/numbers.ts';
import { tickIn, valueIn } from '../../format/units.ts';
import { Figure } from '../../ui/Figure.tsx';
import { shortened } from '../../ui/foreign-name.ts';
import { PlotPicture } from '../../ui/PlotPicture.tsx';
import { TooLittle } from '../../ui/states.tsx';
import { binomialLimits, funnelBand } from './funnel-bands.ts';
import { sliceName } from './reading.ts';

export interface OverviewProps {
  readonly answer: SlicesAnswer;
  readonly metric: MetricReading;
  readonly rows: readonly SliceRow[];
  readonly onOpen: (id: string) => void;
}

const HEIGHT = 460;
/** More dots than this inside of the bands are drawn as a density. */
const MOST_DOTS = 1500;
const LEVELS = [0.95, 0.998] as const;

interface FunnelDot {
  readonly row: SliceRow;
  readonly n: number;
  readonly value: number;
  readonly inside: boolean;
}

export function FunnelFigure({ answer, metric, rows, onOpen }: OverviewProps) {
  const whyNot = noBandsOf(answer, metric);
  const mean = answer.overall.find((one) => one.metric === metric.id)?.candidate?.estimate ?? null;
  const overall = whyNot === null ? mean : null;
  const dots = useMemo(() => dotsOf(rows, metric, overall), [rows, metric, overall]);
  const options = useMemo(() => optionsOf(dots, metric, overall), [dots, metric, overall]);
  if (dots.length < 2) {
    return (
      <TooLittle title="A funnel needs at least two slices">
        <p>Clear the filters, or cut the cases by a dimension with more values.</p>
      </TooLittle>
    );
  }
  const outside = dots.filter(({ inside }) => !inside);
  const drawnAs = dots.length - outside.length > MOST_DOTS ? ' Slices inside are drawn as a density.' : '';
  return (
    <Figure
      title={`${metric.name} against the number of cases`}
      caption={
        metric.isRate && overall !== null
          ? `Each dot is a slice of the candidate. The line is the rate of all cases, ${valueIn(metric, overall)}; the bands hold 95% and 99.8% of slices that differ from it by chance alone (exact binomial limits). ${countOf(outside.length, 'slice')} of ${countText(dots.length)} ${outside.length === 1 ? 'lies' : 'lie'} outside of the wider band.${drawnAs} This looks at one run: whether a slice changed is in the forest.`
          : `Each dot is a slice of the candidate. There are no bands of chance: ${whyNot ?? 'the rate of all cases is not defined'}.`
      }
      table={() => ({
        columns: ['slice', 'n', metric.name, '99.8% lower limit', '99.8% upper limit', 'verdict'],
        rows: dots.map(({ row, n, value }) => {
          const limits = metric.isRate && overall !== null ? binomialLimits(overall, LEVELS[1], n) : null;
          return [sliceName(row), n, value, limits?.lower ?? null, limits?.upper ?? null, row.verdict];
        }),
      })}
    >
      <PlotPicture
        alt={
          overall === null
            ? `${metric.name} of ${dots.length} slices against their number of cases, without bands of chance.`
            : `Funnel plot: ${outside.length} of ${dots.length} slices lie outside of the noise band around ${valueIn(metric, overall)}.`
        }
        height={HEIGHT}
        options={options}
        onChoose={(dot) => onOpen((dot as FunnelDot).row.id)}
      />
    </Figure>
  );
}

/** Why nothing is said about chance; null where binomial limits hold. */
function noBandsOf({ noBands }: SlicesAnswer, { id, isRate }: MetricReading): string | null {
  if (!isRate) return 'this metric is no rate';
  return noBands.find(({ metric }) => metric === id)?.reason ?? null;
}

function dotsOf(
  rows: readonly SliceRow[],
  metric: MetricReading,
  overall: number | null,
): readonly FunnelDot[] {
  const limits = new Map<number, ReturnType<typeof binomialLimits>>();
  const within = (n: number, value: number) => {
    if (!metric.isRate || overall === null) return true;
    const own = limits.get(n) ?? binomialLimits(overall, LEVELS[1], n);
    limits.set(n, own);
    return value >= own.lower - 1e-6 && value <= own.upper + 1e-6;
  };
  return rows.flatMap((row) =>
    row.after === null || row.n === 0
      ? []
      : [{ row, n: row.n, value: row.after, inside: within(row.n, row.after) }],
  );
}

function optionsOf(
  dots: readonly FunnelDot[],
  metric: MetricReading,
  overall: number | null,
): Plot.PlotOptions {
  const sizes = dots.map(({ n }) => n);
  const range = [
    sizes.reduce((least, n) => Math.min(least, n), Number.POSITIVE_INFINITY),
    sizes.reduce((most, n) => Math.max(most, n), 1),
  ] as const;
  const hasBands = metric.isRate && overall !== null && dots.length > 0;
  const inside = dots.filter((dot) => dot.inside);
  const outside = dots.filter((dot) => !dot.inside);
  return {
    marginLeft: 56,
    marginRight: 34,
    marginBottom: 42,
    x: {
      type: 'log',
      label: 'cases (n, logarithmic) →',
      ticks: 6,
      tickFormat: (n: number) => countText(n),
    },
    y: {
      label: `↑ ${metric.name}`,
      grid: true,
      tickFormat: (value: number) => tickIn(metric, value, 'value'),
    },
    marks: [
      ...(hasBands
        ? [
            ...LEVELS.toReversed().map((level) =>
              Plot.areaY(funnelBand(overall, level, range), {
                x: 'n',
                y1: 'lower',
                y2: 'upper',
                curve: 'step',
                fill: 'var(--band)',
                fillOpacity: 0.1,
              }),
            ),
            Plot.ruleY([overall], { stroke: 'var(--ink-muted)' }),
          ]
        : []),
      inside.length > MOST_DOTS
        ? Plot.dot(
            inside,
            Plot.hexbin(
              { fillOpacity: 'count' },
              { x: 'n', y: 'value', fill: 'var(--after)', binWidth: 10, symbol: 'hexagon' },
            ),
          )
        : Plot.dot(inside, { x: 'n', y: 'value', r: 3, stroke: 'var(--after)' }),
      Plot.dot(outside, {
        ...{ x: 'n', y: 'value', r: 4.5, symbol: 'diamond' },
        ...{ fill: 'var(--mark)', stroke: 'var(--ink)' },
      }),
      Plot.tip(
        dots,
        Plot.pointer({
          ...{ x: 'n', y: 'value', fill: 'var(--surface)', stroke: 'var(--line-strong)' },
          title: ({ row, n, value }: FunnelDot) =>
            `${shortened(sliceName(row), 80)}\n${valueIn(metric, value)} of ${countText(n)}${row.verdict === null ? '' : `\n${row.verdict}`}`,
        }),
      ),
    ],
  };
}
