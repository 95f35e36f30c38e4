/** Tables of mistakes: pairs of classes that are confused, levels of a label map, merges, and what mistakes cost. */

import { countOf, formatCount, formatQuantity, type PageTable, percentText } from '../../reports/index.ts';
import { ALL_CASES } from '../../scope/index.ts';
import type { Estimate } from '../../stats/index.ts';
import type { CostReport, NamedPair, ReportedClasses } from '../report/class-report.ts';
import { bareShare, beforeAfter, changeRange, changeText, pCell, shareText } from './report-cells.ts';
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
    withSlice ? `${name}: ${expected}` : expected,
    predicted ?? '(no answer)',
  ]);
  return { title, columns, rows: withTwoNames(columns, rows, names, ' > ', view), most };
}

/** Every level of the label map. */
export function levelTable({ levels }: ReportedClasses): PageTable {
  const isCompared = levels.some(({ accuracy }) => accuracy.delta !== null);
  return {
    title: 'Levels of the label map',
    columns: [
      left('level'),
      right('classes'),
      ...(isCompared
        ? [right('macro F1'), right('before'), right('after'), right('change'), right('interval'), right('p')]
        : [right('accuracy'), right('macro F1')]),
    ],
    rows: levels.map(({ level, classes, accuracy, macroF1 }) => [
      level,
      formatCount(classes),
      ...(isCompared
        ? [
            beforeAfter(macroF1?.baseline ?? null, macroF1?.candidate ?? null),
            bareShare(accuracy.baseline),
            bareShare(accuracy.candidate),
            changeText(accuracy.delta),
            changeRange(accuracy.delta),
            pCell(accuracy.pValue),
          ]
        : [shareText(accuracy.candidate, 2), shareText(macroF1?.candidate ?? null, 2)]),
    ]),
    most: 8,
  };
}

/** Which two classes to put under one name, by the mistakes that this takes away. */
export function mergeTable({ merges }: ReportedClasses): PageTable {
  return {
    title: 'Merges: mistakes that one name for two classes would take away',
    columns: [left('classes'), right('mistakes'), right('% of all'), right('in the map')],
    rows: merges.map(({ labels, removed, share, inMap }) => [
      labels.join(' + '),
      formatCount(removed),
      percentText(share),
      inMap ? 'yes' : '',
    ]),
    most: 5,
  };
}

/** Expected cost per 1,000 cases of every slice, with F1 beside it. */
export function costTable({ slices, costs, positive }: CostReport, minCases: number, top: number): PageTable {
  const isCompared = slices.some(({ perThousand }) => perThousand.delta !== null);
  const money = (one: Estimate | null) =>
    one === null || one.estimate === null ? '-' : formatQuantity(one.estimate, 3);
  const range = (one: Estimate | null) =>
    one === null || one.lower === null || one.upper === null
      ? '-'
      : `${formatQuantity(one.lower, 3)}..${formatQuantity(one.upper, 3)}`;
  const [all, ...others] = slices;
  const large = others.filter(({ n }) => n >= minCases).toSorted((a, b) => rank(b) - rank(a));
  return {
    title: `Cost per 1,000 cases (${costs}${positive === null ? '' : `; positive is ${JSON.stringify(positive)}`})`,
    columns: isCompared
      ? [
          left('slice'),
          right('n'),
          right('before'),
          right('after'),
          right('change'),
          right('interval'),
          right('F1'),
        ]
      : [left('slice'), right('n'), right('cost'), right('interval'), right('F1')],
    rows: (all === undefined ? [] : [all, ...large]).map(({ name, n, perThousand, f1 }) =>
      isCompared
        ? [
            name,
            formatCount(n),
            money(perThousand.baseline),
            money(perThousand.candidate),
            money(perThousand.delta),
            range(perThousand.delta),
            beforeAfter(f1.baseline, f1.candidate),
          ]
        : [
            name,
            formatCount(n),
            money(perThousand.candidate),
            range(perThousand.candidate),
            bareShare(f1.candidate),
          ],
    ),
    most: top + 1,
  };
}

function rank({ perThousand: { delta, candidate } }: CostReport['slices'][number]): number {
  return (delta ?? candidate).estimate ?? Number.NEGATIVE_INFINITY;
}

/** What the costs come to, in words. */
export function costAnswers({ slices }: CostReport): readonly string[] {
  const [all] = slices;
  if (all === undefined) return [];
  const { perThousand, swapRatio, byCost, byF1 } = all;
  const cost = perThousand.candidate.estimate;
  const before = perThousand.baseline?.estimate ?? null;
  const differ = byCost !== null && byF1 !== byCost;
  return [
    [
      cost === null
        ? 'undefined'
        : `${formatQuantity(cost, 3)} per 1,000 cases${before === null ? '' : `, ${formatQuantity(before, 3)} before`}`,
      ...(byCost === null ? [] : [`the ${byCost} run costs less`]),
      ...(differ
        ? [`F1 ${byF1 === null ? 'is level' : `prefers the ${byF1} run`}: the ranking differs`]
        : []),
      ...(swapRatio === null
        ? []
        : [`ranks swap where a miss costs ${formatQuantity(swapRatio, 3)} false alarms`]),
    ].join('; '),
  ];
}

/** The alarms among the pairs of all cases, in words. */
export function pairAlarms({ pairs }: ReportedClasses): string | null {
  const alarms = pairs.filter(({ dimension, pair }) => dimension === ALL_CASES && pair.alarm);
  if (alarms.length === 0) return null;
  const named = alarms
    .slice(0, 3)
    .map(
      ({ pair: { expected, predicted, baseline, candidate } }) =>
        `${expected} > ${predicted ?? '(no answer)'} (${baseline} to ${candidate})`,
    );
  const more = alarms.length - named.length;
  return `${countOf(alarms.length, 'pair')} confused at least twice as often: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
