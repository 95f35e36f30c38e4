/** What `slicewise splits overlap` found. */

import type { DraftLabels, OverlapScore, StoreOverlap } from '../../checks/index.ts';
import type { NeighbourReport } from './nearest-rows.ts';
import type { OverlapVerdict } from './verdict.ts';

/** A case that shares long runs of words with a corpus. */
export interface ContaminatedCase {
  readonly caseId: string;
  readonly hits: number;
  readonly positions: number;
  /** Words of the longest shared stretch. */
  readonly longest: number;
  readonly sources: readonly { readonly file: string; readonly line: number; readonly runs: number }[];
}

/** Long runs of words that a corpus shares with the cases. */
export interface ContaminationReport {
  readonly files: readonly string[];
  readonly texts: number;
  readonly n: number;
  readonly stopItems: number;
  readonly stopRuns: number;
  /** Cases with a text, and those of at least n words. */
  readonly cases: number;
  readonly longCases: number;
  readonly found: readonly ContaminatedCase[];
  /** Share of a case's positions from which on it counts as contaminated. */
  readonly share: number;
  readonly contaminated: number;
  readonly candidate: OverlapScore | null;
}

/** The whole answer. */
export interface OverlapReport {
  readonly kind: 'overlap';
  readonly verdict: OverlapVerdict;
  readonly headline: string;
  readonly evalFiles: readonly string[];
  readonly cases: number;
  /** Cases of the eval set that the run has no result of; null without a run. */
  readonly withoutResult: number | null;
  readonly stores: readonly StoreOverlap[];
  /** Weak evidence, asked for; empty otherwise. */
  readonly neighbours: readonly NeighbourReport[];
  readonly contamination: ContaminationReport | null;
  readonly drafts: readonly DraftLabels[];
  /** Texts stand in the document and in the answer. */
  readonly texts: boolean;
  /** Files that were written, with their rows. */
  readonly written: readonly { readonly path: string; readonly rows: number }[];
  readonly notes: readonly string[];
}
