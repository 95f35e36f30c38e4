/** Questions about a blocked release and what people decide about it. */

import type { Verdict } from '../../findings/index.ts';
import type { Estimate } from '../../stats/index.ts';
import type { Endpoint } from './endpoint.ts';

/** One earlier comparison of a case. */
export interface FlipMark {
  readonly at: string;
  readonly baseline: string;
  readonly candidate: string;
  readonly unchanged: boolean;
  /** Shares of trials passed. */
  readonly before: number;
  readonly after: number;
}

/**
 * What its past says of a lost case. `steady`: compared before and never flipped. `new`: no recorded comparison. `moved`: flipped
 * before, when something had changed. `flaky`: flipped although nothing had changed.
 */
export type Standing = 'steady' | 'new' | 'moved' | 'flaky';

/** One case that was lost. Texts are cut at 500 characters. */
export interface FailingCase {
  readonly id: string;
  readonly input: string | null;
  readonly before: string | null;
  readonly after: string | null;
  readonly standing: Standing;
  /** Newest first; the comparison that is open is not among them. */
  readonly history: readonly FlipMark[];
  readonly tags: readonly string[];
}

/** What decision a person took about something that fell. */
export interface TakenDecision {
  readonly decision: 'uphold' | 'waive' | 'fresh';
  readonly at: string;
  readonly who: string;
  readonly owner: string;
  readonly reviewer: string | null;
  readonly reason: string;
  readonly expires: string | null;
  readonly cases: number | null;
}

/** An entry of the waiver file that is about it, as the file stands now. */
export interface StandingWaiver {
  readonly kind: 'waiver' | 'debt';
  readonly owner: string;
  readonly reviewer: string | null;
  readonly reason: string;
  readonly expires: string;
  readonly expired: boolean;
  readonly line: number;
}

export type ReviewTarget =
  | { readonly kind: 'slice'; readonly id: string }
  | { readonly kind: 'check'; readonly id: string };

/** One thing that keeps the release from shipping: a slice, or what a check found. */
export interface FallenItem {
  /** Part of links to it. */
  readonly key: string;
  readonly target: ReviewTarget;
  readonly title: string;
  readonly verdict: Verdict;
  readonly reason: string;
  /** What to do about it. */
  readonly remedy: string;
  readonly slice: {
    readonly metric: string;
    readonly isRate: boolean;
    readonly direction: 'higher' | 'lower';
    readonly dimension: string;
    readonly value: string;
    readonly owner: string | null;
    readonly critical: boolean;
    readonly grade: string | null;
    readonly n: number;
    readonly before: Estimate | null;
    readonly after: Estimate | null;
    readonly delta: Estimate | null;
    readonly lost: number;
    readonly gained: number;
    readonly adjustedP: number | null;
    readonly margin: number;
    readonly floor: number | null;
    readonly detectable: number | null;
    /** Cases that would settle it with 80 % power; null where none is finite. */
    readonly needed: number | null;
  } | null;
  /** Whether a waiver would let it pass; debt that expired needs its own entry renewed. */
  readonly waivable: boolean;
  /** Newest last. */
  readonly decisions: readonly TakenDecision[];
  readonly waiver: StandingWaiver | null;
}

export interface ReviewParams {
  /** The key of what is looked at; empty, or unknown, for the first. */
  readonly item: string;
}

export interface ReviewAnswer {
  readonly verdict: Verdict;
  readonly ship: string;
  readonly runHash: string;
  readonly baseline: string | null;
  readonly candidate: string;
  /** ISO day in UTC, which entries are dated with. */
  readonly today: string;
  /** Worst first, at most 200 of `fallenTotal`. */
  readonly fallen: readonly FallenItem[];
  readonly fallenTotal: number;
  /** The lost cases of what is looked at, in reading order; null where nothing fell. */
  readonly open: {
    readonly key: string;
    readonly cases: readonly FailingCase[];
    /** Lost cases beyond those listed. */
    readonly omitted: number;
  } | null;
  /** Where decisions go; null with what to configure. */
  readonly waivers: { readonly file: string | null; readonly hint: string };
  readonly ledger: { readonly configured: boolean; readonly hint: string };
  /** Repeats the gate on the command line, where waivers are read again. */
  readonly command: string;
}

export interface DecideParams {
  readonly target: ReviewTarget;
  readonly decision: 'uphold' | 'waive' | 'fresh';
  readonly reason: string;
  readonly owner: string;
  /** Waivers only; empty for the others. */
  readonly reviewer: string;
  /** ISO day, waivers only; empty for the others. */
  readonly expires: string;
  /** Fresh cases asked for; null for the others. */
  readonly cases: number | null;
  readonly who: string;
}

/** Lines of a changed file: kept, added, or taken away. */
export interface DiffLine {
  readonly kind: 'kept' | 'added' | 'removed';
  readonly text: string;
  /** Line in the new file, from 1; null for what was taken away. */
  readonly line: number | null;
}

export interface DecideAnswer {
  /** What was written into the waiver file, or what to copy into one; null for decisions that need no entry. */
  readonly waiver: {
    readonly written: boolean;
    /** It stood there already. */
    readonly known: boolean;
    readonly file: string | null;
    readonly entry: string;
    readonly diff: readonly DiffLine[];
    /** Why nothing was written, and what to do; null where it was. */
    readonly hint: string | null;
  } | null;
  readonly ledger: { readonly recorded: boolean; readonly isNew: boolean; readonly hint: string | null };
  /** What to run next, and what it settles. */
  readonly next: readonly { readonly command: string; readonly settles: string }[];
}

export interface ReviewEndpoints {
  readonly review: Endpoint<ReviewParams, ReviewAnswer>;
  readonly decide: Endpoint<DecideParams, DecideAnswer, true>;
}
