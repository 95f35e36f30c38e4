/** Tables of what changed between two runs: every class under one metric, and all classes together. */

import type { SliceClasses } from '../../classes/index.ts';
import { countOf, formatCount, type PageTable } from '../../reports/index.ts';
import { compareText } from '../../slices/index.ts';
import { holm } from '../../stats/index.ts';
import { metricOf } from '../report/class-report.ts';
import type { ClassMetric } from '../report/request.ts';
import {
  bareShare,
  beforeAfter,
  changeRange,
  changeText,
  digitsFor,
  labelName,
  pCell,
} from './report-cells.ts';
import type { ReportView } from './report-view.ts';

/** What the tables of classes look at. */
export interface ClassTableInput {
  readonly figures: SliceClasses;
  /** Only these have rows; empty is all. */
  readonly shown: readonly string[];
  readonly top: number;
  readonly minCases: number;
}

const left = (header: string) => ({ header, align: 'left' as const });
const right = (header: string) => ({ header, align: 'right' as const });

/** Columns from which other metrics stand beside the one that leads. */
const WIDE = 100;

const OTHERS = ['recall', 'precision', 'f1'] as const satisfies readonly ClassMetric[];

const METRIC_NAMES: Readonly<Record<ClassMetric, string>> = {
  recall: 'recall',
  precision: 'precision',
  f1: 'F1',
  specificity: 'specificity',
};

/**
 * Classes before and after under one metric, what was lost first; classes without any change are counted.
 *
 * @param metric the other metrics stand beside it, before and after
 */
export function classChanges(input: ClassTableInput, metric: ClassMetric, view: ReportView): PageTable {
  const { figures, shown } = input;
  const adjusted = holm(figures.classes.map((one) => metricOf(one, metric).pValue));
  const beside = view.columns < WIDE ? [] : OTHERS.filter((other) => other !== metric).slice(0, 2);
  const rows = figures.classes
    .map((one, i) => ({ one, value: metricOf(one, metric), p: adjusted[i]! }))
    .filter(({ one }) => shown.length === 0 || shown.includes(one.label));
  const moved = rows.filter(({ value: { delta } }) => delta?.estimate != null && delta.estimate !== 0);
  const sorted = moved.toSorted(
    (a, b) => a.value.delta!.estimate! - b.value.delta!.estimate! || compareText(a.one.label, b.one.label),
  );
  const digits = digitsFor(figures.n);
  const still = rows.length - moved.length;
  return {
    title: `Classes, before and after, by ${METRIC_NAMES[metric]}, losses first${still > 0 ? `; ${countOf(still, 'class', 'classes')} without a change not listed` : ''}`,
    columns: [
      left('class'),
      right('support'),
      ...beside.map((other) => right(METRIC_NAMES[other])),
      right('before'),
      right('after'),
      right('change'),
      right('interval'),
      right('p adj'),
    ],
    rows: sorted.map(({ one, value: { baseline, candidate, delta }, p }) => [
      labelName(one.label),
      formatCount(one.support),
      ...beside.map((other) => {
        const { baseline: before, candidate: after } = metricOf(one, other);
        return beforeAfter(before, after);
      }),
      bareShare(baseline, digits),
      bareShare(candidate, digits),
      changeText(delta, digits),
      changeRange(delta, digits),
      pCell(p),
    ]),
    most: input.top,
  };
}

/** Metrics over all classes, before and after, with what they are. */
export function overallChanges({ figures }: Pick<ClassTableInput, 'figures'>): PageTable {
  const averages = figures.averages.flatMap(({ average, precision, recall, fScore }) => [
    [`${average} F1`, fScore] as const,
    ...(average === 'macro'
      ? ([
          ['macro precision', precision],
          ['macro recall', recall],
        ] as const)
      : []),
  ]);
  const rows = [
    ['accuracy', figures.accuracy] as const,
    ['balanced accuracy', figures.balancedAccuracy] as const,
    ...averages,
    ['MCC', figures.mcc] as const,
    ['kappa', figures.kappa] as const,
  ].filter(([, { candidate }]) => candidate.estimate !== null);
  return {
    title: 'All classes together, before and after',
    columns: [
      left('metric'),
      right('before'),
      right('after'),
      right('change'),
      right('interval'),
      right('p'),
    ],
    rows: rows.map(([name, { baseline, candidate, delta, pValue }]) => [
      name,
      bareShare(baseline),
      bareShare(candidate),
      changeText(delta),
      changeRange(delta),
      pCell(pValue),
    ]),
    most: 12,
  };
}
