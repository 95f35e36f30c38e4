/** The history of slices over releases, as plain data. */

import type { Verdict } from '../findings/index.ts';
import type { Estimate } from '../stats/index.ts';
import type { Segment } from './trend-segments.ts';

/** Which part of the history to read. */
export interface HistoryQuery {
  /** A slice id, a value, a dimension, or `dimension=value`; absent reads all slices. */
  readonly slice?: string;
  readonly metric?: string;
  /** Only gates with this run name on either side. */
  readonly name?: string;
  /** Newest gates shown; 20 unless told. Drift counts from the last anchor even where that is older. */
  readonly limit?: number;
}

/** How far a slice has moved since its stretch of history began. */
export interface Drift {
  /** Now minus then, in the metric's unit. */
  readonly change: Estimate;
  /**
   * `paired`: case by case. `recorded`: the gate compared with that very run.
   * `unpaired`: from the two estimates alone, which is wider.
   */
  readonly basis: 'paired' | 'recorded' | 'unpaired';
  readonly since: Pick<Segment, 'from' | 'at' | 'reason' | 'who'>;
  /** E-1: the loss since then is more than chance; the slice needs review whatever each single gate said. */
  readonly slide: boolean;
}

/** One gate as it saw one slice. */
export interface HistoryPoint {
  readonly gateId: string;
  readonly runHash: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly name: string | null;
  readonly gitCommit: string | null;
  /** The gate compared a system with itself. */
  readonly unchanged: boolean;
  readonly n: number;
  readonly candidate: Estimate | null;
  readonly delta: Estimate | null;
  /** Of the slice in that gate, and of the whole gate. */
  readonly verdict: Verdict | null;
  readonly releaseVerdict: Verdict;
  /** Instruments that changed right before this gate: what stands above is not comparable. */
  readonly breaks: readonly string[];
  readonly drift: Drift | null;
}

/** One slice over time, oldest gate first. `drift` is the last point's, paired where outcomes of both runs are kept. */
export interface HistorySeries {
  readonly sliceId: string;
  readonly metric: string;
  readonly dimension: string;
  readonly value: string;
  readonly state: string;
  readonly role: string;
  readonly direction: 'higher' | 'lower';
  readonly points: readonly HistoryPoint[];
  readonly drift: Drift | null;
  /** `REVIEW` where the drift is a slide, else null. */
  readonly verdict: 'REVIEW' | null;
}

export interface History {
  /** Slides first, then as in the newest gate. */
  readonly series: readonly HistorySeries[];
  /** Gates in the ledger that fit the query, beyond `limit` too. */
  readonly gates: number;
  /** Slides to expect among these series by chance alone. */
  readonly slidesByChance: number;
}
