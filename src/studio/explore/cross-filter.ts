/** Counts of every value of every dimension under a filter on all the others, kept up to date as the filter moves. Pure: it runs in the browser too. */

import { addAlone, addEverywhere, addMeasures, type FilterCounts, type FilterTable } from './count-rows.ts';

/** Per column which codes are let through, one byte per code; null lets all through. */
export type FilterChoice = readonly (Uint8Array | null)[];

/** Rows that are worked on before others may have their turn. */
const CHUNK = 65_536;

/** A table with the filter that it was last asked for. */
export interface CrossFilter {
  readonly table: FilterTable;
  /**
   * The counts under a filter. It yields between chunks of rows (about a millisecond each), so that a server can do other work;
   * one may be given up half-way, but the next must not be begun before that. What comes back stays as it is.
   */
  counting(choice: FilterChoice): Generator<void, FilterCounts>;
  /** The same at one go. */
  count(choice: FilterChoice): FilterCounts;
  /** How the rows fail the filter of the last count. It changes with the next. */
  failing(): Failing;
}

/** How many columns a row fails, and the sum of their numbers (from 1): where it fails one, that is the one. */
export interface Failing {
  readonly many: Uint8Array;
  readonly which: Uint16Array;
}

/**
 * Prepares a table for filters. The first count reads all rows; later ones those that a change of the filter moves in or out,
 * where these are fewer than the rows that are left.
 *
 * @throws RangeError with more than 255 columns
 */
export function crossFilter(table: FilterTable): CrossFilter {
  const { rows, columns } = table;
  if (columns.length > 255) throw new RangeError(`${columns.length} columns, at most 255 can be filtered`);
  const noneFail = (): Failing => ({ many: new Uint8Array(rows), which: new Uint16Array(rows) });
  let [now, next] = [noneFail(), noneFail()];
  let allowed: FilterChoice = columns.map(() => null);
  /** Without any filter, and under the last one. */
  let whole: FilterCounts | null = null;
  let last: FilterCounts | null = null;
  const list = new Int32Array(Math.min(rows, CHUNK));

  function* counting(choice: FilterChoice): Generator<void, FilterCounts> {
    const changed = columns.flatMap((column, at) =>
      sameChoice(allowed[at]!, choice[at] ?? null, column.size) ? [] : [at],
    );
    if (last !== null && changed.length === 0) return last;
    const { inside, crossing } = yield* move(table, { now, next, changed, before: allowed, after: choice });
    // Whichever way touches fewest rows; sums of numbers are always added up anew, in the order of the rows.
    const fewest = Math.min(inside, ...(table.measures.length > 0 ? [] : [crossing, rows - inside]));
    const isStep = last !== null && fewest === crossing && fewest < inside;
    const isRest = whole !== null && !isStep && fewest < inside;
    const counts = isStep ? copyOf(last!) : isRest ? copyOf(whole!) : emptyCounts(table);
    for (let from = 0; from < rows; from += CHUNK) {
      const to = Math.min(rows, from + CHUNK);
      if (isStep) step(table, { now, next, list }, from, to, counts);
      else if (isRest) takeOut(table, { now: next, list }, from, to, counts);
      else recount(table, { now: next, list }, from, to, counts);
      yield;
    }
    [now, next] = [next, now];
    allowed = columns.map((_, at) => choice[at] ?? null);
    last = counts;
    if (inside === rows) whole = counts;
    return counts;
  }

  return {
    table,
    counting,
    count: (choice) => {
      const steps = counting(choice);
      for (;;) {
        const { done, value } = steps.next();
        if (done) return value;
      }
    },
    failing: () => now,
  };
}

function sameChoice(a: Uint8Array | null, b: Uint8Array | null, size: number): boolean {
  for (let code = 0; code < size; code++) if (isOut(a, code) !== isOut(b, code)) return false;
  return true;
}

const isOut = (allowed: Uint8Array | null, code: number): boolean => allowed !== null && allowed[code] !== 1;

interface Move {
  readonly now: Failing;
  readonly next: Failing;
  readonly changed: readonly number[];
  readonly before: FilterChoice;
  readonly after: FilterChoice;
}

