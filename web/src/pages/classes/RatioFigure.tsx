/** Which run is cheaper at which ratio of costs, each at its own best threshold, and where they swap. */

import * as Plot from '@observablehq/plot';
import { useMemo } from 'react';
import type { RatioPoint } from '../../../../src/studio/contract/index.ts';
import { valueText } from '../../format/numbers.ts';
import { Figure } from '../../ui/Figure.tsx';
import { PlotPicture } from '../../ui/PlotPicture.tsx';
import type { Sweep } from './threshold-numbers.ts';

export function RatioFigure({ sweep }: { readonly sweep: Sweep }) {
  const options = useMemo(() => optionsOf(sweep), [sweep]);
  const { swaps, baseline, answers } = sweep;
  const ratios = swaps.map((ratio) => valueText(ratio)).join(', ');
  const said =
    baseline === null
      ? ''
      : swaps.length === 0
        ? 'No swap: one run is as cheap or cheaper at every ratio.'
        : `The cheaper run changes where a miss costs ${ratios} false alarms.`;
  return (
    <Figure
      title="Cost by what a miss costs"
      caption={`Each run at its own best threshold; the axis is the cost of a miss in false alarms, and both together cost 1. ${said}${answers === null || answers.flipRatio === null ? '' : ` By the answers that the runs gave, it changes at ${valueText(answers.flipRatio)}.`}`}
      table={() => ({
        columns: ['miss : false alarm', 'before, cost per 1,000', 'after, cost per 1,000'],
        rows: sweep.ratios.map(({ ratio, baseline: before, candidate }) => [ratio, before, candidate]),
      })}
    >
      <PlotPicture
        alt={`Lowest cost of each run by the ratio of costs. ${said}`}
        height={320}
        options={options}
      />
    </Figure>
  );
}

function optionsOf({ ratios, swaps, baseline, costs }: Sweep): Plot.PlotOptions {
  const now = costs.falseAlarm === 0 ? null : costs.miss / costs.falseAlarm;
  return {
    marginLeft: 56,
    marginBottom: 38,
    x: {
      type: 'log',
      domain: [0.001, 1000],
      label: 'miss : false alarm',
      grid: true,
      ticks: 7,
      tickFormat: ratioText,
    },
    y: { label: 'cost per 1,000', grid: true, zero: true },
    marks: [
      ...(now === null || now < 0.001 || now > 1000
        ? []
        : [Plot.ruleX([now], { stroke: 'var(--line-strong)', strokeDasharray: '2 3' })]),
      ...(baseline === null
        ? []
        : [
            Plot.line(ratios, {
              x: 'ratio',
              y: 'baseline',
              stroke: 'var(--before)',
              strokeWidth: 2,
              strokeDasharray: '6 3',
            }),
          ]),
      Plot.line(ratios, { x: 'ratio', y: 'candidate', stroke: 'var(--after)', strokeWidth: 2 }),
      Plot.ruleX(swaps, { stroke: 'var(--mark)', strokeWidth: 2 }),
      Plot.text(swaps, {
        x: (ratio: number) => ratio,
        frameAnchor: 'top',
        text: (ratio: number) => `swap at ${valueText(ratio)}`,
        fill: 'var(--ink)',
        dx: 4,
        textAnchor: 'start',
      }),
      Plot.tip(
        ratios,
        Plot.pointerX({
          x: 'ratio',
          y: 'candidate',
          title: ({ ratio, baseline: before, candidate }: RatioPoint) =>
            `a miss costs ${valueText(ratio)} false alarms\n${before === null ? '' : `before ${valueText(before)}, `}after ${valueText(candidate)} per 1,000`,
        }),
      ),
    ],
  };
}

/** @example ratioText(0.01) // '1:100' */
function ratioText(ratio: number): string {
  return ratio >= 1 ? `${valueText(ratio)}:1` : `1:${valueText(1 / ratio)}`;
}
