/** What callers hand to the ledger, as plain data. */

import type { ColumnMapping } from '../cases/index.ts';
import type { Grade, Verdict } from '../findings/index.ts';
import type { Estimate } from '../stats/index.ts';

/** The texts found in a run's fingerprint columns; a change of judge or dataset breaks a trend visibly. */
export type Instruments = Readonly<Record<'judge' | 'dataset' | 'prompt', readonly string[]>> & {
  /** Absent from runs that were recorded before it was read. */
  readonly code?: readonly string[];
};

/** How many rows of a run were what; all in rows but `cases` and `maxTrials`. */
export interface RunCounts {
  readonly rows: number;
  readonly cases: number;
  readonly scored: number;
  readonly errors: number;
  readonly unscored: number;
  readonly maxTrials: number;
}

/** One run to remember. */
export interface RunRecord {
  /** Such as `main`, or the candidate's own name; any text but the empty one. */
  readonly name: string;
  readonly files: readonly string[];
  /** The engine's digest of the results, hex. */
  readonly fingerprint: string;
  /** Columns by role in `files`. */
  readonly mapping: ColumnMapping;
  readonly counts: RunCounts;
  readonly instruments?: Instruments;
  readonly gitCommit?: string | null;
  /**
   * Tells two recordings of the same results apart, such as the id of a CI job: the same name, fingerprint and time key
   * are one run. Without it, results that equal the newest run of the name are that run, and its age goes on counting.
   */
  readonly timeKey?: string;
  /** Writes the per-case outcomes to this path as Parquet (the engine's `writeRows`); absent keeps none. */
  readonly writeOutcomes?: (file: string) => Promise<ColumnMapping>;
}

/** What became of a run that was handed in. */
export interface RecordedRun {
  readonly id: string;
  readonly recordedAt: string;
  /** False where the ledger had this run already. */
  readonly isNew: boolean;
  /** The kept outcomes, null where there are none. */
  readonly file: string | null;
  /** Ids of older runs whose outcomes retention took away. */
  readonly removed: readonly string[];
}

/** What the ledger reads of a slice of a report; `SliceReport` is one. */
export interface GateSlice {
  readonly id: string;
  readonly role: string;
  readonly metric: string;
  readonly dimension: string;
  readonly value: string;
  readonly state: string;
  readonly direction: 'higher' | 'lower';
  readonly n: number;
  readonly baseline: Estimate | null;
  readonly candidate: Estimate | null;
  readonly delta: Estimate | null;
  readonly lost: number;
  readonly gained: number;
  readonly verdict: Verdict | null;
  readonly grade: Grade | null;
  readonly adjustedPValue: number | null;
}

/** The whole of a metric, as `OverallReport` has it. */
export type GateOverall = Pick<
  GateSlice,
  'metric' | 'n' | 'baseline' | 'candidate' | 'delta' | 'direction' | 'lost' | 'gained'
>;

/** What the ledger reads of a report; every `Report` is one. The document is stored whole. */
export interface GateDocument {
  readonly runHash: string;
  readonly verdict: Verdict;
  readonly exitCode: number;
  readonly ship: { readonly text: string };
  readonly policy: object;
  readonly baseline: { readonly fingerprint: string; readonly name: string | null } | null;
  readonly candidate: { readonly fingerprint: string; readonly name: string | null };
  readonly slices: readonly GateSlice[];
  readonly overall: readonly GateOverall[];
}

/** What a gate ran with that its report does not say. */
export interface GateContext {
  readonly codeVersion: string;
  readonly configFingerprint: string | null;
  /** Ids of `recordRun`, null where a side was not recorded. */
  readonly baselineRunId: string | null;
  readonly candidateRunId: string | null;
  /** The two runs are one system (a rerun of the baseline, or the same prompt and model): flips are noise. */
  readonly unchanged?: boolean;
  readonly gitCommit?: string | null;
  /** As in `RunRecord`; without it, a gate that says what the newest gate of these runs said is that gate. */
  readonly timeKey?: string;
}

/** Two runs of one unchanged system, by the ids of `recordRun`. */
export interface RerunRecord {
  readonly baselineRunId: string;
  readonly rerunRunId: string;
}

/** A decision that drift is counted from here on. */
export interface AnchorRecord {
  /** Name of the line of runs, such as `main`. */
  readonly name: string;
  /** The run to count from; the newest of the name where absent. */
  readonly runId?: string;
  readonly reason: string;
  readonly who: string;
}

/** One drawn item. The ledger keeps where it is, never its texts. */
export interface SelectedItem {
  readonly caseId: string;
  /** File and line. */
  readonly place: string;
  /** Which designs took it and why, such as `floor of customer=acme`. */
  readonly why: string;
  readonly stratum: string | null;
  /** Inclusion probability in (0, 1]; null where the design reaches only a part of the population, so no rate can use it. */
  readonly probability: number | null;
  /** Slice keys by dimension. */
  readonly slices: Readonly<Record<string, string>>;
}

/** Items that were drawn together. */
export interface SelectionRecord {
  /** Name of the queue, such as `review`. */
  readonly queue: string;
  /** What they were drawn for: `add to the eval set`, `quality control`, `second pass`. */
  readonly purpose: string;
  /** How they were drawn: designs, sizes, seed, files. JSON values only. */
  readonly design: Readonly<Record<string, unknown>>;
  /** Items that were drawn from. */
  readonly population: number;
  readonly items: readonly SelectedItem[];
}

/** `tag` and `comment` say something; `done` and `skip` close an item, `reopen` opens it again. */
export const QUEUE_EVENTS = ['tag', 'comment', 'done', 'skip', 'reopen'] as const;

export type QueueEventKind = (typeof QUEUE_EVENTS)[number];

/** What a person did with an item. */
export interface QueueEventRecord {
  readonly itemId: string;
  readonly kind: QueueEventKind;
  /** The tag or the comment; may be empty for the others. */
  readonly value: string;
  readonly who: string;
}

/** An event as the ledger wrote it, or had it already (`isNew` false). */
export interface Recorded {
  readonly id: string;
  readonly recordedAt: string;
  readonly isNew: boolean;
}
