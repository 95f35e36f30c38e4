/** The part of the terminal report about one metric: gated slices, the mean, what blocks, what is undecided, what was not gated. */

import { type Report, type SliceReport, withoutRepeats } from '../../gate/index.ts';
import { countOf, formatCount } from '../format/numbers.ts';
import { type Scale, scaleOf } from '../format/scale.ts';
import { type MetricSection, meanOf, needsDimension, sliceName, titleOf } from '../format/sections.ts';
import { meanSentence, ruleLines, undecidedList } from '../format/summary.ts';
import { visible } from '../format/visible.ts';
import { accountingLines, powerOf, verdictWord } from '../format/wording.ts';
import { deltaTable, meanRow, sliceRow, WIDE } from './delta-table.ts';
import { detailLines } from './detail.ts';
import { notGatedLines } from './not-gated.ts';
import { meanRateRow, rateRow, rateTable } from './rate-table.ts';
import type { Style } from './style.ts';
import { cutNames } from './width.ts';
import { wrap } from './wrap.ts';

/** Rows of a table that are shown unless everything is asked for. */
const SHOWN_ROWS = 15;
const SHOWN_UNDECIDED = 5;

/** All lines about one metric; the rules that hold for all metrics are told with the first. */
export function metricLines(
  section: MetricSection,
  report: Report,
  style: Style,
  isFirst: boolean,
): readonly string[] {
  const scale = scaleOf(section.metric);
  const told = withoutRepeats(section.gated);
  const shown = style.all ? told : told.slice(0, SHOWN_ROWS);
  return [
    ...titleLines(section, report, scale, style),
    ...tableLines(section, shown, report, scale, style),
    ...hiddenLines(told.slice(shown.length), section.gated.length - told.length, style),
    ...(report.baseline === null ? tooSmallLines(told, scale, style) : []),
    ...legend(section, report, scale, style, isFirst),
    ...accountingLines(section, report).flatMap((line) =>
      wrap(visible(line), { width: style.width, first: 'cases by ', indent: 9 }).map(style.dim),
    ),
    ...meanLines(section, scale, style),
    ...detailLines(section, report, style),
    ...(report.baseline === null ? [] : undecidedLines(section, scale, style)),
    ...notGatedLines(section, report, style),
  ];
}

function titleLines(section: MetricSection, report: Report, scale: Scale, style: Style): string[] {
  const isSingle = report.baseline === null;
  const slices = countOf(section.gated.length, isSingle ? 'slice' : 'gated slice');
  const unit = isSingle || scale.unit === '' ? '' : `; delta in${scale.unit}`;
  const order = section.gated.length > 1 ? `: ${slices}, worst first` : '';
  return wrap(visible(`${titleOf(section)}${order}${unit}`), {
    width: style.width,
    first: '',
    indent: 2,
  }).map(style.strong);
}

function tableLines(
  section: MetricSection,
  shown: readonly SliceReport[],
  report: Report,
  scale: Scale,
  style: Style,
): readonly string[] {
  const withDimension = needsDimension(section.gated);
  const name = (slice: SliceReport): string => visible(sliceName(slice, withDimension));
  const overall = meanOf(section);
  if (report.baseline === null) {
    const mean = overall === null ? [] : [meanRateRow(overall)];
    return rateTable([...shown.map((slice) => rateRow(slice, name(slice), style)), ...mean], {
      scale,
      style,
      floor: report.policy.floor,
      firstHeader: 'slice',
      needsHeader: null,
    });
  }
  const mean = overall === null ? [] : [meanRow(overall)];
  return deltaTable([...shown.map((slice) => sliceRow(slice, name(slice), style)), ...mean], {
    scale,
    style,
    mark: markOf(section, report),
    firstHeader: 'slice',
    keyHeader: 'adj p',
  });
}

