/** Answers with parts and rankings, by numbers that can be counted by hand. */

import { describe, expect, test } from 'vitest';
import { allCases } from '../../scope/index.ts';
import { cellParts, partCases } from './part-cases.ts';
import { partsSlices } from './parts-report.ts';
import { rankedOf, rankingCases, relevanceOf } from './ranking-cases.ts';
import { sliceNames } from './slice-names.ts';

const named = sliceNames([allCases('shown')])({ grouping: '(all cases)', state: 'value', value: '(all)' });
const marks = (...values: number[]) => Uint8Array.from(values);

function measured({ table }: ReturnType<typeof partCases>, members: readonly number[]) {
  const [slice] = partsSlices(table, [{ named, members }], { level: 0.95, seed: 1 });
  return {
    ...slice!,
    now: Object.fromEntries(slice!.values.map(({ metric, value }) => [metric, value.candidate.estimate])),
    before: Object.fromEntries(slice!.values.map(({ metric, value }) => [metric, value.baseline?.estimate])),
  };
}

describe('lists', () => {
  const expected = cellParts([['a', 'b'], ['c'], null, ['d'], ['e']], 'list');
  const run = (cells: Parameters<typeof cellParts>[0], present: Uint8Array, failed: Uint8Array) => ({
    given: cellParts(cells, 'list'),
    present,
    failed,
  });
  const candidate = run([['b', 'a'], ['x'], ['y'], null, ['e']], marks(1, 1, 1, 1, 1), marks(0, 0, 0, 0, 1));
  const baseline = run([['a'], ['c'], null, ['d'], ['e']], marks(1, 1, 1, 1, 0), marks(0, 0, 0, 0, 0));

  test('of one run: a missing answer and an error give nothing', () => {
    const cases = partCases(expected, { baseline: null, candidate }, null, 0.95);
    const { now, n, unlabelled, unpaired } = measured(cases, [0, 1, 2, 3, 4]);
    expect({ n, unlabelled, unpaired }).toEqual({ n: 4, unlabelled: 1, unpaired: 0 });
    expect(now).toEqual({ 'whole case': 1 / 4, precision: 2 / 3, recall: 2 / 5, f1: 1 / 2 });
    expect(cases.unanswered).toEqual({
      missing: { baseline: null, candidate: 1 },
      errors: { baseline: null, candidate: 1 },
      unreadable: { baseline: null, candidate: 0 },
    });
    expect(
      cases.parts.map(({ part, expected: count, recall }) => [part, count, recall.candidate.estimate]),
    ).toEqual([
      ['a', 1, 1],
      ['b', 1, 1],
      ['c', 1, 0],
      ['d', 1, 0],
      ['e', 1, 0],
      ['x', 0, null],
    ]);
  });

  test('of two runs: only cases that both have are compared, with an exact p of whole cases', () => {
    const cases = partCases(expected, { baseline, candidate }, null, 0.95);
    const slice = measured(cases, [0, 1, 2, 3, 4]);
    expect({ n: slice.n, unlabelled: slice.unlabelled, unpaired: slice.unpaired }).toEqual({
      n: 3,
      unlabelled: 1,
      unpaired: 1,
    });
    expect(slice.before).toEqual({ 'whole case': 2 / 3, precision: 1, recall: 3 / 4, f1: 6 / 7 });
    expect(slice.now['whole case']).toBe(1 / 3);
    expect(slice.values[0]!.value.pValue).toBe(1);
  });

  test('parts that are expected nowhere leave precision defined and recall not', () => {
    const none = cellParts([[], []], 'list');
    const answers = run([['x'], []], marks(1, 1), marks(0, 0));
    const { now } = measured(partCases(none, { baseline: null, candidate: answers }, null, 0.95), [0, 1]);
    expect(now).toEqual({ 'whole case': 1 / 2, precision: 0, recall: null, f1: 0 });
  });

  test('an unreadable answer is not right, even where nothing was expected', () => {
    const spans = cellParts(['[]'], 'spans');
    const answers = { given: cellParts(['oops'], 'spans'), present: marks(1), failed: marks(0) };
    const cases = partCases(spans, { baseline: null, candidate: answers }, null, 0.95);
    expect(measured(cases, [0]).now['whole case']).toBe(0);
    expect(cases.unanswered.unreadable.candidate).toBe(1);
  });
});

test('clusters are resampled whole: the estimate stays, n counts clusters, and no p assumes independent cases', () => {
  const cells = Array.from({ length: 40 }, (_, i) => [i % 4 === 0 ? 'x' : 'a']);
  const expected = cellParts(
    cells.map(() => ['a']),
    'list',
  );
  const all = Uint8Array.from(cells, () => 1);
  const run = { given: cellParts(cells, 'list'), present: all, failed: Uint8Array.from(cells, () => 0) };
  const cluster = Int32Array.from(cells, (_, i) => Math.floor(i / 2));
  const { values } = measured(partCases(expected, { baseline: run, candidate: run }, cluster, 0.95), [
    ...cells.keys(),
  ]);
  const [whole] = values;
  expect(whole!.value.candidate).toMatchObject({ estimate: 0.75, n: 20 });
  expect(whole!.value.pValue).toBeNull();
});

describe('rankings', () => {
  const expected = [
    relevanceOf(['a', 'b']),
    relevanceOf('{"c": 2, "d": 1}'),
    relevanceOf(null),
    relevanceOf('x|y'),
  ];
  const ranked = [rankedOf(['a', 'q', 'b']), rankedOf('["d","c"]'), rankedOf(['z']), rankedOf(null)];
  const run = { ranked, present: marks(1, 1, 1, 1), failed: marks(0, 0, 0, 0) };

  test('recall, gain and reciprocal rank by hand; a case without an answer finds nothing', () => {
    const cases = rankingCases(expected, { baseline: null, candidate: run }, [3, 1], null);
    const { now, n, unlabelled } = measured(cases, [0, 1, 2, 3]);
    expect({ n, unlabelled }).toEqual({ n: 3, unlabelled: 1 });
    expect(now['all in top 3']).toBeCloseTo(2 / 3, 12);
    expect(now['recall@1']).toBeCloseTo((1 / 2 + 1 / 2 + 0) / 3, 12);
    expect(now['recall@3']).toBeCloseTo(2 / 3, 12);
    expect(now.mrr).toBeCloseTo(2 / 3, 12);
    const log3 = Math.log2(3);
    const gains = (1 + 1 / 2) / (1 + 1 / log3) + (1 + 2 / log3) / (2 + 1 / log3);
    expect(now['ndcg@3']).toBeCloseTo(gains / 3, 12);
    expect(cases.unanswered.missing.candidate).toBe(1);
  });
});
