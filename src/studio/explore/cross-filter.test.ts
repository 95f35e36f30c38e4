import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FilterCounts, FilterTable } from './count-rows.ts';
import { crossFilter, type FilterChoice } from './cross-filter.ts';

/** The definition, row by row. */
function bruteForce(table: FilterTable, choice: FilterChoice): FilterCounts {
  const { rows, columns, outcome, outcomes, measures } = table;
  const passes = (row: number, at: number) => {
    const own = choice[at] ?? null;
    return own === null || own[columns[at]!.codes[row]!] === 1;
  };
  const counts = {
    selected: new Int32Array(outcomes),
    columns: columns.map(({ size }) => new Int32Array(size * outcomes)),
    sums: {
      selected: new Float64Array(measures.length),
      columns: columns.map(({ size }) => new Float64Array(size * measures.length)),
    },
  };
  for (let row = 0; row < rows; row++) {
    const failed = columns.flatMap((_, at) => (passes(row, at) ? [] : [at]));
    if (failed.length === 0) {
      counts.selected[outcome[row]!]!++;
      measures.forEach((values, k) => {
        counts.sums.selected[k]! += values[row]!;
      });
    }
    columns.forEach(({ codes }, at) => {
      if (failed.some((one) => one !== at)) return;
      counts.columns[at]![codes[row]! * outcomes + outcome[row]!]!++;
      measures.forEach((values, k) => {
        counts.sums.columns[at]![codes[row]! * measures.length + k]! += values[row]!;
      });
    });
  }
  return counts;
}

/** Tables of a few columns with filters that follow each other. */
const scenes = fc
  .record({
    rows: fc.integer({ min: 0, max: 200 }),
    sizes: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 }),
    measured: fc.boolean(),
    wide: fc.boolean(),
  })
  .chain(({ rows, sizes, measured, wide }) =>
    fc.record({
      table: fc
        .record({
          columns: fc.tuple(
            ...sizes.map((size) =>
              fc.array(fc.integer({ min: 0, max: size - 1 }), { minLength: rows, maxLength: rows }),
            ),
          ),
          outcome: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: rows, maxLength: rows }),
          // Quarters add up without rounding, in any order.
          values: fc.array(fc.integer({ min: -20, max: 20 }), { minLength: rows, maxLength: rows }),
        })
        .map(
          ({ columns, outcome, values }): FilterTable => ({
            rows,
            columns: columns.map((codes, at) => ({
              codes: wide ? Uint16Array.from(codes) : Uint8Array.from(codes),
              size: sizes[at]!,
            })),
            outcome: Uint8Array.from(outcome),
            outcomes: 4,
            measures: measured ? [Float64Array.from(values, (value) => value / 4)] : [],
          }),
        ),
      choices: fc.array(
        fc.tuple(
          ...sizes.map((size) =>
            fc.option(
              fc
                .array(fc.integer({ min: 0, max: 1 }), { minLength: size, maxLength: size })
                .map((marks) => Uint8Array.from(marks)),
              { nil: null },
            ),
          ),
        ),
        { minLength: 1, maxLength: 6 },
      ),
    }),
  );

describe('the cross-filter', () => {
  it('counts what a look at every row counts, whichever filters came before', () => {
    fc.assert(
      fc.property(scenes, ({ table, choices }) => {
        const filter = crossFilter(table);
        for (const choice of choices) expect(filter.count(choice)).toEqual(bruteForce(table, choice));
      }),
      { numRuns: 300 },
    );
  });

  it('counts rightly across chunks of rows, when narrowed, widened and cleared', () => {
    const rows = 200_000;
    const table: FilterTable = {
      rows,
      columns: [7, 3, 250].map((size, at) => ({
        size,
        codes: Uint8Array.from(
          { length: rows },
          (_, row) => (Math.imul(row + at, 2654435761 + at) >>> 0) % size,
        ),
      })),
      outcome: Uint8Array.from({ length: rows }, (_, row) => (row >> 3) & 3),
      outcomes: 4,
      measures: [],
    };
    const only = (size: number, ...codes: number[]) =>
      Uint8Array.from({ length: size }, (_, i) => Number(codes.includes(i)));
    const filter = crossFilter(table);
    for (const choice of [
      [null, null, null],
      [only(7, 1), null, null],
      [only(7, 1, 2, 3, 4, 5), null, null],
      [only(7, 1, 2, 3, 4, 5), only(3, 0), null],
      [only(7, 1, 2, 3, 4, 5), only(3, 0, 1, 2), only(250, 17)],
      [null, null, only(250, 17)],
      [null, null, null],
      [only(7), null, null],
    ]) {
      expect(filter.count(choice)).toEqual(bruteForce(table, choice));
    }
  });

  it('ignores the own filter of a column, so that what is not chosen can still be seen', () => {
    const table = {
      rows: 4,
      columns: [
        { codes: Uint8Array.from([0, 0, 1, 1]), size: 2 },
        { codes: Uint8Array.from([0, 1, 0, 1]), size: 2 },
      ],
      outcome: new Uint8Array(4),
      outcomes: 1,
      measures: [],
    };
    const { selected, columns } = crossFilter(table).count([Uint8Array.from([1, 0]), null]);
    expect([...selected]).toEqual([2]);
    expect(columns.map((own) => [...own])).toEqual([
      [2, 2],
      [1, 1],
    ]);
  });

  it('can be given up half-way and asked again', () => {
    const table = {
      rows: 100_000,
      columns: [{ codes: Uint8Array.from({ length: 100_000 }, (_, row) => row % 3), size: 3 }],
      outcome: new Uint8Array(100_000),
      outcomes: 1,
      measures: [],
    };
    const filter = crossFilter(table);
    filter.count([null]);
    const given = filter.counting([Uint8Array.from([1, 0, 0])]);
    given.next();
    const choice = [Uint8Array.from([0, 1, 1])];
    expect(filter.count(choice)).toEqual(bruteForce(table, choice));
  });

  it('leaves earlier answers as they were', () => {
    const table = {
      rows: 3,
      columns: [{ codes: Uint8Array.from([0, 1, 1]), size: 2 }],
      outcome: new Uint8Array(3),
      outcomes: 1,
      measures: [],
    };
    const filter = crossFilter(table);
    const all = filter.count([null]);
    filter.count([Uint8Array.from([1, 0])]);
    expect([...all.selected]).toEqual([3]);
  });

  it('refuses more columns than it can tell apart', () => {
    const column = { codes: new Uint8Array(0), size: 1 };
    const columns = Array.from({ length: 256 }, () => column);
    expect(() =>
      crossFilter({ rows: 0, columns, outcome: new Uint8Array(0), outcomes: 1, measures: [] }),
    ).toThrow(RangeError);
  });
});
