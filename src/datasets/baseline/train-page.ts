/** Words and tables of `slicewise baseline train`. */

import { TOO_CLOSE } from '../../models/index.ts';
import {
  type CsvTable,
  countOf,
  formatCount,
  type Page,
  type PageFormat,
  percentText,
  renderPage,
  type TerminalView,
} from '../../reports/index.ts';
import type { Estimate } from '../../stats/index.ts';
import type { MeasuredAnswer, TrainReport } from './train-report.ts';

/** The report as text in one format. */
export function renderTraining(
  report: TrainReport,
  format: PageFormat,
  view: Partial<TerminalView> = {},
): string {
  return renderPage(
    { page: () => trainingPage(report), document: report, csv: () => trainingCsv(report) },
    format,
    view,
  );
}

function trainingPage(report: TrainReport): Page {
  const { rows, learnt, files, label, answers, measured, classes, features, out, columns } = report;
  const [model, ...others] = answers as readonly [MeasuredAnswer, ...MeasuredAnswer[]];
  const kinds = columns.map(({ name }) => name).join(', ');
  const share = learnt === rows ? '' : `, of which ${formatCount(learnt)} were learnt from`;
  return {
    answers: [
      {
        label: 'Learnt',
        text: `${countOf(rows, 'row')} of ${files.join(', ')}${share}: ${label} (${countOf(classes.length, 'class', 'classes')}) from ${kinds}`,
      },
      {
        label: 'Right',
        text: `${rateText(model.accuracy)} of ${countOf(measured.rows, 'row')} ${measuredText(report)}; mean recall of the classes ${percentText(model.macroRecall)} %`,
      },
      ...others
        .filter(({ kind }) => kind === 'trivial')
        .slice(0, 1)
        .map((best) => ({
          label: 'Trivial',
          text: `${best.name} ${rateText(best.accuracy)}: the model is ${pointsText(best.lift)} better`,
        })),
      ...closeText(model, others),
      ...(out === null ? [] : [{ label: 'Written', text: `${out}: ${countOf(features, 'feature')}` }]),
    ],
    tables: [
      {
        title: 'the same rows, answered otherwise',
        columns: [
          { header: 'answer', align: 'left' },
          { header: 'right %', align: 'right' },
          { header: '95 % interval', align: 'right' },
          { header: 'mean recall %', align: 'right' },
          { header: 'model ahead by', align: 'right' },
        ],
        rows: answers.map(({ name, accuracy, macroRecall, lift }) => [
          name,
          accuracy.estimate === null ? '' : percentText(accuracy.estimate),
          intervalText(accuracy),
          percentText(macroRecall),
          lift === null ? '' : pointsText(lift),
        ]),
        most: 20,
      },
      {
        title: 'by class',
        columns: [
          { header: label, align: 'left' },
          { header: 'rows', align: 'right' },
          { header: 'right', align: 'right' },
          { header: 'recall %', align: 'right' },
          { header: 'answered', align: 'right' },
        ],
        rows: classes.map((one) => [
          one.label,
          formatCount(one.cases),
          formatCount(one.right),
          one.recall.estimate === null ? '' : percentText(one.recall.estimate),
          formatCount(one.answered),
        ]),
        most: 20,
      },
    ],
    sections: [
      {
        title: 'what it goes by, per class',
        lines: classes.slice(0, 20).map((one) => ({
          label: one.label,
          text: one.features
            .map(({ feature, column }) => featureText(feature, column, columns.length))
            .join(', '),
        })),
        isMore: classes.length > 6,
      },
    ],
    notes: [
      ...(report.unlabelled > 0 ? [`${countOf(report.unlabelled, 'row')} without a label left out`] : []),
      ...(report.empty > 0 ? [`${countOf(report.empty, 'row')} in which every column is empty`] : []),
      ...(measured.unknownLabels > 0
        ? [
            `${countOf(measured.unknownLabels, 'measured row')} of labels that no training row has: counted as wrong`,
          ]
        : []),
      ...(report.logLoss === null
        ? []
        : [`log loss ${report.logLoss.toFixed(4)} on these rows; seed ${report.seed}`]),
      ...report.notes,
    ],
  };
}

function measuredText({ measured: { how, files, folds } }: TrainReport): string {
  return how === 'held out'
    ? `held out in ${files.join(', ')}`
    : `out of fold (${folds} folds): each was answered by a model that had not seen it`;
}

/** Parts of the input that do nearly as well as all of it. */
function closeText(model: MeasuredAnswer, others: readonly MeasuredAnswer[]): Page['answers'] {
  return others
    .filter(({ kind }) => kind === 'partial')
    .flatMap(({ name, accuracy, lift }) => {
      const reached = (accuracy.estimate ?? 0) / (model.accuracy.estimate ?? 1);
      const isLevel = (lift?.lower ?? 0) <= 0;
      if (!isLevel && reached < TOO_CLOSE) return [];
      const text = isLevel
        ? `${name} is as good as the whole input (${rateText(accuracy)})`
        : `${name} reaches ${percentText(reached)} % of the model's accuracy (${rateText(accuracy)})`;
      return [{ label: 'Warning', text: `${text}: does the set need the rest?` }];
    });
}

function featureText(feature: string, column: string, columns: number): string {
  const own = /^\s|\s$/.test(feature) ? `"${feature}"` : feature;
  return columns === 1 ? own : `${column}: ${own}`;
}

function rateText({ estimate, lower, upper }: Estimate): string {
  if (estimate === null) return 'undefined';
  return `${percentText(estimate)} % (${percentText(lower!)} to ${percentText(upper!)})`;
}

function intervalText({ lower, upper }: Estimate): string {
  return lower === null || upper === null ? '' : `${percentText(lower)} to ${percentText(upper)}`;
}

function pointsText(lift: Estimate | null): string {
  if (lift === null || lift.estimate === null) return 'undefined';
  return `${percentText(lift.estimate)} points (${intervalText(lift)})`;
}

function trainingCsv({ answers, classes }: TrainReport): CsvTable {
  return [
    ['what', 'name', 'rows', 'rate', 'lower', 'upper', 'ahead'],
    ...answers.map(({ name, accuracy, lift }) => [
      'answer',
      name,
      accuracy.n,
      accuracy.estimate,
      accuracy.lower,
      accuracy.upper,
      lift?.estimate ?? null,
    ]),
    ...classes.map(({ label, cases, recall }) => [
      'recall',
      label,
      cases,
      recall.estimate,
      recall.lower,
      recall.upper,
      null,
    ]),
  ];
}
