/** What a metric is: a value per case, made from counts or from a column, and the direction in which it is good. */

import type { OutcomeCell, SideOutcome } from './cell.ts';
import { type ClassMeasure, classBounds, isClassRate } from './class-measure.ts';

/**
 * How a metric reads one case. Outcome measures are functions of the trial counts of a case, so they need no rows;
 * column measures need the case's numbers.
 */
export type Measure =
  | { readonly kind: 'passRate' }
  | { readonly kind: 'errorRate' }
  | { readonly kind: 'passAtK' | 'passHatK'; readonly k: number }
  | { readonly kind: 'flakiness' }
  | {
      readonly kind: 'mean';
      readonly column: string;
      readonly direction: 'higher' | 'lower';
      readonly bounds: readonly [number, number] | null;
    }
  | {
      readonly kind: 'quantile';
      readonly column: string;
      readonly q: number;
      readonly direction: 'higher' | 'lower';
    }
  | ClassMeasure;

/** A measure whose value per case follows from the counts of its trials. */
export type OutcomeMeasure = Exclude<Measure, { readonly kind: 'mean' | 'quantile' | 'class' }>;

/** Whether more is better. */
export function directionOf(measure: Measure): 'higher' | 'lower' {
  switch (measure.kind) {
    case 'mean':
    case 'quantile':
      return measure.direction;
    case 'class':
      return measure.of === 'cost' ? 'lower' : 'higher';
    case 'errorRate':
    case 'flakiness':
      return 'lower';
    default:
      return 'higher';
  }
}

/** Natural bounds of the case values, or null where there are none. */
export function boundsOf(measure: Measure): readonly [number, number] | null {
  if (measure.kind === 'mean') return measure.bounds;
  if (measure.kind === 'class') return classBounds(measure);
  return measure.kind === 'quantile' ? null : [0, 1];
}

/** Whether values are shares that read as percentages. */
export function isRate(measure: Measure): boolean {
  if (measure.kind === 'class') return isClassRate(measure);
  return measure.kind !== 'mean' && measure.kind !== 'quantile';
}

export function isOutcomeMeasure(measure: Measure): measure is OutcomeMeasure {
  return measure.kind !== 'mean' && measure.kind !== 'quantile' && measure.kind !== 'class';
}

/**
 * The value of one case in one run, or null where it has none (no usable trial, or fewer trials than k).
 *
 * With `errors: 'fail'` an errored trial counts as a failed one; with `'exclude'` it is left out. Unscored trials are
 * always left out. pass@k and pass^k follow Chen et al. 2021 and Yao et al. 2024; flakiness is the chance that two
 * trials disagree, 2c(T-c)/(T(T-1)).
 *
 * @example caseValue({ kind: 'passRate' }, { passed: 2, failed: 1, errors: 0, unscored: 0 }, 'fail') // 0.666...
 */
export function caseValue(
  measure: OutcomeMeasure,
  side: SideOutcome,
  errors: 'fail' | 'exclude',
): number | null {
  const { passed } = side;
  if (measure.kind === 'errorRate') {
    const rows = passed + side.failed + side.errors + side.unscored;
    return rows === 0 ? null : side.errors / rows;
  }
  const trials = passed + side.failed + (errors === 'fail' ? side.errors : 0);
  if (trials === 0) return null;
  switch (measure.kind) {
    case 'passRate':
      return passed / trials;
    case 'passAtK':
      return measure.k > trials ? null : 1 - chooseRatio(trials - passed, trials, measure.k);
    case 'passHatK':
      return measure.k > trials ? null : chooseRatio(passed, trials, measure.k);
    case 'flakiness':
      return trials < 2 ? null : (2 * passed * (trials - passed)) / (trials * (trials - 1));
  }
}

/** C(a, k) / C(n, k) without large numbers. */
function chooseRatio(a: number, n: number, k: number): number {
  let ratio = 1;
  for (let i = 0; i < k; i++) ratio *= Math.max(0, a - i) / (n - i);
  return ratio;
}

/** Whether a case has an error row in either run. */
export function hasError(cell: OutcomeCell): boolean {
  return (cell.baseline?.errors ?? 0) > 0 || (cell.candidate?.errors ?? 0) > 0;
}
