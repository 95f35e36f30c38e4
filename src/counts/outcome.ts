/** Outcomes of cases: their canonical order, and the value that a case contributes. */

import type { OutcomeCell, SideOutcome } from './cell.ts';
import { caseValue, type OutcomeMeasure } from './metric.ts';

/**
 * The canonical order of outcomes: a run without the case comes last, else ascending by trials passed, failed, in error
 * and unscored.
 *
 * @returns a negative number, zero or a positive number, as for Array.prototype.sort
 * @example compareOutcomes({ passed: 0, failed: 1, errors: 0, unscored: 0 }, null) // -1
 */
export function compareOutcomes(a: SideOutcome | null, b: SideOutcome | null): number {
  if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0);
  return a.passed - b.passed || a.failed - b.failed || a.errors - b.errors || a.unscored - b.unscored;
}

/**
 * The canonical order of the cells of a slice: unedited cases first, then by the baseline's outcome, then by the
 * candidate's (see `compareOutcomes`). The number of cases plays no part, as each pair of outcomes stands once.
 *
 * @returns a negative number, zero or a positive number, as for Array.prototype.sort
 */
export function compareCells(a: OutcomeCell, b: OutcomeCell): number {
  return (
    Number(a.edited) - Number(b.edited) ||
    compareOutcomes(a.baseline, b.baseline) ||
    compareOutcomes(a.candidate, b.candidate)
  );
}

/**
 * The value of one case in one run, or NaN where it has none or the run has no row of the case.
 *
 * @example outcomeValue({ kind: 'passRate' }, { passed: 1, failed: 0, errors: 9, unscored: 0 }, 'fail') // 0.1
 * @example outcomeValue({ kind: 'passRate' }, { passed: 1, failed: 0, errors: 9, unscored: 0 }, 'exclude') // 1
 */
export function outcomeValue(
  measure: OutcomeMeasure,
  outcome: SideOutcome | null,
  errors: 'fail' | 'exclude',
): number {
  if (outcome === null) return Number.NaN;
  return caseValue(measure, outcome, errors) ?? Number.NaN;
}

/**
 * The mean of one case's numbers, the same whatever their order: they are added from the lowest to the highest.
 * NaN where there are none.
 *
 * @example meanOf([0.3, 0.1, 0.2]) // 0.20000000000000004
 */
export function meanOf(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  let sum = 0;
  for (const value of values.toSorted((a, b) => a - b)) sum += value;
  return sum / values.length;
}

/**
 * Which way a case went between the runs, or null where a value is missing or both are equal.
 *
 * @example directionOfChange(1, 0) // 'lost'
 */
export function directionOfChange(baseline: number, candidate: number): 'lost' | 'gained' | null {
  if (candidate < baseline) return 'lost';
  return candidate > baseline ? 'gained' : null;
}
