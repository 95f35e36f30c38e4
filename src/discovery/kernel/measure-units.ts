/** All sums of given slices of a table that is laid out: equal columns are scanned together. */

import { compareScored } from './best.ts';
import type { Counter, Unit } from './count.ts';
import { countAll } from './dense.ts';
import type { LiveTable } from './prepare.ts';
import { type FullSums, noSums } from './sums.ts';
import type { SliceItem, SliceSums } from './types.ts';

type Slices = readonly (readonly SliceItem[])[];

/**
 * The sums of slices.
 *
 * @param sums that the counter's layout was made of
 * @param slices items ordered by column, of live columns and codes that exist
 */
export function measureUnits(counter: Counter, sums: FullSums, slices: Slices): readonly SliceSums[] {
  const { table, layout } = counter;
  const results = slices.map(noSums);
  const groups = new Map<string, number[]>();
  slices.forEach((items, i) => {
    if (items.length === 0) {
      sums.read(countAll(layout, table.rows), 0, results[i]!);
      return;
    }
    const key = items.map(({ column }) => column).join();
    groups.set(key, [...(groups.get(key) ?? []), i]);
  });
  const members = [...groups.values()].map((group) => orderByCodes(slices, group));
  const cells = counter.count(
    members.map((group) => unitOf(table, slices, group)),
    members.length,
  );
  members.forEach((group, unit) => {
    group.forEach((slice, i) => {
      sums.read(cells[unit]!, i * layout.width, results[slice]!);
    });
  });
  return results;
}

function orderByCodes(slices: Slices, group: readonly number[]): readonly number[] {
  const scored = group.map((slice) => ({
    slice,
    columns: slices[slice]!.map(({ column }) => column),
    codes: slices[slice]!.map(({ code }) => code),
    cases: 0,
    score: 0,
  }));
  return scored.toSorted(compareScored).map(({ slice }) => slice);
}

function unitOf(table: LiveTable, slices: Slices, group: readonly number[]): Unit {
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
