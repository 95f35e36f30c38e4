/** From which p-value a single slice blocks, given what the other slices of its family could show at all. */

import type { Policy } from '../../config/index.ts';
import type { LossTest, SliceEvidence } from '../../evidence/index.ts';
import { adjustFamily, type Hypothesis, smallestAttainable } from '../../gate/index.ts';

/** One family of slices that are corrected together. */
export interface Family {
  readonly slices: readonly SliceEvidence[];
  /** Its part of the block budget. */
  readonly budget: number;
  /** What a slice has for itself when the budget is shared out evenly. */
  readonly share: number;
  /** Largest p-value with which one slice alone blocks; null where no p-values exist. */
  readonly threshold: number | null;
}

/** Builds the family; the correction is that of the gate, as if no case were in two slices. */
export function familyOf(slices: readonly SliceEvidence[], budget: number, policy: Policy): Family {
  const tests = slices.flatMap(({ test }) => (test === null ? [] : [test]));
  const share = policy.multiplicity === 'none' ? budget : budget / Math.max(1, slices.length);
  return { slices, budget, share, threshold: tests.length === 0 ? null : thresholdOf(tests, budget, policy) };
}

function thresholdOf(tests: readonly LossTest[], budget: number, { multiplicity }: Policy): number {
  const blocks = (p: number) => {
    const hypotheses = tests.map(
      (test, i): Hypothesis => ({ test: { ...test, pValue: i === 0 ? p : 1 }, joint: null }),
    );
    const { values } = adjustFamily(hypotheses, multiplicity, true, budget);
    return (values[0].adjusted ?? 1) <= budget;
  };
  if (blocks(budget)) return budget;
  let [low, high] = [Math.log(budget) - 40, Math.log(budget)];
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (blocks(Math.exp(middle))) low = middle;
    else high = middle;
  }
  return Math.exp(low);
}

/**
 * Whether a slice could not have blocked whatever happened to the cases that flipped in it: with m flips no p-value is below
 * 2^-m. Null where p-values are continuous or none exist.
 */
export function isBlind({ test }: SliceEvidence, { threshold }: Family): boolean | null {
  if (test === null || threshold === null) return null;
  if (test.name !== 'exact McNemar' && test.name !== 'Fisher exact') return null;
  return smallestAttainable(test) > threshold;
}
