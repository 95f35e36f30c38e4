/** Tables of mistakes: pairs of classes that are confused, levels of a label map, merges, and what mistakes cost. */

import { countOf, formatCount, formatQuantity, type PageTable, percentText } from '../../reports/index.ts';
import { ALL_CASES } from '../../scope/index.ts';
import type { Estimate } from '../../stats/index.ts';
import type { CostReport, NamedPair, ReportedClasses } from '../report/class-report.ts';
import {
  bareShare,
  beforeAfter,
  changeRange,
  changeText,
  labelName,
  pCell,
  shareText,
} from './report-cells.ts';
import { type ReportView, withTwoNames } from './report-view.ts';

const left = (header: string) => ({ header, align: 'left' as const });
const right = (header: string) => ({ header, align: 'right' as const });

/** Which pairs of classes are confused, over all cases and then in slices that moved. */
export function pairTables({ pairs }: ReportedClasses, top: number, view: ReportView): readonly PageTable[] {
  const isCompared = pairs.some(({ pair }) => pair.rate.delta !== null);
  const whole = pairs.filter(({ dimension }) => dimension === ALL_CASES);
  const alarms = pairs.filter(({ dimension, pair }) => dimension !== ALL_CASES && pair.alarm);
  return [
    pairTable('Confused: true class > answer, most frequent first', whole, isCompared, top, view),
    ...(alarms.length === 0
      ? []
      : [pairTable('Confused at least twice as often in a slice', alarms, isCompared, top, view, true)]),
  ];
}

/** Columns from which the interval stands beside the counts. */
const WIDE = 100;

function pairTable(
  title: string,
  pairs: readonly NamedPair[],
  isCompared: boolean,
  most: number,
  view: ReportView,
  withSlice = false,
): PageTable {
  const isWide = view.columns >= WIDE;
  const columns = isCompared
    ? [
        left('pair'),
        right('of'),
        right('before'),
        right('after'),
        ...(isWide ? [right('rate change'), right('interval')] : []),
        right('p adj'),
      ]
    : [left('pair'), right('cases'), right('of'), right('of the class')];
  const rows = pairs.map(({ pair }) => {
    const { support, baseline, candidate, rate, adjusted, alarm } = pair;
    return isCompared
      ? [
          formatCount(support),
          formatCount(baseline ?? 0),
          formatCount(candidate),
          ...(isWide ? [changeText(rate.delta), changeRange(rate.delta, 2)] : []),
          `${pCell(adjusted)}${alarm ? ' !' : ''}`,
        ]
      : [formatCount(candidate), formatCount(support), shareText(rate.candidate, 2)];
  });
  const names = pairs.map(({ name, pair: { expected, predicted } }): readonly [string, string] => [
    withSlice ? `${name}: ${labelName(expected)}` : labelName(expected),
    predicted === null ? '(no answer)' : labelName(predicted),
  ]);
  return { title, columns, rows: withTwoNames(columns, rows, names, ' > ', view), most };
}

/** Every level of the label map. */
export function levelTable({ levels }: ReportedClasses): PageTable {
  const isCompared = levels.some(({ classes }) => classes.accuracy.delta !== null);
  return {
    title: 'Levels of the label map',
    columns: [
      left('level'),
      right('classes'),
      ...(isCompared
        ? [right('macro F1'), right('before'), right('after'), right('change'), right('interval'), right('p')]
        : [right('accuracy'), right('macro F1')]),
    ],
    rows: levels.map(({ level, labels, classes: { accuracy, averages } }) => {
      const macro = averages.find(({ average }) => average === 'macro')?.fScore ?? null;
      return [
        level === 0 ? 'labels' : `parents${level === 1 ? '' : `, ${level} levels up`}`,
        formatCount(labels),
        ...(isCompared
          ? [
              beforeAfter(macro?.baseline ?? null, macro?.candidate ?? null),
              bareShare(accuracy.baseline),
              bareShare(accuracy.candidate),
              changeText(accuracy.delta),
              changeRange(accuracy.delta),
              pCell(accuracy.pValue),
            ]
          : [shareText(accuracy.candidate, 2), shareText(macro?.candidate ?? null, 2)]),
      ];
    }),
    most: 8,
  };
}

/** Classes from which it is a question which of them to merge. */
const LEAST_MERGED = 4;

