/** `slicewise baseline train`: fits a text classifier, measures it on rows that it did not see, and writes it. */

import { resolve } from 'node:path';
import { allOrProblems } from '../../errors.ts';
import {
  type FeatureColumn,
  fitTextClassifier,
  foldSplits,
  saveTextClassifier,
  separatingFeatures,
  type TextClassifier,
  type TrainTest,
  topFeatures,
} from '../../models/index.ts';
import { wilsonInterval } from '../../stats/index.ts';
import { writeWhole } from '../sample/write-files.ts';
import { namedColumns, type TrainRequest } from './baseline-request.ts';
import { type Measurement, measureAnswers } from './measure-answers.ts';
import { type LabelledColumns, readLabelled } from './read-labelled.ts';
import { shareOfRows } from './share-of-rows.ts';
import type { ClassReport, TrainReport } from './train-report.ts';

/** Features that tell classes apart, in the report. */
const SEPARATING = 20;

/**
 * Trains. The same rows and options give the same bytes. Nothing is written where anything is wrong.
 *
 * @param say hears what is going on
 * @throws DataError for rows and columns, UsageError for options and folds that cannot be, EngineError where the model cannot be written
 */
export async function runBaselineTrain(
  request: TrainRequest,
  say: (line: string) => void = () => {},
): Promise<TrainReport> {
  const { records, options, share } = request;
  const { train, test } = await readBoth(request);
  const kept = shareOfRows(train.labels, share, options.seed);
  const keep = (rows: Int32Array) => rows.filter((row) => kept[row] === 1);
  const all = Int32Array.from(train.labels.keys());
  const splits: readonly TrainTest[] =
    test === null
      ? foldSplits(train.labels, { folds: request.folds, groups: train.groups }, options.seed).map((one) => ({
          train: keep(one.train),
          test: one.test,
        }))
      : [{ train: keep(all), test: Int32Array.from(test.labels, (_, row) => train.labels.length + row) }];
  const labels = [...train.labels, ...(test?.labels ?? [])];
  say('fitting the model');
  const learnt = keep(all);
  const classifier = fitTextClassifier(
    train.columns.map((column) => pick(column, learnt)),
    Array.from(learnt, (row) => train.labels[row]!),
    options,
  );
  say('measuring');
  const measured = measureAnswers(
    {
      columns: test === null ? train.columns : joined(train.columns, test.columns),
      labels,
      splits,
      groups:
        train.groups === null
          ? null
          : [...train.groups, ...(test?.labels ?? []).map((_, row) => `\u0001${row}`)],
      options,
      answers:
        test === null ? null : { labels: classifier.labels, predictions: classifier.predict(test.columns) },
    },
    say,
  );
  const { out } = request;
  if (out !== null) {
    await writeWhole([{ path: resolve(records.cwd, out), text: saveTextClassifier(classifier) }]);
  }
  return reportOf(request, { train, test, labels, splits, measured, classifier });
}

/** The rows to learn from and those held out; where the first cannot be read, the others are looked at for their problems alone. */
async function readBoth(
  request: TrainRequest,
): Promise<{ readonly train: LabelledColumns; readonly test: LabelledColumns | null }> {
  const columns = namedColumns(request.columns);
  const { cwd } = request.records;
  const train: { read: LabelledColumns | null } = { read: null };
  const [, test] = await allOrProblems(
    async () => {
      train.read = await readLabelled({ ...request, columns });
    },
    async () =>
      request.test.length === 0
        ? null
        : readLabelled({
            records: { files: request.test, cwd },
            columns: train.read?.columns.map(({ kind, name }) => ({ kind, name })) ?? columns,
            label: train.read?.labelColumn ?? request.label,
            group: null,
          }),
  );
  return { train: train.read!, test };
}

interface Trained {
  readonly train: LabelledColumns;
  readonly test: LabelledColumns | null;
  readonly labels: readonly string[];
  readonly splits: readonly TrainTest[];
  readonly measured: Measurement;
  readonly classifier: TextClassifier;
}

