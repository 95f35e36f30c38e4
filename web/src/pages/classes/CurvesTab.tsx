/** ROC and precision-recall curves of both runs, with areas, intervals and the paired difference. */

import * as Plot from '@observablehq/plot';
import { useMemo } from 'react';
import type { Compared } from '../../../../src/classes/index.ts';
import type { Curves, RunCurve } from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import { countOf, pValueText, rateText, valueText } from '../../format/numbers.ts';
import { Select } from '../../ui/controls.tsx';
import { Figure } from '../../ui/Figure.tsx';
import { shortened } from '../../ui/foreign-name.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { DeltaText, EstimateText } from '../../ui/Measures.tsx';
import { Panel } from '../../ui/Page.tsx';
import { PlotPicture } from '../../ui/PlotPicture.tsx';
import { Failed, Loading } from '../../ui/states.tsx';
import { useView } from '../../view.ts';
import type { TabProps } from './ClassesPage.tsx';
import { CLASSES_VIEW } from './classes-view.ts';
import { Missing } from './Missing.tsx';

type Drawn = Extract<Curves, { kind: 'curves' }>;
type Point = RunCurve['points'][number];

export function CurvesTab({ slice }: TabProps) {
  const [view, change] = useView(CLASSES_VIEW);
  const question = useStudio('curves', { slice, label: view.label === '' ? null : view.label });
  if (question.error !== null) return <Failed error={question.error} retry={() => void question.refetch()} />;
  if (question.data === undefined) return <Loading height={900} what="Drawing the curves" />;
  if (question.data.kind === 'none') {
    return <Missing title="No curves to draw" why={question.data} />;
  }
  const curves = question.data;
  return (
    <div className="classes-stack">
      {curves.labels.length === 0 ? null : (
        <Select
          label="What is told apart"
          value={view.label}
          choices={[
            { value: '', label: 'right answers from wrong ones' },
            ...curves.labels.map((label) => ({
              value: label,
              label: `${shortened(label, 50)} from the rest`,
            })),
          ]}
          onChange={(label) => change({ label })}
        />
      )}
      <AreaPanel curves={curves} />
      <div className="columns">
        <RocFigure curves={curves} />
        <PrFigure curves={curves} />
      </div>
    </div>
  );
}

function AreaPanel({ curves }: { readonly curves: Drawn }) {
  const { auc, averagePrecision, n, events } = curves;
  const rows: readonly (readonly [string, Compared])[] = [
    ['Area under ROC (DeLong)', auc],
    ['Average precision', averagePrecision],
  ];
  return (
    <Panel title={`Areas: ${curves.name}`}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="classes-scroll" tabIndex={0} aria-label="Areas under the curves">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">Area</th>
              {auc.baseline === null ? null : <th scope="col">Before</th>}
              <th scope="col">{auc.baseline === null ? 'Value' : 'After'}</th>
              {auc.baseline === null ? null : <th scope="col">Difference, paired</th>}
              {auc.baseline === null ? null : <th scope="col">p</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, { baseline, candidate, delta, pValue }]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {baseline === null ? null : (
                  <td>
                    <EstimateText of={baseline} unit="number" />
                  </td>
                )}
                <td>
                  <EstimateText of={candidate} unit="number" />
                </td>
                {baseline === null ? null : (
                  <td>
                    <DeltaText of={delta} unit="number" />
                  </td>
                )}
                {baseline === null ? null : <td>{pValueText(pValue)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="muted">
        {countOf(n, 'case')}; in {countOf(events, 'case')} ({rateText(events / n)}){' '}
        {curves.event === 'the answer is right' ? (
          'the answer of the new run is right'
        ) : (
          <>
            the true class <HostileText text={curves.event} most={120} />
          </>
        )}
        . Areas do not depend on a threshold, and say nothing of calibration.
      </p>
    </Panel>
  );
}

function RocFigure({ curves }: { readonly curves: Drawn }) {
  const options = useMemo(
    () =>
      curveOptions(curves, 'falsePositiveRate', 'recall', {
        x: 'others that are called positive',
        y: 'positives that are found',
        diagonal: true,
      }),
    [curves],
  );
  return (
    <Figure
      title="ROC"
      caption={legend(curves, 'The dashed line is chance: an area of 0.5.')}
      table={() => tableOf(curves)}
    >
      <PlotPicture
        alt={`ROC curve; area after ${valueText(curves.auc.candidate.estimate)}.`}
        height={380}
        options={options}
      />
    </Figure>
  );
}

function PrFigure({ curves }: { readonly curves: Drawn }) {
  const options = useMemo(
    () =>
      curveOptions(curves, 'recall', 'precision', {
        x: 'positives that are found (recall)',
        y: 'called ones that are positive (precision)',
        level: curves.events / curves.n,
      }),
    [curves],
  );
  return (
    <Figure
      title="Precision and recall"
      caption={legend(
        curves,
        `The dashed line is chance: the share of positives, ${rateText(curves.events / curves.n)}.`,
      )}
      table={() => tableOf(curves)}
    >
      <PlotPicture
        alt={`Precision-recall curve; average precision after ${valueText(curves.averagePrecision.candidate.estimate)}.`}
        height={380}
        options={options}
      />
    </Figure>
  );
}

function legend({ baseline }: Drawn, rest: string): string {
  return `${baseline === null ? '' : 'Dashed grey is before, blue after. '}${rest}`;
}

function tableOf({ baseline, candidate }: Drawn) {
  const of = (run: string, points: readonly Point[]) =>
    points.map(({ threshold, falsePositiveRate, recall, precision }) => [
      run,
      threshold,
      falsePositiveRate,
      recall,
      precision,
    ]);
  return {
    columns: ['run', 'threshold', 'false positive rate', 'recall', 'precision'],
    rows: [...of('before', baseline?.points ?? []), ...of('after', candidate.points)],
  };
}

function curveOptions(
  { baseline, candidate }: Drawn,
  x: 'falsePositiveRate' | 'recall',
  y: 'recall' | 'precision',
  names: { readonly x: string; readonly y: string; readonly diagonal?: true; readonly level?: number },
): Plot.PlotOptions {
  const points = (run: RunCurve | null) => (run?.points ?? []).filter((point) => point[y] !== null);
  const chance = [
    [0, names.level ?? 0],
    [1, names.level ?? 1],
  ];
  return {
    marginLeft: 52,
    marginBottom: 40,
    x: { domain: [0, 1], label: names.x, tickFormat: '.0%', grid: true },
    y: { domain: [0, 1], label: names.y, tickFormat: '.0%', grid: true },
    marks: [
      Plot.line(chance, { stroke: 'var(--line-strong)', strokeDasharray: '4 4' }),
      Plot.line(points(baseline), { x, y, stroke: 'var(--before)', strokeWidth: 2, strokeDasharray: '6 3' }),
      Plot.line(points(candidate), { x, y, stroke: 'var(--after)', strokeWidth: 2 }),
      Plot.tip(
        points(candidate),
        Plot.pointer({
          x,
          y,
          title: (point: Point) =>
            `after, threshold ${valueText(point.threshold)}\nrecall ${rateText(point.recall)}\nprecision ${rateText(point.precision)}\nfalse positive rate ${rateText(point.falsePositiveRate)}`,
        }),
      ),
    ],
  };
}
