/** Where it got worse: every slice with its interval, and one slice in full beside them. */

import { useMemo, useRef } from 'react';
import type { SliceRow, SlicesAnswer } from '../../../../src/studio/contract/index.ts';
import { countOf, countText } from '../../format/numbers.ts';
import { Segmented, Tabs } from '../../ui/controls.tsx';
import { Page } from '../../ui/Page.tsx';
import { Empty, Failed, Loading } from '../../ui/states.tsx';
import { useWidth } from '../../ui/use-width.ts';
import { useView } from '../../view.ts';
import { DumbbellFigure } from './DumbbellFigure.tsx';
import { ForestTable } from './ForestTable.tsx';
import { FunnelFigure } from './FunnelFigure.tsx';
import { OpenSlice } from './OpenSlice.tsx';
import { SliceFilters } from './SliceFilters.tsx';
import { type Grouping, selectRows, sortRows } from './select-rows.ts';
import { SLICES_VIEW } from './slices-view.ts';
import { useSlices } from './use-slices.ts';
import './slices.css';

export function SlicesPage() {
  const { question, data, rows } = useSlices();
  return (
    <Page
      title="Slices"
      lead={
        data?.hasBaseline === false
          ? 'Where is it weak? Each row is a slice, worst first; a baseline would say where it got better or worse.'
          : 'Where did it get better or worse? Each row is a slice, worst first.'
      }
    >
      {question.error !== null ? (
        <Failed error={question.error} retry={() => void question.refetch()} />
      ) : data === undefined ? (
        <Loading height={720} what="Reading the slices" />
      ) : rows.length === 0 ? (
        <Empty title="No slices">
          <p>
            This comparison has no dimension to cut its cases by. Name one with <code>--slice COLUMN</code>,
            or add a <code>segment</code> column.
          </p>
        </Empty>
      ) : (
        <SlicesView answer={data} rows={rows} />
      )}
    </Page>
  );
}

/** From this width on the open slice stands beside the table. */
const BESIDE = 1180;

function SlicesView({ answer, rows }: { readonly answer: SlicesAnswer; readonly rows: readonly SliceRow[] }) {
  const [view, change] = useView(SLICES_VIEW);
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const metric = answer.metrics.find(({ id }) => id === view.metric) ?? answer.metrics[0]!;
  const all = useMemo(() => rows.filter((row) => row.metric === metric.id), [rows, metric]);
  const { q, verdict, grade, role, dimension, family, owner } = view;
  const selection = useMemo(
    () => ({ metric: metric.id, q, verdict, grade, role, dimension, family, owner }),
    [metric, q, verdict, grade, role, dimension, family, owner],
  );
  const shown = useMemo(() => selectRows(rows, selection), [rows, selection]);
  const open = (slice: string) => change({ slice });
  const order = useMemo(() => sortRows(shown, view.sort), [shown, view.sort]);
  const isBeside = width >= BESIDE && view.slice !== '';
  const figure = { answer, metric, rows: shown, onOpen: open };
  const empty = (
    <>
      No slice fits these filters.{' '}
      <button type="button" className="button" onClick={() => change(NO_FILTERS)}>
        Show all {countText(all.length)}
      </button>
    </>
  );
  return (
    <div ref={place} className={isBeside ? 'slices-beside' : 'slices-alone'}>
      <div className="slices-main">
        <SliceFilters
          rows={rows}
          metrics={answer.metrics}
          selection={selection}
          group={view.group}
          onChange={change}
        />
        <p className="muted" role="status">
          {shown.length === all.length
            ? countOf(all.length, 'slice')
            : `${countText(shown.length)} of ${countOf(all.length, 'slice')}`}
          , {answer.level * 100}% intervals
        </p>
        <Tabs
          label="How to look at the slices"
          value={view.tab}
          onChange={(tab) => change({ tab })}
          tabs={[
            {
              ...{ value: 'forest', label: 'Forest' },
              content: (
                <>
                  {answer.hasBaseline ? (
                    <Segmented
                      label="What the plot shows"
                      value={view.show === 'values' ? 'values' : 'change'}
                      choices={[
                        { value: 'change', label: 'Change' },
                        { value: 'values', label: 'Before and after' },
                      ]}
                      onChange={(show) => change({ show })}
                    />
                  ) : null}
                  <ForestTable
                    {...{ answer, metric, all, rows: order, empty }}
                    of={answer.hasBaseline && view.show !== 'values' ? 'change' : 'values'}
                    sort={view.sort}
                    group={view.group as Grouping}
                    closed={view.closed}
                    selected={view.slice}
                    onSort={(sort) => change({ sort })}
                    onOpen={open}
                    onToggle={(name) => change({ closed: toggled(view.closed, name) }, { replace: true })}
                  />
                </>
              ),
            },
            { value: 'funnel', label: 'Funnel', content: <FunnelFigure {...figure} /> },
            ...(answer.hasBaseline
              ? [
                  {
                    ...{ value: 'dumbbell', label: 'Before and after' },
                    content: (
                      <DumbbellFigure
                        {...figure}
                        rows={order}
                        top={view.top}
                        onTop={(top) => change({ top })}
                      />
                    ),
                  },
                ]
              : []),
          ]}
        />
      </div>
      <OpenSlice
        id={view.slice}
        beside={isBeside}
        order={order}
        row={rows.find(({ id }) => id === view.slice) ?? null}
        onOpen={(slice) => change({ slice }, { replace: true })}
        onClose={() => change({ slice: '' })}
      />
    </div>
  );
}

const NO_FILTERS = { q: '', verdict: '', grade: '', role: '', dimension: '', family: '', owner: '' };

function toggled(closed: readonly string[], name: string): readonly string[] {
  return closed.includes(name) ? closed.filter((other) => other !== name) : [...closed, name];
}
