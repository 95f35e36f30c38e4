/** Slices that nobody declared: searched for on demand, with what they are part of and what they share. */

import { visible } from '../../../../src/reports/format/visible.ts';
import type { ExploreFound, ExploreFoundSlice } from '../../../../src/studio/contract/index.ts';
import { useSource, useStudio } from '../../data/hooks.ts';
import { countOf, countText } from '../../format/numbers.ts';
import { Copyable } from '../../ui/Copyable.tsx';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import { DeltaText, EstimateText } from '../../ui/Measures.tsx';
import { Empty, Failed, Loading, Problems } from '../../ui/states.tsx';
import { useView } from '../../view.ts';
import type { ExploreTabProps } from './CrossFilter.tsx';
import { EXPLORE_VIEW } from './explore-view.ts';
import { FoundSlicePanel } from './FoundSlicePanel.tsx';

const POLL_MS = 700;

type Ready = Extract<ExploreFound, { state: 'ready' }>;

export function FoundView({ dimensions, scope }: ExploreTabProps) {
  const [view, change] = useView(EXPLORE_VIEW);
  const isFile = useSource().kind === 'embedded';
  const isStarted = view.found !== '';
  const question = useStudio(
    'explore-found',
    { ...scope, where: null, start: isStarted },
    { again: (answer) => (answer?.state === 'running' ? POLL_MS : false) },
  );
  const { data } = question;
  const begin = () => change({ found: 'yes' });
  if (question.error !== null) return <Failed error={question.error} retry={() => void question.refetch()} />;
  if (data === undefined) return <Loading height={420} what="Asking" />;
  switch (data.state) {
    case 'not started':
      return isFile ? (
        <Empty title="No search is in this file">
          <p>The studio, or the terminal, searches every conjunction of up to three conditions:</p>
          <Copyable text={data.command} what="the command" />
        </Empty>
      ) : (
        <Empty title="Search for slices">
          <p>
            Every conjunction of up to three conditions is looked at, for the slices that are worst, regressed
            most or improved most. What one half of the cases suggests must hold on the other. It takes
            seconds for thousands of cases, and up to a minute for a million; you can look around meanwhile.
          </p>
          <p>
            <button type="button" className="button primary" onClick={begin}>
              Search
            </button>
          </p>
          <p className="muted">In the terminal, with every option:</p>
          <Copyable text={data.command} what="the command" />
        </Empty>
      );
    case 'running':
      return (
        <Loading height={420} what={`Searching: ${data.stage}, ${Math.round(data.elapsedMs / 1000)} s`} />
      );
    case 'failed':
      return (
        <Problems
          title="The search could not be made"
          problems={data.problems.map((message) => ({ message, hint: null, where: null }))}
          retry={() => void question.refetch()}
        />
      );
    case 'ready':
      return <Found answer={data} {...{ dimensions }} />;
  }
}

function Found({
  answer,
  dimensions: { metric },
}: { readonly answer: Ready } & Pick<ExploreTabProps, 'dimensions'>) {
  const [view, change] = useView(EXPLORE_VIEW);
  const unit = metric.isRate ? 'rate' : 'number';
  const confirmed = answer.slices.filter(({ state }) => state === 'confirmed').length;
  // Every kind looks at the same slices: they count once, as on the command line.
  const levels = (answer.modes[0]?.levels ?? []).map(({ counted, pruned }) => counted + pruned);
  const looked = levels.reduce((sum, slices) => sum + slices, 0);
  const byLevel = levels.length > 1 ? ` (${levels.map(countText).join(' + ')} by number of conditions)` : '';
  const open = answer.slices.find(({ id }) => id === view.found) ?? answer.slices[0];
  const columns: readonly Column<ExploreFoundSlice>[] = [
    {
      ...{ id: 'name', header: 'slice', width: 'minmax(14rem, 2fr)', sort: ({ name }) => visible(name) },
      cell: ({ name }) => <HostileText text={name} most={120} />,
    },
    {
      ...{ id: 'mode', header: 'is', width: '6.5rem', sort: ({ mode }) => mode },
      cell: ({ mode }) => mode,
    },
    {
      ...{ id: 'state', header: 'how sure', width: '9rem', sort: ({ state }) => state },
      cell: ({ state }) => (state === 'confirmed' ? <strong>✓ confirmed</strong> : state),
    },
    {
      ...{ id: 'cases', header: 'cases', width: '5.5rem', align: 'right', sort: ({ cases }) => cases },
      cell: ({ cases }) => countText(cases),
    },
    {
      ...{
        id: 'rate',
        header: 'after',
        width: '15.5rem',
        align: 'right',
        sort: ({ rate }) => rate.estimate,
      },
      cell: ({ rate }) => <EstimateText of={rate} unit={unit} />,
    },
    {
      ...{ id: 'difference', header: 'difference', width: '12rem', align: 'right' },
      sort: ({ difference }) => difference.estimate,
      cell: ({ difference }) => (
        <DeltaText of={difference} unit={unit} higherIsBetter={metric.direction === 'higher'} />
      ),
    },
    {
      ...{ id: 'under', header: 'overlaps', width: '5.5rem', align: 'right' },
      sort: ({ folded }) => folded.length,
      cell: ({ folded }) => countText(folded.length),
    },
  ];
  return (
    <>
      <p role="status">
        <strong>
          {confirmed === 0 ? 'No slice is confirmed' : `${countOf(confirmed, 'slice')} confirmed`}
        </strong>{' '}
        among {countText(looked)} enumerated{byLevel}, with at least {countOf(answer.minCases, 'case')} each
        {answer.modes.length > 1
          ? `, searched for what is ${answer.modes.map(({ mode }) => mode).join(', ')}`
          : ''}
        .{' '}
        <span className="muted">
          Numbers are those of cases that had no part in finding the slice. The search never gates.
        </span>
      </p>
      <DataTable
        label="Found slices"
        rows={answer.slices}
        columns={columns}
        rowId={({ id }) => id}
        selected={open?.id ?? null}
        onOpen={({ id }) => change({ found: id }, { replace: true })}
        sort={view.sort}
        onSort={(sort) => change({ sort })}
        maxHeight={400}
        empty="Nothing stood out in either half of the cases."
        footer={[
          `${countOf(answer.cases, 'case')} searched${answer.casesLeftOut === 0 ? ', none left out' : `, ${countText(answer.casesLeftOut)} left out`}.`,
        ]}
      />
      {open === undefined ? null : <FoundSlicePanel slice={open} metric={metric} />}
      <footer className="statements muted">
        {answer.notes.map((note) => (
          <p key={note}>
            <HostileText text={note} most={600} />
          </p>
        ))}
        <p>The same in the terminal, with every option:</p>
        <Copyable text={answer.command} what="the command" />
      </footer>
    </>
  );
}
