import { describe, expect, test } from 'vitest';
import type { OutcomeCell, SideOutcome } from './cell.ts';
import { compareCells, compareOutcomes, directionOfChange, meanOf, outcomeValue } from './outcome.ts';

function outcome(passed: number, failed: number, errors = 0, unscored = 0): SideOutcome {
  return { passed, failed, errors, unscored };
}

test('cells stand unedited first, then by the baseline, then by the candidate, an absent run last', () => {
  const cell = (
    baseline: SideOutcome | null,
    candidate: SideOutcome | null,
    edited = false,
  ): OutcomeCell => ({ baseline, candidate, edited, cases: 1 });
  const ordered = [
    cell(outcome(0, 1), outcome(0, 1)),
    cell(outcome(0, 1), outcome(1, 0)),
    cell(outcome(0, 1), null),
    cell(outcome(1, 0), outcome(0, 0, 1)),
    cell(outcome(1, 0), outcome(0, 1)),
    cell(null, outcome(0, 0, 0, 1)),
    cell(outcome(0, 0, 0, 1), outcome(0, 1), true),
  ];
  expect(ordered.toReversed().sort(compareCells)).toEqual(ordered);
  expect(compareOutcomes(null, null)).toBe(0);
  expect(compareOutcomes(outcome(0, 1), null)).toBe(-1);
});

describe('values of cases', () => {
  test.each([
    [outcome(1, 0, 9), 'fail', 0.1],
    [outcome(1, 0, 9), 'exclude', 1],
    [outcome(2, 1, 0, 7), 'fail', 2 / 3],
    [outcome(0, 0, 2), 'exclude', Number.NaN],
    [outcome(0, 0, 0, 3), 'fail', Number.NaN],
    [null, 'fail', Number.NaN],
  ] as const)('%j with errors as %s passes a share of %d', (found, errors, wanted) => {
    expect(outcomeValue({ kind: 'passRate' }, found, errors)).toBe(wanted);
  });

  test('a mean is the same whatever the order of the numbers', () => {
    expect(meanOf([0.3, 0.1, 0.2])).toBe(0.20000000000000004);
    expect(meanOf([0.1, 0.2, 0.3])).toBe(0.20000000000000004);
    expect(meanOf([])).toBeNaN();
  });

  test.each([
    [1, 0, 'lost'],
    [0, 1, 'gained'],
    [1, 1, null],
    [Number.NaN, 1, null],
    [1, Number.NaN, null],
  ] as const)('from %d to %d is %j', (baseline, candidate, wanted) => {
    expect(directionOfChange(baseline, candidate)).toBe(wanted);
  });
});
