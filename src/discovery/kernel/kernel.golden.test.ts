/** Scores, sizes and sums of slices against the shared goldens: exhaustive enumeration by another program. */

import { describe, expect, test } from 'vitest';
import { GOLDEN_NAMES, goldenSlices } from '../testing/golden-slices.ts';
import { collectSlices, searchSlices, visitSlices } from './index.ts';
import type { SearchOptions, SliceItem, SliceSums } from './types.ts';

interface GoldenSlice {
  readonly slice: Readonly<Record<string, string>>;
  readonly size: number;
  readonly error_sum: number;
  readonly error_mean: number;
  readonly score: number;
  readonly delta: number;
  readonly broke: number;
  readonly fixed: number;
  readonly before_error_mean: number;
}

const OPTIONS: SearchOptions = {
  ...{ mode: 'worst', order: 'sliceline', alpha: 0.95, maxLevel: 2, minCases: 1 },
  ...{ top: 10, mostTies: 100, threads: 1 },
};

describe.each(GOLDEN_NAMES)('%s', (name) => {
  const loaded = goldenSlices(name);
  if (loaded === null) {
    test.skip('skipped: the shared folder with golden/slices is absent', () => {});
    return;
  }
  const { golden, table, values } = loaded;
  const options = { ...OPTIONS, maxLevel: golden.level, minCases: golden.min_support_rows };
  const keyOf = (items: readonly SliceItem[]) =>
    items.map(({ column, code }) => `${golden.columns[column]}=${values[column]![code - 1]}`).join(' & ');
  const goldenKey = ({ slice }: GoldenSlice) =>
    golden.columns
      .filter((column: string) => column in slice)
      .map((column: string) => `${column}=${slice[column]}`)
      .join(' & ');
  const expectSums = (sums: SliceSums, expected: GoldenSlice) => {
    expect(sums.cases).toBe(expected.size);
    expect(sums.error).toBe(expected.error_sum);
    expect(sums.error / sums.cases).toBe(expected.error_mean);
    expect([sums.broke, sums.fixed]).toEqual([expected.broke, expected.fixed]);
    expect(sums.before / sums.cases).toBeCloseTo(expected.before_error_mean, 12);
    expect(sums.change / sums.cases).toBeCloseTo(expected.delta, 12);
  };

  test('the best slices are those of the golden', async () => {
    const { slices, all } = await searchSlices(table, options);
    const best: readonly GoldenSlice[] = golden.top_by_sliceline_score;
    expect(all.cases).toBe(golden.rows);
    expect(all.error / all.cases).toBeCloseTo(golden.mean_error, 12);
    expect(slices.map(({ items }) => keyOf(items)).sort()).toEqual(best.map(goldenKey).sort());
    const byKey = new Map(best.map((slice) => [goldenKey(slice), slice]));
    slices.forEach(({ items, sums, score }, i) => {
      expect(score).toBeCloseTo(best[i]!.score, 11);
      expectSums(sums, byKey.get(keyOf(items))!);
    });
  });

  test('every slice of the golden is enumerated with its sums, and the levels have as many', async () => {
    const found = new Map<string, SliceSums>();
    await visitSlices(table, options, (columns, codes, sums) => {
      found.set(keyOf(columns.map((column, i) => ({ column, code: codes[i]! }))), { ...sums });
    });
    expect(found.size).toBe(golden.enumerated);
    for (const list of [
      'top_by_sliceline_score',
      'top_by_p',
      'top_regressed_by_delta',
      'top_regressed_by_mcnemar_p',
    ]) {
      for (const expected of golden[list]) expectSums(found.get(goldenKey(expected))!, expected);
    }
    expect((await collectSlices(table, options)).perLevel).toEqual(golden.by_level);
  });

  test('the most regressed slices are those that the golden has by delta', async () => {
    const regressed = golden.top_regressed_by_delta.filter(({ delta }: GoldenSlice) => delta > 0);
    const { slices } = await searchSlices(table, { ...options, mode: 'regressed', order: 'drop', top: 25 });
    expect(slices.length).toBeGreaterThanOrEqual(regressed.length);
    slices.slice(0, regressed.length).forEach(({ score }, i) => {
      expect(score).toBeCloseTo(regressed[i].delta, 12);
    });
    const clear = regressed.filter(({ delta }: GoldenSlice) => delta > regressed.at(-1).delta);
    expect(slices.map(({ items }) => keyOf(items))).toEqual(expect.arrayContaining(clear.map(goldenKey)));
  });
});
