/** What an agent did in both runs, laid side by side. */

/** One thing that happened: something said, a tool called, or what the tool answered. */
export interface TraceStep {
  readonly kind: 'message' | 'call' | 'result';
  readonly role: 'system' | 'user' | 'assistant' | 'tool' | 'other';
  /** Of the tool; null for messages, and where nobody says. */
  readonly tool: string | null;
  /** What was said or answered, or the arguments as JSON; cut at 4,000 characters. */
  readonly text: string;
  /** UTF-16 length of the whole. */
  readonly length: number;
}

/** An argument that differs. Values are JSON; null where there is none. */
export interface ArgumentChange {
  /** Such as `filter.city` or `items[2]`. */
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/**
 * One row of the alignment. `same`: both did the same. `changed`: the same kind of step by the same role or tool, with other
 * words or arguments. `removed`, `added`: only the baseline, or only the candidate, did it.
 */
export interface TraceRow {
  readonly kind: 'same' | 'changed' | 'removed' | 'added';
  readonly before: TraceStep | null;
  readonly after: TraceStep | null;
  /** Of calls that changed, argument by argument; empty for everything else. */
  readonly changes: readonly ArgumentChange[];
}

export interface CaseTraceParams {
  readonly ref: string;
  /** Label of the trial in both runs; `''` where trials have none. */
  readonly trial: string;
}

export type CaseTraceAnswer =
  | { readonly state: 'none'; readonly why: string }
  | {
      readonly state: 'aligned';
      readonly rows: readonly TraceRow[];
      /** Index of the first row that is not `same`; null where both did the same, and where only one run has a trace. */
      readonly divergence: number | null;
      readonly stepsBefore: number;
      readonly stepsAfter: number;
      /** Steps beyond the first 2,000 of a run are not compared. */
      readonly omitted: number;
      /** Columns that the steps were read from. */
      readonly columns: readonly string[];
      /** Addresses of the traces, where a column has them. */
      readonly linkBefore: string | null;
      readonly linkAfter: string | null;
    };