/** Writes how rows fail under the new filter; gives the rows that pass it, and those that passed one of both filters alone. */
function* move({ rows, columns }: FilterTable, { now, next, changed, before, after }: Move) {
  const steps = changed.map((at) => {
    const { codes, size } = columns[at]!;
    const change = new Int8Array(size);
    for (let code = 0; code < size; code++) {
      change[code] = Number(isOut(after[at] ?? null, code)) - Number(isOut(before[at] ?? null, code));
    }
    return { codes, change, number: at + 1 };
  });
  let [inside, crossing] = [0, 0];
  for (let from = 0; from < rows; from += CHUNK) {
    const to = Math.min(rows, from + CHUNK);
    next.many.set(now.many.subarray(from, to), from);
    next.which.set(now.which.subarray(from, to), from);
    for (const { codes, change, number } of steps) {
      for (let row = from; row < to; row++) {
        const by = change[codes[row]!]!;
        if (by === 0) continue;
        next.many[row] = next.many[row]! + by;
        next.which[row] = next.which[row]! + by * number;
      }
    }
    for (let row = from; row < to; row++) {
      const passes = next.many[row] === 0;
      if (passes) inside++;
      if (passes !== (now.many[row] === 0)) crossing++;
    }
    yield;
  }
  return { inside, crossing };
}

function emptyCounts({ columns, outcomes, measures }: FilterTable): FilterCounts {
  return {
    selected: new Int32Array(outcomes),
    columns: columns.map(({ size }) => new Int32Array(size * outcomes)),
    sums: {
      selected: new Float64Array(measures.length),
      columns: columns.map(({ size }) => new Float64Array(size * measures.length)),
    },
  };
}

function copyOf({ selected, columns, sums }: FilterCounts): FilterCounts {
  return { selected: selected.slice(), columns: columns.map((counts) => counts.slice()), sums };
}

/** Counts a chunk from nothing: rows that pass count everywhere, rows that fail one column count there alone. */
function recount(
  table: FilterTable,
  { now: { many, which }, list }: { readonly now: Failing; readonly list: Int32Array },
  from: number,
  to: number,
  counts: FilterCounts,
): void {
  let size = 0;
  for (let row = from; row < to; row++) {
    if (many[row] === 0) list[size++] = row;
    else if (many[row] === 1) addAlone(table, row, which[row]! - 1, 1, counts);
  }
  addEverywhere(table, list, size, 1, counts);
  addMeasures(table, list, size, counts);
}

/** Takes the rows of a chunk that do not pass out of the counts of all rows. */
function takeOut(
  table: FilterTable,
  { now: { many, which }, list }: { readonly now: Failing; readonly list: Int32Array },
  from: number,
  to: number,
  counts: FilterCounts,
): void {
  let size = 0;
  for (let row = from; row < to; row++) {
    if (many[row] === 0) continue;
    list[size++] = row;
    if (many[row] === 1) addAlone(table, row, which[row]! - 1, 1, counts);
  }
  addEverywhere(table, list, size, -1, counts);
}

/** Takes out of a chunk what the filter no longer lets through, and adds what it now does. */
function step(
  table: FilterTable,
  { now, next, list }: { readonly now: Failing; readonly next: Failing; readonly list: Int32Array },
  from: number,
  to: number,
  counts: FilterCounts,
): void {
  let size = 0;
  for (let row = from; row < to; row++) {
    const [old, own] = [now.many[row]!, next.many[row]!];
    if (old === own && now.which[row] === next.which[row]) continue;
    if (old === 0) list[size++] = row;
    else if (old === 1) addAlone(table, row, now.which[row]! - 1, -1, counts);
    if (own === 1) addAlone(table, row, next.which[row]! - 1, 1, counts);
  }
  addEverywhere(table, list, size, -1, counts);
  size = 0;
  for (let row = from; row < to; row++) {
    if (next.many[row] === 0 && now.many[row] !== 0) list[size++] = row;
  }
  addEverywhere(table, list, size, 1, counts);
}
