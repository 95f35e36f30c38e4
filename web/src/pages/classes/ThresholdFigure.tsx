/** Expected cost over all thresholds of both runs, with the chosen and the cheapest marked. */

import * as Plot from '@observablehq/plot';
import { useMemo } from 'react';
import { valueText } from '../../format/numbers.ts';
import { Figure } from '../../ui/Figure.tsx';
import { PlotPicture } from '../../ui/PlotPicture.tsx';
import type { Chosen } from './ThresholdMetrics.tsx';
import { type AtThreshold, atThreshold, type Sweep, thresholdText } from './threshold-numbers.ts';

interface Place extends AtThreshold {
  readonly run: 'before' | 'after';
  readonly x: number;
}

export function ThresholdFigure({ sweep, chosen }: { readonly sweep: Sweep; readonly chosen: Chosen }) {
  const places = useMemo(() => placesOf(sweep), [sweep]);
  const options = useMemo(() => optionsOf(sweep, places, chosen), [sweep, places, chosen]);
  const { costs, candidate } = sweep;
  return (
    <Figure
      title={`Cost by threshold: a miss costs ${valueText(costs.miss)}, a false alarm ${valueText(costs.falseAlarm)}`}
      caption={`Per 1,000 cases. Large marks are the chosen thresholds, crosses the cheapest of each run (after: ${thresholdText(candidate.best.threshold)}, ${valueText(candidate.best.lower)} to ${valueText(candidate.best.upper)} when cases are drawn anew). The dotted line is ${valueText(sweep.ruleThreshold)}, the cheapest if the probabilities held what they promise.`}
      table={() => ({
        columns: ['run', 'threshold', 'precision', 'recall', 'F1', 'false alarm rate', 'cost per 1,000'],
        rows: places.map(({ run, point, precision, recall, f1, falseAlarmRate, costPer1000 }) => [
          run,
          point.threshold,
          precision,
          recall,
          f1,
          falseAlarmRate,
          costPer1000,
        ]),
      })}
    >
      <PlotPicture
        alt={`Cost by threshold. The cheapest after is ${thresholdText(candidate.best.threshold)} with ${valueText(candidate.best.costPer1000)} per 1,000 cases.`}
        height={320}
        options={options}
      />
    </Figure>
  );
}

function placesOf(sweep: Sweep): readonly Place[] {
  const of = (run: Place['run'], points: Sweep['candidate']['points']) =>
    points.flatMap((point): readonly Place[] =>
      point.threshold === null
        ? []
        : [{ run, x: point.threshold, ...atThreshold(point, sweep, sweep.costs) }],
    );
  return [...of('before', sweep.baseline?.points ?? []), ...of('after', sweep.candidate.points)];
}

function optionsOf(sweep: Sweep, places: readonly Place[], chosen: Chosen): Plot.PlotOptions {
  const runs = (['before', 'after'] as const).filter((run) => run === 'after' || sweep.baseline !== null);
  const marked = runs.flatMap((run) => {
    const own = run === 'before' ? chosen.baseline : chosen.candidate;
    return own === null || own.point.threshold === null
      ? []
      : [{ run, x: own.point.threshold, y: own.costPer1000 }];
  });
  const best = runs.flatMap((run) => {
    const own = (run === 'before' ? sweep.baseline : sweep.candidate)!.best;
    return own.threshold === null ? [] : [{ run, x: own.threshold, y: own.costPer1000 }];
  });
  return {
    marginLeft: 56,
    marginBottom: 38,
    x: { domain: [0, 1], label: 'threshold', grid: true },
    y: { label: 'cost per 1,000', grid: true, zero: true },
    marks: [
      Plot.ruleX([sweep.ruleThreshold], { stroke: 'var(--line-strong)', strokeDasharray: '2 3' }),
      ...runs.map((run) =>
        Plot.line(
          places.filter((place) => place.run === run),
          {
            x: 'x',
            y: 'costPer1000',
            stroke: `var(--${run})`,
            strokeWidth: 2,
            ...(run === 'before' ? { strokeDasharray: '6 3' } : {}),
          },
        ),
      ),
      Plot.dot(best, {
        x: 'x',
        y: 'y',
        symbol: 'times',
        r: 7,
        stroke: ({ run }: { run: string }) => `var(--${run})`,
        strokeWidth: 2,
      }),
      Plot.dot(marked, {
        x: 'x',
        y: 'y',
        r: 6,
        symbol: ({ run }: { run: string }) => (run === 'before' ? 'circle' : 'diamond'),
        fill: ({ run }: { run: string }) => `var(--${run})`,
        stroke: 'var(--surface)',
      }),
      Plot.tip(
        places,
        Plot.pointerX({
          x: 'x',
          y: 'costPer1000',
          title: ({ run, x, precision, recall, costPer1000 }: Place) =>
            `${run}, threshold ${thresholdText(x)}\ncost ${valueText(costPer1000)}\nprecision ${valueText(precision)}, recall ${valueText(recall)}`,
        }),
      ),
    ],
    symbol: { range: ['circle', 'diamond'], domain: ['circle', 'diamond'] },
  };
}
