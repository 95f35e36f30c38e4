/** Words and tables of `slicewise splits build`. */

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
import type { SplitReport, SplitsReport } from './build-report.ts';

/** The report as text in one format. */
export function renderSplits(
  report: SplitsReport,
  format: PageFormat,
  view: Partial<TerminalView> = {},
): string {
  return renderPage(
    { page: () => splitsPage(report), document: report, csv: () => splitsCsv(report) },
    format,
    view,
  );
}

function splitsPage(report: SplitsReport): Page {
  const { cases, labels, duplicates, splits, folds, output, directory, none, untested } = report;
  const leaks = splits.reduce((sum, one) => sum + one.leaks, 0);
  return {
    answers: [
      {
        label: 'Cases',
        text: `${countOf(cases, 'case')} of ${report.files.join(', ')}${labels === 0 ? ', without labels' : `, ${countOf(labels, 'label')}`}`,
      },
      {
        label: 'Alike',
        text:
          duplicates.groups === 0
            ? `no two texts are near-duplicates (Jaccard of word triples from ${report.threshold})`
            : `${countOf(duplicates.cases, 'case')} in ${countOf(duplicates.groups, 'group')} of near-duplicates (Jaccard of word triples from ${report.threshold}); a group is never parted`,
      },
      {
        label: 'Leaks',
        text:
          leaks === 0
            ? 'none: no test case has a near-duplicate in the training cases of its split'
            : `${countOf(leaks, 'test case')} with a near-duplicate in training`,
      },
      ...(untested.length === 0
        ? []
        : [
            {
              label: 'Untested',
              text: `${untested.join(', ')}: fewer than two splits say nothing about the next`,
            },
          ]),
      ...(output === null ? [] : [{ label: 'Written', text: `${output}, ${output}.plan.json` }]),
      ...(directory === null
        ? []
        : [
            {
              label: 'Lists',
              text: `train and test ids of ${countOf(splits.length, 'split')} in ${directory}`,
            },
          ]),
    ],
    tables: [
      ...(splits.length === 0 ? [] : [splitsTable(splits, cases)]),
      ...(folds === null ? [] : [foldsTable(folds.sizes)]),
    ],
    notes: [
      ...splits.map(({ name, definition }) => `${name}: ${definition}`),
      ...splits
        .filter(({ onlyTest }) => onlyTest > 0)
        .map(({ name, onlyTest }) => `${name} tests labels that nothing in its training has: ${onlyTest}`),
      ...(folds?.widest == null
        ? []
        : [
            `folds keep ${countOf(folds.groups, 'group')} whole; the class whose share differs most is ${folds.widest.label}: ${percentText(folds.widest.lowest)} to ${percentText(folds.widest.highest)} %`,
          ]),
      ...none.map(({ shift, reason }) => `no split of the kind ${shift}: ${reason}`),
      ...(report.unlabelled > 0 && labels > 0 ? [`${countOf(report.unlabelled, 'case')} have no label`] : []),
      ...(report.withoutText > 0
        ? [`${countOf(report.withoutText, 'case')} have no text, so copies of them are not seen`]
        : []),
      `seed ${report.seed}; train a model on the training cases of each split, run it on the test cases, and give the results to slicewise splits check`,
      ...report.notes,
    ],
  };
}

function splitsTable(splits: readonly SplitReport[], cases: number): PageTable {
  return {
    title: `cases by split: each row sums to ${formatCount(cases)}`,
    columns: [
      { header: 'split', align: 'left' },
      ...['test', 'train', 'alike', 'later', 'unknown', 'leaks'].map((header) => ({
        header,
        align: 'right' as const,
      })),
    ],
    rows: splits.map(({ name, test, train, alike, later, unknown, leaks }) => [
      name,
      ...[test, train, alike, later, unknown, leaks].map(formatCount),
    ]),
    most: 30,
  };
}

function foldsTable(sizes: readonly number[]): PageTable {
  return {
    title: 'folds',
    columns: [
      { header: 'fold', align: 'left' },
      { header: 'cases', align: 'right' },
    ],
    rows: sizes.map((cases, fold) => [String(fold), formatCount(cases)]),
    most: 30,
  };
}

function splitsCsv({ splits }: SplitsReport): CsvTable {
  return [
    ['split', 'shift', 'definition', 'label', 'test', 'train'],
    ...splits.flatMap(({ name, shift, definition, test, train, classes }) => [
      [name, shift, definition, null, test, train],
      ...classes.map((one) => [name, shift, definition, one.label, one.test, one.train]),
    ]),
  ];
}
