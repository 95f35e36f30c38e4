/** Measures a model, simpler models and single columns on the same rows that none of them saw. */

import {
  accuracyOf,
  type ClassifierOptions,
  type FeatureColumn,
  heldOutPredictions,
  type Prediction,
  pairedLift,
  type SimpleModel,
  type TrainTest,
} from '../../models/index.ts';
import type { MeasuredAnswer } from './train-report.ts';

/** Confidence level of every interval. */
const LEVEL = 0.95;

/** The rows and who learns from which. */
export interface MeasuredRows {
  readonly columns: readonly FeatureColumn[];
  readonly labels: readonly string[];
  readonly splits: readonly TrainTest[];
  readonly groups: readonly string[] | null;
  readonly options: ClassifierOptions;
  /** What a model of the only split's training rows answers to its test rows, in their order, where that is known already. */
  readonly answers: {
    readonly labels: readonly string[];
    readonly predictions: readonly Prediction[];
  } | null;
}

/** What the full model answered, and how everything compares with it. */
export interface Measurement {
  readonly answers: readonly MeasuredAnswer[];
  /** By row; null for rows that only train. */
  readonly predictions: readonly (Prediction | null)[];
  readonly labels: readonly string[];
  readonly isRight: readonly (boolean | null)[];
}

/** One contender. */
interface Contender {
  readonly name: string;
  readonly kind: MeasuredAnswer['kind'];
  readonly columns: readonly FeatureColumn[];
  readonly model: SimpleModel;
}

/**
 * The text classifier on all columns; the majority label; the length of the texts alone; naive Bayes on the words; and, where
 * there are several columns, the text classifier on each of them alone.
 */
export function measureAnswers(rows: MeasuredRows, say: (line: string) => void = () => {}): Measurement {
  const { columns, labels } = rows;
  const full =
    rows.answers === null
      ? heldOutPredictions(columns, labels, rows.splits, 'logistic', rows.options, rows.groups)
      : { labels: rows.answers.labels, predictions: placed(rows.answers.predictions, rows) };
  const isRight = rightAnswers(full.predictions, labels);
  const others = contenders(columns).map((one) => {
    say(`measuring ${one.name}`);
    // Single words and no calibration: cheaper, and no answer is another for it.
    const options =
      one.model === 'logistic'
        ? { ...rows.options, calibrate: 'none' as const }
        : { seed: rows.options.seed, words: [1, 1] as const };
    const found = heldOutPredictions(one.columns, labels, rows.splits, one.model, options, rows.groups);
    const right = rightAnswers(found.predictions, labels);
    return answerOf(one, right, rows, pairedLift(isRight, right, LEVEL, rows.groups));
  });
  const own = { name: 'model', kind: 'model', columns, model: 'logistic' } as const;
  return {
    answers: [
      answerOf(own, isRight, rows, null),
      ...others.sort((a, b) => (b.accuracy.estimate ?? 0) - (a.accuracy.estimate ?? 0)),
    ],
    predictions: full.predictions,
    labels: full.labels,
    isRight,
  };
}

/** Answers to the test rows at the places of these rows. */
function placed(
  answers: readonly Prediction[],
  { labels, splits }: MeasuredRows,
): readonly (Prediction | null)[] {
  const predictions = new Array<Prediction | null>(labels.length).fill(null);
  splits[0]!.test.forEach((row, at) => {
    predictions[row] = answers[at]!;
  });
  return predictions;
}

function contenders(columns: readonly FeatureColumn[]): readonly Contender[] {
  const texts = columns.filter((column) => column.kind === 'text');
  const lengths = texts.map(({ name, values }): FeatureColumn => {
    return {
      kind: 'number',
      name: `length of ${name}`,
      values: Array.from(values, (text) => text?.length ?? 0),
    };
  });
  const nothing: FeatureColumn = {
    kind: 'category',
    name: 'nothing',
    values: new Array<null>(columns[0]!.values.length).fill(null),
  };
  const trivial: Contender[] = [
    { name: 'majority', kind: 'trivial', columns: [nothing], model: 'majority' },
    ...(texts.length === 0
      ? []
      : [
          { name: 'length only', kind: 'trivial', columns: lengths, model: 'logistic' } as const,
          { name: 'bag of words', kind: 'simple', columns: texts, model: 'naive Bayes' } as const,
        ]),
  ];
  const alone =
    columns.length < 2
      ? []
      : columns.map((column): Contender => {
          return { name: `${column.name} alone`, kind: 'partial', columns: [column], model: 'logistic' };
        });
  return [...trivial, ...alone];
}

function rightAnswers(
  predictions: readonly (Prediction | null)[],
  labels: readonly string[],
): readonly (boolean | null)[] {
  return predictions.map((one, row) => (one === null ? null : one.label === labels[row]));
}

function answerOf(
  { name, kind, columns, model }: Contender,
  isRight: readonly (boolean | null)[],
  { labels, groups }: MeasuredRows,
  lift: MeasuredAnswer['lift'],
): MeasuredAnswer {
  return {
    name,
    kind,
    columns: model === 'majority' ? [] : columns.map((column) => column.name),
    accuracy: accuracyOf(isRight, LEVEL, groups),
    macroRecall: macroRecall(isRight, labels),
    lift,
  };
}

function macroRecall(isRight: readonly (boolean | null)[], labels: readonly string[]): number {
  const tallies = new Map<string, { right: number; cases: number }>();
  isRight.forEach((right, row) => {
    if (right === null) return;
    const tally = tallies.get(labels[row]!) ?? { right: 0, cases: 0 };
    tallies.set(labels[row]!, tally);
    tally.cases++;
    if (right) tally.right++;
  });
  const recalls = [...tallies.values()].map(({ right, cases }) => right / cases);
  return recalls.length === 0 ? 0 : recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length;
}
