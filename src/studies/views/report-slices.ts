/** Tables of slices: rates with intervals, before and after; the worst cells of slice and class; where the cases went. */

import type { Compared } from '../../classes/index.ts';
import { countOf, formatCount, type PageTable, type Scale, scaleOf } from '../../reports/index.ts';
import { ALL_CASES } from '../../scope/index.ts';
import type { Estimate } from '../../stats/index.ts';
import { holm } from '../../stats/index.ts';
import type { ReportedClasses } from '../report/class-report.ts';
import type { NamedClasses, NamedKey } from '../report/named.ts';
import type { DimensionFooter, ReportResult, SliceRate } from '../report/result.ts';
import {
  bareShare,
  beforeAfter,
  changeRange,
  changeText,
  digitsFor,
  pCell,
  shareBar,
  shareText,
} from './report-cells.ts';
import { barCells, type ReportView } from './report-view.ts';

const left = (header: string) => ({ header, align: 'left' as const });
const right = (header: string) => ({ header, align: 'right' as const });

/** One row: a slice, or all cases. */
interface Row extends NamedKey {
  readonly n: number;
  readonly value: Compared;
}

/** Tables of the metrics that rows pass, fail or are scored by. */
export function rateTables(
  { rates, minCases, settings }: ReportResult,
  view: ReportView,
): readonly PageTable[] {
  const byMetric = Map.groupBy(rates, ({ metric }) => metric);
  return [...byMetric].map(([metric, rows]) => {
    const scale = scaleOf(metric);
    const compared = rows.map((row) => ({ ...row, value: comparedOf(row) }));
    return sliceTable(scale.name, compared, rows[0]!.direction, { minCases, top: settings.top, scale }, view);
  });
}

function comparedOf({ baseline, candidate, delta, pValue, n }: SliceRate): Compared {
  const none: Estimate = { estimate: null, lower: null, upper: null, level: 0.95, method: 'none', n };
  return { baseline, candidate: candidate ?? none, delta, pValue };
}

interface SliceTableSettings {
  readonly minCases: number;
  readonly top: number;
  readonly scale: Scale;
}

/** All cases, then the slices with enough cases, worst first; the others are counted in the footer of their dimension. */
function sliceTable(
  name: string,
  rows: readonly Row[],
  direction: 'higher' | 'lower',
  { minCases, top, scale }: SliceTableSettings,
  view: ReportView,
): PageTable {
  const all = rows.filter(({ dimension }) => dimension === ALL_CASES);
  const slices = rows.filter(({ dimension, n }) => dimension !== ALL_CASES && n >= minCases);
  const adjusted = new Map(holm(slices.map(({ value }) => value.pValue)).map((p, i) => [slices[i]!, p]));
  const worse = direction === 'higher' ? 1 : -1;
  const rank = ({ value }: Row) => worse * ((value.delta ?? value.candidate).estimate ?? worse * 1e300);
  const ordered = [...all, ...slices.toSorted((a, b) => rank(a) - rank(b))];
  const isCompared = rows.some(({ value }) => value.delta !== null);
  const bar = isCompared || direction === 'lower' ? 0 : barCells(view);
  const cell = (one: Estimate | null) =>
    one === null || one.estimate === null ? '-' : scale.value(one.estimate);
  const range = (one: Estimate) =>
    one.lower === null || one.upper === null ? '-' : `${scale.value(one.lower)}..${scale.value(one.upper)}`;
  const signed = (one: Estimate | null) =>
    one === null || one.estimate === null ? '-' : scale.delta(one.estimate);
  const signedRange = (one: Estimate | null) =>
    one === null || one.lower === null || one.upper === null
      ? '-'
      : `${scale.delta(one.lower)}..${scale.delta(one.upper)}`;
  return {
    title: `Slices by ${name}, ${isCompared ? 'largest loss' : 'lowest'} first`.replace(
      'lowest',
      direction === 'higher' ? 'lowest' : 'highest',
    ),
    columns: isCompared
      ? [
          left('slice'),
          right('n'),
          right('before'),
          right('after'),
          right('change'),
          right('interval'),
          right('p adj'),
        ]
      : [left('slice'), right('n'), right(name), right('interval'), ...(bar > 0 ? [left('0 to 1')] : [])],
    rows: ordered.map((row) => {
      const { baseline, candidate, delta, pValue } = row.value;
      const p = row.dimension === ALL_CASES ? pValue : (adjusted.get(row) ?? null);
      return isCompared
        ? [
            row.name,
            formatCount(row.n),
            cell(baseline),
            cell(candidate),
            signed(delta),
            signedRange(delta),
            pCell(p),
          ]
        : [
            row.name,
            formatCount(row.n),
            cell(candidate),
            range(candidate),
            ...(bar > 0 ? [shareBar(candidate, bar, view.ascii)] : []),
          ];
    }),
    most: top + 1,
  };
}

