/** What an import understood and what it did not: filled while rows stream by, read at the end. */

import type { Direction, ImportedResult } from './imported-result.ts';
import type { TagValues } from './tag-values.ts';

/** A number that the source states itself, kept beside ours. */
export interface OwnNumber {
  readonly run: string;
  /** Such as `match accuracy` or `exact_match,none`. */
  readonly name: string;
  readonly value: number;
  /** What we compute from the rows under the same definition; null where the rows do not allow it. */
  readonly ours: number | null;
  /** Why the two differ or cannot be compared, such as `header counts 5000 samples, the file has 10`. */
  readonly reason: string | null;
}

/** One metric over the rows of one run. */
export interface MetricSummary {
  readonly run: string;
  readonly name: string;
  readonly kind: 'pass' | 'number';
  readonly scored: number;
  readonly mean: number | null;
  readonly direction: Direction;
  readonly primary: boolean;
}

/** One run as it was found in the files. */
export interface RunSummary {
  readonly run: string;
  /** Facts worth knowing, in order: model, task, version of the tool, date, state such as `cancelled`. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly rows: number;
  readonly cases: number;
  readonly maxTrials: number;
  readonly scored: number;
  /** Scored rows that say whether they passed. */
  readonly judged: number;
  readonly errors: number;
  readonly unscored: number;
  readonly passed: number;
}

/** Rows or parts of the source that gave no result. */
export interface Dropped {
  readonly reason: string;
  readonly count: number;
  /** Places, at most 5. */
  readonly examples: readonly string[];
}

/** What an import understood. */
export interface ImportSummary {
  readonly runs: readonly RunSummary[];
  readonly metrics: readonly MetricSummary[];
  readonly ownNumbers: readonly OwnNumber[];
  readonly dropped: readonly Dropped[];
  /** Fields that no column holds, with the number of rows that had them, most frequent first. */
  readonly unmapped: readonly { readonly field: string; readonly rows: number }[];
  readonly tags: readonly string[];
  /** How many values each of `tags` has. */
  readonly tagValues: readonly TagValues[];
  /** Sentences for the reader, each once. */
  readonly notes: readonly string[];
}

/** Where importers write what they saw beside the results. Everything may be called any number of times. */
export interface ImportNotebook {
  /** A fact of a run; the first value stays, another one becomes a note. */
  fact(run: string, name: string, value: string): void;
  /** Which way a metric points and whether it decides; the default is unknown and not primary. */
  metric(
    run: string,
    name: string,
    about: { readonly direction?: Direction; readonly primary?: boolean },
  ): void;
  /** A number that the source states; `ours` is computed by the importer, or by the notebook from `scores[metric]` of the run (mean of case means). */
  ownNumber(
    number: Omit<OwnNumber, 'ours'> & { readonly ours?: number | null; readonly metric?: string },
  ): void;
  dropped(reason: string, place: string, count?: number): void;
  /** A field of a row that nothing maps. */
  unmapped(field: string): void;
  note(sentence: string): void;
  /** Counts one result; the frame calls it, importers do not. */
  count(result: ImportedResult): void;
  summary(): ImportSummary;
}
