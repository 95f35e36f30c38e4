/** Questions about single cases: search, texts, trials, traces. */

import type { CaseClass } from '../../counts/index.ts';
import type { Endpoint, NoParams } from './endpoint.ts';
import type { CutText } from './overlap.ts';
import type { MetricReading } from './release.ts';
import type { FlipMark, Standing } from './review.ts';
import type { WithoutLedger } from './runs.ts';
import type { CaseTraceAnswer, CaseTraceParams } from './traces.ts';

/** Which cases, and in which order. Empty texts and lists mean no condition; all conditions hold together. */
export interface CaseFilter {
  /** A predicate as in `slices: where`. */
  readonly where: string;
  /** Id of a slice of the report; its metric then decides what is lost. */
  readonly slice: string;
  /** `dimension=value`, or `dimension/missing`, `dimension/untagged`, `dimension/changed`: dimensions of the report, else columns. */
  readonly within: readonly string[];
  readonly classes: readonly CaseClass[];
  readonly errors: boolean;
  /** Words, all of which must occur in the id, an input, an expected answer, an output or an error; `"..."` keeps words together. */
  readonly search: string;
  /** Ids or refs of cases. */
  readonly ids: readonly string[];
  /** `drop` (largest loss first; of one run alone the worst value), `id`, or `column:NAME`; a minus before it turns the order. */
  readonly order: string;
  /** Which metric decides what is lost; empty for that of the slice, or the first. */
  readonly metric: string;
}

export interface CasesParams extends CaseFilter {
  readonly offset: number;
  /** At most 500. */
  readonly limit: number;
}

/** A case in a list. */
export interface CaseItem {
  /** What other questions call the case: its id, or the hash of a long one. */
  readonly ref: string;
  /** Its id, at most 200 characters. */
  readonly id: string;
  readonly class: CaseClass;
  /** Values of the metric; null where there is none. */
  readonly before: number | null;
  readonly after: number | null;
  /** Rows of the case in each run. */
  readonly trialsBefore: number;
  readonly trialsAfter: number;
  readonly edited: boolean;
  readonly hasError: boolean;
  /** The first 200 characters; null where no input is known. */
  readonly input: string | null;
  readonly inputIsCut: boolean;
  /** The value of the column that orders the list; null without such an order. */
  readonly sorted: string | null;
}

/** What stands in the predicate box, and where. */
export interface PredicateProblem {
  readonly message: string;
  readonly hint: string | null;
  /** From 1; null where the whole is meant. */
  readonly line: number | null;
  readonly column: number | null;
}

export type CasesAnswer =
  | { readonly state: 'bad predicate'; readonly problem: PredicateProblem }
  | {
      readonly state: 'listed';
      /** Cases of the comparison, and those under all conditions. */
      readonly all: number;
      readonly total: number;
      /** Under all conditions but that on classes; the sum is their number. */
      readonly byClass: Readonly<Record<CaseClass, number>>;
      /** With an error row, under all other conditions. */
      readonly withErrors: number;
      readonly metric: MetricReading;
      readonly items: readonly CaseItem[];
      /** What a reader should know, such as columns of the predicate that no file has. */
      readonly notes: readonly string[];
      /** The conditions in words, for headings. */
      readonly sliceLabel: string | null;
    };

/** What the page of cases needs to know once. */
export interface CaseFacts {
  readonly all: number;
  readonly hasBaseline: boolean;
  /** Of all cases, by the first metric, and those with an error row. */
  readonly byClass: Readonly<Record<CaseClass, number>>;
  readonly withErrors: number;
  readonly metrics: readonly MetricReading[];
  /** Columns for predicates and orders. */
  readonly columns: readonly {
    readonly name: string;
    readonly isNumeric: boolean;
    readonly isList: boolean;
    readonly distinct: number;
    /** The most common values, at most 8. */
    readonly examples: readonly string[];
  }[];
  /** Roles whose texts are searched, as the files call them. */
  readonly searched: readonly string[];
}

