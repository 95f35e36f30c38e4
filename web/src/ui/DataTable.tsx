/** A table of any length: only what is in sight is in the page. TanStack sorts and virtualises; keys move and open rows. */

import {
  type ColumnDef,
  getCoreRowModel,
  getSortedRowModel,
  type SortingState,
  useReactTable,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef } from 'react';
import { PrintedRows } from './PrintedRows.tsx';
import { TableHead } from './TableHead.tsx';
import { usePrinting } from './use-printing.ts';

/** One column. */
export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  /** Stands in place of the header, such as an axis; such a column does not sort. */
  readonly head?: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  /** What it is sorted by; without it the column does not sort. Null and NaN come last in both directions. */
  readonly sort?: (row: Row) => number | string | null;
  readonly align?: 'left' | 'right';
  /** CSS width such as `minmax(10rem, 1fr)` or `6rem`. */
  readonly width: string;
}

export interface DataTableProps<Row> {
  /** What the rows are, for who does not see the table. */
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly rowId: (row: Row) => string;
  /** The id of the row that is open or marked. */
  readonly selected?: string | null;
  /** Click, or Enter on a row. */
  readonly onOpen?: (row: Row) => void;
  /** `column` or `-column` (falling); empty keeps the order of `rows`. */
  readonly sort?: string;
  readonly onSort?: (sort: string) => void;
  /** The rows come in the order of `sort` already: groups, rows that belong together. */
  readonly ordered?: boolean;
  /** Pixels of one row; 36 unless told. */
  readonly rowHeight?: number;
  /** Most pixels of the body; 560 unless told. */
  readonly maxHeight?: number;
  /** Lines below the rows that do not scroll: totals, what was left out. One entry per line. */
  readonly footer?: readonly ReactNode[];
  /** What stands in place of rows where there are none. */
  readonly empty?: ReactNode;
  /** Extra class of a row. */
  readonly rowClass?: (row: Row) => string;
}

const HEAD_HEIGHT = 36;

/** TanStack makes an object per row, which rows that come ordered need not pay for. */
const NO_ROWS: readonly never[] = [];

