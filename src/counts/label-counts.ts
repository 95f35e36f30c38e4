/** Counted answers of a classification: how many cases share one true label and one pair of predictions. */

import type { Grouping, SliceKey } from '../slices/index.ts';
import type { SliceFilter } from './case-plan.ts';

/** Codes of answers that are no label; labels have codes from 0. */
export const NO_LABEL = {
  /** The run has the case, but an empty prediction: the model abstained. As a true label: nobody labelled the case. */
  none: -1,
  /** The run's first trial of the case is an error. */
  error: -2,
  /** The run does not have the case, or there is no baseline. */
  absent: -3,
} as const;

/** Count the answers in every slice of these groupings. The columns are those mapped as `expected` and `predicted`. */
export interface LabelPlan {
  readonly groupings: readonly Grouping[];
  /** Distinct label texts (true or predicted) up to which it is a classification at all; at least 2. */
  readonly maxLabels: number;
}

/**
 * The answers of one slice as parallel arrays: cell i says that `cases[i]` cases have that true label and those predictions.
 * Codes are indexes into `LabelCounts.labels` or values of `NO_LABEL`. Each combination occurs once (with clusters: once per
 * cluster), ordered by cluster, expected, baseline, candidate.
 */
export interface LabelCells {
  readonly expected: Int32Array;
  readonly baseline: Int32Array;
  readonly candidate: Int32Array;
  readonly cases: Float64Array;
  /** Cluster code per cell, dense from 0 over the whole comparison; null where no cluster column is mapped. */
  readonly cluster: Int32Array | null;
}

/** One slice. Edited cases (different input or true label in the two runs) are in no cell. */
export interface LabelSlice extends SliceKey {
  readonly cells: LabelCells;
  readonly edited: number;
}

/**
 * Answers per slice, ordered as `compareSliceKeys`. A case with several trials answers with its first trial: the one that comes
 * first by trial label, as `flips` orders outputs. A label that is a list reads as `cellText` spells it, with its tags sorted.
 */
export interface LabelCounts {
  /** Every label text, true or predicted, in code point order; empty where `tooMany` is not null. */
  readonly labels: readonly string[];
  /** Distinct texts found where they are more than the plan allows (counted at least to one above); then nothing is counted. */
  readonly tooMany: number | null;
  /** Whether any true or predicted label is a list: a case may carry several labels. */
  readonly hasLists: boolean;
  /** Cases with more than one trial in either run, of which the first answers. */
  readonly severalTrials: number;
  readonly slices: readonly LabelSlice[];
}

/** An answer: the text of a label, or a value of `NO_LABEL`. */
export type LabelAnswer = string | number;

/** Only these answers, or all but these. */
export interface AnswerFilter {
  readonly answers: readonly LabelAnswer[];
  readonly wanted: boolean;
}

/** List cases that are not edited by their true label and both answers, as `LabelCounts` counts them. */
export interface LabelledPlan {
  /** In this slice; null for all cases. */
  readonly within: SliceFilter | null;
  readonly expected: LabelAnswer;
  readonly baseline: AnswerFilter;
  readonly candidate: AnswerFilter;
  /** At most so many are listed; all are counted. */
  readonly limit: number;
}

/** Cases by id, in code point order. */
export interface LabelledCases {
  readonly total: number;
  readonly cases: readonly {
    readonly id: string;
    readonly baseline: LabelAnswer;
    readonly candidate: LabelAnswer;
  }[];
}

/** Whether a filter lets an answer through. */
export function isAnswered({ answers, wanted }: AnswerFilter, answer: LabelAnswer): boolean {
  return answers.includes(answer) === wanted;
}
