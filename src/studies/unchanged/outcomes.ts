/** Outcomes of one case, turned round: what swapping, keeping the level and planting a loss do to them. */

import { caseValue, type OutcomeCell, type SideOutcome } from '../../counts/index.ts';

/** How errors count. */
export type ErrorRule = 'fail' | 'exclude';

/** Whether a cell takes part in paired comparisons. */
export function isPaired({ baseline, candidate, edited }: OutcomeCell): boolean {
  return !edited && baseline !== null && candidate !== null;
}

/** Pass share of one run, null where it has none. */
export function passValue(side: SideOutcome | null, errors: ErrorRule): number | null {
  return side === null ? null : caseValue({ kind: 'passRate' }, side, errors);
}

/** The same number of usable trials, all passed. */
export function passing({ passed, failed, errors, unscored }: SideOutcome, rule: ErrorRule): SideOutcome {
  return rule === 'fail'
    ? { passed: passed + failed + errors, failed: 0, errors: 0, unscored }
    : { passed: passed + failed, failed: 0, errors, unscored };
}

/** The same number of usable trials, all failed. */
export function failing({ passed, failed, errors, unscored }: SideOutcome): SideOutcome {
  return { passed: 0, failed: passed + failed, errors, unscored };
}

/** Whether two outcomes are the same, so that swapping them changes nothing. */
export function isSame(a: SideOutcome, b: SideOutcome): boolean {
  return a.passed === b.passed && a.failed === b.failed && a.errors === b.errors && a.unscored === b.unscored;
}
