/** What people hand to the ledger about their work, as plain data: decisions about a release, notes about cases. */

/** `uphold`: the block stands. `waive`: an exception for one run. `fresh`: cases are asked for before anybody decides. */
export const DECISIONS = ['uphold', 'waive', 'fresh'] as const;

export type DecisionKind = (typeof DECISIONS)[number];

/** What a decision is about: one slice of the run, or one check. */
export type DecisionTarget = { readonly slice: string } | { readonly check: string };

/** What a person decided. Each kind has what it needs and nothing else. */
export interface DecisionRecord {
  readonly runHash: string;
  readonly decision: DecisionKind;
  readonly target: DecisionTarget;
  readonly reason: string;
  /** Who carries the exception, or mends what fell. */
  readonly owner: string;
  /** Who agreed to a waiver; null for the others. */
  readonly reviewer: string | null;
  /** Last day of a waiver, ISO; null for the others. */
  readonly expires: string | null;
  /** Fresh cases asked for, at least 1; null for the others. */
  readonly cases: number | null;
  /** Who wrote it down. */
  readonly who: string;
}

/** A decision as the ledger has it. */
export interface Decision extends DecisionRecord {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** `tag` and `untag` put a word on a case and take it off; `comment` says something. */
export const NOTE_KINDS = ['tag', 'untag', 'comment'] as const;

export type NoteKind = (typeof NOTE_KINDS)[number];

/** What a person noted about a case. */
export interface CaseNoteRecord {
  readonly caseId: string;
  readonly kind: NoteKind;
  /** The tag or the comment; not empty. */
  readonly value: string;
  readonly who: string;
}

/** One note or event about a case, wherever it was written. */
export interface CaseNote {
  readonly kind: 'tag' | 'untag' | 'comment' | 'done' | 'skip' | 'reopen';
  readonly value: string;
  readonly who: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The queue in whose item it was written; null for the case itself. */
  readonly queue: string | null;
}

/** Everything that people said of one case. */
export interface NotedCase {
  readonly caseId: string;
  /** Tags that are on it now, in order of first mention. */
  readonly tags: readonly string[];
  /** Oldest first. */
  readonly notes: readonly CaseNote[];
}
