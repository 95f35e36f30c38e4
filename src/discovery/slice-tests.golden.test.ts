/** P-values and corrected counts of all enumerated slices, against the shared goldens (scipy and brute force). */

import { describe, expect, test } from 'vitest';
import { type Correction, correctFamily } from './corrections.ts';
import { type NumberList, numberList } from './p-value-list.ts';
import { type SliceQuestion, sliceP } from './slice-tests.ts';
import { GOLDEN_NAMES, goldenSlices } from './testing/golden-slices.ts';
import { naiveSums, naiveVisit } from './testing/naive-search.ts';

const FAMILIES: readonly (readonly [SliceQuestion, string, string, string])[] = [
  ['worse', 'worse_than_rest', 'p', ''],
  ['regressed', 'regressed_mcnemar', 'p_mcnemar', '_mcnemar'],
  ['broke-more', 'broke_vs_rest', 'p_broke_vs_rest', '_broke'],
];

const CORRECTIONS: readonly (readonly [Correction, string])[] = [
  ['bonferroni', 'bonferroni'],
  ['holm', 'holm'],
  ['bh', 'bh'],
  ['by', 'by'],
  ['none', 'uncorrected'],
];

/** 1e-9 relative above 1e-250, as the goldens' notes say; below, both are as good as 0. */
const near = (got: number | null, expected: number) =>
  expected < 1e-250 ? got! < 1e-240 : Math.abs(got! - expected) <= 1e-9 * expected;

describe.each(GOLDEN_NAMES)('%s', (name) => {
  const loaded = goldenSlices(name);
  if (loaded === null) {
    test.skip('skipped: the shared folder with golden/slices is absent', () => {});
    return;
  }
  const { golden, table, values } = loaded;
  const all = naiveSums(table, []);
  const lists = new Map<SliceQuestion, NumberList>(FAMILIES.map(([question]) => [question, numberList()]));
  const found = new Map<string, Record<string, number>>();
  const levels: number[] = [];
  const keyOf = (columns: readonly number[], codes: readonly number[]) =>
    JSON.stringify(columns.map((column, i) => [golden.columns[column], values[column]![codes[i]! - 1]]));
  naiveVisit(table, { maxLevel: golden.level, minCases: golden.min_support_rows }, (columns, codes, sums) => {
    levels[columns.length - 1] = (levels[columns.length - 1] ?? 0) + 1;
    const p: Record<string, number> = {
      size: sums.cases,
      error_sum: sums.error,
      broke: sums.broke,
      fixed: sums.fixed,
    };
    for (const [question, , field] of FAMILIES) {
      p[field] = sliceP(question, 'pass-fail', sums, all);
      lists.get(question)!.push(p[field]!);
    }
    found.set(keyOf(columns, codes), p);
  });
  const listed = [
    'top_by_sliceline_score',
    'top_by_p',
    'top_regressed_by_delta',
    'top_regressed_by_mcnemar_p',
  ].flatMap((list) => golden[list] as Record<string, never>[]);

  test('the enumerated slices', () => {
    expect(levels).toEqual(golden.by_level);
  });

  test('every listed slice: sums, p-values and adjusted values', () => {
    const families = FAMILIES.map(([question, , field, suffix]) => {
      const family = (method: Correction) => correctFamily(lists.get(question)!.toArray(), method, 0.05);
      return { field, suffix, holm: family('holm'), bh: family('bh'), by: family('by') };
    });
    const off: string[] = [];
    for (const entry of listed) {
      const slice = entry.slice as Record<string, string>;
      const key = JSON.stringify(
        golden.columns.flatMap((name: string) => (name in slice ? [[name, slice[name]]] : [])),
      );
      const got = found.get(key)!;
      const check = (field: string, value: number | null) => {
        if (field in entry && !near(value, entry[field]!))
          off.push(`${key} ${field}: ${value}, not ${entry[field]}`);
      };
      for (const field of Object.keys(got)) check(field, got[field]!);
      for (const { field, suffix, holm, bh, by } of families) {
        check(`p_holm${suffix}`, holm.adjust(got[field]!));
        check(`q_bh${suffix}`, bh.adjust(got[field]!));
        check(`q_by${suffix}`, by.adjust(got[field]!));
      }
    }
    expect(off).toEqual([]);
    expect(listed.length).toBeGreaterThan(80);
  });

  test.each(FAMILIES)('how many slices each correction keeps: %s', (question, field) => {
    const p = lists.get(question)!.toArray();
    const kept = Object.fromEntries(
      CORRECTIONS.map(([method, key]) => [key, correctFamily(p, method, 0.05).significant]),
    );
    expect({ tests: p.length, ...kept }).toEqual(golden.significant[field]);
  });
});
