/** The tail under compression (practice T5): 2,000 pairs, full precision against a quantised variant. */

import { pairSlices, type SliceSpec } from './paired-slices.ts';
import type { RunPair } from './rows.ts';

const TABLES: Readonly<Record<'int4' | 'int8', readonly SliceSpec[]>> = {
  /** -1.0 point overall, and the tail collapses: 17 to 8, 16 to 11 and 16 to 13 of 20, all losses. */
  int4: [
    { slice: 'core', n: 1940, before: 1752, lost: 20, gained: 17 },
    { slice: 'long context', n: 20, before: 17, lost: 9, gained: 0 },
    { slice: 'low-resource', n: 20, before: 16, lost: 5, gained: 0 },
    { slice: 'arithmetic', n: 20, before: 16, lost: 3, gained: 0 },
  ],
  /** -0.8 points overall, 60 flips (3 %) in both directions, tails of 200 cases within a margin of 5 points. */
  int8: [
    { slice: 'core', n: 1400, before: 1264, lost: 26, gained: 16 },
    { slice: 'long context', n: 200, before: 168, lost: 4, gained: 2 },
    { slice: 'low-resource', n: 200, before: 160, lost: 4, gained: 2 },
    { slice: 'arithmetic', n: 200, before: 162, lost: 4, gained: 2 },
  ],
};

/** Two runs with the slice column `capability`. */
export function quantization(variant: 'int4' | 'int8', seed = 2_000): RunPair {
  return pairSlices(TABLES[variant], { seed, column: 'capability' });
}
