/** The error tree: splits of one half, rates of the other, and a reason wherever it stops. */

import { describe, expect, test } from 'vitest';
import { bestSplit } from './error-split.ts';
import { errorTree, TREE_DEFAULTS, type TreeNode } from './error-tree.ts';
import { halvesOf, rowsOfSlice, sumRows } from './rows.ts';
import { randomTable } from './testing/random-table.ts';

const items = [
  { column: 1, code: 2 },
  { column: 2, code: 1 },
];
const plan = { rows: 3000, columns: [3, 3, 2, 4], rate: 0.1, planted: { items, rate: 0.6 }, seed: 1 };

const leaves = (node: TreeNode): TreeNode[] =>
  node.children.length === 0 ? [node] : node.children.flatMap(leaves);

describe('a planted conjunction', () => {
  const input = randomTable(plan);
  const tree = errorTree(input);

  test('is a path of the tree', () => {
    const worst = leaves(tree).reduce((a, b) => (b.rate.estimate! > a.rate.estimate! ? b : a));
    const conditions = worst.path.filter(({ has }) => has).map(({ column, code }) => ({ column, code }));
    expect(conditions).toEqual(expect.arrayContaining([items[0]]));
    expect(worst.rate.estimate).toBeGreaterThan(0.5);
  });

  test('has the rates of the half that did not choose it', () => {
    const report = halvesOf(input)[1].table;
    const { split } = tree;
    const inside = sumRows(report, rowsOfSlice(report, [{ column: split!.column, code: split!.code }]), 1);
    expect(tree.children[0]).toMatchObject({
      cases: inside.cases,
      rate: { estimate: inside.error / inside.cases, method: 'wilson' },
    });
    expect(tree.children[0]!.chosenOn.rate).not.toBe(tree.children[0]!.rate.estimate);
  });

  test('splits all cases and all errors over the leaves', () => {
    const ends = leaves(tree);
    expect(ends.reduce((sum, { cases }) => sum + cases, 0)).toBe(tree.cases);
    expect(ends.reduce((sum, { errorShare }) => sum + errorShare!, 0)).toBeCloseTo(1, 12);
    for (const end of ends) expect(end.stopped).not.toBeNull();
  });
});

describe('says why nothing splits', () => {
  const clean = randomTable({ ...plan, planted: { items, rate: 0.1 } });
  test.each([
    [
      'all errors are equal',
      { ...clean, table: { ...clean.table, error: new Float64Array(3000), before: null } },
      {},
    ],
    ['no split gains more than chance', clean, {}],
    ['no split leaves enough cases on both sides', clean, { minLeaf: 1400 }],
    ['the tree ends at this depth', clean, { maxDepth: 0 }],
    ['no cases', { ...clean, half: new Uint8Array(3000).fill(1) }, {}],
  ])('%s', (stopped, input, options) => {
    expect(errorTree(input, { ...TREE_DEFAULTS, ...options })).toMatchObject({
      stopped,
      split: null,
      children: [],
    });
  });

  test('a table without errors has no shares of errors', () => {
    const none = { ...clean, table: { ...clean.table, error: new Float64Array(3000), before: null } };
    expect(errorTree(none)).toMatchObject({ errorShare: null, rate: { estimate: 0 } });
  });
});

test('chance splits the root in about one table of twenty', () => {
  let splits = 0;
  for (let seed = 0; seed < 60; seed++) {
    const input = randomTable({ rows: 600, columns: [3, 4, 2, 5], rate: 0.2, seed });
    if (errorTree(input).split !== null) splits += 1;
  }
  expect(splits).toBeLessThanOrEqual(8);
});

describe('the gain of a split', () => {
  const base = {
    rows: 4,
    columns: [{ codes: Uint8Array.of(1, 1, 2, 2), cardinality: 2 }],
    weight: null,
    before: null,
  };
  const all = Int32Array.of(0, 1, 2, 3);

  test('of pass or fail is the likelihood-ratio statistic', () => {
    const table = { ...base, count: Float64Array.of(12, 8, 3, 27), error: Float64Array.of(1, 0, 1, 0) };
    // scipy 1.17.1: chi2_contingency([[12, 8], [3, 27]], correction=False, lambda_='log-likelihood')[0:2]
    const { split } = bestSplit(table, all, 'pass-fail', { minLeaf: 1, alpha: 1 });
    expect(split!.gain).toBeCloseTo(14.660985121632196, 10);
    expect(split!.p).toBeCloseTo(0.0001286824748134689, 14);
    expect(split).toMatchObject({ column: 0, code: 1, candidates: 1 });
  });

  test('of graded errors is that of a normal distribution', () => {
    const table = { ...base, count: Float64Array.of(1, 1, 1, 1), error: Float64Array.of(0.9, 0.7, 0.2, 0.1) };
    const { split } = bestSplit(table, all, 'graded', { minLeaf: 1, alpha: 1 });
    // 4 ln(0.4475 / 0.025): squares around 0.475, and around 0.8 and 0.15
    expect(split!.gain).toBeCloseTo(4 * Math.log(0.4475 / 0.025), 10);
  });
});

test('trees of weighted and of clustered cases have robust rates', () => {
  const weighted = errorTree(randomTable({ ...plan, weighted: true }));
  expect(weighted.children[0]!.rate.method).toBe('wilson-effective-n');
  const clustered = errorTree(randomTable({ ...plan, clusterSize: 5 }));
  expect(clustered.children[0]!.rate.method).toBe('cluster-robust-t');
});

test('clusters without an error have a rate of 0 with the width of as many cases', () => {
  const input = randomTable({ ...plan, rows: 400, clusterSize: 5 });
  const clean = { ...input, table: { ...input.table, error: new Float64Array(400), before: null } };
  const { rate, cases } = errorTree(clean);
  expect(rate).toMatchObject({ estimate: 0, method: 'wilson-clusters', n: cases / 5 });
  expect(rate.upper).toBeGreaterThan(0.05);
});
