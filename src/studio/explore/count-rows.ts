/** A table of codes, what is counted of it, and how rows come into the counts. */

/** One dimension: a code per row. */
export interface FilterColumn {
  readonly codes: Uint8Array | Uint16Array;
  /** Codes are below it. */
  readonly size: number;
}

/** Cases as codes; at most 255 columns. */
export interface FilterTable {
  readonly rows: number;
  readonly columns: readonly FilterColumn[];
  /** What became of each row, below `outcomes`. */
  readonly outcome: Uint8Array;
  readonly outcomes: number;
  /** Numbers per row that are added up beside the counts, where outcomes are too many for codes of their own. */
  readonly measures: readonly Float64Array[];
}

/** What a filter leaves. */
export interface FilterCounts {
  /** Rows that pass every column, by outcome. */
  readonly selected: Int32Array;
  /** Per column: rows that pass all *other* columns, at `code * outcomes + outcome`. */
  readonly columns: readonly Int32Array[];
  /** Sums of the measures: over the rows that pass every column, and per column at `code * measures + measure`. */
  readonly sums: { readonly selected: Float64Array; readonly columns: readonly Float64Array[] };
}

/** Adds or takes out a row that fails one column alone. */
export function addAlone(
  table: FilterTable,
  row: number,
  at: number,
  by: number,
  counts: FilterCounts,
): void {
  const code = table.columns[at]!.codes[row]!;
  const place = code * table.outcomes + table.outcome[row]!;
  const own = counts.columns[at]!;
  own[place] = own[place]! + by;
  const { measures } = table;
  const sums = counts.sums.columns[at]!;
  for (let k = 0; k < measures.length; k++) {
    sums[code * measures.length + k]! += measures[k]![row]!;
  }
}

/** Adds or takes out rows that pass every column. */
export function addEverywhere(
  { columns, outcome, outcomes }: FilterTable,
  list: Int32Array,
  size: number,
  by: number,
  counts: FilterCounts,
): void {
  for (let i = 0; i < size; i++) {
    const place = outcome[list[i]!]!;
    counts.selected[place] = counts.selected[place]! + by;
  }
  // Two columns at a time: their counters do not wait for each other.
  for (let at = 0; at + 1 < columns.length; at += 2) {
    const [a, b] = [counts.columns[at]!, counts.columns[at + 1]!];
    addPair(columns[at]!.codes, a, columns[at + 1]!.codes, b, { outcome, outcomes, list, size, by });
  }
  if (columns.length % 2 === 1) {
    const at = columns.length - 1;
    const [one, none] = [counts.columns[at]!, new Int32Array(counts.columns[at]!.length)];
    addPair(columns[at]!.codes, one, columns[at]!.codes, none, { outcome, outcomes, list, size, by });
  }
}

interface Added {
  readonly outcome: Uint8Array;
  readonly outcomes: number;
  readonly list: Int32Array;
  readonly size: number;
  readonly by: number;
}

type Codes = FilterColumn['codes'];

function addPair(
  first: Codes,
  a: Int32Array,
  second: Codes,
  b: Int32Array,
  { outcome, outcomes, list, size, by }: Added,
): void {
  for (let i = 0; i < size; i++) {
    const row = list[i]!;
    const own = outcome[row]!;
    const p = (Math.imul(first[row]!, outcomes) + own) | 0;
    const q = (Math.imul(second[row]!, outcomes) + own) | 0;
    a[p] = (a[p]! + by) | 0;
    b[q] = (b[q]! + by) | 0;
  }
}

/** Adds up the numbers of rows that pass every column. */
export function addMeasures(
  { columns, measures }: FilterTable,
  list: Int32Array,
  size: number,
  { sums }: FilterCounts,
): void {
  measures.forEach((values, k) => {
    for (let i = 0; i < size; i++) sums.selected[k]! += values[list[i]!]!;
    columns.forEach(({ codes }, at) => {
      const own = sums.columns[at]!;
      for (let i = 0; i < size; i++) own[codes[list[i]!]! * measures.length + k]! += values[list[i]!]!;
    });
  });
}
