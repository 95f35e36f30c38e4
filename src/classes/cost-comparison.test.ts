import { describe, expect, test } from 'vitest';
import type { ClassCosts } from '../config/index.ts';
import { type ClassOptions, costComparison } from './index.ts';
import { type TestCell, testCounts } from './test-slices.ts';

const OPTIONS: ClassOptions = { pairing: 'paired', multiLabel: false, level: 0.95, resamples: 2000, seed: 1 };

/** Precision .90 and recall .70 against .70 and .90, nearly: 700 of 1,000 found with 78 false alarms, then 900 with 386. */
const CELLS: readonly TestCell[] = [
  ['fraud', 'fraud', 'fraud', 680],
  ['fraud', 'fraud', 'no', 20],
  ['fraud', 'no', 'fraud', 220],
  ['fraud', 'no', 'no', 80],
  ['no', 'fraud', 'fraud', 60],
  ['no', 'fraud', 'no', 18],
  ['no', 'no', 'fraud', 326],
  ['no', 'no', 'no', 8596],
];

function compare(costs: ClassCosts, cells = CELLS, positive: string | null = 'fraud') {
  const { slices, labels } = testCounts(cells);
  return costComparison(slices[0]!, labels, costs, positive, OPTIONS)!;
}

const errors = (miss: number, falseAlarm: number, noAnswer: number | null = null): ClassCosts => ({
  ...{ kind: 'errors', miss, falseAlarm, noAnswer, slices: [] },
});

describe('cost', () => {
  test('at 100 : 1 prefers the run that misses less, which F does not', () => {
    const result = compare(errors(100, 1));
    expect(result.costPer1000.baseline!.estimate).toBeCloseTo(30_078 / 10, 9);
    expect(result.costPer1000.candidate.estimate).toBeCloseTo(10_386 / 10, 9);
    expect(result.costPer1000.delta!.upper!).toBeLessThan(0);
    expect(result.f.baseline!.estimate).toBeCloseTo(0.7874, 3);
    expect(result.f.candidate.estimate).toBeCloseTo(0.7874, 3);
    expect(result.ranking).toBe('differs');
    // 308 more false alarms for 200 fewer misses.
    expect(result.flipRatio).toBeCloseTo(1.54, 12);
    expect(result.errors).toMatchObject({
      baseline: { misses: 300, falseAlarms: 78 },
      candidate: { misses: 100 },
    });
  });

  test('at the ratio where it flips is level', () => {
    const result = compare(errors(1.54, 1));
    expect(result.costPer1000.delta!.estimate).toBeCloseTo(0, 9);
    expect(result.ranking).toBe('open');
  });

  test('of a few costly cases is open, whatever the bootstrap says', () => {
    const few: readonly TestCell[] = [
      ['fraud', 'fraud', 'fraud', 8],
      ['fraud', 'no', 'fraud', 4],
      ['no', 'no', 'no', 48],
    ];
    const { ranking, costPer1000 } = compare(errors(100, 1), few);
    expect(costPer1000.delta!.upper!).toBeLessThan(0);
    // All four changed cases became cheaper: 2 / 2^4.
    expect(costPer1000.pValue).toBeCloseTo(0.125, 12);
    expect(ranking).toBe('open');
  });

  test('of clusters turns the sign of whole clusters', () => {
    const clustered: readonly TestCell[] = [
      ['fraud', 'no', 'fraud', 30, 1],
      ['fraud', 'no', 'fraud', 3, 2],
      ['no', 'no', 'no', 40, 3],
    ];
    expect(compare(errors(10, 1), clustered).costPer1000.pValue).toBeCloseTo(0.5, 12);
  });

  test('in the order of F agrees, and no ratio flips a run that is better at both', () => {
    const better: readonly TestCell[] = [
      ['fraud', 'fraud', 'fraud', 60],
      ['fraud', 'no', 'fraud', 30],
      ['fraud', 'no', 'no', 10],
      ['no', 'fraud', 'no', 20],
      ['no', 'no', 'no', 880],
    ];
    const result = compare(errors(1, 1), better);
    expect(result).toMatchObject({ ranking: 'agrees', flipRatio: null });
  });

  test('of a matrix takes the closest row, and 1 for a mistake that no row names', () => {
    const cells: readonly TestCell[] = [
      ['a', 'a', 'b', 10],
      ['a', 'c', null, 10],
      ['b', 'a', 'c', 10],
      ['c', 'c', 'c', 10],
    ];
    const costs: ClassCosts = {
      kind: 'matrix',
      rows: [
        { expected: 'a', predicted: 'b', cost: 7 },
        { expected: 'a', predicted: null, cost: 3 },
        { expected: null, predicted: 'a', cost: 5 },
      ],
      otherwise: 1,
    };
    const result = compare(costs, cells, null);
    expect(result.costPer1000.baseline!.estimate).toBe(25 * (0 + 3 + 5) * 10);
    expect(result.costPer1000.candidate.estimate).toBe(25 * (7 + 3 + 1) * 10);
    expect(result).toMatchObject({ fOf: null, flipRatio: null, errors: null });
  });

  test('of a missing answer is that of its mistake, unless it has one of its own', () => {
    const cells: readonly TestCell[] = [
      ['fraud', 'fraud', null, 20],
      ['no', 'no', null, 20],
      ['no', 'no', 'no', 60],
    ];
    expect(compare(errors(10, 1), cells).costPer1000.candidate.estimate).toBe(2200);
    const own = compare(errors(10, 1, 2), cells);
    expect(own.costPer1000.candidate.estimate).toBe(800);
    expect(own.errors!.candidate).toMatchObject({ misses: 0, falseAlarms: 0, unanswered: 40 });
  });
});
