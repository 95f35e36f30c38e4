/** Which slices are shown, in which order, under which headings. Pure, so that 20,000 rows can be tested. */

import { compareText } from '../../../../src/slices/compare-text.ts';
import type { SliceRow } from '../../../../src/studio/contract/index.ts';

/** What a view asks for; empty texts ask for everything. */
export interface Selection {
  readonly metric: string;
  readonly q: string;
  readonly verdict: string;
  readonly grade: string;
  readonly role: string;
  readonly dimension: string;
  readonly family: string;
  readonly owner: string;
}

/** Fields of `Selection` that name one value of a field of rows. */
export const FILTERS = ['verdict', 'grade', 'role', 'dimension', 'family', 'owner'] as const;
export type Filter = (typeof FILTERS)[number];

/** Of slices that have no verdict, grade, family or owner. */
export const NONE = '(none)';

/** What a filter sees of a row. */
export function filterValue(row: SliceRow, filter: Filter): string {
  return row[filter] ?? NONE;
}

/** Rows of the metric that fit, in the order given. Search is case-insensitive over names, families, owners. */
export function selectRows(rows: readonly SliceRow[], selection: Selection): readonly SliceRow[] {
  const wanted = selection.q.toLowerCase();
  return rows.filter(
    (row) =>
      row.metric === selection.metric &&
      FILTERS.every((filter) => selection[filter] === '' || filterValue(row, filter) === selection[filter]) &&
      (wanted === '' || searched(row).includes(wanted)),
  );
}

/** Texts are put together once per row: the search runs at every key. */
const SEARCHED = new WeakMap<SliceRow, string>();

function searched(row: SliceRow): string {
  const known = SEARCHED.get(row);
  if (known !== undefined) return known;
  const { dimension, value, family, owner } = row;
  const text =
    `${dimension}=${value}\n${dimension} = ${value}\n${family ?? ''}\n${owner ?? ''}`.toLowerCase();
  SEARCHED.set(row, text);
  return text;
}

/** Each value of a filter among the rows that all other filters let through, with how many rows have it. */
export function filterCounts(
  rows: readonly SliceRow[],
  selection: Selection,
  filter: Filter,
): readonly { readonly value: string; readonly rows: number }[] {
  const counts = new Map<string, number>();
  for (const row of selectRows(rows, { ...selection, [filter]: '' })) {
    const value = filterValue(row, filter);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  if (selection[filter] !== '' && !counts.has(selection[filter])) counts.set(selection[filter], 0);
  return [...counts].map(([value, count]) => ({ value, rows: count }));
}

/** Columns that sort. `worst` is the order of the report. */
export const SORTS: Readonly<Record<string, (row: SliceRow) => number | string | null>> = {
  slice: ({ dimension, value }) => `${dimension}\n${value}`,
  n: ({ n }) => n,
  before: ({ before }) => before,
  after: ({ after }) => after,
  change: ({ delta }) => delta,
  lost: ({ lost }) => lost,
  gained: ({ gained }) => gained,
  p: ({ adjustedP, p }) => adjustedP ?? p,
  sees: ({ detectable }) => detectable,
};

/** Sorted by `column` or `-column`; what has no value comes last, equal rows stay worst first. */
export function sortRows(rows: readonly SliceRow[], sort: string): readonly SliceRow[] {
  const column = sort.replace(/^-/, '');
  // Addresses may name anything, `constructor` too.
  if (!Object.hasOwn(SORTS, column)) return rows;
  const by = SORTS[column]!;
  const turn = sort.startsWith('-') ? -1 : 1;
  const keyed = rows.map((row) => ({ row, key: by(row) }));
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
    return (
      turn * (typeof a.key === 'string' ? compareText(a.key, b.key as string) : a.key - (b.key as number))
    );
  });
  return keyed.map(({ row }) => row);
}

/** A heading over rows that belong together, or one slice. */
export type ListRow =
  | { readonly kind: 'slice'; readonly id: string; readonly row: SliceRow }
  | {
      readonly kind: 'group';
      readonly id: string;
      readonly name: string;
      readonly slices: number;
      readonly cases: number;
      readonly bad: number;
      readonly closed: boolean;
    };

export type Grouping = '' | 'dimension' | 'family' | 'verdict';

/** Rows under headings, groups in the order of their first row; closed groups show their heading alone. */
export function listRows(
  rows: readonly SliceRow[],
  group: Grouping,
  closed: readonly string[],
): readonly ListRow[] {
  const slice = (row: SliceRow): ListRow => ({ kind: 'slice', id: row.id, row });
  if (group === '') return rows.map(slice);
  return [...Map.groupBy(rows, (row) => filterValue(row, group))].flatMap(([name, members]) => {
    const isClosed = closed.includes(name);
    const heading: ListRow = {
      ...{ kind: 'group', id: `\u0000${name}`, name, slices: members.length, closed: isClosed },
      cases: members.reduce((sum, { cases }) => sum + cases, 0),
      bad: members.filter(({ verdict }) => verdict === 'BLOCK' || verdict === 'REVIEW').length,
    };
    return isClosed ? [heading] : [heading, ...members.map(slice)];
  });
}
