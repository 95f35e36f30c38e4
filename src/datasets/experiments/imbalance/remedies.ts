/** The remedies for class imbalance that a text classifier can try, and their answers for every row. */

import {
  assignFolds,
  crossFit,
  type FeatureColumn,
  fitTextClassifier,
  type GivenClassifierOptions,
} from '../../../models/index.ts';
import { compareText } from '../../../slices/index.ts';
import { createRandom } from '../../../stats/index.ts';
import type { LabelledColumns } from '../../baseline/read-labelled.ts';

/** What is done about small classes; `none` is what the others are compared with. */
export const REMEDIES = ['none', 'reweighted', 'repeated', 'dropped'] as const;

export type Remedy = (typeof REMEDIES)[number];

/** What each remedy is called: every class weighs the same, rows of small classes repeat, rows of large classes are dropped. */
export const REMEDY_WORDS: Readonly<Record<Remedy, string>> = {
  none: 'none',
  reweighted: 'class weights',
  repeated: 'small repeated',
  dropped: 'large dropped',
};

const OPTIONS: Readonly<Record<Remedy, GivenClassifierOptions>> = {
  none: {},
  reweighted: { classWeight: 'balanced' },
  repeated: { sample: 'up' },
  dropped: { sample: 'down' },
};

/** Shares of the training rows at which the curve is measured; the whole is `none`. */
export const SHARES = [0.125, 0.25, 0.5] as const;
const STREAM = 7_451;

/** Rows, and how they are held out. */
export interface Trial {
  readonly rows: LabelledColumns;
  /** Rows to be scored; null holds folds of `rows` out. */
  readonly test: LabelledColumns | null;
  readonly folds: number;
  readonly seed: number;
}

/** Answers of one remedy, one per scored row. */
export function answersOf({ rows, test, folds, seed }: Trial, remedy: Remedy): readonly string[] {
  const options = { ...OPTIONS[remedy], seed };
  if (test !== null)
    return fitTextClassifier(rows.columns, rows.labels, options)
      .predict(test.columns)
      .map(({ label }) => label);
  return crossFit(rows.columns, rows.labels, { folds, groups: groupsOf(rows) }, options).predictions.map(
    ({ label }) => label,
  );
}

/**
 * Answers of a model that saw only a share of the training rows, each class cut alike; smaller shares lie within larger
 * ones.
 */
export function answersOfShare(trial: Trial, share: number): readonly string[] {
  const { rows, test, folds, seed } = trial;
  const rank = rankWithinClass(rows.labels, seed);
  if (test !== null) return predictFrom(rows, rank, () => true, share, test, seed);
  const classes = codesOf(rows.labels);
  const fold = assignFolds(classes, { folds, groups: groupsOf(rows) }, seed);
  const answers = new Array<string>(rows.labels.length);
  for (let held = 0; held < folds; held += 1) {
    const inFold = [...fold.keys()].filter((row) => fold[row] === held);
    const own = subset(rows, inFold);
    const predicted = predictFrom(rows, rank, (row) => fold[row] !== held, share, own, seed);
    inFold.forEach((row, at) => {
      answers[row] = predicted[at]!;
    });
  }
  return answers;
}

function predictFrom(
  rows: LabelledColumns,
  rank: Int32Array,
  isTraining: (row: number) => boolean,
  share: number,
  test: Pick<LabelledColumns, 'columns'>,
  seed: number,
): readonly string[] {
  const training = [...rows.labels.keys()].filter(isTraining);
  const kept = [...Map.groupBy(training, (row) => rows.labels[row]!).values()].flatMap((own) =>
    own.toSorted((a, b) => rank[a]! - rank[b]!).slice(0, Math.max(1, Math.round(share * own.length))),
  );
  const part = subset(
    rows,
    kept.toSorted((a, b) => a - b),
  );
  return fitTextClassifier(part.columns, part.labels, { seed })
    .predict(test.columns)
    .map(({ label }) => label);
}

/** The same text is never learnt and asked. */
function groupsOf({ columns, labels, groups }: LabelledColumns): readonly string[] {
  return groups ?? labels.map((_, row) => JSON.stringify(columns.map(({ values }) => values[row])));
}

function subset(
  { columns, labels }: LabelledColumns,
  kept: readonly number[],
): Pick<LabelledColumns, 'columns' | 'labels'> {
  return {
    labels: kept.map((row) => labels[row]!),
    columns: columns.map((column) => {
      const values = kept.map((row) => column.values[row]!);
      return { ...column, values } as FeatureColumn;
    }),
  };
}

/** A seeded order of all rows; within a class it is the order in which rows are taken. */
function rankWithinClass(labels: readonly string[], seed: number): Int32Array {
  const random = createRandom(seed, STREAM);
  const order = Int32Array.from(labels.keys());
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = random.nextBelow(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

function codesOf(labels: readonly string[]): Int32Array {
  const codes = new Map([...new Set(labels)].toSorted(compareText).map((label, code) => [label, code]));
  return Int32Array.from(labels, (label) => codes.get(label)!);
}
