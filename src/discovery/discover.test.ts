/** Discovery and confirmation: planted slices are confirmed, chance is not, and every number is the one it claims to be. */

import { describe, expect, test } from 'vitest';
import { fisherP } from '../stats/index.ts';
import { CONFIRM_DEFAULTS, confirmSlices } from './confirm.ts';
import { type DiscoveryOptions, discover } from './discover.ts';
import { jointNull } from './joint-null.ts';
import { type SearchOptions, searchSlices, visitSlices } from './kernel/index.ts';
import { halvesOf, rowsOfSlice, sumRows } from './rows.ts';
import { sliceP } from './slice-tests.ts';
import { naiveSearch, naiveSums } from './testing/naive-search.ts';
import { type RandomPlan, randomTable } from './testing/random-table.ts';

const search: SearchOptions = {
  ...{ mode: 'worst', order: 'drop-support', alpha: 0.95, maxLevel: 2, minCases: 20 },
  ...{ top: 10, mostTies: 10, threads: 1 },
};
const options: DiscoveryOptions = { search, confirm: {}, crossFit: false };
const items = [
  { column: 1, code: 2 },
  { column: 3, code: 1 },
];
const plan: RandomPlan = {
  rows: 2000,
  columns: [3, 4, 2, 3, 5],
  rate: 0.15,
  planted: { items, rate: 0.45 },
  seed: 3,
};

test('where the whole run got worse, slices that did no more than that do not stand out', () => {
  const rows = 1200;
  const column = { codes: Uint8Array.from({ length: rows }, (_, row) => 1 + (row % 4)), cardinality: 4 };
  // One of ten cases broke, in every slice alike; and in the last slice three of ten.
  const broke = (row: number) => (row % 4 === 3 ? row % 40 < 12 : row % 40 < 4);
  const table = {
    ...{ rows, columns: [column], count: new Float64Array(rows).fill(1), weight: null },
    error: Float64Array.from({ length: rows }, (_, row) => (broke(row) ? 1 : 0)),
    before: new Float64Array(rows),
  };
  const data = { table, cluster: null };
  const candidates = [1, 2, 3, 4].map((code) => [{ column: 0, code }]);
  const statesOf = (standOut: boolean) =>
    confirmSlices(data, data, candidates, {
      ...CONFIRM_DEFAULTS,
      question: 'regressed',
      standOut,
    }).slices.map(({ state }) => state);
  expect(statesOf(false)).toEqual(candidates.map(() => 'confirmed'));
  expect(statesOf(true)).toEqual(['not confirmed', 'not confirmed', 'not confirmed', 'confirmed']);
  const clustered = { table, cluster: Int32Array.from({ length: rows }, (_, row) => row) };
  const options = { ...CONFIRM_DEFAULTS, question: 'regressed', standOut: true } as const;
  expect(confirmSlices(clustered, clustered, candidates, options).slices.map(({ state }) => state)).toEqual(
    statesOf(true),
  );
});

describe('a planted conjunction', () => {
  test('is confirmed, with the numbers of the half that did not choose it', async () => {
    const input = randomTable(plan);
    const result = await discover(input, options, naiveSearch);
    const found = result.slices.find((slice) => JSON.stringify(slice.items) === JSON.stringify(items))!;
    expect(found.state).toBe('confirmed');
    const { confirmation, parents } = found.found[0]!;
    const heldOut = halvesOf(input)[1].table;
    const slice = naiveSums(heldOut, items);
    const all = naiveSums(heldOut, []);
    expect(confirmation).toMatchObject({ cases: slice.cases, units: slice.cases, method: 'fisher' });
    expect(confirmation.rate.estimate).toBe(slice.error / slice.cases);
    expect(confirmation.rate.lower).toBeGreaterThan(0.3);
    expect(confirmation.p).toBeCloseTo(
      fisherP(
        {
          candidatePasses: slice.error,
          candidateCases: slice.cases,
          baselinePasses: all.error - slice.error,
          baselineCases: all.cases - slice.cases,
        },
        'greater',
      ),
      15,
    );
    expect(found.adjustedP).toBeGreaterThanOrEqual(confirmation.p!);
    expect(parents).toMatchObject({ holds: true });
    expect(result.counts).toMatchObject({ columns: 5, candidates: 10, tested: 10 });
    expect(result.counts.enumerated).toBe(
      naiveSearch(halvesOf(input)[0].table, search).levels[0]!.counted +
        result.directions[0]!.levels[1]!.counted,
    );
    expect(result.directions[0]).toMatchObject({
      searched: 0,
      casesHeldOut: all.cases,
      casesSearched: 2000 - all.cases,
    });
  });

  test('is found from both halves when they change roles, each at half of alpha', async () => {
    const result = await discover(randomTable(plan), { ...options, crossFit: true }, naiveSearch);
    const found = result.slices.find((slice) => JSON.stringify(slice.items) === JSON.stringify(items))!;
    expect(found.found.map(({ searched }) => searched)).toEqual([0, 1]);
    const smallest = Math.min(...found.found.map(({ adjustedP }) => adjustedP!));
    expect(found.adjustedP).toBe(2 * smallest);
    expect(found.state).toBe('confirmed');
  });

  test.each([
    ['regressed', {}, 'mcnemar'],
    ['regressed', { clusterSize: 5 }, 'sign flip'],
    ['regressed', { weighted: true }, 'sign flip'],
    ['worst', { clusterSize: 5 }, 'cluster-robust t'],
    ['worst', { weighted: true }, 'cluster-robust t'],
    ['worst', { weighted: true, clusterSize: 5 }, 'cluster-robust t'],
  ] as const)('is confirmed as %s with %o by %s', async (mode, extra, method) => {
    const input = randomTable({ ...plan, ...extra, rows: 4000 });
    const result = await discover(input, { ...options, search: { ...search, mode } }, naiveSearch);
    const found = result.slices.find((slice) => JSON.stringify(slice.items) === JSON.stringify(items))!;
    expect(found.state).toBe('confirmed');
    expect(found.found[0]!.confirmation.method).toBe(method);
    expect(found.found[0]!.confirmation.difference.lower).toBeGreaterThan(0);
  });
});

