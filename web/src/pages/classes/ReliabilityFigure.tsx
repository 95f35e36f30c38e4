/** The reliability diagram of both runs: what was promised against what happened, with the cases of every bar. */

import * as Plot from '@observablehq/plot';
import { useMemo } from 'react';
import type { Calibration } from '../../../../src/classes/index.ts';
import type { Reliability } from '../../../../src/studio/contract/index.ts';
import { countOf, countText, rateText } from '../../format/numbers.ts';
import { Figure } from '../../ui/Figure.tsx';
import { shortened } from '../../ui/foreign-name.ts';
import { PlotPicture } from '../../ui/PlotPicture.tsx';
import { eventText } from './CalibrationTab.tsx';

type Run = 'before' | 'after';

interface Bar {
  readonly run: Run;
  readonly x: number;
  readonly y: number;
  readonly lower: number;
  readonly upper: number;
  readonly cases: number;
}

export function ReliabilityFigure({ found }: { readonly found: Reliability }) {
  const bars = useMemo(() => barsOf(found), [found]);
  const options = useMemo(() => optionsOf(found, bars), [found, bars]);
  const counts = useMemo(() => countOptions(bars), [bars]);
  const event = shortened(eventText(found), 80);
  const farthest = bars
    .filter(({ run }) => run === 'after')
    .reduce<Bar | null>((far, bar) => (far === null || gap(bar) > gap(far) ? bar : far), null);
  return (
    <Figure
      title={`Reliability: ${found.name}`}
      caption={`The probability ${event}, against the share of cases in which it was so. On the dashed line a promise holds; below it, too much is promised. ${found.calibration.baseline === null ? '' : 'Open circles and grey are before, diamonds and blue after. '}Bars hold about the same number of cases each (counted below), with 95% Wilson limits; the thin line is the isotonic fit.`}
      table={() => ({
        columns: ['run', 'cases', 'mean probability', 'share', 'share from', 'share to'],
        rows: bars.map(({ run, cases, x, y, lower, upper }) => [run, cases, x, y, lower, upper]),
      })}
    >
      <div className="classes-square">
        <PlotPicture
          alt={
            farthest === null
              ? 'Reliability diagram without bars.'
              : `Reliability diagram. The farthest bar after: promised ${rateText(farthest.x)}, happened ${rateText(farthest.y)}, ${countOf(farthest.cases, 'case')}.`
          }
          height={420}
          options={options}
        />
        <PlotPicture
          alt={`Cases per bar, from ${countText(Math.min(...bars.map(({ cases }) => cases)))} to ${countText(Math.max(...bars.map(({ cases }) => cases)))}.`}
          height={110}
          options={counts}
        />
      </div>
    </Figure>
  );
}

function barsOf({ calibration: { baseline, candidate } }: Reliability): readonly Bar[] {
  const of = (run: Run, one: Calibration | null): readonly Bar[] =>
    (one?.bins ?? []).map(({ cases, meanScore, share }) => ({
      run,
      x: meanScore,
      y: share.estimate ?? 0,
      lower: share.lower ?? 0,
      upper: share.upper ?? 1,
      cases,
    }));
  return [...of('before', baseline), ...of('after', candidate)];
}

const gap = ({ x, y }: Bar): number => Math.abs(x - y);

function optionsOf({ calibration }: Reliability, bars: readonly Bar[]): Plot.PlotOptions {
  const runs = (['before', 'after'] as const).filter((run) => bars.some((bar) => bar.run === run));
  return {
    marginLeft: 52,
    marginBottom: 40,
    x: { domain: [0, 1], label: 'promised', tickFormat: '.0%', grid: true },
    y: { domain: [0, 1], label: 'happened', tickFormat: '.0%', grid: true },
    marks: [
      Plot.line(
        [
          [0, 0],
          [1, 1],
        ],
        { stroke: 'var(--line-strong)', strokeDasharray: '5 4' },
      ),
      ...runs.flatMap((run) => {
        const own = bars.filter((bar) => bar.run === run);
        const curve = (run === 'before' ? calibration.baseline : calibration.candidate)?.curve ?? [];
        return [
          Plot.line(curve, { x: 'x', y: 'y', stroke: `var(--${run})`, strokeWidth: 1, curve: 'step-after' }),
          Plot.ruleX(own, { x: 'x', y1: 'lower', y2: 'upper', stroke: `var(--${run})`, strokeWidth: 2 }),
          Plot.dot(own, {
            x: 'x',
            y: 'y',
            r: 4.5,
            symbol: run === 'before' ? 'circle' : 'diamond',
            fill: run === 'before' ? 'var(--surface)' : 'var(--after)',
            stroke: `var(--${run})`,
            tip: true,
            title: (bar: Bar) =>
              `${bar.run}: promised ${rateText(bar.x)}\nhappened ${rateText(bar.y)} (${rateText(bar.lower)} to ${rateText(bar.upper)})\n${countOf(bar.cases, 'case')}`,
          }),
        ];
      }),
    ],
  };
}

function countOptions(bars: readonly Bar[]): Plot.PlotOptions {
  return {
    marginLeft: 52,
    marginBottom: 24,
    x: { domain: [0, 1], label: null, tickFormat: '.0%' },
    y: { label: 'cases', grid: true, ticks: 3 },
    marks: [
      ...(['before', 'after'] as const).map((run) =>
        Plot.ruleX(
          bars.filter((bar) => bar.run === run),
          { x: 'x', y: 'cases', stroke: `var(--${run})`, strokeWidth: 5, dx: run === 'before' ? -3 : 3 },
        ),
      ),
      Plot.ruleY([0]),
    ],
  };
}
