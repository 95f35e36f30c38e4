/** What it means that nothing changed: a source of releases in which the two runs are equally good. */

import type { SliceCount, UnitTable } from '../../counts/index.ts';
import type { SliceKey } from '../../slices/index.ts';

/**
 * - `label swap`: each case swaps its two results with probability 1/2; the paired path of the gate.
 * - `relabelled`: the cases of both runs are dealt anew to two runs of the same sizes; the unpaired path.
 * - `split halves`: one run is dealt into two halves that share no case; the unpaired path.
 */
export type UnchangedMode = 'label swap' | 'relabelled' | 'split halves';

/** One release, as much of it as the gate looks at. */
export interface DrawnRelease {
  /** Every slice of the gated groupings, and of all cases. */
  readonly counts: readonly SliceCount[];
  /** Values of single cases by metric; empty where counts are enough. */
  readonly units: ReadonlyMap<string, UnitTable>;
}

/** Draws unchanged releases; the same replicate is the same release. */
export interface UnchangedModel {
  readonly mode: UnchangedMode;
  readonly pairing: 'paired' | 'unpaired';
  /** Whether counts or single cases were drawn, and what is kept, in words. */
  readonly method: string;
  draw(replicate: number): DrawnRelease;
  /**
   * The release with a loss of pass rate in one slice: randomly chosen cases that passed in the candidate fail.
   *
   * @param drop share of the slice's cases, in (0,1]; where fewer passed, all of them fail
   */
  plant(release: DrawnRelease, slice: SliceKey, drop: number, replicate: number): DrawnRelease;
}

/** Streams of random numbers of one seed, apart from each other. */
export const STREAMS = { swap: 0, deal: 0x4000_0000, plant: 0x8000_0000, units: 0xc000_0000 } as const;
