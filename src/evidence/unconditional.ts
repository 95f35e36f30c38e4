/** Boschloo's test beside Fisher's for runs without common cases: shown, never gated. */

import { isBinary } from '../counts/index.ts';
import { boschlooTest } from '../stats/index.ts';
import { moments } from './moments.ts';
import type { SliceEvidence } from './types.ts';

/** Cases of both runs up to which the test is run: its cost grows with their number, and Fisher comes close beyond. */
const MOST_CASES = 1_000;

/** One-sided p in the direction of loss; null for paired runs, graded values, empty sides and large slices. */
export function unconditionalPValue({ test, tally, direction }: SliceEvidence): number | null {
  if (test?.name !== 'Fisher exact') return null;
  if (!isBinary(tally.baselineValues) || !isBinary(tally.candidateValues)) return null;
  const before = moments(tally.baselineValues);
  const after = moments(tally.candidateValues);
  if (before.n === 0 || after.n === 0 || before.n + after.n > MOST_CASES) return null;
  const counts = {
    candidatePasses: after.sum,
    candidateCases: after.n,
    baselinePasses: before.sum,
    baselineCases: before.n,
  };
  return boschlooTest(counts, direction === 'higher' ? 'less' : 'greater').pValue;
}
