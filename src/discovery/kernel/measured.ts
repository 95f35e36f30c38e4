/** The sums of a table's slices: the table is laid out once, and each pair of columns is counted once. */

import { createCounter } from './count.ts';
import { countAll, countDense } from './dense.ts';
import type { Cells, Layout } from './layout.ts';
import { measureUnits } from './measure-units.ts';
import { type Prepared, prepare } from './prepare.ts';
import { addSums, type FullSums, fullSums, noSums, readSums } from './sums.ts';
import type { SearchTable, SliceItem, SliceSums } from './types.ts';

/** Sums of one combination of codes, in the order of the columns asked for; 0 stands for values too rare for a code. */
export type CellSums = (codes: readonly number[]) => SliceSums;

/** What is known of a table by counting. */
export interface Measured {
  /** Sums over the whole table. */
  readonly all: SliceSums;
  /**
   * Sums of slices; no items stand for the whole table.
   *
   * @param slices items ordered by column, at most one per column
   * @throws RangeError when a slice names a column or code that cannot exist
   */
  readonly slices: (slices: readonly (readonly SliceItem[])[]) => readonly SliceSums[];
  /**
   * Every combination of codes of some columns.
   *
   * @param columns ascending
   * @returns null where there are too many to hold
   */
  readonly cells: (columns: readonly number[]) => CellSums | null;
}

/** Numbers of a block of cells that is kept (4 MB of doubles). */
const MOST_KEPT = 2 ** 19;

const known = new WeakMap<SearchTable, Measured>();

/** The sums of a table. They are kept as long as the table, which nobody changes. */
export function measured(table: SearchTable): Measured {
  const before = known.get(table);
  if (before !== undefined) return before;
  const own = createMeasured(table);
  known.set(table, own);
  return own;
}

/**
 * Lets the sums of a table be those of its parts, so that its rows need not be counted again.
 *
 * @param parts tables with the same columns and codes, whose rows together are those of `table`
 */
export function measureByParts(table: SearchTable, parts: readonly SearchTable[]): void {
  const sum = (of: readonly SliceSums[]) => of.reduce(addSums);
  known.set(table, {
    get all() {
      return sum(parts.map((part) => measured(part).all));
    },
    slices: (slices) => {
      const each = parts.map((part) => measured(part).slices(slices));
      return slices.map((_, i) => sum(each.map((sums) => sums[i]!)));
    },
    cells: (columns) => {
      const each = parts.map((part) => measured(part).cells(columns));
      return each.includes(null) ? null : (codes) => sum(each.map((cells) => cells!(codes)));
    },
  });
}

function createMeasured(table: SearchTable): Measured {
  const prepared = prepare(table, 1, false);
  const sums = fullSums(prepared);
  const layout = sums.layOut();
  const counter = createCounter(prepared, layout);
  const blocks = createBlocks(prepared, sums, layout);
  const live = liveCodes(table, prepared);
  const all = readSums(sums, countAll(layout, prepared.rows));
  const cells = (columns: readonly number[]): CellSums | null => {
    const used = columns.map((column) => live[column]!);
    const block = blocks(used.flatMap(({ at }) => (at < 0 ? [] : [at])));
    if (block === null) return null;
    return (codes) => {
      const own: number[] = [];
      for (const [i, { at, codeOf }] of used.entries()) {
        const code = codeOf[codes[i]!]!;
        if (code < 0) return noSums();
        if (at >= 0) own.push(code);
      }
      return block(own);
    };
  };
  return {
    all,
    cells,
    slices: (slices) => {
      const found = new Array<SliceSums>(slices.length);
      const left: { readonly i: number; readonly items: readonly SliceItem[] }[] = [];
      slices.forEach((items, i) => {
        checkItems(table, items);
        const codes = items.map(({ column, code }) => live[column]!.codeOf[code]!);
        if (items.length === 0) found[i] = all;
        else if (codes.some((code) => code < 1)) found[i] = noSums();
        else {
          const block = items.length > 2 ? null : blocks(items.map(({ column }) => live[column]!.at));
          if (block !== null) found[i] = block(codes);
          else
            left.push({
              i,
              items: items.map(({ column }, k) => ({ column: live[column]!.at, code: codes[k]! })),
            });
        }
      });
      const counted = measureUnits(
        counter,
        sums,
        left.map(({ items }) => items),
      );
      left.forEach(({ i }, k) => {
        found[i] = counted[k]!;
      });
      return found;
    },
  };
}

/** Blocks of cells by live columns, counted when they are first asked for; null for those too large to keep. */
function createBlocks({ columns, rows }: Prepared, { width, read }: FullSums, layout: Layout) {
  const kept = new Map<string, (codes: readonly number[]) => SliceSums>();
  return (subset: readonly number[]) => {
    const name = subset.join();
    const before = kept.get(name);
    if (before !== undefined) return before;
    const used = subset.map((column) => columns[column]!);
    const numbers = used.reduce((product, { live }) => product * (live + 1), width);
    if (numbers > MOST_KEPT) return null;
    let cells: Cells;
    if (used.length === 0) cells = countAll(layout, rows);
    else {
      cells = layout.kind === 'classes' ? new Int32Array(numbers) : new Float64Array(numbers);
      countDense(layout, rows, used.slice(0, -1), [{ last: used.at(-1)!, cells }]);
    }
    const block = (codes: readonly number[]): SliceSums => {
      let cell = 0;
      for (let i = used.length - 1; i >= 0; i--) cell = cell * (used[i]!.live + 1) + codes[i]!;
      const sums = noSums();
      read(cells, cell * width, sums);
      return sums;
    };
    kept.set(name, block);
    return block;
  };
}

/** By column of the table its place among the prepared ones (-1 where no value has a case) and the code by original code. */
function liveCodes(table: SearchTable, prepared: Prepared) {
  return table.columns.map(({ cardinality }, source) => {
    const at = prepared.columns.findIndex((column) => column.source === source);
    const codeOf = new Int32Array(cardinality + 1).fill(-1);
    codeOf[0] = 0;
    if (at >= 0) {
      prepared.columns[at]!.original.forEach((code, live) => {
        codeOf[code] = live;
      });
    }
    return { at, codeOf };
  });
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
