/** The outcome that two framings of a task share: in words, as a table, and which labels lead to none. */

import type { Compared } from '../../classes/index.ts';
import { countOf, formatCount, type PageTable } from '../../reports/index.ts';
import type { OutcomeReport } from '../report/outcome-report.ts';
import {
  bareShare,
  changeRange,
  changeText,
  digitsFor,
  labelName,
  pCell,
  shareText,
} from './report-cells.ts';

const left = (header: string) => ({ header, align: 'left' as const });
const right = (header: string) => ({ header, align: 'right' as const });

/** Accuracy on outcomes of all cases and of every slice, and the recall of every outcome. */
export function outcomeTables(
  { slices, outcomes }: OutcomeReport,
  { top, minCases }: { readonly top: number; readonly minCases: number },
): readonly PageTable[] {
  const [all, ...others] = slices;
  if (all === undefined) return [];
  const isCompared = all.figures.accuracy.delta !== null;
  const rank = ({ delta, candidate }: Compared) => (delta ?? candidate).estimate ?? 2;
  const large = others
    .filter(({ figures }) => figures.n >= minCases)
    .toSorted((a, b) => rank(a.figures.accuracy) - rank(b.figures.accuracy));
  return [
    tableOf(
      `Shared outcome: recall of ${countOf(outcomes, 'outcome')}, all cases`,
      'outcome',
      all.figures.classes.map(({ label, support, recall }) => [labelName(label), support, recall] as const),
      isCompared,
      top,
    ),
    tableOf(
      `Shared outcome: slices by accuracy, ${isCompared ? 'largest loss' : 'lowest'} first`,
      'slice',
      large.map(({ name, figures }) => [name, figures.n, figures.accuracy] as const),
      isCompared,
      top,
    ),
  ];
}

function tableOf(
  title: string,
  what: string,
  rows: readonly (readonly [name: string, n: number, value: Compared])[],
  isCompared: boolean,
  most: number,
): PageTable {
  return {
    title,
    columns: isCompared
      ? [
          left(what),
          right('n'),
          right('before'),
          right('after'),
          right('change'),
          right('interval'),
          right('p'),
        ]
      : [left(what), right('n'), right(what === 'slice' ? 'accuracy' : 'recall')],
    rows: rows.map(([name, n, { baseline, candidate, delta, pValue }]) => {
      const digits = digitsFor(n);
      return isCompared
        ? [
            name,
            formatCount(n),
            bareShare(baseline, digits),
            bareShare(candidate, digits),
            changeText(delta, digits),
            changeRange(delta, digits),
            pCell(pValue),
          ]
        : [name, formatCount(n), shareText(candidate, digits)];
    }),
    most,
  };
}

const LISTED = 5;

/** What the map leaves out, and what that does. */
export function outcomeNotes({ unmapped, slices }: OutcomeReport): readonly string[] {
  const named = (labels: readonly string[]) =>
    `${labels.slice(0, LISTED).map(labelName).join(', ')}${labels.length > LISTED ? ` and ${labels.length - LISTED} more` : ''}`;
  const answers = [
    ['the old run', unmapped.baseline ?? []],
    ['the new run', unmapped.candidate],
  ] as const;
  const figures = slices[0]?.figures;
  return [
    ...(unmapped.expected.length === 0
      ? []
      : [
          `true labels without an outcome: ${named(unmapped.expected)}; their cases are left out of the shared outcome`,
        ]),
    ...answers
      .filter(([, labels]) => labels.length > 0)
      .map(
        ([run, labels]) =>
          `answers of ${run} without an outcome: ${named(labels)}; they count as wrong on the shared outcome`,
      ),
    ...(figures === undefined || figures.edited === 0
      ? []
      : [
          `${countOf(figures.edited, 'case')} with another input or true label in each run left out; where each run has true labels of its own, --map baseline.expected= takes the new run's for both`,
        ]),
  ];
}
