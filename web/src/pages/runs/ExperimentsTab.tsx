/** Training and tuning runs: which may be compared, curves, hyperparameters, the table. */

import { useMemo } from 'react';
import type { ExperimentRow, ExperimentsAnswer } from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import { countOf, valueText } from '../../format/numbers.ts';
import { Select } from '../../ui/controls.tsx';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Figure } from '../../ui/Figure.tsx';
import { harmless } from '../../ui/foreign-name.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { EstimateText } from '../../ui/Measures.tsx';
import { PlotPicture } from '../../ui/PlotPicture.tsx';
import { Empty, Failed, Loading, TooLittle } from '../../ui/states.tsx';
import { VerdictBadge } from '../../ui/VerdictBadge.tsx';
import { useView } from '../../view.ts';
import { curveOptions, parallelOptions, pictureName } from './experiment-plots.ts';
import { RUNS_VIEW } from './runs-view.ts';

type Read = Extract<ExperimentsAnswer, { state: 'read' }>;

export function ExperimentsTab() {
  const [view] = useView(RUNS_VIEW);
  const { source, metric, curve } = view;
  const { data, error, refetch } = useStudio('experiments', { source, metric, curve });
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading what="Reading experiments" height={560} />;
  if (data.state === 'none') return <Empty title="No experiments are configured">{data.hint}</Empty>;
  return <Experiments answer={data} />;
}

function Experiments({ answer }: { readonly answer: Read }) {
  const [view, change] = useView(RUNS_VIEW);
  const names = (values: readonly string[]) => values.map((value) => ({ value, label: harmless(value, 80) }));
  return (
    <div className="experiments">
      <div className="toolbar">
        <Select
          label="Source"
          value={answer.source}
          choices={names(answer.sources)}
          onChange={(source) => change({ source, metric: '', curve: '', open: '' })}
        />
        <Select
          label="Score"
          value={answer.metric}
          choices={names(answer.metrics)}
          onChange={(metric) => change({ metric })}
        />
        {answer.curve === null ? null : (
          <Select
            label="Curve"
            value={answer.curve}
            choices={names(answer.curveNames)}
            onChange={(curve) => change({ curve })}
          />
        )}
      </div>
      <p className="muted">
        {countOf(answer.runsTotal, 'run')}, {answer.direction === 'higher' ? 'higher' : 'lower'} is better
        {answer.directionAssumed ? ' (nobody says so: assumed)' : ''}. Choose a run in the table to follow it
        in the pictures.
      </p>
      <Findings answer={answer} />
      <Parallel answer={answer} open={view.open} />
      <Curves answer={answer} open={view.open} />
      <RunTable answer={answer} />
    </div>
  );
}

