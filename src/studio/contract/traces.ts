/** What an agent did in both runs, laid side by side. */

/** One thing that happened: something said or thought, a tool called, or what the tool answered. */
export interface TraceStep {
  readonly kind: 'message' | 'reasoning' | 'call' | 'result';
  readonly role: 'system' | 'user' | 'assistant' | 'tool' | 'other';
  /** Of the tool; null for messages, and where nobody says. */
  readonly tool: string | null;
  /** What was said or answered, or the arguments as JSON; cut at 20,000 characters, after a million of them at 200. */
  readonly text: string;
  /** UTF-16 length of the whole. */
  readonly length: number;
  /** Whether the tool failed; the text begins with why. */
  readonly failed: boolean;
}

/** An argument that differs. Values are JSON; null where there is none. */
export interface ArgumentChange {
  /** Such as `filter.city` or `items[2]`. */
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/**
 * One row of the alignment. `same`: both did the same. `changed`: the same kind of step by the same role, with other words,
 * arguments, or another tool. `removed`, `added`: only the baseline, or only the candidate, did it.
 */
export interface TraceRow {
  readonly kind: 'same' | 'changed' | 'removed' | 'added';
  readonly before: TraceStep | null;
  readonly after: TraceStep | null;
  /** Of calls of one tool that changed, argument by argument; empty for everything else. */
  readonly changes: readonly ArgumentChange[];
}

export interface CaseTraceParams {
  readonly ref: string;
  /** Label of the trial in both runs; `''` where trials have none. */
  readonly trial: string;
}

/** What is known of the steps of one run. */
export interface TraceSide {
  /** All steps, also those that are not compared. */
  readonly steps: number;
  /** Columns of the row, or the place in the run's own file, that the steps were read from; null where there are none. */
  readonly from: string | null;
  /** Why there are no steps, or what was left out; sentences. */
  readonly notes: readonly string[];
  /** Address of the trace, where a column has it. */
  readonly link: string | null;
  /** Its id at the tool that recorded it, where a column has that: something to search for there. */
  readonly id: { readonly column: string; readonly text: string } | null;
}

export type CaseTraceAnswer =
  | { readonly state: 'none'; readonly why: readonly string[] }
  | {
      readonly state: 'aligned';
      readonly rows: readonly TraceRow[];
      /**
       * Index of the first row that is not `same`, reasoning left out: thoughts differ nearly always. Null where both did the
       * same, and where only one run has a trace.
       */
      readonly divergence: number | null;
      /** Index of the first call of a tool that is not `same`, where that is a later row. */
      readonly callDivergence: number | null;
      /** Steps beyond the first 2,000 of a run are not compared. */
      readonly omitted: number;
      /** Null where the run has no such row. */
      readonly before: TraceSide | null;
      readonly after: TraceSide | null;
    };
