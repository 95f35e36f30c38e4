/** The rows of a `DataTable` on paper: one below the other, up to a bound, and a sentence about the rest. */

import { countOf, countText } from '../format/numbers.ts';
import { type Column, cellClass } from './DataTable.tsx';

/** A table of so many rows takes some ten sheets. */
export const MOST_PRINTED = 500;

export function PrintedRows<Row>({
  rows,
  columns,
  rowId,
  rowClass,
  rowHeight,
  template,
}: {
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly rowId: (row: Row) => string;
  readonly rowClass: ((row: Row) => string) | undefined;
  readonly rowHeight: number;
  readonly template: string;
}) {
  return (
    <div role="rowgroup" className="data-body printed">
      {rows.slice(0, MOST_PRINTED).map((row, index) => (
        <div
          key={rowId(row)}
          role="row"
          aria-rowindex={index + 2}
          className={`data-row ${rowClass?.(row) ?? ''}`}
          style={{ minHeight: rowHeight, gridTemplateColumns: template }}
        >
          {columns.map((column) => (
            <div key={column.id} role="gridcell" className={cellClass(column)}>
              {column.cell(row)}
            </div>
          ))}
        </div>
      ))}
      {rows.length <= MOST_PRINTED ? null : (
        <div role="row" className="data-row">
          <div role="gridcell" className="cell printed-rest">
            {countText(MOST_PRINTED)} of {countOf(rows.length, 'row')} are printed, in this order. Filter or
            sort the table to print others.
          </div>
        </div>
      )}
    </div>
  );
}