function hiddenLines(hidden: readonly SliceReport[], twins: number, style: Style): readonly string[] {
  const same = twins === 0 ? [] : [`${countOf(twins, 'slice')} with the same cases as another not repeated`];
  if (hidden.length === 0) return same.map(style.dim);
  const words = Map.groupBy(hidden, verdictWord);
  const kinds = [...words]
    .filter(([word]) => word !== '')
    .map(([word, of]) => `${formatCount(of.length)} ${word}`);
  const what = kinds.length === 0 || hidden[0]?.delta === null ? '' : ` (${kinds.join(', ')})`;
  const more = `${countOf(hidden.length, 'more slice')}${what} not shown: --all`;
  return wrap([more, ...same].join('; '), { width: style.width, first: '', indent: 2 }).map(style.dim);
}

/** What a single run could not show in a comparison, against the margin. */
function tooSmallLines(slices: readonly SliceReport[], scale: Scale, style: Style): readonly string[] {
  const known = slices.filter(({ minimumDetectableDrop }) => minimumDetectableDrop !== null);
  const margin = known[0]?.margin;
  if (margin === undefined) return [];
  const small = known.filter((slice) => slice.minimumDetectableDrop! > slice.margin);
  const drop = `a drop of ${scale.size(margin)}${scale.unit}`;
  const text =
    small.length === 0
      ? `every slice has enough cases to show ${drop} at best`
      : `too small to show ${drop}: ${formatCount(small.length)} of ${countOf(known.length, 'slice')}`;
  return wrap(text, { width: style.width, first: '', indent: 2 });
}

/** Where the margin stands on the axis of raw differences. */
export function markOf(section: MetricSection, report: Report): number {
  const first = section.gated[0] ?? section.lowN[0];
  const margin = first?.margin ?? report.policy.margin;
  return (first?.direction ?? 'higher') === 'higher' ? -margin : margin;
}

function legend(
  section: MetricSection,
  report: Report,
  scale: Scale,
  style: Style,
  isFirst: boolean,
): readonly string[] {
  const { policy } = report;
  const { glyphs } = style;
  const floor = policy.floor === null ? [] : [`floor ${scale.value(policy.floor)}`];
  const lines =
    report.baseline === null
      ? [
          [
            `sees: smallest drop${scale.unit === '' ? '' : ` in${scale.unit}`} that so many cases can show at best, power 80%`,
            ...floor.map((text) => `${glyphs.mark} ${text}`),
          ].join('; '),
          ...(section.gated.length < 4
            ? []
            : ['order: by rates pulled to the common one, so that tiny slices do not lead']),
        ]
      : [
          [
            `${glyphs.zero} no change`,
            `${glyphs.mark} margin ${scale.size(Math.abs(markOf(section, report)))}${scale.unit}${
              section.gated[0]?.direction === 'lower' ? ' (lower is better)' : ''
            }`,
            ...floor,
          ].join('; '),
          ...(style.width >= WIDE
            ? ['p: one-sided; sees: smallest drop that so many cases show with power 80%']
            : []),
          ...(isFirst ? ruleLines(report) : []),
        ];
  return lines
    .flatMap((line) => wrap(visible(line), { width: style.width, first: '', indent: 2 }))
    .map(style.dim);
}

function meanLines(section: MetricSection, scale: Scale, style: Style): readonly string[] {
  const text = meanSentence(section, scale);
  return text === '' ? [] : wrap(text, { width: style.width, first: '', indent: 2 });
}

function undecidedLines(section: MetricSection, scale: Scale, style: Style): readonly string[] {
  const list = undecidedList(section, style.all ? Number.POSITIVE_INFINITY : SHOWN_UNDECIDED);
  if (list === null) return [];
  const [title = '', ...rest] = wrap(list.title, { width: style.width, first: 'Undecided: ', indent: 11 });
  const names = cutNames(
    list.shown.map((slice) => visible(sliceName(slice, needsDimension(section.gated)))),
    Math.max(20, style.width - 52),
    style.glyphs.ellipsis,
  );
  return [
    '',
    style.strong(title.slice(0, 10)) + title.slice(10),
    ...rest,
    ...list.shown.flatMap((slice, index) =>
      wrap(`${names[index]} ${powerOf(slice, scale)}`.trimEnd(), {
        width: style.width,
        first: '  ',
        indent: 2,
      }),
    ),
    ...(list.more === ''
      ? []
      : wrap(list.isCut ? `${list.more} (--all)` : list.more, {
          width: style.width,
          first: '  ',
          indent: 2,
        }).map(style.dim)),
  ];
}
