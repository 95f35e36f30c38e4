import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OutcomeCell, SideOutcome } from './cell.ts';
import { isBinary, type Tally, tallyCells } from './tally.ts';

const side = (passed: number, failed: number, errors = 0, unscored = 0): SideOutcome => ({
  passed,
  failed,
  errors,
  unscored,
});
const cell = (
  baseline: SideOutcome | null,
  candidate: SideOutcome | null,
  cases: number,
  edited = false,
): OutcomeCell => ({ baseline, candidate, cases, edited });

const MIXED = [
  cell(side(1, 0), side(1, 0), 30),
  cell(side(1, 0), side(0, 1), 4),
  cell(side(1, 0), side(0, 0, 1), 3),
  cell(side(0, 1), side(1, 0), 2),
  cell(side(0, 0, 0, 1), side(1, 0), 5),
  cell(side(1, 0), null, 6),
  cell(null, side(0, 1), 7),
  cell(side(1, 0), side(0, 1), 8, true),
];

describe('a tally of outcome cells', () => {
  it('puts every case in one place; errors count as failures', () => {
    expect(tallyCells(MIXED, { kind: 'passRate' }, { errors: 'fail' })).toEqual({
      cases: 65,
      compared: 39,
      onlyBaseline: 6,
      onlyCandidate: 7,
      edited: 8,
      unscored: 5,
      withErrors: 3,
      pairs: [
        { baseline: 0, candidate: 1, cases: 2 },
        { baseline: 1, candidate: 0, cases: 7 },
        { baseline: 1, candidate: 1, cases: 30 },
      ],
      baselineValues: [
        { value: 0, cases: 2 },
        { value: 1, cases: 43 },
      ],
      candidateValues: [
        { value: 0, cases: 14 },
        { value: 1, cases: 37 },
      ],
    } satisfies Tally);
  });

  it('makes cases of errors alone unscored where errors are left out', () => {
    const tally = tallyCells(MIXED, { kind: 'passRate' }, { errors: 'exclude' });
    expect(tally).toMatchObject({ cases: 65, compared: 36, unscored: 8, withErrors: 0 });
  });

  it('drops whole pairs with an error where it is asked what remains without them', () => {
    const tally = tallyCells(MIXED, { kind: 'passRate' }, { errors: 'fail', withoutErrorPairs: true });
    expect(tally).toMatchObject({ cases: 62, compared: 36, withErrors: 0 });
    expect(tally.pairs).toContainEqual({ baseline: 1, candidate: 0, cases: 4 });
  });

  it('adds up cells that have one pair of values', () => {
    const cells = [cell(side(2, 0), side(1, 1), 3), cell(side(4, 0), side(2, 2), 2)];
    expect(tallyCells(cells, { kind: 'passRate' }, { errors: 'fail' }).pairs).toEqual([
      { baseline: 1, candidate: 0.5, cases: 5 },
    ]);
  });

  it('adds up for any cells, whatever their order', () => {
    const outcome = fc.option(
      fc.record({ passed: fc.nat(3), failed: fc.nat(3), errors: fc.nat(2), unscored: fc.nat(2) }),
      { nil: null },
    );
    const anyCell = fc.record({
      baseline: outcome,
      candidate: outcome,
      edited: fc.boolean(),
      cases: fc.integer({ min: 1, max: 50 }),
    });
    const measures = fc.constantFrom(
      { kind: 'passRate' } as const,
      { kind: 'errorRate' } as const,
      { kind: 'passAtK', k: 2 } as const,
    );
    fc.assert(
      fc.property(
        fc.array(anyCell),
        measures,
        fc.constantFrom('fail', 'exclude'),
        (cells, measure, errors) => {
          const tally = tallyCells(cells, measure, { errors });
          const sum = (counts: readonly { readonly cases: number }[]) =>
            counts.reduce((total, { cases }) => total + cases, 0);
          expect(tally.cases).toBe(sum(cells));
          expect(
            tally.compared + tally.onlyBaseline + tally.onlyCandidate + tally.edited + tally.unscored,
          ).toBe(tally.cases);
          expect(sum(tally.pairs)).toBe(tally.compared);
          expect(sum(tally.baselineValues)).toBeGreaterThanOrEqual(tally.compared);
          expect(sum(tally.candidateValues)).toBeGreaterThanOrEqual(tally.compared);
          expect(tally.withErrors).toBeLessThanOrEqual(tally.compared);
          expect(tallyCells(cells.toReversed(), measure, { errors })).toEqual(tally);
        },
      ),
      { numRuns: 150 },
    );
  });
});

it('binary values are 0 and 1 alone', () => {
  expect(
    isBinary([
      { value: 0, cases: 1 },
      { value: 1, cases: 2 },
    ]),
  ).toBe(true);
  expect(isBinary([])).toBe(true);
  expect(isBinary([{ value: 0.5, cases: 1 }])).toBe(false);
});

it('counts compared cases with more trials in the candidate', () => {
  const cells = [
    cell(side(1, 0), side(3, 2), 4),
    cell(side(3, 2), side(1, 0), 8),
    cell(side(1, 1), side(1, 1), 16),
    cell(side(0, 0, 0, 1), side(1, 0), 32),
    cell(side(1, 0), side(2, 0), 64, true),
    cell(side(1, 0), side(0, 1, 1), 128),
  ];
  const moreTrials = (errors: 'fail' | 'exclude') =>
    tallyCells(cells, { kind: 'passRate' }, { errors }).moreTrials;
  expect(moreTrials('fail')).toBe(4 + 128);
  expect(moreTrials('exclude')).toBe(4);
  expect(tallyCells(MIXED, { kind: 'passRate' }, { errors: 'fail' })).not.toHaveProperty('moreTrials');
});