describe('chance', () => {
  test.each([
    ['independent cases', {}, 'worst'],
    ['clusters', { clusterSize: 6 }, 'worst'],
    ['weights', { weighted: true }, 'worst'],
    ['two equal runs', {}, 'regressed'],
    ['two equal runs in clusters', { clusterSize: 6 }, 'regressed'],
  ] as const)('is confirmed in about one of twenty tables at most: %s', async (_, extra, mode) => {
    let alarms = 0;
    const tables = 60;
    for (let seed = 0; seed < tables; seed++) {
      const input = randomTable({ rows: 500, columns: [3, 4, 2, 3], rate: 0.2, ...extra, seed: 100 + seed });
      const result = await discover(input, { ...options, search: { ...search, mode } }, naiveSearch);
      if (result.counts.confirmed > 0) alarms += 1;
    }
    // Binomial(60, .05) exceeds 8 with probability .003; the seeds are fixed.
    expect(alarms).toBeLessThanOrEqual(8);
  });
});

describe('what cannot be confirmed', () => {
  const input = randomTable({ ...plan, rows: 300, columns: [2, 40, 2, 3, 5] });
  const [found, heldOut] = [halvesOf(input)[0], halvesOf(input)[1]];

  test('a slice with few held-out cases is not tested and not counted', () => {
    const result = confirmSlices(
      found,
      heldOut,
      [[{ column: 1, code: 7 }], [{ column: 0, code: 1 }]],
      CONFIRM_DEFAULTS,
    );
    expect(result).toMatchObject({ candidates: 2, tested: 1 });
    expect(result.slices[0]).toMatchObject({ state: 'too few to confirm', adjustedP: null });
    expect(result.slices[0]!.reason).toMatch(/held-out cases, 10 are needed/);
  });

  test('a slice in few clusters is not tested', () => {
    const clustered = randomTable({ ...plan, rows: 400, clusterSize: 50 });
    const halves = [halvesOf(clustered)[0], halvesOf(clustered)[1]] as const;
    const result = confirmSlices(halves[0], halves[1], [[{ column: 0, code: 1 }]], CONFIRM_DEFAULTS);
    expect(result.slices[0]!.reason).toMatch(/held-out clusters, 5 are needed/);
  });

  test('no candidates give no family', () => {
    expect(confirmSlices(found, heldOut, [], CONFIRM_DEFAULTS)).toEqual({
      slices: [],
      candidates: 0,
      tested: 0,
      confirmed: 0,
    });
  });

  test('a half without cases is refused', async () => {
    await expect(discover({ ...input, half: new Uint8Array(300) }, options, naiveSearch)).rejects.toThrow(
      'half 1 has no cases',
    );
  });
});

test('a conjunction that adds nothing to its parent does not hold against it', () => {
  const single = [{ column: 1, code: 2 }];
  const input = randomTable({ ...plan, planted: { items: single, rate: 0.5 } });
  const halves = [halvesOf(input)[0], halvesOf(input)[1]] as const;
  const { slices } = confirmSlices(halves[0], halves[1], [items], CONFIRM_DEFAULTS);
  expect(slices[0]!.state).toBe('confirmed');
  expect(slices[0]!.parents).toMatchObject({ holds: false, weakestItem: 1 });
});

test('rows of a slice and their sums are those of counting', () => {
  const { table } = randomTable({ ...plan, weighted: true });
  expect(sumRows(table, rowsOfSlice(table, items), 1)).toEqual(naiveSums(table, items));
});

describe('with the search of the product', () => {
  test('the same slices are found and confirmed as by counting all', async () => {
    const input = randomTable(plan);
    expect(await discover(input, options, searchSlices)).toMatchObject({
      slices: (await discover(input, options, naiveSearch)).slices,
    });
  });

  test('the joint null of all slices confirms the planted one', async () => {
    const input = { ...randomTable({ ...plan, rows: 600 }), question: 'worse', rounds: 39, seed: 1 } as const;
    const { adjust } = await jointNull(input, (table, visitor) =>
      visitSlices(table, { maxLevel: 2, minCases: 20 }, visitor),
    );
    const { table } = input;
    expect(
      adjust(sliceP('worse', 'pass-fail', naiveSums(table, items), naiveSums(table, []))),
    ).toBeLessThanOrEqual(0.05);
  });
});
