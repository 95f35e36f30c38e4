/** Counts candidates of column subsets, each by the cheapest method; scans for several subsets share their work. */

import { countBits } from './bitset.ts';
import { cheapest, costs, type Method, MOST_NUMBERS } from './cost.ts';
import { cellOf, combinations, countDense } from './dense.ts';
import { countGathered, createParentRows, type ParentRows } from './gather.ts';
import type { Candidates } from './join.ts';
import type { Cells, Layout } from './layout.ts';
import type { LiveColumn, LiveTable } from './prepare.ts';
import { createRowSets, type RowSets } from './row-index.ts';
import type { Shelf } from './shelf.ts';

/** A column subset with the candidates to count. */
export interface Unit {
  /** Ascending. */
  readonly subset: readonly number[];
  readonly candidates: Candidates;
}

/** A table made ready for counting with one layout. Holds what was computed on the way. */
export interface Counter {
  readonly table: LiveTable;
  readonly layout: Layout;
  /**
   * One cell per candidate, in their order, for each unit.
   *
   * @param planned units that may come, these included: decides whether indexes pay
   */
  readonly count: (units: readonly Unit[], planned: number) => readonly Cells[];
}

interface Tools {
  readonly table: LiveTable;
  readonly layout: Layout;
  readonly sets: RowSets;
  readonly parents: ParentRows;
}

/**
 * @param only forces one method; the default is the cheapest for each unit
 * @param shelf where several threads share their indexes
 */
export function createCounter(
  table: LiveTable,
  layout: Layout,
  only?: Method,
  shelf: Shelf | null = null,
): Counter {
  const sets = createRowSets(table.columns, table.rows, layout, shelf);
  const parents = createParentRows(table.columns, sets);
  const tools: Tools = { table, layout, sets, parents };
  return { table, layout, count: (units, planned) => countUnits(tools, units, planned, only) };
}

function countUnits(
  tools: Tools,
  units: readonly Unit[],
  planned: number,
  only: Method | undefined,
): readonly Cells[] {
  const { table, layout, sets } = tools;
  const results = units.map(({ candidates }) => newCells(layout, candidates.size));
  const scans = new Map<string, number[]>();
  units.forEach(({ subset, candidates }, i) => {
    if (candidates.size === 0) return;
    const cost = costs(table, layout, sets, subset, candidates, planned);
    const method = only !== undefined && cost[only] < Number.POSITIVE_INFINITY ? only : cheapest(cost);
    if (method === 'dense') {
      const prefix = subset.slice(0, -1).join();
      scans.set(prefix, [...(scans.get(prefix) ?? []), i]);
    } else if (method === 'gather') {
      countGathered(layout, table.columns, tools.parents, subset, candidates, results[i]!);
    } else {
      countBits(layout, sets, subset, candidates, results[i]!);
    }
  });
  for (const group of scans.values()) scanGroup(tools, units, group, results);
  return results;
}

function newCells(layout: Layout, cells: number): Cells {
  const size = cells * layout.width;
  return layout.kind === 'classes' ? new Int32Array(size) : new Float64Array(size);
}

/** Scans for units with the same prefix, as many at once as fit into memory. */
function scanGroup(
  { table, layout }: Tools,
  units: readonly Unit[],
  group: readonly number[],
  results: readonly Cells[],
): void {
  const columnsOf = (i: number) => units[i]!.subset.map((column) => table.columns[column]!);
  const prefix = columnsOf(group[0]!).slice(0, -1);
  for (let from = 0; from < group.length; ) {
    const tables: { last: LiveColumn; cells: Cells; unit: number }[] = [];
    let numbers = 0;
    for (; from < group.length; from++) {
      const unit = group[from]!;
      const columns = columnsOf(unit);
      const size = combinations(columns);
      numbers += size * layout.width;
      if (tables.length > 0 && numbers > MOST_NUMBERS) break;
      tables.push({ last: columns.at(-1)!, cells: newCells(layout, size), unit });
    }
    countDense(layout, table.rows, prefix, tables);
    for (const { unit, cells } of tables) {
      copyCells(cells, columnsOf(unit), units[unit]!.candidates, layout.width, results[unit]!);
    }
  }
}

function copyCells(
  from: Cells,
  columns: readonly LiveColumn[],
  { size, depth, codes }: Candidates,
  width: number,
  to: Cells,
): void {
  for (let candidate = 0; candidate < size; candidate++) {
    const at = cellOf(columns, codes, candidate * depth) * width;
    for (let i = 0; i < width; i++) to[candidate * width + i] = from[at + i]!;
  }
}
