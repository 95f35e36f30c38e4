/** The tables of the ledger as they stand after the newest migration. Times are ISO 8601 in UTC; JSON is text. */

import type { Generated } from 'kysely';
import type { Grade, Verdict } from '../findings/index.ts';

export type EventKind =
  | 'run'
  | 'gate'
  | 'anchor'
  | 'removal'
  | 'rerun'
  | 'selection'
  | 'queue'
  | 'decision'
  | 'note';

/** Everything that ever happened, in order. `key` says what makes an event the same event when it is told twice. */
export interface EventsTable {
  readonly seq: Generated<number>;
  readonly id: string;
  readonly kind: EventKind;
  readonly key: string;
  readonly recorded_at: string;
}

/** One recorded run; `outcomes_mapping` is null where no per-case outcomes were kept. */
export interface RunsTable {
  readonly seq: number;
  readonly id: string;
  readonly recorded_at: string;
  readonly name: string;
  readonly fingerprint: string;
  readonly files: string;
  readonly mapping: string;
  readonly rows: number;
  readonly cases: number;
  readonly scored: number;
  readonly errors: number;
  readonly unscored: number;
  readonly max_trials: number;
  readonly instruments: string;
  readonly git_commit: string | null;
  readonly outcomes_mapping: string | null;
  readonly outcomes_bytes: number | null;
  readonly outcomes_sha256: string | null;
}

/** One gate: what was compared, with which rules and program, and what came out. */
export interface GatesTable {
  readonly seq: number;
  readonly id: string;
  readonly recorded_at: string;
  readonly run_hash: string;
  readonly config_fingerprint: string | null;
  readonly code_version: string;
  readonly git_commit: string | null;
  readonly baseline_run_id: string | null;
  readonly candidate_run_id: string | null;
  readonly baseline_name: string | null;
  readonly candidate_name: string | null;
  readonly baseline_fingerprint: string | null;
  readonly candidate_fingerprint: string;
  readonly unchanged: number;
  readonly verdict: Verdict;
  readonly exit_code: number;
  readonly ship: string;
  readonly policy: string;
  readonly report: string;
}

/** One slice (or the whole, role `overall`) of one gate. Intervals are at `level`; rates are in [0, 1]. */
export interface GateSlicesTable {
  readonly gate_seq: number;
  readonly position: number;
  readonly slice_id: string;
  readonly role: string;
  readonly metric: string;
  readonly dimension: string;
  readonly value: string;
  readonly state: string;
  readonly direction: 'higher' | 'lower';
  readonly n: number;
  readonly level: number | null;
  readonly method: string | null;
  readonly baseline: number | null;
  readonly baseline_lower: number | null;
  readonly baseline_upper: number | null;
  readonly candidate: number | null;
  readonly candidate_lower: number | null;
  readonly candidate_upper: number | null;
  readonly delta: number | null;
  readonly delta_lower: number | null;
  readonly delta_upper: number | null;
  readonly lost: number;
  readonly gained: number;
  readonly verdict: Verdict | null;
  readonly grade: Grade | null;
  readonly adjusted_p: number | null;
}

/** A decision by a person that drift is counted from this run on. */
export interface AnchorsTable {
  readonly seq: number;
  readonly id: string;
  readonly recorded_at: string;
  readonly name: string;
  readonly run_id: string;
  readonly reason: string;
  readonly who: string;
}

/** Outcome files that retention took away. */
export interface RemovalsTable {
  readonly seq: number;
  readonly id: string;
  readonly recorded_at: string;
  readonly run_id: string;
  readonly reason: string;
}

/** A second run of the same unchanged system: what differs between the two is noise. */
export interface RerunsTable {
  readonly seq: number;
  readonly id: string;
  readonly recorded_at: string;
  readonly baseline_run_id: string;
  readonly rerun_run_id: string;
}

/** Items that were selected together. `design` is JSON: how they were drawn. */
export interface SelectionsTable {
  readonly seq: number;
  readonly id: string;
  readonly recorded_at: string;
  readonly queue: string;
  readonly purpose: string;
  readonly design: string;
  readonly population: number;
}

/** One item to look at. `probability` is null where the design reaches only a part of the population; `slices` is JSON. */
export interface QueueItemsTable {
  readonly id: string;
  readonly selection_seq: number;
  readonly position: number;
  readonly case_id: string;
  readonly place: string;
  readonly why: string;
  readonly stratum: string | null;
  readonly probability: number | null;
  readonly slices: string;
}

/** What a person did with an item. */
export interface QueueEventsTable {
  readonly seq: number;
  readonly id: string;
  readonly recorded_at: string;
  readonly item_id: string;
  readonly kind: string;
  readonly value: string;
  readonly who: string;
}

/** What a person decided about a slice or a check of one run. Exactly one of `slice` and `check_id` is not null. */
export interface DecisionsTable {
  readonly seq: number;
  readonly id: string;
  readonly recorded_at: string;
  readonly run_hash: string;
  readonly decision: string;
  readonly slice: string | null;
  readonly check_id: string | null;
  readonly reason: string;
  readonly owner: string;
  readonly reviewer: string | null;
  readonly expires: string | null;
  readonly cases: number | null;
  readonly who: string;
}

/** What a person noted about a case, in whatever queue it is or is not. */
export interface CaseNotesTable {
  readonly seq: number;
  readonly id: string;
  readonly recorded_at: string;
  readonly case_id: string;
  readonly kind: string;
  readonly value: string;
  readonly who: string;
}

export interface SchemaVersionTable {
  readonly version: number;
  readonly name: string;
  readonly applied_at: string;
}

export interface LedgerTables {
  readonly schema_version: SchemaVersionTable;
  readonly events: EventsTable;
  readonly runs: RunsTable;
  readonly gates: GatesTable;
  readonly gate_slices: GateSlicesTable;
  readonly anchors: AnchorsTable;
  readonly removals: RemovalsTable;
  readonly reruns: RerunsTable;
  readonly selections: SelectionsTable;
  readonly queue_items: QueueItemsTable;
  readonly queue_events: QueueEventsTable;
  readonly decisions: DecisionsTable;
  readonly case_notes: CaseNotesTable;
}
