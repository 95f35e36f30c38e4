/** A run that was opened, and the pair that a comparison opens. */

import type { OpenedRun } from '../sources/index.ts';

/** One run as it was opened, with what the ledger knows about it. */
export interface LoadedRun {
  readonly opened: OpenedRun;
  /** Text of the run column that selected it. */
  readonly run: string | null;
  readonly name: string | null;
  /** The run of the ledger that this is; null for files. */
  readonly recorded: { readonly runId: string; readonly name: string } | null;
  readonly ageDays: number | null;
}

/** The two runs of a comparison. */
export interface BothRuns {
  readonly baseline: LoadedRun | null;
  readonly candidate: LoadedRun;
}
