/** Which cases to list, in which order, and what comes back: what a person who looks for single cases asks. */

import type { Grouping, SliceState } from '../slices/index.ts';
import type { SideOutcome } from './cell.ts';
import type { UnitMeasure } from './plan.ts';

/**
 * What became of a case, by the first line that holds, so that every case is in one class. *Value* is that of the measure.
 *
 * - `onlyBaseline`, `onlyCandidate`: the other run has no row of it. With no baseline at all, no case is in these.
 * - `edited`: input or expected text differ between the runs.
 * - `unscored`: no value in one run or both.
 * - `lost`, `gained`: the candidate's value is lower, or higher.
 * - `passed`, `failed`: the value is 1, or 0, in both runs.
 * - `between`: equal values that are neither (some of several trials passed, or a graded score).
 *
 * With no baseline, `passed`, `failed` and `between` speak of the one run.
 */
export const CASE_CLASSES = [
  'lost',
  'gained',
  'passed',
  'failed',
  'between',
  'edited',
  'unscored',
  'onlyBaseline',
  'onlyCandidate',
] as const;

export type CaseClass = (typeof CASE_CLASSES)[number];

/** Cases of one slice of a grouping: those in this state and, where the state is `value`, with this value among theirs. */
export interface SliceFilter {
  readonly grouping: Grouping;
  readonly state: SliceState;
  readonly value: string;
}

/** Ties go by case id, ascending, whatever the direction. Ids and texts are ordered by code point. */
export type CaseOrder =
  | { readonly by: 'id'; readonly descending: boolean }
  /**
   * Largest drop first: candidate minus baseline, ascending; cases that are not compared (edited, a value missing) come last.
   * With no baseline the lowest value comes first.
   */
  | { readonly by: 'drop'; readonly descending: boolean }
  /** Decimal numbers by value, then other texts (lists as `cellText`); cases without an attribute come last either way. */
  | { readonly by: 'column'; readonly column: string; readonly descending: boolean };

/** Roles whose texts are searched, in either run, beside the case id. */
export const SEARCHED_ROLES = ['input', 'expected', 'output', 'predicted', 'error'] as const;

/** Most cases that one page holds. */
export const PAGE_LIMIT = 500;

/** Code points of an input that a page shows. */
export const SNIPPET_LENGTH = 200;

/** List cases under all of these conditions. */
export interface CasePlan {
  /** In all of these slices. A predicate is a grouping of kind `predicate` with the state `value` and its name as value. */
  readonly within: readonly SliceFilter[];
  /** In one of these classes; null for any. */
  readonly classes: readonly CaseClass[] | null;
  /** Only cases with an error row in either run. */
  readonly withErrors: boolean;
  /**
   * Every one of these texts must occur in the case id or in a text of `SEARCHED_ROLES` of some row of the case, each wherever
   * it likes. Letters compare without case (`foldCase`). Empty texts occur everywhere.
   */
  readonly words: readonly string[];
  /** Only these case ids; null for any. */
  readonly ids: readonly string[] | null;
  /** What decides classes and drops. */
  readonly measure: UnitMeasure;
  readonly order: CaseOrder;
  /** The page: so many matching cases are skipped, at most so many listed (up to `PAGE_LIMIT`). */
  readonly offset: number;
  readonly limit: number;
  /** Columns whose attributes come with each case. */
  readonly columns: readonly string[];
}

/** One case of a list. */
export interface ListedCase {
  readonly id: string;
  readonly class: CaseClass;
  /** Trials by what became of them; null where the run has no row of the case. Their sum is the number of trials. */
  readonly baseline: SideOutcome | null;
  readonly candidate: SideOutcome | null;
  /** Values of the measure; null where there is none. */
  readonly values: { readonly baseline: number | null; readonly candidate: number | null };
  readonly edited: boolean;
  /** An error row in either run. */
  readonly hasError: boolean;
  /** Per asked column: the cell, null where missing, and `changed` where the rows disagree. */
  readonly attributes: readonly {
    readonly changed: boolean;
    readonly cell: string | readonly string[] | null;
  }[];
  /** The first `SNIPPET_LENGTH` code points of the input as `flips` gives it, and whether it goes on. */
  readonly input: { readonly text: string; readonly isCut: boolean } | null;
}

/** A page of a list, and how many cases there are. */
export interface CasePage {
  /** Cases under all conditions. */
  readonly total: number;
  /** Cases under all conditions but that of classes, by class; the sum is their number. */
  readonly byClass: Readonly<Record<CaseClass, number>>;
  /** Of the cases under all conditions but `withErrors`: those with an error row. */
  readonly withErrors: number;
  readonly cases: readonly ListedCase[];
}

/** One row (trial) of a case, exactly as the engine has it; lists are sets of tags in UTF-8 byte order. */
export interface CaseRow {
  readonly side: 'baseline' | 'candidate';
  /** `''` where no trial is mapped. */
  readonly trial: string;
  /** 1 passed, 0 failed; null where there is no verdict. */
  readonly passed: 0 | 1 | null;
  readonly status: 'scored' | 'error' | 'unscored';
  /** Every column that is not missing, by name in UTF-8 byte order. */
  readonly cells: readonly (readonly [column: string, cell: string | readonly string[]])[];
}

/**
 * A text as searches compare it: every letter in lower case, each code point for itself. Final sigma counts as sigma.
 *
 * @example foldCase('STRASSE ΣΑΣ') // 'strasse σασ'
 */
export function foldCase(text: string): string {
  // These two have lower cases that depend on their neighbours, or are several code points.
  return text.replaceAll('\u0130', 'i').replaceAll('\u03A3', '\u03C3').toLowerCase();
}