/** Rows are links of a sort: arrows, Home, End and Page keys move, Enter opens. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const {
    label,
    rows,
    columns,
    rowId,
    selected = null,
    onOpen,
    sort = '',
    onSort,
    rowHeight = 36,
    maxHeight = 560,
    ordered = false,
  } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const isPrinting = usePrinting();
  const sorting = useMemo(() => sortingOf(sort, columns), [sort, columns]);
  const definitions = useMemo(() => columns.map((column) => definitionOf(column)), [columns]);
  const table = useReactTable({
    data: (ordered ? NO_ROWS : rows) as Row[],
    columns: definitions,
    state: { sorting },
    getRowId: rowId,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
  });
  const { rows: sorted } = table.getRowModel();
  const shown = useMemo(
    () => (ordered ? rows : sorted.map(({ original }) => original)),
    [ordered, rows, sorted],
  );
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: HEAD_HEIGHT,
  });
  const focusRow = (index: number) => {
    const at = Math.max(0, Math.min(shown.length - 1, index));
    virtual.scrollToIndex(at);
    const row = () => scroller.current?.querySelector<HTMLElement>(`[data-index="${at}"]`);
    const known = row();
    // At once where it can be, so that keys pressed in a row are not lost; else the row only now comes into the page.
    if (known) known.focus({ preventScroll: true });
    else requestAnimationFrame(() => row()?.focus());
  };
  const template = columns.map(({ width }) => width).join(' ');
  const selectedAt = useMemo(
    () => (selected === null ? -1 : shown.findIndex((row) => rowId(row) === selected)),
    [shown, rowId, selected],
  );
  const scrollTo = useRef(virtual.scrollToIndex);
  scrollTo.current = virtual.scrollToIndex;
  useEffect(() => {
    // A link may name a row that is far out of sight.
    if (selected !== null && selectedAt >= 0) scrollTo.current(selectedAt, { align: 'auto' });
  }, [selected, selectedAt]);
  const onKey = (event: KeyboardEvent, index: number) => {
    const move = MOVES[event.key]?.(index, shown.length, Math.floor(maxHeight / rowHeight));
    if (move !== undefined) {
      event.preventDefault();
      focusRow(move);
    } else if (event.key === 'Enter' && onOpen !== undefined && event.target === event.currentTarget) {
      event.preventDefault();
      onOpen(shown[index]!);
    }
  };
  return (
    <div className="data-table">
      <div
        ref={scroller}
        className="data-scroll"
        style={{ height: Math.min(maxHeight, HEAD_HEIGHT + Math.max(1, shown.length) * rowHeight + 2) }}
        role="grid"
        aria-label={label}
        aria-rowcount={shown.length + 1}
      >
        <TableHead columns={columns} sort={sort} onSort={onSort} template={template} />
        {shown.length === 0 ? (
          <div role="rowgroup">
            <div role="row">
              <div role="gridcell" className="data-empty">
                {props.empty ?? 'Nothing to show.'}
              </div>
            </div>
          </div>
        ) : isPrinting ? (
          <PrintedRows rowClass={props.rowClass} rows={shown} {...{ columns, rowId, rowHeight, template }} />
        ) : (
          <div role="rowgroup" className="data-body" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, start }) => {
              const row = shown[index]!;
              const id = rowId(row);
              return (
                <div
                  key={id}
                  role="row"
                  data-index={index}
                  aria-rowindex={index + 2}
                  aria-selected={id === selected}
                  className={`data-row ${onOpen ? 'opens' : ''} ${props.rowClass?.(row) ?? ''}`}
                  style={{
                    height: rowHeight,
                    transform: `translateY(${start}px)`,
                    gridTemplateColumns: template,
                  }}
                  // One stop for the Tab key: the selected row, or the first in sight.
                  tabIndex={
                    index === (selectedAt >= 0 ? selectedAt : (virtual.range?.startIndex ?? 0)) ? 0 : -1
                  }
                  onClick={() => onOpen?.(row)}
                  onKeyDown={(event) => onKey(event, index)}
                >
                  {columns.map((column) => (
                    <div key={column.id} role="gridcell" className={cellClass(column)}>
                      {column.cell(row)}
                    </div>
                  ))}
                </div>
              );
            })}
          </div>
        )}
      </div>
      {props.footer === undefined ? null : (
        <div className="data-foot">
          {props.footer.map((line, i) => (
            <div key={i}>{line}</div>
          ))}
        </div>
      )}
    </div>
  );
}

const MOVES: Readonly<Record<string, (index: number, count: number, page: number) => number>> = {
  ArrowDown: (index) => index + 1,
  ArrowUp: (index) => index - 1,
  PageDown: (index, _, page) => index + page,
  PageUp: (index, _, page) => index - page,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** An address may name any column: only one that sorts does. */
function sortingOf<Row>(sort: string, columns: readonly Column<Row>[]): SortingState {
  const id = sort.replace(/^-/, '');
  const isKnown = columns.some((column) => column.id === id && column.sort !== undefined);
  return isKnown ? [{ id, desc: sort.startsWith('-') }] : [];
}

function definitionOf<Row>({ id, sort }: Column<Row>): ColumnDef<Row> {
  return {
    id,
    enableSorting: sort !== undefined,
    ...(sort === undefined
      ? {}
      : { accessorFn: (row: Row) => present(sort(row)), sortUndefined: 'last', sortingFn: order }),
  };
}

/** TanStack puts only `undefined` last in both directions. */
function present(value: number | string | null): number | string | undefined {
  return value === null || Number.isNaN(value) ? undefined : value;
}

function order<Row>(
  a: { getValue(id: string): unknown },
  b: { getValue(id: string): unknown },
  id: string,
): number {
  const [x, y] = [a.getValue(id) as Row, b.getValue(id) as Row];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** Numbers stand at the right. */
export function cellClass({ align }: Pick<Column<never>, 'align'>): string {
  return align === 'right' ? 'cell number' : 'cell';
}
