/** Words and tables of `slicewise experiments imbalance`. */

import {
  type CsvTable,
  countOf,
  formatCount,
  formatP,
  type Page,
  type PageFormat,
  type PageTable,
  renderPage,
  percentText as signedPercent,
  type TerminalView,
} from '../../../reports/index.ts';
import type { Estimate } from '../../../stats/index.ts';
import { left, right } from '../page-cells.ts';
import type { ImbalanceReport } from './imbalance-report.ts';
import { REMEDY_WORDS } from './remedies.ts';

/** A change that rounds to nothing has no sign. */
const percentText = (share: number): string => signedPercent(share).replace(/^-(0\.0)$/, '$1');

const LISTED = 12;
const SURE = 0.05;

/** The report as text in one format. */
export function renderImbalance(
  report: ImbalanceReport,
  format: PageFormat,
  view: Partial<TerminalView> = {},
): string {
  return renderPage(
    { page: () => imbalancePage(report), document: report, csv: () => imbalanceCsv(report) },
    format,
    view,
  );
}

function imbalancePage(report: ImbalanceReport): Page {
  const { classes, notScored } = report;
  const [rarest] = classes;
  const largest = classes.at(-1)!;
  return {
    answers: [
      { label: 'Answer', text: answerText(report) },
      {
        label: 'Classes',
        text: `${formatCount(classes.length)}; the rarest has ${countOf(rarest!.trainingRows, 'row')}, the largest ${formatCount(largest.trainingRows)} (${(largest.trainingRows / rarest!.trainingRows).toFixed(1)} times)`,
      },
      {
        label: 'Rows',
        text: `${countOf(report.rows, 'row')} with ${report.labelColumn}, ${formatCount(report.scored)} scored, held out: ${report.heldOut}${report.unlabelled === 0 ? '' : `; ${formatCount(report.unlabelled)} without a label left out`}`,
      },
    ],
    tables: [remedyTable(report), classTable(report), curveTable(report)],
    notes: [
      'measured on the built-in text classifier (TF-IDF, logistic regression): another model may answer otherwise',
      'intervals are over the scored rows; another draw of training rows would move the figures as well',
      ...(notScored.length === 0
        ? []
        : [
            `${countOf(notScored.length, 'class', 'classes')} not scored, since one side has no row of it: ${notScored.slice(0, 10).join(', ')}`,
          ]),
      ...report.notes,
    ],
  };
}

function answerText({ remedies }: ImbalanceReport): string {
  const sure = remedies
    .filter(
      ({ adjusted, macroChange }) =>
        adjusted !== null && adjusted <= SURE && (macroChange?.estimate ?? 0) > 0,
    )
    .toSorted((a, b) => b.macroChange!.estimate! - a.macroChange!.estimate!);
  const [best] = sure;
  if (best === undefined)
    return 'no remedy is shown to raise the mean recall of the classes (Holm over three remedies)';
  const cost = best.accuracyChange!;
  return `${REMEDY_WORDS[best.remedy]}: mean recall ${points(best.macroChange!)} (adjusted p ${formatP(best.adjusted)}), accuracy ${points(cost)}`;
}

function points({ estimate, lower, upper }: Estimate): string {
  const signed = (value: number | null) =>
    value === null ? '-' : `${value > 0 ? '+' : ''}${percentText(value)}`;
  return `${signed(estimate)} points (95% ${signed(lower)} to ${signed(upper)})`;
}

function range(estimate: Estimate | null): readonly string[] {
  if (estimate === null || estimate.estimate === null) return ['-', '-'];
  return [
    percentText(estimate.estimate),
    `${percentText(estimate.lower!)} to ${percentText(estimate.upper!)}`,
  ];
}

function remedyTable({ remedies }: ImbalanceReport): PageTable {
  return {
    title: 'Remedies, %; changes are paired with no remedy, p by Holm over the remedies',
    columns: [
      left('remedy'),
      ...['accuracy', 'change', 'mean recall', 'change', '95% interval', 'adjusted p'].map(right),
    ],
    rows: remedies.map((one) => [
      REMEDY_WORDS[one.remedy],
      range(one.accuracy)[0]!,
      range(one.accuracyChange)[0]!,
      range(one.macroRecall)[0]!,
      ...range(one.macroChange),
      formatP(one.adjusted),
    ]),
    most: LISTED,
  };
}

function classTable({ classes }: ImbalanceReport): PageTable {
  const hasOwn = classes.some(({ trainingRows, scoredRows }) => trainingRows !== scoredRows);
  return {
    title:
      'Classes, rarest first: recall and precision without a remedy, change of recall by each remedy, % (* adjusted p at most .05 over classes and remedies)',
    columns: [
      left('class'),
      ...[
        'rows',
        ...(hasOwn ? ['scored'] : []),
        'recall',
        '95% interval',
        'precision',
        'weights',
        'repeated',
        'dropped',
      ].map(right),
    ],
    rows: classes.map(({ label, trainingRows, scoredRows, remedies }) => [
      label,
      formatCount(trainingRows),
      ...(hasOwn ? [formatCount(scoredRows)] : []),
      ...range(remedies[0]!.recall),
      range(remedies[0]!.precision)[0]!,
      ...remedies.slice(1).map(({ recallChange, adjusted }) => {
        const change = recallChange?.estimate ?? null;
        if (change === null) return '-';
        return `${change > 0 ? '+' : ''}${percentText(change)}${adjusted !== null && adjusted <= SURE ? '*' : ''}`;
      }),
    ]),
    most: LISTED,
  };
}

function curveTable({ classes }: ImbalanceReport): PageTable {
  return {
    title:
      'More rows of every class: recall by the share of the rows that was learnt from, %; twice is extrapolated, not measured',
    columns: [left('class'), ...['rows', '1/8', '1/4', '1/2', 'all', 'twice', '95% interval'].map(right)],
    rows: classes.flatMap(({ label, curve }) =>
      curve === null
        ? []
        : [
            [
              label,
              formatCount(curve.sizes.at(-1)!),
              ...curve.recall.map((rate) => percentText(rate)),
              ...range(curve.atTwice),
            ],
          ],
    ),
    most: LISTED,
  };
}

function imbalanceCsv({ classes }: ImbalanceReport): CsvTable {
  return [
    [
      'class',
      'training_rows',
      'scored_rows',
      'remedy',
      'recall',
      'recall_lower',
      'recall_upper',
      'precision',
      'precision_lower',
      'precision_upper',
      'precision_n',
      'change',
      'change_lower',
      'change_upper',
      'lost',
      'gained',
      'adjusted_p',
    ],
    ...classes.flatMap(({ label, trainingRows, scoredRows, remedies }) =>
      remedies.map((one) => [
        label,
        trainingRows,
        scoredRows,
        one.remedy,
        one.recall.estimate,
        one.recall.lower,
        one.recall.upper,
        one.precision.estimate,
        one.precision.lower,
        one.precision.upper,
        one.precision.n,
        one.recallChange?.estimate ?? null,
        one.recallChange?.lower ?? null,
        one.recallChange?.upper ?? null,
        one.lost,
        one.gained,
        one.adjusted,
      ]),
    ),
  ];
}
