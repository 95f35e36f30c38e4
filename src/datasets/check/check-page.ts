/** Words and tables of `slicewise data check`. */

import { foundText } from '../../cases/index.ts';
import {
  type CsvTable,
  countOf,
  formatCount,
  type Page,
  type PageFormat,
  type PageTable,
  percentText,
  renderPage,
  type TerminalView,
} from '../../reports/index.ts';
import { left, right } from '../logs/page-cells.ts';
import { rowNames } from '../row-names.ts';
import { type DataCheckReport, REASONS, type Reason } from './check-report.ts';
import { SHORT_WORDS } from './judge-rows.ts';

const LISTED = 20;

/** What each reason means. */
const MEANING: Readonly<Record<Reason, string>> = {
  empty: 'no text',
  short: 'too few words',
  damaged: 'wrong encoding or lost characters',
  gibberish: 'no language',
  'duplicate-id': 'an id that an earlier row has',
  duplicate: 'the text of an earlier row',
  'near-duplicate': 'nearly the text of an earlier row',
  conflict: 'the same or nearly, another label',
};

/** The answer as text in one format. */
export function renderCheck(
  report: DataCheckReport,
  format: PageFormat,
  view: Partial<TerminalView> = {},
): string {
  return renderPage(
    { page: () => checkPage(report), document: report, csv: () => checkCsv(report) },
    format,
    view,
  );
}

function checkPage(report: DataCheckReport): Page {
  const { rows, kept, files, classes, columns, written, leastPerClass } = report;
  const small = classes.filter(({ isSmall }) => isSmall).length;
  const removed = rows - kept;
  return {
    answers: [
      {
        label: 'Verdict',
        text:
          report.verdict === 'PASS'
            ? 'PASS: nothing to say'
            : `REVIEW: ${formatCount(removed)} of ${countOf(rows, 'row')} (${percentText(rows === 0 ? 0 : removed / rows)}%) should go, ${countOf(columns.length, 'problem')} of columns, ${countOf(small, 'small class', 'small classes')}`,
      },
      {
        label: 'Read',
        text: `${countOf(rows, 'row')} in ${countOf(files.length, 'file')}; text ${foundText(report.textColumn)}, label ${report.labelColumn === null ? 'none' : foundText(report.labelColumn)}, id ${report.idColumn === null ? 'none' : foundText(report.idColumn)}`,
      },
      ...(small === 0
        ? []
        : [
            {
              label: 'Classes',
              text: `${formatCount(small)} of ${formatCount(classes.length)} have fewer than ${leastPerClass} rows that stay`,
            },
          ]),
      ...written.map(({ path, rows: count }) => ({
        label: 'Written',
        text: `${path}: ${countOf(count, 'row')}`,
      })),
    ],
    tables: [
      reasonTable(report),
      rejectTable(report),
      clusterTable(report),
      columnTable(report),
      classTable(report),
    ].filter(({ rows: lines }) => lines.length > 0),
    notes: notesOf(report),
  };
}

function reasonTable({ reasons, rows, keeping }: DataCheckReport): PageTable {
  return {
    title: 'Rows by reason (a row may have several)',
    columns: [left('reason'), right('rows'), right('%'), left('what it says')],
    rows: REASONS.filter((reason) => reasons[reason] > 0).map((reason) => [
      reason,
      formatCount(reasons[reason]),
      percentText(reasons[reason] / rows),
      `${MEANING[reason]}${keeping.includes(reason) ? ' (kept)' : ''}`,
    ]),
    most: REASONS.length,
  };
}

function rejectTable({ rejected }: DataCheckReport): PageTable {
  const names = rowNames(rejected.flatMap(({ of, ...row }) => (of === null ? [row] : [row, of])));
  return {
    title: `Rows that should go (${names.legend})`,
    columns: [left('row'), left('reasons'), left('repeats'), left('detail')],
    rows: rejected
      .slice(0, 1000)
      .map(({ file, line, reasons, of, detail }) => [
        names.of({ file, line }),
        reasons.join(' '),
        of === null ? '' : names.of(of),
        detail === '' ? '' : foundText(detail).slice(1, -1),
      ]),
    most: LISTED,
  };
}

function clusterTable({ clusters }: DataCheckReport): PageTable {
  const names = rowNames(clusters.map(({ first }) => first));
  return {
    title: `Texts that are alike (${names.legend})`,
    columns: [
      left('first row'),
      right('rows'),
      right('different'),
      right('smallest Jaccard'),
      left('labels'),
    ],
    rows: clusters.map(({ first, rows, sets, smallest, isLoose, labels }) => [
      names.of(first),
      formatCount(rows),
      formatCount(sets),
      `${smallest.toFixed(3)}${isLoose ? ' LOOSE' : ''}`,
      labels.length < 2 ? '' : labels.map((label) => foundText(label)).join(', '),
    ]),
    most: LISTED,
  };
}

function columnTable({ columns }: DataCheckReport): PageTable {
  return {
    title: 'Columns',
    columns: [left('column'), left('problem'), right('rows'), right('of'), left('detail'), left('lines')],
    rows: columns.map(({ column, problem, rows, of, detail, places }) => [
      column,
      problem,
      formatCount(rows),
      formatCount(of),
      detail === '' ? '' : foundText(detail).slice(1, -1),
      places.map(({ line }) => line).join(' '),
    ]),
    most: LISTED,
  };
}

function classTable({ classes, leastPerClass }: DataCheckReport): PageTable {
  return {
    title: `Labels (fewer than ${leastPerClass} is few)`,
    columns: [left('label'), right('rows'), right('stay'), left('')],
    rows: classes.map(({ label, rows, kept, isSmall }) => [
      label,
      formatCount(rows),
      formatCount(kept),
      isSmall ? 'few' : '',
    ]),
    most: LISTED,
  };
}

function notesOf(report: DataCheckReport): readonly string[] {
  const { shortRepeats, clusters, clustersTotal, threshold, rows, classes, labelColumn } = report;
  const unlabelled = rows - classes.reduce((sum, one) => sum + one.rows, 0);
  return [
    ...(labelColumn === null || unlabelled === 0
      ? []
      : [`${countOf(unlabelled, 'row')} without a label, in no line of the labels.`]),
    `Duplicates are all pairs of texts whose runs of three words have a Jaccard index of at least ${threshold}: the search is exact, and pairs are verified on the texts.`,
    ...(shortRepeats === 0
      ? []
      : [
          `${countOf(shortRepeats, 'row')} of fewer than ${SHORT_WORDS} words repeat an earlier one and stay.`,
        ]),
    ...(clusters.some(({ isLoose }) => isLoose)
      ? ['LOOSE: a chain of close pairs joins texts that are not close; look before you remove.']
      : []),
    ...(clustersTotal > clusters.length
      ? [`${clustersTotal - clusters.length} smaller groups are not listed.`]
      : []),
    ...(report.written.length > 0
      ? []
      : ['Nothing was written: --clean FILE and --rejects FILE write the rows.']),
    ...report.notes,
  ];
}

/** One row per rejected row. */
function checkCsv({ rejected }: DataCheckReport): CsvTable {
  return [
    ['file', 'line', 'id', 'reasons', 'detail', 'repeatsFile', 'repeatsLine'],
    ...rejected.map(({ file, line, id, reasons, detail, of }) => [
      ...[file, line, id, reasons.join(' '), detail],
      ...[of?.file ?? null, of?.line ?? null],
    ]),
  ];
}
