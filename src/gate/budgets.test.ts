import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY, defaultConfirmation } from '../config/index.ts';
import { splitBudgets } from './budgets.ts';

const confirmation = { casesPerNominee: 150, ...defaultConfirmation(0.05) };

describe('the budgets', () => {
  it.each([
    ['nothing special', {}, {}, { delta: 0.05, critical: 0, other: 0.05, floors: 0 }],
    ['a floor', {}, { hasFloors: true }, { delta: 0.04, critical: 0, other: 0.04, floors: 0.01 }],
    ['critical slices', {}, { hasCritical: true }, { delta: 0.05, critical: 0.04, other: 0.01, floors: 0 }],
    [
      'critical slices alone',
      {},
      { hasCritical: true, hasOther: false },
      { delta: 0.05, critical: 0.05, other: 0, floors: 0 },
    ],
    [
      'a floor and critical slices',
      {},
      { hasFloors: true, hasCritical: true },
      { delta: 0.04, critical: 0.032, other: 0.008, floors: 0.01 },
    ],
    ['a confirmation stage', { confirmation }, {}, { delta: 0.02, critical: 0, other: 0.02, floors: 0 }],
    [
      'a confirmation stage and a floor',
      { confirmation },
      { hasFloors: true },
      { delta: 0.016, critical: 0, other: 0.016, floors: 0.01 },
    ],
  ])('with %s', (_name, policy, needs, expected) => {
    const budgets = splitBudgets(
      { ...DEFAULT_POLICY, ...policy },
      { hasFloors: false, hasCritical: false, hasOther: true, ...needs },
    );
    for (const [part, share] of Object.entries(expected)) {
      expect(budgets[part as keyof typeof expected], part).toBeCloseTo(share, 14);
    }
    expect(budgets.review).toBe(0.25);
  });

  it('never spend more than the block budget, and what critical slices and others have is the whole for deltas', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.5, noNaN: true }),
        fc.record({ hasFloors: fc.boolean(), hasCritical: fc.boolean(), hasOther: fc.boolean() }),
        (blockBudget, needs) => {
          const budgets = splitBudgets({ ...DEFAULT_POLICY, blockBudget }, needs);
          expect(budgets.delta + budgets.floors).toBeLessThanOrEqual(blockBudget * (1 + 1e-12));
          expect(budgets.critical + budgets.other).toBeCloseTo(budgets.delta, 12);
        },
      ),
      { numRuns: 100 },
    );
  });
});
