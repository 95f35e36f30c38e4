/** Questions about queues, tags and comments of people. */

import type { Endpoint, NoParams } from './endpoint.ts';
import type { ReviewEndpoints } from './review.ts';
import type { WithoutLedger } from './runs.ts';

/** A word of the taxonomy. `data`: what is poor about the case itself; `error`: what the answer got wrong; `own`: a team's own. */
export interface TagWord {
  readonly tag: string;
  readonly group: 'data' | 'error' | 'own';
  readonly means: string;
  /** Cases that have it now. */
  readonly cases: number;
}

/** How many items of a queue are in which state. */
export interface QueueCounts {
  readonly items: number;
  readonly open: number;
  readonly done: number;
  readonly skipped: number;
}

export interface QueueHead extends QueueCounts {
  readonly queue: string;
  readonly purposes: readonly string[];
  /** When items were last put in. */
  readonly newest: string;
  /** Items with a known inclusion probability: only these can be turned into a rate. */
  readonly withProbability: number;
}

/** Fresh cases that somebody asked for while reviewing. */
export interface FreshRequest {
  readonly at: string;
  readonly who: string;
  readonly owner: string;
  readonly reason: string;
  readonly runHash: string;
  readonly slice: string;
  readonly cases: number;
  /** Items of this slice that were drawn into a queue since. */
  readonly drawn: number;
  readonly command: string;
}

export type QueuesAnswer =
  | WithoutLedger
  | {
      readonly state: 'recorded';
      readonly queues: readonly QueueHead[];
      readonly tags: readonly TagWord[];
      readonly requests: readonly FreshRequest[];
    };

export interface QueueParams {
  readonly queue: string;
  readonly state: 'open' | 'closed' | 'all';
  /** Only items of cases with this tag; empty for any. */
  readonly tag: string;
  readonly offset: number;
  readonly limit: number;
}

/** One event of an item. */
export interface WorkEvent {
  readonly kind: 'tag' | 'untag' | 'comment' | 'done' | 'skip' | 'reopen';
  readonly value: string;
  readonly who: string;
  readonly at: string;
  /** The queue in whose item it was written; null for the case itself. */
  readonly queue: string | null;
}

export interface QueueRow {
  readonly itemId: string;
  readonly caseId: string;
  readonly purpose: string;
  readonly selectedAt: string;
  readonly place: string;
  readonly why: string;
  readonly stratum: string | null;
  /** In (0, 1]; null where no rate can use the item. */
  readonly probability: number | null;
  readonly slices: readonly { readonly column: string; readonly value: string }[];
  readonly state: 'open' | 'done' | 'skipped';
  /** Of the case, in whatever queue they were written. */
  readonly tags: readonly string[];
  readonly events: readonly WorkEvent[];
}

export type QueueAnswer =
  | WithoutLedger
  | {
      readonly state: 'recorded';
      readonly queue: string;
      readonly counts: QueueCounts;
      /** Items under the filters. */
      readonly total: number;
      readonly rows: readonly QueueRow[];
      readonly words: readonly TagWord[];
    };

export interface QueueEventParams {
  readonly itemId: string;
  readonly kind: 'tag' | 'comment' | 'done' | 'skip' | 'reopen';
  readonly value: string;
  readonly who: string;
}

/** Whether the ledger has it from now on, and whether it was news. */
export interface Written {
  readonly id: string;
  readonly at: string;
  readonly isNew: boolean;
}

export interface EnqueueParams {
  readonly queue: string;
  readonly purpose: string;
  readonly why: string;
  /** At most 1,000 case ids of the comparison. */
  readonly caseIds: readonly string[];
}

export interface CaseParams {
  readonly caseId: string;
}

export type CaseTagsAnswer =
  | WithoutLedger
  | {
      readonly state: 'recorded';
      readonly tags: readonly string[];
      /** Oldest first. */
      readonly events: readonly WorkEvent[];
      readonly words: readonly TagWord[];
    };

export interface TagCaseParams {
  readonly caseId: string;
  readonly tag: string;
  /** Puts it on, or takes it off. */
  readonly on: boolean;
  readonly who: string;
}

export interface CommentCaseParams {
  readonly caseId: string;
  readonly text: string;
  readonly who: string;
}

export interface WorkEndpoints extends ReviewEndpoints {
  readonly queues: Endpoint<NoParams, QueuesAnswer>;
  readonly queue: Endpoint<QueueParams, QueueAnswer>;
  readonly 'queue-event': Endpoint<QueueEventParams, Written, true>;
  readonly enqueue: Endpoint<EnqueueParams, Written, true>;
  readonly 'case-tags': Endpoint<CaseParams, CaseTagsAnswer>;
  readonly 'tag-case': Endpoint<TagCaseParams, Written, true>;
  readonly 'comment-case': Endpoint<CommentCaseParams, Written, true>;
}
