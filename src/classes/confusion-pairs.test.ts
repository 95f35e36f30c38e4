import { describe, expect, test } from 'vitest';
import { confusionPairs } from './index.ts';
import { type TestCell, testCounts } from './test-slices.ts';

function pairsOf(cells: readonly TestCell[], pairing: 'paired' | 'unpaired' | 'single run' = 'paired') {
  const { slices, labels } = testCounts(cells);
  return confusionPairs(slices, labels, { pairing, level: 0.95, seed: 1 });
}

describe('kinds of mistakes', () => {
  // P as Q 12 to 36 of 300, R as Q 36 to 12: accuracy stays level.
  const DOUBLED: readonly TestCell[] = [
    ['P', 'Q', 'Q', 8],
    ['P', 'Q', 'P', 4],
    ['P', 'P', 'Q', 28],
    ['P', 'P', 'P', 260],
    ['R', 'Q', 'R', 28],
    ['R', 'R', 'Q', 4],
    ['R', 'Q', 'Q', 8],
    ['R', 'R', 'R', 260],
    ['Q', 'Q', 'Q', 300],
  ];

  test('alarm where one doubled behind a level total, and not where another halved', () => {
    const { pairs, tested } = pairsOf(DOUBLED);
    expect(tested).toBe(2);
    expect(pairs[0]).toMatchObject({
      expected: 'P',
      predicted: 'Q',
      baseline: 12,
      candidate: 36,
      support: 300,
      alarm: true,
    });
    expect(pairs[0]).toMatchObject({ onlyBaseline: 4, onlyCandidate: 28 });
    // Exact McNemar of 28 against 4, twice.
    expect(pairs[0]!.adjusted).toBeCloseTo((4 * 41_449) / 2 ** 32, 12);
    expect(pairs[1]).toMatchObject({ expected: 'R', predicted: 'Q', alarm: false });
  });

  test('stay quiet about twice the traffic at an unchanged rate of unpaired runs', () => {
    const { pairs } = pairsOf(
      [
        ['P', 'Q', undefined, 12],
        ['P', 'P', undefined, 288],
        ['P', undefined, 'Q', 24],
        ['P', undefined, 'P', 576],
        ['Q', 'Q', undefined, 50],
        ['Q', undefined, 'Q', 50],
      ],
      'unpaired',
    );
    expect(pairs).toHaveLength(1);
    expect(pairs[0]).toMatchObject({ baseline: 12, candidate: 24, alarm: false });
    expect(pairs[0]!.rate.delta!.estimate).toBe(0);
  });

  test('are not tested below six changed cases, which could show nothing', () => {
    const { pairs, tested } = pairsOf([
      ['P', 'P', 'Q', 5],
      ['P', 'P', 'P', 40],
      ['Q', 'Q', 'Q', 40],
    ]);
    expect(tested).toBe(0);
    expect(pairs[0]).toMatchObject({ adjusted: null, alarm: false, candidate: 5 });
  });

  test('include a missing answer, and mistakes that became other mistakes', () => {
    const { pairs } = pairsOf([
      ['P', 'Q', null, 9],
      ['P', 'P', 'P', 40],
      ['Q', 'Q', 'Q', 40],
    ]);
    expect(
      pairs.map(({ predicted, baseline, candidate, alarm }) => [predicted, baseline, candidate, alarm]),
    ).toEqual([
      [null, 0, 9, true],
      ['Q', 9, 0, false],
    ]);
  });

  test('of one cluster prove nothing', () => {
    const cells = DOUBLED.map((cell, i): TestCell => [cell[0], cell[1], cell[2], cell[3], i % 2]);
    expect(pairsOf(cells).pairs.some(({ alarm }) => alarm)).toBe(false);
  });

  test('of one run are listed without a test', () => {
    const { pairs, tested } = pairsOf([['P', undefined, 'Q', 9]], 'single run');
    expect(tested).toBe(0);
    expect(pairs[0]).toMatchObject({ baseline: null, candidate: 9, adjusted: null });
  });
});
