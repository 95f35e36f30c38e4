/** What `slicewise baseline` is asked for. */

import type { ClassifierOptions, FeatureColumn } from '../../models/index.ts';
import type { RecordsRequest } from '../../sources/index.ts';

/** Which columns hold what a model looks at. */
export interface InputColumns {
  readonly text: readonly string[];
  readonly category: readonly string[];
  readonly number: readonly string[];
}

/** Labelled rows and how to learn from them. */
export interface TrainRequest {
  readonly records: Pick<RecordsRequest, 'files' | 'cwd' | 'stdin' | 'from'>;
  /** Null takes the column that is known by its name. */
  readonly label: string | null;
  /** Without any the text that is known by its name. */
  readonly columns: InputColumns;
  /** Rows of one group stay in one fold; null for none. */
  readonly group: string | null;
  /** Held-out rows; empty measures out of fold. */
  readonly test: readonly string[];
  readonly folds: number;
  /** Share of the training rows of each class that is learnt from, above 0 and at most 1. */
  readonly share: number;
  readonly options: ClassifierOptions;
  /** Features listed per class. */
  readonly top: number;
  /** Path of the model; null writes none. */
  readonly out: string | null;
}

/** Rows to answer with a saved model. */
export interface PredictRequest {
  readonly records: Pick<RecordsRequest, 'files' | 'cwd' | 'stdin' | 'from'>;
  readonly model: string;
  /** Null takes the column that is known by its name; without one rows are known by their place. */
  readonly id: string | null;
  readonly label: string | null;
  /** Columns that are not copied into the run. */
  readonly without: readonly string[];
  readonly out: string;
}

/** The columns that are named, with their kinds, in the order text, category, number. */
export function namedColumns({
  text,
  category,
  number,
}: InputColumns): readonly Pick<FeatureColumn, 'kind' | 'name'>[] {
  return [
    ...text.map((name) => ({ kind: 'text' as const, name })),
    ...category.map((name) => ({ kind: 'category' as const, name })),
    ...number.map((name) => ({ kind: 'number' as const, name })),
  ];
}
