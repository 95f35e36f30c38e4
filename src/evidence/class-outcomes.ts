/** The cases that a rate of one class looks at, as if they passed and failed: recall is the pass rate over the cases of its class. */

import type { Policy } from '../config/index.ts';
import {
  type ClassMeasure,
  compareCells,
  NO_LABEL,
  type OutcomeCell,
  type SideOutcome,
  type SliceCount,
} from '../counts/index.ts';
import { type ClassCounts, caseWorth, labelledCells } from './class-cells.ts';

const RIGHT: SideOutcome = { passed: 1, failed: 0, errors: 0, unscored: 0 };
const WRONG: SideOutcome = { passed: 0, failed: 1, errors: 0, unscored: 0 };
const ERROR: SideOutcome = { passed: 0, failed: 0, errors: 1, unscored: 0 };

/**
 * Outcomes of every slice, of which the pass rate is the metric; edited cases are left out, since nobody counts them by class.
 *
 * @returns null for metrics that are no rate over single cases, such as precision
 * @example classOutcomes({ kind: 'class', of: 'recall', label: 'fraud' }, classes, policy) // slices of cases that are fraud
 */
export function classOutcomes(
  measure: ClassMeasure,
  classes: ClassCounts,
  { errors }: Pick<Policy, 'errors'>,
): readonly SliceCount[] | null {
  if (measure.of !== 'recall' && measure.of !== 'specificity') return null;
  return classes.counts.slices.map((whole): SliceCount => {
    const slice = labelledCells(whole, { errors });
    const worth = caseWorth(measure, slice, classes)!;
    const { expected, baseline, candidate, cases } = slice.cells;
    const merged = new Map<string, OutcomeCell>();
    cases.forEach((count, i) => {
      const sides = [baseline[i]!, candidate[i]!].map((answer): SideOutcome | null => {
        if (answer === NO_LABEL.absent) return null;
        const isRight = worth(expected[i]!, answer) === 1;
        // An error answers no class, which is right of cases that are not of it.
        if (answer === NO_LABEL.error && !(isRight && errors === 'fail')) return ERROR;
        return isRight ? RIGHT : WRONG;
      });
      if (worth(expected[i]!, NO_LABEL.none) === null) return;
      const cell = { baseline: sides[0]!, candidate: sides[1]!, edited: false, cases: count };
      const name = JSON.stringify(sides);
      merged.set(name, { ...cell, cases: cell.cases + (merged.get(name)?.cases ?? 0) });
    });
    const { grouping, state, value } = whole;
    return { grouping, state, value, cells: [...merged.values()].sort(compareCells) };
  });
}
