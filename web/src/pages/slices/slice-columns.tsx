/** The columns of the forest table: which there are, and which fit. */

import type { MetricReading } from '../../../../src/studio/contract/index.ts';
import { countText, pValueText } from '../../format/numbers.ts';
import { changeIn, rangeIn, valueIn } from '../../format/units.ts';
import type { Column } from '../../ui/DataTable.tsx';
import { shortened } from '../../ui/foreign-name.ts';
import { VerdictBadge } from '../../ui/VerdictBadge.tsx';
import { IntervalStrip, StripAxis } from './IntervalStrip.tsx';
import { sliceName, toneOf } from './reading.ts';
import { SliceLabel } from './SliceLabel.tsx';
import { type ListRow, SORTS } from './select-rows.ts';
import type { StripOf, StripScale } from './strip-scale.ts';

export interface ColumnsWanted {
  readonly metric: MetricReading;
  readonly scale: StripScale;
  readonly of: StripOf;
  readonly largest: number;
  readonly hasBaseline: boolean;
  /** The one dimension of all rows, which then stands in the head; null where there are several. */
  readonly dimension: string | null;
  /** Pixels that the table has. */
  readonly width: number;
}

type SliceOf = Extract<ListRow, { kind: 'slice' }>['row'];

/** From this width on the verdict has a column of its own, in pixels. */
const WIDE = 620;

/** What goes first where there is no room for all, the least needed last. Without a baseline nothing is lost or tested. */
const OPTIONAL = ['p', 'lost', 'gained', 'after', 'before', 'range', 'sees'] as const;
const OPTIONAL_ALONE = ['after', 'sees', 'range'] as const;

const PIXELS_PER_REM = 16;

/** The row's slice; null for a heading, which has no cells but its own. */
function ofSlice(cell: (row: SliceOf) => React.ReactNode) {
  return (row: ListRow) => (row.kind === 'slice' ? cell(row.row) : null);
}

/** Sorting is the page's own (rows come ordered); this names what sorts. */
function sortBy(id: string) {
  const by = SORTS[id]!;
  return (row: ListRow) => (row.kind === 'slice' ? by(row.row) : null);
}

/** Columns for the width that there is; the strip is always among them. */
export function sliceColumns(wanted: ColumnsWanted): readonly Column<ListRow>[] {
  const { metric, width, hasBaseline, of, dimension } = wanted;
  const number = (id: string, header: string, size: string, cell: (row: SliceOf) => React.ReactNode) => ({
    ...{ id, header, width: size, align: 'right' as const, sort: sortBy(id), cell: ofSlice(cell) },
  });
  const isNarrow = width < WIDE;
  const columns: readonly (Column<ListRow> | null)[] = [
    isNarrow
      ? null
      : {
          ...{ id: 'verdict', header: 'Verdict', width: '9.9rem' },
          cell: ofSlice(({ verdict, grade }) => (
            <VerdictBadge
              verdict={verdict}
              grade={verdict === 'PASS' && grade === 'undecided' ? grade : null}
            />
          )),
        },
    {
      ...{
        id: 'slice',
        header: dimension === null ? 'Slice' : `Slice: ${shortened(dimension, 24)}`,
        width: isNarrow ? 'minmax(8rem, 1.4fr)' : 'minmax(9.5rem, 2fr)',
        sort: sortBy('slice'),
      },
      cell: (row) =>
        row.kind === 'group' ? (
          <GroupLabel {...row} />
        ) : (
          <SliceLabel row={row.row} withVerdict={isNarrow} withDimension={dimension === null} />
        ),
    },
    number('n', 'n', '4.4rem', ({ n }) => countText(n)),
    !hasBaseline ? null : number('before', 'Before', '5.5rem', ({ before }) => valueIn(metric, before)),
    number('after', hasBaseline ? 'After' : 'Value', '5.5rem', ({ after }) => valueIn(metric, after)),
    hasBaseline
      ? number('change', 'Change', '5.2rem', (row) => (
          <span className={toneOf(metric, row)}>{changeIn(metric, row.delta)}</span>
        ))
      : null,
    {
      ...{
        id: 'range',
        header: 'Interval',
        width: metric.isRate ? '9.8rem' : '12rem',
        align: 'right' as const,
      },
      cell: ofSlice((row) => (
        <span className="muted">
          {of === 'change'
            ? rangeIn(metric, row.deltaLower, row.deltaUpper, 'change')
            : rangeIn(metric, row.afterLower, row.afterUpper, 'value')}
        </span>
      )),
    },
    {
      ...{ id: 'strip', header: 'Drawn', width: isNarrow ? '6.5rem' : 'minmax(10rem, 2fr)' },
      head: <StripAxis scale={wanted.scale} metric={metric} of={of} />,
      cell: ofSlice((row) => <IntervalStrip row={row} {...wanted} />),
    },
    !hasBaseline ? null : number('lost', 'Lost', '4rem', ({ lost }) => countText(lost)),
    !hasBaseline ? null : number('gained', 'Gained', '4.6rem', ({ gained }) => countText(gained)),
    !hasBaseline ? null : number('p', 'Adj. p', '5rem', ({ adjustedP }) => pValueText(adjustedP)),
    number('sees', 'Detects', '5rem', ({ detectable }) =>
      detectable === null ? '–' : changeIn(metric, metric.direction === 'higher' ? -detectable : detectable),
    ),
  ];
  return fitting(
    columns.filter((column) => column !== null),
    hasBaseline ? OPTIONAL : OPTIONAL_ALONE,
    width,
  );
}

/** As many of the optional columns as there is room for, in the order in which they are needed. */
function fitting(
  columns: readonly Column<ListRow>[],
  optional: readonly string[],
  width: number,
): readonly Column<ListRow>[] {
  const needed = new Map(columns.map(({ id, width: size }) => [id, pixelsOf(size)]));
  let left =
    width -
    BORDERS -
    sum(columns.filter(({ id }) => !optional.includes(id)).map(({ id }) => needed.get(id)!));
  const shown = new Set<string>();
  for (const id of optional) {
    const size = needed.get(id);
    if (size === undefined) continue;
    if (size > left) break;
    left -= size;
    shown.add(id);
  }
  return columns.filter(({ id }) => !optional.includes(id) || shown.has(id));
}

const BORDERS = 4;

/** The least that a column takes. @example pixelsOf('minmax(8rem, 1.4fr)') // 128 */
function pixelsOf(width: string): number {
  return Number(/[\d.]+(?=rem)/.exec(width)?.[0] ?? 0) * PIXELS_PER_REM;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function GroupLabel({ name, slices, cases, bad, closed }: Extract<ListRow, { kind: 'group' }>) {
  return (
    <>
      <span aria-hidden="true">{closed ? '▸ ' : '▾ '}</span>
      <strong>{shortened(sliceName({ dimension: name, value: name }), 60)}</strong>{' '}
      <span className="muted">
        {countText(slices)} {slices === 1 ? 'slice' : 'slices'}, {countText(cases)} cases
        {bad > 0 ? `, ${countText(bad)} blocked or to review` : ''}
        <span className="visually-hidden">, {closed ? 'closed' : 'open'}</span>
      </span>
    </>
  );
}