function reportOf(request: TrainRequest, trained: Trained): TrainReport {
  const { train, test, labels, measured, classifier, splits } = trained;
  const { data } = classifier;
  const known = new Set(train.labels);
  const tested = splits.flatMap((split) => [...split.test]);
  return {
    version: 1,
    files: train.files,
    label: train.labelColumn,
    columns: data.columns,
    rows: train.labels.length,
    learnt: data.rowsPerLabel.reduce((sum, rows) => sum + rows, 0),
    unlabelled: train.unlabelled,
    empty: train.empty,
    features: data.features.length,
    measured: {
      how: test === null ? 'out of fold' : 'held out',
      files: test?.files ?? [],
      folds: test === null ? request.folds : 0,
      rows: tested.length,
      unknownLabels: tested.filter((row) => !known.has(labels[row]!)).length,
    },
    answers: measured.answers,
    logLoss: logLoss(measured, labels, known),
    calibration: data.calibration,
    classes: classReports(trained, request.top),
    separating: separatingFeatures(classifier, SEPARATING),
    out: request.out,
    seed: request.options.seed,
    notes: [...train.notes, ...(test?.notes ?? [])],
  };
}

/** Mean of -ln(probability of the true label) over the measured rows; null where a label is unknown or its probability is 0. */
function logLoss(
  { predictions, labels: names }: Measurement,
  labels: readonly string[],
  known: ReadonlySet<string>,
): number | null {
  const codeOf = new Map(names.map((name, code) => [name, code]));
  let sum = 0;
  let rows = 0;
  predictions.forEach((one, row) => {
    if (one === null) return;
    sum -= known.has(labels[row]!) ? Math.log(one.probabilities[codeOf.get(labels[row]!)!]!) : -Infinity;
    rows++;
  });
  return rows > 0 && Number.isFinite(sum) ? sum / rows : null;
}

/** By rows that were measured, the most first. */
function classReports({ labels, measured, classifier }: Trained, top: number): readonly ClassReport[] {
  const tallies = new Map<string, { cases: number; right: number; answered: number }>();
  const tallyOf = (label: string) => {
    const tally = tallies.get(label) ?? { cases: 0, right: 0, answered: 0 };
    tallies.set(label, tally);
    return tally;
  };
  measured.predictions.forEach((one, row) => {
    if (one === null) return;
    const tally = tallyOf(labels[row]!);
    tally.cases++;
    if (one.label === labels[row]) tally.right++;
    tallyOf(one.label).answered++;
  });
  return measured.labels
    .map((label): ClassReport => {
      const { cases, right, answered } = tallyOf(label);
      const code = classifier.labels.indexOf(label);
      return {
        label,
        learnt: code < 0 ? 0 : classifier.data.rowsPerLabel[code]!,
        cases,
        right,
        answered,
        recall: wilsonInterval(right, cases, 0.95),
        features: code < 0 ? [] : topFeatures(classifier, label, top),
      };
    })
    .sort((a, b) => b.cases - a.cases);
}

function joined(first: readonly FeatureColumn[], second: readonly FeatureColumn[]): readonly FeatureColumn[] {
  return first.map((column, at) => withValues(column, [...valuesOf(column), ...valuesOf(second[at]!)]));
}

function pick(column: FeatureColumn, rows: Int32Array): FeatureColumn {
  const values = valuesOf(column);
  return withValues(
    column,
    Array.from(rows, (row) => values[row] ?? null),
  );
}

function valuesOf({ values }: FeatureColumn): readonly (string | number | null)[] {
  return Array.from<string | number | null>(values);
}

/** Values of the same kind as those of the column. */
function withValues(column: FeatureColumn, values: readonly (string | number | null)[]): FeatureColumn {
  return { ...column, values } as FeatureColumn;
}