/** One cell of a row. */
export interface CaseCell {
  readonly column: string;
  /** The role that the column plays in this run; null for none. */
  readonly role: string | null;
  readonly kind: 'text' | 'number' | 'tags' | 'judge' | 'link' | 'trace';
  /** Index into `CaseAnswer.texts`; null for tags. */
  readonly text: number | null;
  readonly tags: readonly string[];
}

export interface CaseTrial {
  readonly trial: string;
  readonly status: 'scored' | 'error' | 'unscored';
  readonly passed: 0 | 1 | null;
  readonly cells: readonly CaseCell[];
}

/** A slice that the case belongs to. */
export interface CaseSlice {
  /** Null for slices that the report does not list. */
  readonly id: string | null;
  readonly dimension: string;
  readonly value: string;
  readonly state: 'value' | 'missing' | 'untagged' | 'changed';
  readonly role: string | null;
  readonly verdict: string | null;
  readonly n: number | null;
  readonly lost: number | null;
  readonly gained: number | null;
}

export type CaseHistory =
  | WithoutLedger
  | {
      readonly state: 'recorded';
      readonly standing: Standing;
      /** Newest first. */
      readonly marks: readonly FlipMark[];
    };

export interface CaseAnswer {
  readonly ref: string;
  readonly id: CutText;
  readonly class: CaseClass;
  readonly metric: MetricReading;
  readonly before: number | null;
  readonly after: number | null;
  readonly edited: boolean;
  readonly hasBaseline: boolean;
  /** Every different text once; longer ones than 20,000 characters are cut, and told by `length`. */
  readonly texts: readonly CutText[];
  /** By trial; at most 50 of each run. */
  readonly baseline: readonly CaseTrial[];
  readonly candidate: readonly CaseTrial[];
  readonly trialsOmitted: number;
  /** Label of the trial to look at first: one whose outcomes differ, else the first. */
  readonly firstTrial: string;
  readonly slices: readonly CaseSlice[];
  readonly history: CaseHistory;
  /** Whether some trial has steps to lay side by side; `offered` where reading them takes time, or says little more than the answer. */
  readonly trace: 'shown' | 'offered' | 'none';
}

export interface OneCaseParams {
  readonly ref: string;
  /** As in `CaseFilter`. */
  readonly metric: string;
}

export interface CaseTextParams {
  readonly ref: string;
  readonly side: 'baseline' | 'candidate';
  readonly trial: string;
  readonly column: string;
  /** UTF-16 offset. */
  readonly from: number;
}

/** A part of a long text, at most 100,000 characters. */
export interface CaseTextAnswer {
  readonly from: number;
  readonly text: string;
  /** Of the whole. */
  readonly length: number;
}

export interface CaseNeighbour {
  /** Cosine of the hashed TF-IDF vectors of both inputs, at most 1. */
  readonly similarity: number;
  readonly item: CaseItem;
}

export type CaseNeighboursAnswer =
  | { readonly state: 'none'; readonly why: string }
  | {
      readonly state: 'found';
      /** Nearest first: rows that passed in the candidate, and rows that did not. */
      readonly passing: readonly CaseNeighbour[];
      readonly failing: readonly CaseNeighbour[];
      /** Rows of the candidate that were looked at, of so many; every `step`-th. */
      readonly looked: number;
      readonly step: number;
    };

export interface CaseEndpoints {
  readonly cases: Endpoint<CasesParams, CasesAnswer>;
  readonly 'case-facts': Endpoint<NoParams, CaseFacts>;
  readonly case: Endpoint<OneCaseParams, CaseAnswer>;
  readonly 'case-text': Endpoint<CaseTextParams, CaseTextAnswer>;
  readonly 'case-neighbours': Endpoint<OneCaseParams, CaseNeighboursAnswer>;
  readonly 'case-trace': Endpoint<CaseTraceParams, CaseTraceAnswer>;
}
