/** The candidate beside trivial, fitted and given answers, and which kinds of comparison are missing. */

import * as Plot from '@observablehq/plot';
import { useMemo } from 'react';
import type { BaselineRow, ClassBaselines } from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import { countOf, rateText } from '../../format/numbers.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Figure } from '../../ui/Figure.tsx';
import { shortened } from '../../ui/foreign-name.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { DeltaText, EstimateText } from '../../ui/Measures.tsx';
import { Panel } from '../../ui/Page.tsx';
import { PlotPicture } from '../../ui/PlotPicture.tsx';
import { Failed, Loading } from '../../ui/states.tsx';
import { Missing } from './Missing.tsx';

type Compared = Extract<ClassBaselines, { kind: 'compared' }>;

export function BaselinesTab() {
  const question = useStudio('class-baselines', {});
  if (question.error !== null) return <Failed error={question.error} retry={() => void question.refetch()} />;
  if (question.data === undefined) return <Loading height={700} what="Reading the baselines" />;
  if (question.data.kind === 'none') {
    return <Missing title="No baselines to compare with" why={question.data} />;
  }
  return <Baselines found={question.data} />;
}

function Baselines({ found }: { readonly found: Compared }) {
  const { rows, missing, slices, oneClass, small, unlabelled } = found;
  return (
    <div className="classes-stack">
      {missing.length === 0 ? null : (
        <p className="classes-banner">
          <span aria-hidden="true">○ </span>Not compared with {missing.join(', ')}. Name baselines in
          slicewise.yaml under <code>baselines</code>.
        </p>
      )}
      <BaselineFigure found={found} />
      <Panel title="All cases">
        <DataTable
          label="Baselines of all cases"
          rows={rows}
          columns={COLUMNS}
          rowId={({ name }) => name}
          footer={[
            `${countOf(found.n, 'case')} with one true label${unlabelled > 0 ? `; ${countOf(unlabelled, 'case')} without are in no figure` : ''}. Candidate: ${rateText(found.candidate.estimate)} in ${found.metric}`,
          ]}
        />
      </Panel>
      <Panel title="Slices beside their best constant answer">
        <DataTable
          label="Slices beside their best constant answer"
          rows={slices}
          columns={SLICE_COLUMNS}
          rowId={({ name }) => name}
          maxHeight={420}
          empty="No gated slice has two classes and enough cases."
          footer={[
            `${countOf(slices.length, 'slice')} compared, least lift first; ${countOf(oneClass, 'slice')} of one class, where a constant is right by construction; ${countOf(small, 'slice')} below the least number of cases`,
          ]}
        />
      </Panel>
    </div>
  );
}

const COLUMNS: readonly Column<BaselineRow>[] = [
  {
    id: 'name',
    header: 'Baseline',
    cell: ({ name, problem }) => (
      <>
        {problem === null ? null : <span className="loss">▲ </span>}
        <HostileText text={name} most={80} />
      </>
    ),
    width: 'minmax(12rem, 1.2fr)',
  },
  { id: 'kind', header: 'Kind', cell: ({ kind }) => kind, width: '6rem' },
  {
    id: 'score',
    header: 'Score',
    cell: ({ score, interval }) =>
      interval === null ? `${rateText(score)} exactly` : <EstimateText of={interval} />,
    width: 'minmax(13rem, 1fr)',
  },
  {
    id: 'lift',
    header: 'Candidate above it',
    cell: ({ lift }) => <DeltaText of={lift} />,
    width: 'minmax(11rem, 1fr)',
  },
  {
    id: 'how',
    header: 'How it came about',
    cell: ({ how, problem }) => (
      <>
        {problem === null ? null : (
          <span className="loss">
            <HostileText text={problem} most={120} />;{' '}
          </span>
        )}
        <HostileText text={how} most={160} />
      </>
    ),
    width: 'minmax(16rem, 2fr)',
  },
];

type SliceBaseline = Compared['slices'][number];

const SLICE_COLUMNS: readonly Column<SliceBaseline>[] = [
  {
    id: 'name',
    header: 'Slice',
    cell: ({ name }) => <HostileText text={name} most={100} />,
    width: 'minmax(10rem, 1fr)',
  },
  {
    id: 'candidate',
    header: 'Candidate',
    cell: ({ candidate }) => <EstimateText of={candidate} />,
    width: 'minmax(13rem, 1fr)',
  },
  {
    id: 'best',
    header: 'Best constant answer',
    cell: ({ best }) => (
      <>
        {best.problem === null ? null : <span className="loss">▲ </span>}
        <HostileText text={best.name} most={60} /> {rateText(best.score)}
      </>
    ),
    width: 'minmax(13rem, 1fr)',
  },
  {
    id: 'lift',
    header: 'Lift',
    cell: ({ best }) => <DeltaText of={best.lift} />,
    width: 'minmax(11rem, 1fr)',
  },
];

function BaselineFigure({ found }: { readonly found: Compared }) {
  const marks = useMemo(
    () => [
      {
        name: 'candidate',
        score: found.candidate.estimate ?? 0,
        lower: found.candidate.lower,
        upper: found.candidate.upper,
        isCandidate: true,
      },
      ...found.rows.map(({ name, score, interval }) => ({
        name: shortened(name, 40),
        score: score ?? 0,
        lower: interval?.lower ?? null,
        upper: interval?.upper ?? null,
        isCandidate: false,
      })),
    ],
    [found],
  );
  const options = useMemo((): Plot.PlotOptions => {
    const colour = ({ isCandidate }: (typeof marks)[number]) =>
      isCandidate ? 'var(--after)' : 'var(--before)';
    return {
      marginLeft: 190,
      x: { domain: [0, 1], label: null, tickFormat: '.0%', grid: true },
      y: {
        domain: marks.map(({ name }) => name),
        label: null,
        tickFormat: (name: string) => shortened(name, 28),
      },
      marks: [
        Plot.ruleX([found.candidate.estimate ?? 0], { stroke: 'var(--after)', strokeDasharray: '3 3' }),
        Plot.ruleY(
          marks.filter(({ lower }) => lower !== null),
          { y: 'name', x1: 'lower', x2: 'upper', stroke: colour, strokeWidth: 2 },
        ),
        Plot.dot(marks, {
          y: 'name',
          x: 'score',
          r: 5,
          fill: colour,
          tip: true,
          title: ({ name, score, lower, upper }: (typeof marks)[number]) =>
            `${name}: ${rateText(score)}${lower === null ? ' (exact)' : ` (${rateText(lower)} to ${rateText(upper)})`}`,
        }),
      ],
    };
  }, [marks, found]);
  const [best] = found.rows;
  return (
    <Figure
      title={`The candidate beside its baselines, ${found.metric}`}
      caption="Trivial answers know the labels of these very cases, so no constant answer does better; their scores are exact. Others have intervals."
      table={() => ({
        columns: ['name', 'score', 'from', 'to'],
        rows: marks.map(({ name, score, lower, upper }) => [name, score, lower, upper]),
      })}
    >
      <PlotPicture
        alt={`Candidate ${rateText(found.candidate.estimate)}${best === undefined ? '' : `, best trivial answer ${rateText(best.score)}`}.`}
        height={50 + marks.length * 30}
        options={options}
      />
    </Figure>
  );
}
