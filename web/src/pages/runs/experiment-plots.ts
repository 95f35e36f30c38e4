/** Pictures of training runs: curves, and hyperparameters as parallel coordinates. */

import * as Plot from '@observablehq/plot';
import type {
  ExperimentAxis,
  ExperimentCurve,
  ExperimentRow,
} from '../../../../src/studio/contract/index.ts';
import { valueText } from '../../format/numbers.ts';
import { harmless } from '../../ui/foreign-name.ts';

/** A foreign name in a picture. */
export function pictureName(name: string): string {
  return harmless(name, 28);
}

/** One line per run; what is flagged stands out by colour and dash. */
export function curveOptions(curves: readonly ExperimentCurve[], open: string): Plot.PlotOptions {
  const points = curves.flatMap(({ run, name, flags, steps, values }) =>
    steps.map((step, i) => ({
      run,
      name: pictureName(name),
      bad: flags.length > 0,
      step,
      value: values[i] ?? null,
    })),
  );
  const plain = points.filter(({ run, bad }) => !bad && run !== open);
  const flagged = points.filter(({ run, bad }) => bad && run !== open);
  const chosen = points.filter(({ run }) => run === open);
  const line = { x: 'step', y: 'value', z: 'run' } as const;
  return {
    ...{ marginLeft: 56, marginBottom: 34 },
    x: { label: 'step', grid: false },
    y: { label: null, grid: true, nice: true, tickFormat: (value: number) => valueText(value) },
    marks: [
      Plot.lineY(plain, { ...line, stroke: 'var(--before)', strokeOpacity: 0.7, strokeWidth: 1 }),
      Plot.lineY(flagged, { ...line, stroke: 'var(--loss)', strokeDasharray: '5 3', strokeWidth: 1.3 }),
      Plot.lineY(chosen, { ...line, stroke: 'var(--after)', strokeWidth: 2.5 }),
      Plot.tip(
        points,
        Plot.pointer({
          ...{ x: 'step', y: 'value', fill: 'var(--surface)', stroke: 'var(--line-strong)' },
          title: ({ name, step, value, bad }: (typeof points)[number]) =>
            `${name}\nstep ${step}: ${valueText(value)}${bad ? '\nflagged' : ''}`,
        }),
      ),
    ],
  };
}

/** One line per run over the axes; the last axis is the score. */
export function parallelOptions(
  runs: readonly ExperimentRow[],
  axes: readonly ExperimentAxis[],
  metric: string,
  direction: 'higher' | 'lower',
  open: string,
): Plot.PlotOptions {
  const scores = runs.map(({ score }) => score).filter((score) => typeof score === 'number');
  const scale = { min: Math.min(...scores), max: Math.max(...scores) };
  const scoreName = pictureName(metric);
  const names = axes.map(({ name }, i) => `${i + 1} ${pictureName(name)}`);
  const domain = [...names, scoreName];
  const best = direction === 'higher' ? 1 : 0;
  const points = runs.flatMap((run) => {
    if (typeof run.score !== 'number') return [];
    const score = share(run.score, scale);
    const own = axes.map((axis, i) => ({ axis: names[i]!, ...placeOn(axis, run.params[axis.name]) }));
    return [...own, { axis: scoreName, at: score, text: valueText(run.score) }].map((point) => ({
      ...{ ...point, run: run.id, name: pictureName(run.name), good: 1 - Math.abs(best - score) },
    }));
  });
  const ends = [
    ...axes.flatMap((axis, i) => axisEnds(axis).map((end) => ({ ...end, axis: names[i]! }))),
    { axis: scoreName, at: 0, text: valueText(scale.min) },
    { axis: scoreName, at: 1, text: valueText(scale.max) },
  ];
  const line = { x: 'axis', y: 'at', z: 'run' } as const;
  return {
    ...{ marginLeft: 70, marginRight: 70, marginTop: 24, marginBottom: 34 },
    x: { type: 'point', domain, label: null, padding: 0.15 },
    y: { axis: null, domain: [-0.06, 1.06] },
    color: { type: 'linear', domain: [0, 1], range: ['var(--line)', 'var(--after)'] },
    marks: [
      Plot.ruleX(domain, { stroke: 'var(--line-strong)' }),
      Plot.line(
        points.filter(({ run }) => run !== open),
        {
          ...{ ...line, stroke: 'var(--after)', strokeWidth: 1.2 },
          strokeOpacity: ({ good }: { readonly good: number }) => 0.12 + 0.7 * good ** 2,
        },
      ),
      Plot.line(
        points.filter(({ run }) => run === open),
        { ...line, stroke: 'var(--mark)', strokeWidth: 3 },
      ),
      Plot.text(ends, {
        ...{ x: 'axis', y: 'at', text: 'text', dx: 6, textAnchor: 'start', fill: 'var(--ink)' },
        ...{ stroke: 'var(--surface)', strokeWidth: 4 },
      }),
      Plot.tip(
        points,
        Plot.pointer({
          ...{ x: 'axis', y: 'at', fill: 'var(--surface)', stroke: 'var(--line-strong)' },
          title: ({ name, axis, text }: (typeof points)[number]) => `${name}\n${axis}: ${text}`,
        }),
      ),
    ],
  };
}

function share(value: number, { min, max }: { readonly min: number; readonly max: number }): number {
  return max === min ? 0.5 : (value - min) / (max - min);
}

/** Where a run stands on an axis; null where it has no value. */
function placeOn(axis: ExperimentAxis, cell: string | undefined): { at: number | null; text: string } {
  if (cell === undefined) return { at: null, text: 'no value' };
  if (axis.kind === 'text') return { at: share(axis.values.indexOf(cell), axis), text: pictureName(cell) };
  const value = Number(cell);
  const log = axis.kind === 'log';
  const ends = log ? { min: Math.log(axis.min), max: Math.log(axis.max) } : axis;
  return { at: share(log ? Math.log(value) : value, ends), text: valueText(value) };
}

function axisEnds(axis: ExperimentAxis): readonly { readonly at: number; readonly text: string }[] {
  if (axis.kind === 'text') {
    return axis.values.map((value, i) => ({ at: share(i, axis), text: pictureName(value) }));
  }
  return [
    { at: 0, text: valueText(axis.min) },
    { at: 1, text: `${valueText(axis.max)}${axis.kind === 'log' ? ' (log)' : ''}` },
  ];
}
