/** The tables of "We shipped a model on a 2-point eval win. It was noise." */

import { pairSlices, type SliceSpec } from './paired-slices.ts';
import type { RunPair } from './rows.ts';

const TABLES = {
  /** 599 to 617 of 840, by 126 gained and 108 lost: nothing is shown. */
  noise: { slice: null, n: 840, before: 599, lost: 108, gained: 126 },
  /** 599 to 617 of 840, by 20 gained and 2 lost: a win. */
  win: { slice: null, n: 840, before: 599, lost: 2, gained: 20 },
  /** 421 to 429 of 500: 84.2 % against 85.8 %, the nearest that whole cases come to 85.7 %. No win. */
  'five hundred': { slice: null, n: 500, before: 421, lost: 30, gained: 38 },
} as const satisfies Record<string, SliceSpec>;

export type WinOrNoise = keyof typeof TABLES;

/** Two runs without any segment: `case_id`, `passed`, `input`. */
export function winOrNoise(kind: WinOrNoise, seed = 840): RunPair {
  return pairSlices([TABLES[kind]], {
    seed,
    column: null,
    describe: (_slice, number) => ({ input: `question ${number}` }),
  });
}