function Findings({ answer: { findings, groups, damage, notes } }: { readonly answer: Read }) {
  return (
    <section aria-label="What was found">
      {findings.map(({ what, verdict, reason, remedy }, i) => (
        <p key={`${what}${i}`}>
          {verdict === null ? null : <VerdictBadge verdict={verdict} />} <strong>{what}</strong>:{' '}
          <HostileText text={reason} />
          {remedy === null ? null : (
            <span className="muted">
              {' '}
              <HostileText text={remedy} />
            </span>
          )}
        </p>
      ))}
      {groups.length < 2 ? null : (
        <p className="loss">
          {countOf(groups.length, 'group')} of runs are not comparable with each other:{' '}
          <HostileText
            text={groups.map(({ name, runs, agree }) => `${name} (${runs}: ${agree})`).join('; ')}
          />
        </p>
      )}
      {damage.length + notes.length === 0 ? null : (
        <details>
          <summary>
            {countOf(damage.length, 'unreadable part')}, {countOf(notes.length, 'note')}
          </summary>
          <ul>
            {[...damage.map(({ place, reason }) => `${place}: ${reason}`), ...notes]
              .slice(0, 50)
              .map((text) => (
                <li key={text}>
                  <HostileText text={text} />
                </li>
              ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Parallel({ answer, open }: { readonly answer: Read; readonly open: string }) {
  const { runs, axes, metric, direction, axesLeftOut } = answer;
  const scored = runs.filter(({ score }) => typeof score === 'number');
  const options = useMemo(
    () => parallelOptions(runs, axes, metric, direction, open),
    [runs, axes, metric, direction, open],
  );
  if (axes.length === 0 || scored.length < 2) {
    return (
      <TooLittle title="No hyperparameter varies">
        <p>Two runs with scores and different settings are needed to draw them.</p>
      </TooLittle>
    );
  }
  return (
    <Figure
      title={`Hyperparameters and ${harmless(metric, 60)} of ${countOf(scored.length, 'run')}`}
      caption={`One line a run; the stronger, the better its score. Left out because they never vary, or most runs lack them: ${countOf(axesLeftOut, 'parameter')}. A search moves parameters together: no cause is claimed.`}
      table={() => ({
        columns: ['run', ...axes.map(({ name }) => name), metric],
        rows: scored.map((run) => [
          run.name,
          ...axes.map(({ name }) => run.params[name] ?? null),
          run.score as number,
        ]),
      })}
    >
      <PlotPicture
        alt={`${axes.map(({ name }) => pictureName(name)).join(', ')} against ${pictureName(metric)} for ${scored.length} runs; the best is ${pictureName(scored[0]!.name)} with ${valueText(scored[0]!.score as number)}.`}
        height={320}
        options={options}
      />
    </Figure>
  );
}

function Curves({ answer, open }: { readonly answer: Read; readonly open: string }) {
  const { curves, curve, curvesTotal } = answer;
  const options = useMemo(() => curveOptions(curves, open), [curves, open]);
  if (curve === null) {
    return (
      <TooLittle title="No curves">
        <p>
          No run logged a metric over steps. Log the loss at every step or epoch to see whether training was
          done.
        </p>
      </TooLittle>
    );
  }
  const flagged = curves.filter(({ flags }) => flags.length > 0);
  return (
    <Figure
      title={`${harmless(curve, 60)} of ${countOf(curves.length, 'run')}`}
      caption={`${curvesTotal > curves.length ? `The ${curves.length} best of ${curvesTotal} runs. ` : ''}Dashed: ${flagged.length === 0 ? 'none is flagged' : `${countOf(flagged.length, 'flagged run')}`}. Long curves are thinned; lows, highs and gaps are kept.`}
      table={() => ({
        columns: ['run', 'flags', 'step', curve],
        rows: curves.flatMap(({ name, flags, steps, values }) =>
          steps.map((step, i) => [name, flags.join(', '), step, values[i] ?? null]),
        ),
      })}
    >
      <PlotPicture
        alt={`${pictureName(curve)} over steps for ${curves.length} runs; ${flagged.length} are flagged.`}
        height={300}
        options={options}
      />
    </Figure>
  );
}

function RunTable({ answer }: { readonly answer: Read }) {
  const [view, change] = useView(RUNS_VIEW);
  const { runs, runsTotal, metric, axes } = answer;
  const columns: readonly Column<ExperimentRow>[] = [
    {
      ...{ id: 'name', header: 'Run', width: 'minmax(9rem, 1.5fr)' },
      sort: ({ name }) => name,
      cell: ({ name }) => <HostileText text={name} most={80} />,
    },
    {
      ...{ id: 'score', header: harmless(metric, 40), width: 'minmax(9rem, 1fr)', align: 'right' },
      sort: ({ score }) => (typeof score === 'number' ? score : null),
      cell: ({ score, rate }) =>
        rate !== null ? (
          <EstimateText of={rate} />
        ) : typeof score === 'number' ? (
          valueText(score)
        ) : (
          <span className="muted">{score ?? 'none'}</span>
        ),
    },
    { id: 'group', header: 'Group', width: '5rem', sort: ({ group }) => group, cell: ({ group }) => group },
    {
      id: 'status',
      header: 'Status',
      width: '6rem',
      sort: ({ status }) => status,
      cell: ({ status }) => status,
    },
    {
      ...{ id: 'flags', header: 'Curves', width: '8rem' },
      sort: ({ flags }) => flags.join(' '),
      cell: ({ flags }) => (flags.length === 0 ? '' : <span className="loss">{flags.join(', ')}</span>),
    },
    ...axes.map(
      ({ name }): Column<ExperimentRow> => ({
        ...{ id: `p:${name}`, header: harmless(name, 40), width: 'minmax(6rem, 1fr)', align: 'right' },
        sort: ({ params }) => {
          const cell = params[name];
          return cell === undefined ? null : Number.isFinite(Number(cell)) ? Number(cell) : cell;
        },
        cell: ({ params }) => <HostileText text={params[name] ?? '–'} most={40} />,
      }),
    ),
  ];
  return (
    <DataTable
      label="Experiments"
      rows={runs}
      columns={columns}
      rowId={({ id }) => id}
      selected={view.open === '' ? null : view.open}
      onOpen={({ id }) => change({ open: view.open === id ? '' : id }, { replace: true })}
      sort={view.sort}
      onSort={(sort) => change({ sort }, { replace: true })}
      footer={[`${countOf(runs.length, 'run')} of ${runsTotal}, best first.`]}
    />
  );
}
