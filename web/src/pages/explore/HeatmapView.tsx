/** Two dimensions crossed: where they meet, how many cases there are and how they went. */

import * as Plot from '@observablehq/plot';
import { useMemo } from 'react';
import { visible } from '../../../../src/reports/format/visible.ts';
import type { ExploreCell, ExploreHeatmap, ExploreValue } from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import { countOf, countText } from '../../format/numbers.ts';
import { toneOfChange } from '../../format/tone.ts';
import { Segmented, Select } from '../../ui/controls.tsx';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Figure } from '../../ui/Figure.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import { PlotPicture } from '../../ui/PlotPicture.tsx';
import { Empty, Failed, Loading } from '../../ui/states.tsx';
import { useView } from '../../view.ts';
import { clipped } from '../classes/clip-name.ts';
import { SHOWN } from './bar-data.ts';
import type { ExploreTabProps } from './CrossFilter.tsx';
import { EXPLORE_VIEW, withChoice } from './explore-view.ts';
import { type FigureScale, figureScale } from './figure-scale.ts';
import { choiceText } from './Selection.tsx';

/** Values of a side that are drawn; the others are in the table. */
const MOST = 24;
/** Cells with fewer cases are drawn hollow: their colour would promise too much. */
const FEW = 20;
const ROW = 30;

/** One cell with the values that meet in it. */
interface Crossing extends ExploreCell {
  readonly id: string;
  readonly row: ExploreValue;
  readonly column: ExploreValue;
  readonly tone: 'loss' | 'gain' | '';
}

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
  const items = choices.map(({ id, label }) => ({ value: id, label: visible(label).slice(0, 60) }));
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
  const cells = useMemo(
    () => crossingsOf(answer, show === 'delta', metric.direction === 'higher'),
    [answer, show, metric],
  );
  const scale = useMemo(() => figureScale([barsOf(cells)], show, metric, null), [cells, show, metric]);
  const options = useMemo(() => optionsOf(answer, cells, scale, show), [answer, cells, scale, show]);
  const present = cells.filter(({ cases }) => cases > 0);
  const [a, b] = [visible(rowName).slice(0, 60), visible(columnName).slice(0, 60)];
  const figure = `${metric.name}, ${SHOWN[show]}`;
  const hidden = [answer.rows.length - MOST, answer.columns.length - MOST].filter((n) => n > 0);
  const few = present.filter(({ cases }) => cases < FEW).length;
  const height = 70 + ROW * Math.min(MOST, answer.rows.length) + LABEL_SPACE;
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
      cell: ({ lower, upper }) => (
        <span className="muted">
          {lower === null || upper === null ? 'none' : `${scale.text(lower)} to ${scale.text(upper)}`}
        </span>
      ),
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
            {hidden.length === 0 ? '' : ` The first ${MOST} values of a side are drawn; the table has all.`}
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
      <DataTable
        label={`Cells of ${a} by ${b}`}
        rows={worstFirst(present, metric.direction === 'higher')}
        columns={columns}
        rowId={({ id }) => id}
        onOpen={onOpen}
        maxHeight={360}
      />
    </>
  );
}

const LABEL_SPACE = 74;

/** Characters of a value on an axis; longer ones are cut in the middle, as their ends often tell them apart. */
const LONGEST_NAME = 24;

function crossingsOf(answer: ExploreHeatmap, isDelta: boolean, higherIsBetter: boolean): readonly Crossing[] {
  return answer.cells.flatMap((line, i) =>
    line.map((cell, j) => ({
      ...cell,
      id: `${i} ${j}`,
      row: answer.rows[i]!,
      column: answer.columns[j]!,
      tone: isDelta ? toneOfChange(cell, higherIsBetter) : '',
    })),
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

function optionsOf(
  answer: ExploreHeatmap,
  cells: readonly Crossing[],
  scale: FigureScale,
  show: ExploreTabProps['show'],
): Plot.PlotOptions {
  const rows = answer.rows.slice(0, MOST);
  const columns = answer.columns.slice(0, MOST);
  const shown = cells.filter(
    ({ row, column, cases }) => rows.includes(row) && columns.includes(column) && cases > 0,
  );
  const short = (values: readonly ExploreValue[]) => (key: string) => {
    return clipped(values.find((value) => value.key === key)?.label ?? '', LONGEST_NAME);
  };
  const longest = Math.max(0, ...rows.map(({ key }) => [...short(rows)(key)].length));
  const solid = shown.filter(({ cases }) => cases >= FEW);
  const place = { x: ({ column }: Crossing) => column.key, y: ({ row }: Crossing) => row.key } as const;
  const word = ({ estimate, tone }: Crossing) =>
    `${tone === 'loss' ? '▼ ' : tone === 'gain' ? '▲ ' : ''}${scale.text(estimate)}`;
  return {
    ...{ marginLeft: 30 + 6.6 * longest, marginTop: LABEL_SPACE, padding: 0.04 },
    x: {
      domain: columns.map(({ key }) => key),
      tickFormat: short(columns),
      label: null,
      axis: 'top',
      tickRotate: -28,
    },
    y: { domain: rows.map(({ key }) => key), tickFormat: short(rows), label: null },
    color: { type: 'identity' },
    marks: [
      Plot.cell(solid, { ...place, fill: (cell: Crossing) => colourOf(cell, scale, show) }),
      Plot.cell(shown, { ...place, fill: 'transparent', stroke: 'var(--line)' }),
      Plot.text(shown, { ...place, text: word, dy: -5, fontWeight: 600, fill: 'var(--ink)' }),
      Plot.text(shown, {
        ...{ ...place, dy: 8, fontSize: 10, fill: 'var(--ink)' },
        text: ({ cases }: Crossing) => countText(cases),
      }),
      Plot.tip(
        shown,
        Plot.pointer({
          ...{ ...place, fill: 'var(--surface)', stroke: 'var(--line-strong)' },
          title: (cell: Crossing) =>
            `${visible(cell.row.label).slice(0, 60)} × ${visible(cell.column.label).slice(0, 60)}\n${scale.text(cell.estimate)} (${scale.text(cell.lower)} to ${scale.text(cell.upper)})\n${countOf(cell.cases, 'case')}`,
        }),
      ),
    ],
  };
}

/** Pale enough for text on it; the words say the same. */
function colourOf({ estimate }: Crossing, { low, high }: FigureScale, show: ExploreTabProps['show']): string {
  if (estimate === null) return 'transparent';
  const paint = (colour: string, share: number) =>
    `color-mix(in srgb, ${colour} ${Math.round(45 * Math.max(0, Math.min(1, share)))}%, var(--surface))`;
  if (show !== 'delta') return paint('var(--after)', (estimate - low) / (high - low));
  // Equal changes are equally strong, whichever way they go.
  return paint(estimate < 0 ? 'var(--mark)' : 'var(--gain)', Math.abs(estimate) / Math.max(-low, high));
}
