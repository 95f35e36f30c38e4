/** Tables of classes: the classification report as scikit-learn prints it, with intervals, and what changed between two runs. */

import type { ClassAverage, ClassFigures, Compared, SliceClasses } from '../../classes/index.ts';
import { countOf, formatCount, type PageTable } from '../../reports/index.ts';
import { compareText } from '../../slices/index.ts';
import type { ReportedClasses } from '../report/class-report.ts';
import type { ClassMetric } from '../report/request.ts';
import { type Digits, digitsFor, labelName, shareBar, shareText } from './report-cells.ts';
import { type ClassTableInput, classChanges, overallChanges } from './report-changes.ts';
import { barCells, type ReportView } from './report-view.ts';

/** Classes up to which a screen shows all of them in the order of their labels. */
const FEW_CLASSES = 30;

/** Rows of a class table in Markdown. */
const MOST_ROWS = 200;

const left = (header: string) => ({ header, align: 'left' as const });
const right = (header: string) => ({ header, align: 'right' as const });

/**
 * The classification report of the new run: classes, then averages, then the cases that are in no class. Up to 30 classes stand in
 * the order of their labels; of more, those with the lowest F1 come first.
 */
export function classReport(input: ClassTableInput, view: ReportView): PageTable {
  const { figures, minCases } = input;
  const digits = digitsFor(figures.n);
  const bar = barCells(view);
  const chosen = chosenClasses(input, view);
  const rows = chosen.rows.map((one) => [labelName(one.label), ...classCells(one, digits, bar, view)]);
  const more = chosen.left === 0 ? [] : [wide(moreText(chosen.left, view), bar)];
  const small = figures.classes.filter(({ support }) => support > 0 && support < minCases);
  return {
    title: titleOf(figures, chosen),
    columns: [
      left('class'),
      right('precision'),
      right('recall'),
      right('f1-score'),
      right('support'),
      ...(bar > 0 ? [left('recall, 0 to 1')] : []),
    ],
    rows: [
      ...rows,
      ...more,
      ...(view.blankRows ? [wide('', bar)] : []),
      ...overallRows(figures, digits, bar, view),
      ...(small.length === 0
        ? []
        : [
            footer(
              `LOW-N: ${countOf(small.length, 'class', 'classes')}`,
              small.reduce((sum, { support }) => sum + support, 0),
              bar,
            ),
          ]),
      ...flowRows(figures, bar),
    ],
    most: Number.POSITIVE_INFINITY,
  };
}

function titleOf({ pairing, classes, multiLabel }: SliceClasses, { order }: Chosen): string {
  const run = pairing === 'single run' ? '' : ' of the new run';
  const worst = order === 'worst' ? `, lowest F1 of ${classes.length} first` : '';
  return `Classification report${run}${worst}${multiLabel ? '; a case may have several labels' : ''}`;
}

interface Chosen {
  readonly rows: readonly ClassFigures[];
  readonly left: number;
  readonly order: 'label' | 'worst' | 'asked';
}

function chosenClasses({ figures, shown, top }: ClassTableInput, { all, blankRows }: ReportView): Chosen {
  const { classes } = figures;
  if (shown.length > 0) {
    const rows = shown.flatMap((label) => classes.find((one) => one.label === label) ?? []);
    return { rows, left: classes.length - rows.length, order: 'asked' };
  }
  if (classes.length <= FEW_CLASSES) {
    return { rows: classes.toSorted((a, b) => compareLabels(a.label, b.label)), left: 0, order: 'label' };
  }
  const worst = classes.toSorted(
    (a, b) => value(a) - value(b) || b.support - a.support || compareText(a.label, b.label),
  );
  const most = all ? worst.length : blankRows ? top : MOST_ROWS;
  return { rows: worst.slice(0, most), left: Math.max(0, worst.length - most), order: 'worst' };
}

function value({ fScore }: ClassFigures): number {
  return fScore.candidate.estimate ?? 2;
}

/** Labels that are all numbers are ordered as numbers. */
function compareLabels(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  return a.trim() !== '' && b.trim() !== '' && Number.isFinite(x) && Number.isFinite(y) && x !== y
    ? x - y
    : compareText(a, b);
}

function classCells(
  { precision, recall, fScore, support }: ClassFigures,
  digits: Digits,
  bar: number,
  { ascii }: ReportView,
): string[] {
  return [
    shareText(precision.candidate, digits),
    shareText(recall.candidate, digits),
    shareText(fScore.candidate, digits),
    formatCount(support),
    ...(bar > 0 ? [shareBar(recall.candidate, bar, ascii)] : []),
  ];
}

/** A row with a name alone. */
function wide(name: string, bar: number): string[] {
  return [name, '', '', '', '', ...(bar > 0 ? [''] : [])];
}

/** A row of a name and a count. */
function footer(name: string, cases: number, bar: number): string[] {
  return [name, '', '', '', formatCount(cases), ...(bar > 0 ? [''] : [])];
}

function moreText(count: number, { blankRows }: ReportView): string {
  return `and ${formatCount(count)} more${blankRows ? ' (--all)' : ' classes'}`;
}

const AVERAGE_ORDER = ['macro', 'micro', 'weighted'];

function overallRows(figures: SliceClasses, digits: Digits, bar: number, { ascii }: ReportView): string[][] {
  const { accuracy, averages, n, multiLabel } = figures;
  const barOf = (one: Compared) => (bar > 0 ? [shareBar(one.candidate, bar, ascii)] : []);
  const row = ({ average, precision, recall, fScore }: ClassAverage) => [
    `${average} avg`,
    shareText(precision.candidate, digits),
    shareText(recall.candidate, digits),
    shareText(fScore.candidate, digits),
    formatCount(n),
    ...barOf(recall),
  ];
  return [
    [
      multiLabel ? 'accuracy (whole case)' : 'accuracy',
      '',
      '',
      shareText(accuracy.candidate, digits),
      formatCount(n),
      ...barOf(accuracy),
    ],
    ...averages
      .toSorted((a, b) => AVERAGE_ORDER.indexOf(a.average) - AVERAGE_ORDER.indexOf(b.average))
      .map(row),
  ];
}

/** Cases without a class of their own; with `n` they add up to all. */
function flowRows(figures: SliceClasses, bar: number): string[][] {
  const { n, unlabelled, edited, onlyBaseline, onlyCandidate } = figures;
  const parts = [
    ['without a true label', unlabelled],
    ['edited between the runs', edited],
    ['only in the old run', onlyBaseline],
    ['only in the new run', onlyCandidate],
  ] as const;
  const filled = parts.filter(([, cases]) => cases > 0);
  if (filled.length === 0) return [];
  const total = filled.reduce((sum, [, cases]) => sum + cases, n);
  return [...filled.map(([name, cases]) => footer(name, cases, bar)), footer('all cases', total, bar)];
}

/** The classes of all cases. */
export function classTables(
  classes: ReportedClasses,
  metrics: readonly ClassMetric[],
  settings: Pick<ClassTableInput, 'shown' | 'top' | 'minCases'>,
  view: ReportView,
): readonly PageTable[] {
  const figures = classes.slices[0]!.figures;
  const input = { figures, ...settings };
  const isAlone = figures.pairing === 'single run';
  return [
    classReport(input, view),
    ...(isAlone
      ? []
      : [overallChanges(input), ...metrics.map((metric) => classChanges(input, metric, view))]),
  ];
}
