/** The forest plot as a table: one row of numbers is one line of the plot. */

import { type ReactNode, useMemo, useRef } from 'react';
import type { MetricReading, SliceRow, SlicesAnswer } from '../../../../src/studio/contract/index.ts';
import { countText } from '../../format/numbers.ts';
import { changeIn, valueIn } from '../../format/units.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { useWidth } from '../../ui/use-width.ts';
import { accountOf } from './account.ts';
import { ALL_CASES } from './reading.ts';
import { type Grouping, type ListRow, listRows } from './select-rows.ts';
import { sliceColumns } from './slice-columns.tsx';
import { type StripOf, stripScale } from './strip-scale.ts';

export interface ForestTableProps {
  readonly answer: SlicesAnswer;
  readonly metric: MetricReading;
  /** All rows of the metric: they give the scale, so that it stays when rows are filtered away. */
  readonly all: readonly SliceRow[];
  /** Those in sight, in the order of `sort`. */
  readonly rows: readonly SliceRow[];
  readonly of: StripOf;
  readonly sort: string;
  readonly group: Grouping;
  readonly closed: readonly string[];
  readonly selected: string;
  readonly onSort: (sort: string) => void;
  readonly onOpen: (id: string) => void;
  readonly onToggle: (group: string) => void;
  readonly empty: ReactNode;
}

export function ForestTable(props: ForestTableProps) {
  const { answer, metric, all, rows, of, sort, group, closed } = props;
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const scale = useMemo(() => stripScale(all, metric, of), [all, metric, of]);
  const largest = useMemo(() => all.reduce((most, { n }) => Math.max(most, n), 0), [all]);
  const { hasBaseline } = answer;
  const dimension = useMemo(() => onlyDimension(all), [all]);
  const columns = useMemo(
    () => sliceColumns({ metric, scale, of, largest, hasBaseline, dimension, width }),
    [metric, scale, of, largest, hasBaseline, dimension, width],
  );
  const listed = useMemo(() => listRows(rows, group, closed), [rows, group, closed]);
  const footer = useMemo(() => footerLines(answer, metric, rows), [answer, metric, rows]);
  const isNarrow = width < 620;
  return (
    <div ref={place} className="forest">
      {width === 0 ? null : (
        <DataTable<ListRow>
          label={`Slices by ${metric.name}, ${countText(rows.length)} rows`}
          rows={listed}
          columns={columns}
          rowId={idOf}
          selected={props.selected === '' ? null : props.selected}
          onOpen={(row) => (row.kind === 'group' ? props.onToggle(row.name) : props.onOpen(row.id))}
          sort={sort}
          onSort={props.onSort}
          ordered
          rowHeight={isNarrow ? 56 : 44}
          maxHeight={Math.max(420, Math.min(900, window.innerHeight - 300))}
          rowClass={(row) => (row.kind === 'group' ? 'group' : row.row.role)}
          footer={footer}
          empty={props.empty}
        />
      )}
      <p className="forest-legend">
        {of === 'change'
          ? 'Dot: the change; line: its interval; dashed line: the margin from which a loss counts. '
          : hasBaseline
            ? 'Grey above: before; blue below: after; lines: intervals; upright: the floor. '
            : 'Dot: the value; line: its interval; upright: the floor. '}
        Arrows reach beyond the scale, larger dots are larger slices, dashed intervals decide nothing.
        {hasBaseline
          ? ' A change is coloured where its interval leaves out zero; verdicts also account for the number of slices.'
          : ''}
        {hasBaseline
          ? ' Detects: the smallest loss that the slice shows with 80% power.'
          : ' Detects: the smallest loss that the slice would show with 80% power, had it a baseline.'}
      </p>
    </div>
  );
}

const idOf = ({ id }: ListRow) => id;

/** The dimension that all rows have; null where they have several. */
export function onlyDimension(rows: readonly SliceRow[]): string | null {
  const first = rows[0]?.dimension ?? null;
  return rows.every(({ dimension }) => dimension === first) ? first : null;
}

/** What the rows sum to, and the mean, which gates nothing. */
function footerLines(
  answer: SlicesAnswer,
  metric: MetricReading,
  rows: readonly SliceRow[],
): readonly ReactNode[] {
  const { lines, more } = accountOf(
    rows,
    answer.totals.filter((total) => total.metric === metric.id),
  );
  const isRow = rows.some(({ dimension, role }) => dimension === ALL_CASES && role === 'gated');
  const mean = isRow ? undefined : answer.overall.find((overall) => overall.metric === metric.id);
  const account = lines.map((line) => <bdi key={line}>{line}</bdi>);
  if (more > 0)
    account.push(<span key="more">and {countText(more)} more dimensions, each with its own sum</span>);
  if (mean === undefined) return account;
  const [before, after] = [mean.baseline?.estimate ?? null, mean.candidate?.estimate ?? null];
  const change = mean.delta?.estimate ?? null;
  return [
    ...account,
    <span key="mean">
      All cases: {before === null ? '' : `${valueIn(metric, before)} → `}
      {valueIn(metric, after)}
      {change === null ? '' : ` (${changeIn(metric, change)})`}, n {countText(mean.n)}. The mean is{' '}
      <strong>not gated</strong>.
    </span>,
  ];
}
