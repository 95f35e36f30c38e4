/** What an overlap leads to. */

import { overlapVerdict, type StoreOverlap } from '../../checks/index.ts';

/** The base verdicts that an overlap can have. */
export type OverlapVerdict = 'PASS' | 'REVIEW' | 'INVALID' | 'UNTESTED';

/** Exit code of each, as the gate's. */
export const OVERLAP_EXIT_CODES: Readonly<Record<OverlapVerdict, number>> = {
  PASS: 0,
  REVIEW: 3,
  INVALID: 4,
  UNTESTED: 4,
};

/** The worst verdict of the stores; UNTESTED where no case could be compared with any. */
export function worstVerdict(
  stores: readonly StoreOverlap[],
  contaminated: number | null,
  margin: number,
): OverlapVerdict {
  const verdicts = stores.map((store) => overlapVerdict(store, margin));
  if (verdicts.includes('INVALID')) return 'INVALID';
  if (verdicts.includes('REVIEW') || (contaminated ?? 0) > 0) return 'REVIEW';
  const compared = stores.reduce((sum, store) => sum + store.compared, 0);
  return compared === 0 && contaminated === null ? 'UNTESTED' : 'PASS';
}