/** Slices by accuracy, with the mean recall of the classes that they have beside it. */
export function classSlices(
  { slices }: ReportedClasses,
  { minCases, top }: { readonly minCases: number; readonly top: number },
): PageTable {
  const [all, ...others] = slices;
  const large = others.filter(({ figures }) => figures.n >= minCases);
  const adjusted = holm(large.map(({ figures }) => figures.accuracy.pValue));
  const isCompared = all!.figures.accuracy.delta !== null;
  const digits = digitsFor(all!.figures.n);
  const rank = ({ figures: { accuracy } }: NamedClasses) =>
    (accuracy.delta ?? accuracy.candidate).estimate ?? 2;
  const row = ({ name, figures }: NamedClasses, p: number | null) => {
    const { accuracy, n } = figures;
    const macro = figures.balancedAccuracy;
    return isCompared
      ? [
          name,
          formatCount(n),
          beforeAfter(macro.baseline, macro.candidate),
          bareShare(accuracy.baseline),
          bareShare(accuracy.candidate),
          changeText(accuracy.delta),
          changeRange(accuracy.delta),
          pCell(p),
        ]
      : [name, formatCount(n), shareText(accuracy.candidate, digits), shareText(macro.candidate, digits)];
  };
  const ranked = large
    .map((slice, i) => ({ slice, p: adjusted[i]! }))
    .toSorted((a, b) => rank(a.slice) - rank(b.slice));
  return {
    title: `Slices by accuracy, ${isCompared ? 'largest loss' : 'lowest'} first`,
    columns: isCompared
      ? [
          left('slice'),
          right('n'),
          right('mean recall'),
          right('before'),
          right('after'),
          right('change'),
          right('interval'),
          right('p adj'),
        ]
      : [left('slice'), right('n'), right('accuracy'), right('mean recall')],
    // All cases alone are in the answers already.
    rows:
      ranked.length === 0
        ? []
        : [row(all!, all!.figures.accuracy.pValue), ...ranked.map(({ slice, p }) => row(slice, p))],
    most: top + 1,
  };
}

/** Where the cases of each dimension are; every row adds up. */
export function dimensionTable(dimensions: readonly DimensionFooter[]): PageTable {
  const hasChanged = dimensions.some(({ changed }) => changed > 0);
  return {
    title: 'Dimensions: where the cases are',
    columns: [
      left('dimension'),
      right('slices'),
      right('cases'),
      right('small'),
      right('cases'),
      right('without'),
      ...(hasChanged ? [right('changed')] : []),
      right('total'),
    ],
    rows: dimensions.map((one) => [
      one.dimension,
      formatCount(one.slices),
      formatCount(one.cases),
      formatCount(one.smallSlices),
      formatCount(one.smallCases),
      formatCount(one.missing + one.untagged),
      ...(hasChanged ? [formatCount(one.changed)] : []),
      `${formatCount(one.total)}${one.overlapping ? '*' : ''}`,
    ]),
    most: 12,
  };
}

/** What the dimension table cannot say in its cells. */
export function dimensionNotes(dimensions: readonly DimensionFooter[], minCases: number): readonly string[] {
  const overlapping = dimensions.filter((one) => one.overlapping).map(({ dimension }) => dimension);
  const small = dimensions.reduce((sum, { smallSlices }) => sum + smallSlices, 0);
  return [
    ...(small > 0
      ? [
          `${countOf(small, 'slice')} below ${minCases} cases: counted above, not listed (--min-cases lists them)`,
        ]
      : []),
    ...(overlapping.length > 0 ? [`* a case may lie in several slices of ${overlapping.join(', ')}`] : []),
  ];
}
