/** Two hundred columns: no slice is lost or confused, however many combinations of columns there are. */

import { expect, test } from 'vitest';
import { createRandom } from '../../stats/index.ts';
import { collectSlices, searchSlices } from './index.ts';
import type { SearchOptions, SearchTable, SliceItem } from './types.ts';

const COLUMNS = 200;
const VALUES = 3;

const OPTIONS: SearchOptions = {
  ...{ mode: 'worst', order: 'sliceline', alpha: 0.95, maxLevel: 2, minCases: 1 },
  ...{ top: 20, mostTies: 1000, threads: 1 },
};

function wideTable(rows: number, seed: number): SearchTable {
  const random = createRandom(seed);
  return {
    rows,
    columns: Array.from({ length: COLUMNS }, () => ({
      codes: Uint8Array.from({ length: rows }, () => random.nextBelow(VALUES + 1)),
      cardinality: VALUES,
    })),
    count: new Float64Array(rows).fill(1),
    weight: null,
    error: Float64Array.from({ length: rows }, () => (random.nextFloat() < 0.2 ? 1 : 0)),
    before: null,
  };
}

/** Size and errors of every slice of some columns. */
function bruteForce(
  { columns, rows, error }: SearchTable,
  level: number,
  minCases: number,
  take: (items: readonly SliceItem[], cases: number, errors: number) => void,
): void {
  const cells = (VALUES + 1) ** level;
  const cases = new Int32Array(cells);
  const errors = new Int32Array(cells);
  const visit = (chosen: readonly number[]) => {
    if (chosen.length < level) {
      for (let next = (chosen.at(-1) ?? -1) + 1; next < columns.length; next++) visit([...chosen, next]);
      return;
    }
    cases.fill(0);
    errors.fill(0);
    const codes = chosen.map((column) => columns[column]!.codes);
    for (let row = 0; row < rows; row++) {
      let cell = 0;
      for (const code of codes) cell = cell * (VALUES + 1) + code[row]!;
      cases[cell]!++;
      errors[cell]! += error[row]!;
    }
    for (let cell = 0; cell < cells; cell++) {
      if (cases[cell]! < minCases) continue;
      const items = chosen.map((column, i) => ({
        column,
        code: Math.floor(cell / (VALUES + 1) ** (level - 1 - i)) % (VALUES + 1),
      }));
      if (items.every(({ code }) => code > 0)) take(items, cases[cell]!, errors[cell]!);
    }
  };
  visit([]);
}

function scoreOf(table: SearchTable, cases: number, errors: number): number {
  const mean = table.error.reduce((sum, error) => sum + error, 0) / table.rows;
  return 0.95 * (errors / cases / mean - 1) - 0.05 * (table.rows / cases - 1);
}

test('level 2: every slice is enumerated, and the best of them are found', async () => {
  const table = wideTable(300, 1);
  const minCases = 18;
  const counted: string[] = [];
  const scores: number[] = [];
  for (const level of [1, 2]) {
    bruteForce(table, level, minCases, (items, cases, errors) => {
      counted.push(JSON.stringify([items, cases, errors]));
      scores.push(scoreOf(table, cases, errors));
    });
  }
  const list = await collectSlices(table, { maxLevel: 2, minCases });
  const listed = Array.from({ length: list.size }, (_, i) => {
    const items = Array.from({ length: list.level[i]! }, (_, item) => ({
      column: list.columns[i * 2 + item]!,
      code: list.codes[i * 2 + item]!,
    }));
    return JSON.stringify([items, list.sums.cases[i], list.sums.error[i]]);
  });
  expect(listed.length).toBeGreaterThan(100_000);
  expect(listed).toEqual(counted);

  const { slices } = await searchSlices(table, { ...OPTIONS, minCases });
  const best = scores.toSorted((a, b) => b - a).slice(0, slices.length);
  expect(slices.map(({ score }) => score)).toEqual(best.map((score) => expect.closeTo(score, 10)));
  expect(slices.length).toBeGreaterThanOrEqual(20);
});

test('level 3: the best of 1.3 million combinations of columns are found', async () => {
  const table = wideTable(120, 2);
  const options = { ...OPTIONS, maxLevel: 3, minCases: 8 };
  const found = await searchSlices(table, options);
  const last = found.slices[options.top - 1]!.score;
  const expected = new Map<string, number>();
  for (const level of [1, 2, 3]) {
    bruteForce(table, level, options.minCases, (items, cases, errors) => {
      const score = scoreOf(table, cases, errors);
      if (score > last - 1e-12) expected.set(JSON.stringify(items), score);
    });
  }
  const got = new Map(found.slices.map(({ items, score }) => [JSON.stringify(items), score]));
  expect([...got.keys()].sort()).toEqual([...expected.keys()].sort());
  for (const [name, score] of got) expect(score).toBeCloseTo(expected.get(name)!, 10);
});
