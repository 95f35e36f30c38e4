/** All sums of given slices, in one go: equal columns are scanned together. */

import { compareScored } from './best.ts';
import { createCounter, type Unit } from './count.ts';
import { countAll } from './dense.ts';
import { type Prepared, prepare } from './prepare.ts';
import { fullSums, noSums } from './sums.ts';
import type { SearchTable, SliceItem, SliceSums } from './types.ts';

/**
 * The sums of slices in a table, for instance of slices that were found in another half of the cases.
 *
 * @param slices items ordered by column, at most one per column; no items stand for the whole table
 * @throws RangeError when a slice names a column or code that cannot exist
 */
export function measureSlices(
  table: SearchTable,
  slices: readonly (readonly SliceItem[])[],
): readonly SliceSums[] {
  const prepared = prepare(table, 1, false);
  const liveColumn = new Map(prepared.columns.map(({ source }, i) => [source, i]));
  const translated = slices.map((items) => {
    checkItems(table, items);
    return items.map(({ column, code }) => {
      const live = liveColumn.get(column);
      const liveCode = live === undefined ? -1 : prepared.columns[live]!.original.indexOf(code);
      return liveCode < 1 ? null : { column: live!, code: liveCode };
    });
  });
  const present = translated.map((items) => (items.includes(null) ? null : (items as readonly SliceItem[])));
  const measured = measureItems(
    prepared,
    present.filter((items) => items !== null),
  );
  let next = 0;
  return present.map((items) => (items === null ? noSums() : measured[next++]!));
}

function checkItems(table: SearchTable, items: readonly SliceItem[]): void {
  items.forEach(({ column, code }, i) => {
    const known = table.columns[column];
    if (known === undefined) throw new RangeError(`there is no column ${column}`);
    if (!(code >= 1 && code <= known.cardinality)) {
      throw new RangeError(`column ${column} has no code ${code}`);
    }
    if (i > 0 && items[i - 1]!.column >= column) throw new RangeError('items must be ordered by column');
  });
}

/** The same for live columns and codes that exist. */
export function measureItems(
  table: Prepared,
  slices: readonly (readonly SliceItem[])[],
): readonly SliceSums[] {
  const { layOut, read } = fullSums(table);
  const layout = layOut();
  const results = slices.map(noSums);
  const groups = new Map<string, number[]>();
  slices.forEach((items, i) => {
    if (items.length === 0) {
      read(countAll(layout, table.rows), 0, results[i]!);
      return;
    }
    const key = items.map(({ column }) => column).join();
    groups.set(key, [...(groups.get(key) ?? []), i]);
  });
  const members = [...groups.values()].map((group) => orderByCodes(slices, group));
  const counter = createCounter(table, layout);
  const cells = counter.count(
    members.map((group) => unitOf(table, slices, group)),
    members.length,
  );
  members.forEach((group, unit) => {
    group.forEach((slice, i) => {
      read(cells[unit]!, i * layout.width, results[slice]!);
    });
  });
  return results;
}

function orderByCodes(
  slices: readonly (readonly SliceItem[])[],
  group: readonly number[],
): readonly number[] {
  const scored = group.map((slice) => ({
    slice,
    columns: slices[slice]!.map(({ column }) => column),
    codes: slices[slice]!.map(({ code }) => code),
    cases: 0,
    score: 0,
  }));
  return scored.toSorted(compareScored).map(({ slice }) => slice);
}

function unitOf(table: Prepared, slices: readonly (readonly SliceItem[])[], group: readonly number[]): Unit {
  const subset = slices[group[0]!]!.map(({ column }) => column);
  const casesOf = ({ column, code }: SliceItem) => table.columns[column]!.cases[code]!;
  const least = (items: readonly SliceItem[]) => Math.min(table.totalCases, ...items.map(casesOf));
  return {
    subset,
    candidates: {
      depth: subset.length,
      size: group.length,
      codes: Uint16Array.from(group.flatMap((slice) => slices[slice]!.map(({ code }) => code))),
      mostCases: Float64Array.from(group, (slice) => least(slices[slice]!)),
      parentCases: Float64Array.from(group, (slice) => least(slices[slice]!.slice(0, -1))),
    },
  };
}
