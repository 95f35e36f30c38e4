/** Two dimensions crossed: where they meet, how many cases there are and how they went. */

import { useMemo, useRef } from 'react';
import type { ExploreHeatmap } from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import { countOf, countText } from '../../format/numbers.ts';
import { Segmented, Select } from '../../ui/controls.tsx';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Figure } from '../../ui/Figure.tsx';
import { harmless } from '../../ui/foreign-name.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { MiddleCut } from '../../ui/MiddleCut.tsx';
import { PlotPicture } from '../../ui/PlotPicture.tsx';
import { Empty, Failed, Loading } from '../../ui/states.tsx';
import { useWidth } from '../../ui/use-width.ts';
import { useView } from '../../view.ts';
import { SHOWN } from './bar-data.ts';
import type { ExploreTabProps } from './CrossFilter.tsx';
import { EXPLORE_VIEW, withChoice } from './explore-view.ts';
import { figureScale } from './figure-scale.ts';
import {
  type Crossing,
  crossingsOf,
  FEW,
  heatmapPlot,
  LABEL_SPACE,
  MOST_DRAWN,
  ROW,
} from './heatmap-plot.ts';
import { choiceText } from './Selection.tsx';

export function HeatmapView({ dimensions, scope, show, state }: ExploreTabProps) {
  const [view, change] = useView(EXPLORE_VIEW);
  const choices = dimensions.dimensions.filter(({ kind }) => kind !== 'outcome');
  const known = (id: string) => choices.some((one) => one.id === id);
  const rows = known(view.rows) ? view.rows : (choices[0]?.id ?? '');
  const columns =
    known(view.columns) && view.columns !== rows
      ? view.columns
      : (choices.find(({ id }) => id !== rows)?.id ?? '');
  const question = useStudio(
    'explore-heatmap',
    { ...scope, filter: state.filter, show, rows, columns },
    { enabled: columns !== '' },
  );
  if (columns === '') {
    return (
      <Empty title="Only one dimension">
        <p>Two are needed to cross them: add a column that cuts the cases to the results.</p>
      </Empty>
    );
  }
  const others = state.filter.filter(({ dimension }) => dimension !== rows && dimension !== columns);
  const labelOf = (id: string) => choices.find((one) => one.id === id)?.label ?? id;
  const items = choices.map(({ id, label }) => ({ value: id, label: harmless(label, 60) }));
  return (
    <>
      <div className="explore-tools">
        <Select
          label="Rows"
          value={rows}
          choices={items}
          onChange={(next) => change({ rows: next, ...(next === columns ? { columns: rows } : { columns }) })}
        />
        <Select
          label="Columns"
          value={columns}
          choices={items}
          onChange={(next) => change({ columns: next, ...(next === rows ? { rows: columns } : { rows }) })}
        />
        {dimensions.paired ? (
          <Segmented
            label="What the cells show"
            value={show}
            choices={[
              { value: 'delta', label: 'Change' },
              { value: 'before', label: 'Before' },
              { value: 'after', label: 'After' },
            ]}
            onChange={(next) => change({ show: next === 'delta' ? '' : next })}
          />
        ) : null}
        <p className="muted explore-key">
          {others.length === 0
            ? 'All cases.'
            : `Under: ${others.map((choice) => choiceText(dimensions, choice)).join('; ')}`}
        </p>
      </div>
      {question.error !== null ? (
        <Failed error={question.error} retry={() => void question.refetch()} />
      ) : question.data === undefined ? (
        <Loading height={640} what="Counting" />
      ) : (
        <Crossed
          answer={question.data}
          {...{ dimensions, show }}
          names={[labelOf(rows), labelOf(columns)]}
          onOpen={({ row, column }) => {
            const one = withChoice(state.filter, rows, [row.key]);
            state.replace(withChoice(one, columns, [column.key]), { tab: 'filter' });
          }}
        />
      )}
    </>
  );
}

/** Below this width a cell takes two lines, so that its change and interval stay in sight. */
const NARROW = 620;

