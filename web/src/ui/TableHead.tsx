/** The head of a `DataTable`: names of columns that sort when they are pressed. */

import type { Column } from './DataTable.tsx';

export function TableHead<Row>({
  columns,
  sort,
  onSort,
  template,
}: {
  readonly columns: readonly Column<Row>[];
  readonly sort: string;
  readonly onSort: ((sort: string) => void) | undefined;
  readonly template: string;
}) {
  return (
    <div role="rowgroup" className="data-head">
      <div role="row" aria-rowindex={1} className="data-row" style={{ gridTemplateColumns: template }}>
        {columns.map((column) => {
          const state = stateOf(column.id, sort);
          const className = `cell ${column.align === 'right' ? 'number' : ''}`;
          return (
            <div key={column.id} role="columnheader" aria-sort={state} className={className}>
              {column.sort === undefined || onSort === undefined ? (
                (column.head ?? column.header)
              ) : (
                <button type="button" className="sort" onClick={() => onSort(nextSort(column.id, sort))}>
                  {column.header}
                  <span aria-hidden="true">{SIGNS[state]}</span>
                </button>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

const SIGNS = { ascending: ' ↑', descending: ' ↓', none: '' } as const;

function stateOf(id: string, sort: string): keyof typeof SIGNS {
  if (sort === id) return 'ascending';
  return sort === `-${id}` ? 'descending' : 'none';
}

/** Rising, falling, and back to the order that the page gives. */
function nextSort(id: string, sort: string): string {
  if (sort === id) return `-${id}`;
  return sort === `-${id}` ? '' : id;
}
