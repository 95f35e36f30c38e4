/** One slice around the minimum of 20 cases, beside a large one (practice A-2). */

import { pairSlices, type SliceSpec } from './paired-slices.ts';
import type { RunPair } from './rows.ts';

export interface SmallSliceOptions {
  /** 19 cases are too few to gate, 20 are enough. */
  readonly n: 19 | 20;
  /**
   * The slice's rate in the candidate, in both cases from all but one passed before: `half` is 10 of 20 (or 9 of 19),
   * `high` is 19 of 20 (or 18 of 19), unchanged.
   */
  readonly rate: 'half' | 'high';
  /** Leaves the large slice out, so that no slice may reach the minimum. */
  readonly alone?: boolean;
  readonly seed?: number;
}

const LARGE: SliceSpec = { slice: 'common_flow', n: 200, before: 180, lost: 5, gained: 6 };

/** Segments `rare_flow` (19 or 20 cases) and, unless alone, `common_flow` (180 to 181 of 200). */
export function smallN({ n, rate, alone = false, seed = 20 }: SmallSliceOptions): RunPair {
  const before = n - 1;
  const lost = rate === 'half' ? before - Math.floor(n / 2) : 0;
  const small: SliceSpec = { slice: 'rare_flow', n, before, lost, gained: 0 };
  return pairSlices(alone ? [small] : [LARGE, small], { seed });
}
