/** The joint null: its level, its gain over Bonferroni, and what it refuses. */

import { describe, expect, test } from 'vitest';
import { hypergeometricSf } from '../stats/index.ts';
import { type JointNullInput, jointNull, type VisitAll } from './joint-null.ts';
import { sliceP } from './slice-tests.ts';
import { naiveSums, naiveVisit } from './testing/naive-search.ts';
import { randomTable } from './testing/random-table.ts';

const visit: VisitAll = (table, visitor) => naiveVisit(table, { maxLevel: 2, minCases: 15 }, visitor);
const plan = { rows: 240, columns: [2, 3, 2], rate: 0.25, seed: 1 };

function smallestOf(input: JointNullInput): { p: number; slices: number } {
  const all = naiveSums(input.table, []);
  let [p, slices] = [1, 0];
  visit(input.table, (_columns, _codes, sums) => {
    p = Math.min(p, sliceP(input.question, 'pass-fail', sums, all));
    slices += 1;
  });
  return { p, slices };
}

test.each([
  ['worse', undefined],
  ['broke-more', undefined],
  ['regressed', undefined],
  ['regressed', 4],
] as const)(
  'the smallest adjusted p-value of a clean table is at most .05 about once in twenty: %s, clusters of %s',
  async (question, clusterSize) => {
    let alarms = 0;
    for (let seed = 0; seed < 40; seed++) {
      const input = {
        ...randomTable({ ...plan, seed, ...(clusterSize ? { clusterSize } : {}) }),
        question,
        rounds: 59,
        seed,
      };
      const { adjust } = await jointNull(input, visit);
      if (adjust(smallestOf(input).p) <= 0.05) alarms += 1;
    }
    // Binomial(40, .05) exceeds 6 with probability .003; the seeds are fixed.
    expect(alarms).toBeLessThanOrEqual(6);
  },
);

test('pays for fewer slices than Bonferroni, since slices overlap and small ones reach little', async () => {
  const input = { ...randomTable(plan), question: 'worse', rounds: 199, seed: 5 } as const;
  const { p, slices } = smallestOf(input);
  const { adjust } = await jointNull(input, visit);
  expect(adjust(p)).toBeLessThan(p * slices);
  expect(adjust(0)).toBe(1 / 200);
  expect(adjust(1)).toBe(1);
});

test('a folded table is shuffled case by case', async () => {
  // Two cells: 6 of 10 errors against 4 of 30. The only possible smallest p-values are Fisher tails of the two cells.
  const table = {
    rows: 4,
    columns: [{ codes: Uint8Array.of(1, 1, 2, 2), cardinality: 2 }],
    count: Float64Array.of(6, 4, 4, 26),
    weight: null,
    error: Float64Array.of(1, 0, 1, 0),
    before: null,
  };
  const all: VisitAll = (rows, visitor) => naiveVisit(rows, { maxLevel: 1, minCases: 1 }, visitor);
  const { smallest } = await jointNull({ table, cluster: null, question: 'worse', rounds: 50, seed: 1 }, all);
  const tails = Array.from({ length: 11 }, (_, x) =>
    Math.min(hypergeometricSf(x, 40, 10, 10), hypergeometricSf(10 - x, 40, 10, 30)),
  );
  for (const p of smallest) expect(tails.some((tail) => Math.abs(tail - p) < 1e-12)).toBe(true);
});

describe('refuses', () => {
  const base = { ...randomTable(plan), question: 'worse', rounds: 9, seed: 1 } as const;
  test.each([
    ['weights', { ...base, ...randomTable({ ...plan, weighted: true }) }, 'weighted'],
    [
      'dealing clustered cases',
      { ...base, ...randomTable({ ...plan, clusterSize: 3 }) },
      'held-out clusters',
    ],
    ['no rounds', { ...base, rounds: 0 }, 'rounds is 0'],
    [
      'one run where two are asked for',
      { ...base, question: 'regressed' as const, table: { ...base.table, before: null } },
      'no other run',
    ],
  ])('%s', async (_, input, message) => {
    await expect(jointNull(input, visit)).rejects.toThrow(message);
  });
});