function Crossed({
  answer,
  dimensions: { metric },
  show,
  names: [rowName, columnName],
  onOpen,
}: {
  readonly answer: ExploreHeatmap;
  readonly dimensions: ExploreTabProps['dimensions'];
  readonly show: ExploreTabProps['show'];
  readonly names: readonly [string, string];
  readonly onOpen: (cell: Crossing) => void;
}) {
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const cells = useMemo(
    () => crossingsOf(answer, show === 'delta', metric.direction === 'higher'),
    [answer, show, metric],
  );
  const scale = useMemo(() => figureScale([barsOf(cells)], show, metric, null), [cells, show, metric]);
  const options = useMemo(() => heatmapPlot(answer, cells, scale, show), [answer, cells, scale, show]);
  const present = cells.filter(({ cases }) => cases > 0);
  const [a, b] = [harmless(rowName, 60), harmless(columnName, 60)];
  const figure = `${metric.name}, ${SHOWN[show]}`;
  const hidden = [answer.rows.length - MOST_DRAWN, answer.columns.length - MOST_DRAWN].filter((n) => n > 0);
  const few = present.filter(({ cases }) => cases < FEW).length;
  const height = 70 + ROW * Math.min(MOST_DRAWN, answer.rows.length) + LABEL_SPACE;
  const isNarrow = width < NARROW;
  const interval = ({ lower, upper }: Crossing) => (
    <span className="muted">
      {lower === null || upper === null ? 'none' : `${scale.text(lower)} to ${scale.text(upper)}`}
    </span>
  );
  const narrow: readonly Column<Crossing>[] = [
    {
      ...{ id: 'row', header: 'cell', width: 'minmax(6rem, 1fr)', sort: ({ row }) => row.label },
      cell: ({ row, column }) => (
        <span className="heat-lines">
          <MiddleCut text={row.label} />
          <span className="muted">
            <MiddleCut text={column.label} />
          </span>
        </span>
      ),
    },
    {
      ...{ id: 'cases', header: 'cases', width: '4rem', align: 'right', sort: ({ cases }) => cases },
      cell: ({ cases }) => countText(cases),
    },
    {
      ...{ id: 'figure', header: `${SHOWN[show]}, interval`, width: '9.5rem', align: 'right' },
      sort: ({ estimate }) => estimate,
      cell: (cell) => (
        <span className="heat-lines">
          <span className={cell.tone}>{scale.text(cell.estimate)}</span>
          {interval(cell)}
        </span>
      ),
    },
  ];
  const columns: readonly Column<Crossing>[] = [
    {
      ...{ id: 'row', header: a, width: 'minmax(8rem, 1fr)', sort: ({ row }) => row.label },
      cell: ({ row }) => <HostileText text={row.label} most={80} />,
    },
    {
      ...{ id: 'column', header: b, width: 'minmax(8rem, 1fr)', sort: ({ column }) => column.label },
      cell: ({ column }) => <HostileText text={column.label} most={80} />,
    },
    {
      ...{ id: 'cases', header: 'cases', width: '6rem', align: 'right', sort: ({ cases }) => cases },
      cell: ({ cases }) => countText(cases),
    },
    {
      ...{
        id: 'figure',
        header: SHOWN[show],
        width: '6rem',
        align: 'right',
        sort: ({ estimate }) => estimate,
      },
      cell: ({ estimate, tone }) => <span className={tone}>{scale.text(estimate)}</span>,
    },
    {
      ...{ id: 'interval', header: 'interval', width: '10rem', align: 'right' },
      cell: interval,
    },
  ];
  return (
    <>
      <Figure
        title={`${figure}: ${a} by ${b}`}
        caption={
          <>
            {countOf(answer.cases, 'case')}. Each cell says its figure and, below, its cases. ▼ and ▲: the
            interval leaves out no change. Cells of fewer than {FEW} cases are hollow ({few}); empty ones have
            no case.
            {hidden.length === 0
              ? ''
              : ` The first ${MOST_DRAWN} values of a side are drawn; the table has all.`}
          </>
        }
        table={() => ({
          columns: [rowName, columnName, 'cases', figure, 'lower limit', 'upper limit'],
          rows: present.map(({ row, column, cases, estimate, lower, upper }) => [
            ...[row.label, column.label, cases, estimate, lower, upper],
          ]),
        })}
      >
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <section className="wide-plot" tabIndex={0} aria-label="Heatmap, which can be scrolled">
          <PlotPicture
            alt={`Heatmap of ${figure} by ${a} and ${b}: ${present.length} cells have cases.`}
            height={height}
            options={options}
            onChoose={(cell) => onOpen(cell as Crossing)}
          />
        </section>
      </Figure>
      <h2 className="cells-title">Cells, worst first</h2>
      <div ref={place} className="heat-cells">
        {width === 0 ? null : (
          <DataTable
            label={`Cells of ${a} by ${b}`}
            rows={worstFirst(present, metric.direction === 'higher')}
            columns={isNarrow ? narrow : columns}
            key={isNarrow ? 'narrow' : 'wide'}
            rowHeight={isNarrow ? 52 : 36}
            rowId={({ id }) => id}
            onOpen={onOpen}
            maxHeight={360}
          />
        )}
      </div>
    </>
  );
}

function worstFirst(cells: readonly Crossing[], higherIsBetter: boolean): readonly Crossing[] {
  const sign = higherIsBetter ? 1 : -1;
  return cells.toSorted((a, b) => sign * ((a.estimate ?? 0) - (b.estimate ?? 0)));
}

function barsOf(cells: readonly Crossing[]) {
  const of = <T,>(pick: (cell: Crossing) => T) => cells.map(pick);
  return {
    cases: of(({ cases }) => cases),
    lost: of(({ lost }) => lost),
    gained: of(({ gained }) => gained),
    estimate: of(({ estimate }) => estimate),
    lower: of(({ estimate }) => estimate),
    upper: of(({ estimate }) => estimate),
  };
}
