/** Words and tables of `slicewise baseline predict`. */

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
import type { PredictReport } from './run-predict.ts';

/** The report as text in one format. */
export function renderPredictions(
  report: PredictReport,
  format: PageFormat,
  view: Partial<TerminalView> = {},
): string {
  return renderPage(
    { page: () => predictPage(report), document: report, csv: () => predictCsv(report) },
    format,
    view,
  );
}

function predictPage(report: PredictReport): Page {
  const { accuracy, rows, model, out, answered, unlabelled, unknownLabels, empty } = report;
  return {
    answers: [
      { label: 'Answered', text: `${countOf(rows, 'row')} of ${report.files.join(', ')} by ${model}` },
      {
        label: 'Right',
        text:
          accuracy === null || accuracy.estimate === null
            ? 'unknown: no row has a true label'
            : `${percentText(accuracy.estimate)} % (${percentText(accuracy.lower!)} to ${percentText(accuracy.upper!)}) of ${countOf(accuracy.n, 'labelled row')}`,
      },
      { label: 'Written', text: `${out}: a run, to compare with another by slicewise gate` },
    ],
    tables: [
      {
        title: 'answers',
        columns: [
          { header: 'label', align: 'left' },
          { header: 'rows', align: 'right' },
        ],
        rows: answered.toSorted((a, b) => b.rows - a.rows).map((one) => [one.label, formatCount(one.rows)]),
        most: 10,
      },
    ],
    notes: [
      ...(accuracy !== null && unlabelled > 0 ? [`${countOf(unlabelled, 'row')} without a true label`] : []),
      ...(empty > 0
        ? [
            `${countOf(empty, 'row')} in which every column of the model is empty: answered by the frequency of the labels`,
          ]
        : []),
      ...unknownLabels
        .slice(0, 10)
        .map(
          ({ label, rows: count }) =>
            `${countOf(count, 'row')} of the label ${label}, which the model never learnt: counted as wrong`,
        ),
      ...(unknownLabels.length > 10
        ? [`${unknownLabels.length - 10} more labels that the model never learnt`]
        : []),
      ...report.notes,
    ],
  };
}

function predictCsv({ answered }: PredictReport): CsvTable {
  return [['label', 'answered'], ...answered.map(({ label, rows }) => [label, rows])];
}