/** Which two classes to put under one name, by the mistakes that this takes away. */
export function mergeTable({ merges, labels, levels }: ReportedClasses, view: ReportView): PageTable {
  const isCompared = merges.some(({ baseline }) => baseline !== null);
  const columns = [
    left('classes'),
    ...(isCompared ? [right('before'), right('after')] : [right('mistakes')]),
    right('% of all'),
    ...(levels.length > 0 ? [right('in the map')] : []),
  ];
  const listed = labels < LEAST_MERGED ? [] : merges.slice(0, 10);
  const rows = listed.map(({ baseline, candidate, share, inMap }) => [
    ...(isCompared ? [formatCount(baseline ?? 0)] : []),
    formatCount(candidate),
    share === null ? '-' : percentText(share),
    ...(levels.length > 0 ? [inMap ? 'yes' : ''] : []),
  ]);
  const names = listed.map(({ first, second }): readonly [string, string] => [
    labelName(first),
    labelName(second),
  ]);
  return {
    title: 'Merges: mistakes that one name for two classes would take away',
    columns,
    rows: withTwoNames(columns, rows, names, ' + ', view),
    most: 5,
  };
}

/** Expected cost per 1,000 cases of every slice, with F beside it. */
export function costTable({ slices, costs, positive }: CostReport, minCases: number, top: number): PageTable {
  const isCompared = slices.some(({ figures }) => figures.costPer1000.delta !== null);
  const money = (one: Estimate | null) =>
    one === null || one.estimate === null ? '-' : formatQuantity(one.estimate, 3);
  const range = (one: Estimate | null) =>
    one === null || one.lower === null || one.upper === null
      ? '-'
      : `${formatQuantity(one.lower, 3)}..${formatQuantity(one.upper, 3)}`;
  const [all, ...others] = slices;
  const large = others.filter(({ figures }) => figures.n >= minCases).toSorted((a, b) => rank(b) - rank(a));
  return {
    title: `Cost per 1,000 cases (${costs}${positive === null ? '' : `; positive is ${JSON.stringify(positive)}`}), ${isCompared ? 'largest rise' : 'dearest'} first`,
    columns: isCompared
      ? [
          left('slice'),
          right('n'),
          right('before'),
          right('after'),
          right('change'),
          right('interval'),
          right(positive === null ? 'macro F1' : 'F1'),
        ]
      : [
          left('slice'),
          right('n'),
          right('cost'),
          right('interval'),
          right(positive === null ? 'macro F1' : 'F1'),
        ],
    rows: (all === undefined ? [] : [all, ...large]).map(({ name, figures: { n, costPer1000, f } }) =>
      isCompared
        ? [
            name,
            formatCount(n),
            money(costPer1000.baseline),
            money(costPer1000.candidate),
            money(costPer1000.delta),
            range(costPer1000.delta),
            beforeAfter(f.baseline, f.candidate),
          ]
        : [
            name,
            formatCount(n),
            money(costPer1000.candidate),
            range(costPer1000.candidate),
            bareShare(f.candidate),
          ],
    ),
    most: top + 1,
  };
}

function rank({ figures: { costPer1000 } }: CostReport['slices'][number]): number {
  return (costPer1000.delta ?? costPer1000.candidate).estimate ?? Number.NEGATIVE_INFINITY;
}

/** What the costs come to, in words. */
export function costAnswer({ slices }: CostReport): string | null {
  const [all] = slices;
  if (all === undefined) return null;
  const { costPer1000, flipRatio, ranking, f, errors } = all.figures;
  const { candidate, baseline, delta } = costPer1000;
  if (candidate.estimate === null) return null;
  const money = (value: number) => formatQuantity(value, 3);
  const change =
    delta === null || delta.estimate === null
      ? ''
      : `; change ${money(delta.estimate)}${delta.lower === null || delta.upper === null ? '' : ` (${money(delta.lower)} to ${money(delta.upper)})`}`;
  const now = `${money(candidate.estimate)} per 1,000 cases${baseline?.estimate == null ? '' : `, ${money(baseline.estimate)} before`}${change}`;
  return [
    now,
    ...(errors === null
      ? []
      : [
          `${countOf(errors.candidate.misses, 'miss', 'misses')}, ${countOf(errors.candidate.falseAlarms, 'false alarm')}`,
        ]),
    ...(ranking === 'differs'
      ? [`F1 goes ${beforeAfter(f.baseline, f.candidate)}: cost and F1 do not rank the runs alike`]
      : []),
    ...(flipRatio === null
      ? []
      : [`the cheaper run changes where a miss costs ${money(flipRatio)} false alarms`]),
  ].join('; ');
}

/** The alarms among the pairs of all cases, in words. */
export function pairAlarms({ pairs }: ReportedClasses): string | null {
  const alarms = pairs.filter(({ dimension, pair }) => dimension === ALL_CASES && pair.alarm);
  if (alarms.length === 0) return null;
  const named = alarms
    .slice(0, 3)
    .map(
      ({ pair: { expected, predicted, baseline, candidate } }) =>
        `${labelName(expected)} > ${predicted === null ? '(no answer)' : labelName(predicted)} (${baseline} to ${candidate})`,
    );
  const more = alarms.length - named.length;
  return `${countOf(alarms.length, 'pair')} confused at least twice as often: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
