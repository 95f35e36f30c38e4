/** The part of the terminal report about one metric: gated slices, the mean, what was not gated, and where all cases went. */

import type { Report, SliceReport } from '../../gate/index.ts';
import { countOf, formatCount, formatP, formatShare } from '../format/numbers.ts';
import { formatDeltaRange, formatEstimate, formatRange, type Scale, scaleOf } from '../format/scale.ts';
import { byDimension, type MetricSection, needsDimension, sliceName } from '../format/sections.ts';
import { visible } from '../format/visible.ts';
import { accountingLines, missingCases } from '../format/wording.ts';
import { deltaTable, meanRow, sliceRow } from './delta-table.ts';
import { detailLines } from './detail.ts';
import { meanRateRow, rateRow, rateTable } from './rate-table.ts';
import type { Style } from './style.ts';
import { cutNames } from './width.ts';
import { wrap } from './wrap.ts';

/** Rows of a table that are shown unless everything is asked for. */
const SHOWN_ROWS = 15;
const SHOWN_LOW_N = 3;
const LISTED_UNDECIDED = 6;

/** All lines about one metric. */
export function metricLines(section: MetricSection, report: Report, style: Style): readonly string[] {
  const scale = scaleOf(section.metric);
  const isSingle = report.baseline === null;
  const withDimension = needsDimension(section.gated);
  const dimensions = byDimension([...section.gated, ...section.lowN]).map(({ dimension }) =>
    visible(dimension),
  );
  const by = dimensions.length === 0 ? '' : ` by ${dimensions.join(' and ')}`;
  const title = `${visible(scale.name)}${by}: ${countOf(section.gated.length, 'gated slice')}, worst first${isSingle || scale.unit === '' ? '' : `; delta in${scale.unit}`}`;
  const shown = style.all ? section.gated : section.gated.slice(0, SHOWN_ROWS);
  const name = (slice: SliceReport): string => visible(sliceName(slice, withDimension));
  const lines: string[] = [...wrap(title, { width: style.width, first: '', indent: 2 })].map(style.strong);
  if (isSingle) {
    const overall = section.overall === null ? [] : [meanRateRow(section.overall)];
    lines.push(
      ...rateTable([...shown.map((slice) => rateRow(slice, name(slice), style)), ...overall], {
        scale,
        style,
        floor: report.policy.floor,
        firstHeader: 'slice',
        needsHeader: null,
      }),
    );
  } else {
    const overall = section.overall === null ? [] : [meanRow(section.overall)];
    lines.push(
      ...deltaTable([...shown.map((slice) => sliceRow(slice, name(slice), style)), ...overall], {
        scale,
        style,
        mark: markOf(section, report),
        firstHeader: 'slice',
        keyHeader: 'adj p',
      }),
    );
  }
  const hidden = section.gated.length - shown.length;
  if (hidden > 0)
    lines.push(style.dim(`${countOf(hidden, 'more gated slice')} not shown, none of them worse: --all`));
  lines.push(...legend(section, report, scale, style), ...meanLines(section, scale, style));
  if (!isSingle) lines.push(...undecidedLines(shown, scale, style, withDimension));
  lines.push(...detailLines(section, style), ...notGatedLines(section, report, scale, style));
  return lines;
}

/** Where the margin stands on the axis of raw differences. */
function markOf(section: MetricSection, report: Report): number | null {
  const first = section.gated[0] ?? section.lowN[0];
  const margin = first?.margin ?? report.policy.margin;
  return (first?.direction ?? 'higher') === 'higher' ? -margin : margin;
}

function legend(section: MetricSection, report: Report, scale: Scale, style: Style): readonly string[] {
  const { policy } = report;
  const { glyphs } = style;
  const parts: string[] = [];
  if (report.baseline === null) {
    parts.push('sees: smallest drop that this many cases would show in a comparison, power 80 %');
    if (policy.floor !== null) parts.push(`${glyphs.mark} floor ${scale.value(policy.floor)}`);
  } else {
    const mark = Math.abs(markOf(section, report)!);
    const direction = section.gated[0]?.direction === 'lower' ? ' (lower is better)' : '';
    parts.push(
      `${glyphs.zero} no change, ${glyphs.mark} margin ${scale.size(mark)}${scale.unit}${direction}`,
    );
    parts.push(`adj p: one-sided, ${policy.multiplicity} over ${countOf(section.gated.length, 'slice')}`);
    parts.push(
      `budgets: block ${formatShare(policy.blockBudget)}, review ${formatShare(policy.reviewBudget)}`,
    );
    if (policy.floor !== null) parts.push(`floor ${scale.value(policy.floor)}`);
  }
  return wrap(visible(parts.join('; ')), { width: style.width, first: '', indent: 0 }).map(style.dim);
}

function meanLines(section: MetricSection, scale: Scale, style: Style): readonly string[] {
  const { overall } = section;
  if (overall === null) return [];
  const parts: string[] = [];
  if (overall.conclusion !== null) {
    const p = overall.pValueTwoSided === null ? '' : ` (two-sided p ${formatP(overall.pValueTwoSided)})`;
    parts.push(`${overall.conclusion}${p}`);
  }
  if (overall.unpairedStandardError !== null && overall.conclusion !== null) {
    parts.push(`standard error without pairing ${scale.size(overall.unpairedStandardError)}${scale.unit}`);
  }
  if (overall.rerunBand !== null) {
    parts.push(`an unchanged rerun moves it by up to ${scale.size(overall.rerunBand)}${scale.unit}`);
  }
  if (overall.weighted !== null) {
    const { baseline, candidate } = overall.weighted;
    const before =
      baseline === null
        ? ''
        : `${formatEstimate(scale, baseline)} (${formatRange(scale, baseline)}) before, `;
    parts.push(
      `weighted ${before}${formatEstimate(scale, candidate)} (${formatRange(scale, candidate)}) after`,
    );
  }
  return parts.length === 0 ? [] : wrap(parts.join('; '), { width: style.width, first: 'mean: ', indent: 6 });
}

function undecidedLines(
  shown: readonly SliceReport[],
  scale: Scale,
  style: Style,
  withDimension: boolean,
): readonly string[] {
  const rows = shown.filter(
    (slice) =>
      slice.verdict === 'PASS' && slice.grade === 'undecided' && slice.minimumDetectableDrop !== null,
  );
  if (rows.length === 0 || style.width >= 110) return [];
  const listed = style.all ? rows : rows.slice(0, LISTED_UNDECIDED);
  const names = cutNames(
    listed.map((slice) => visible(sliceName(slice, withDimension))),
    24,
    style.glyphs.ellipsis,
  );
  const list = listed
    .map((slice, index) => `${names[index]} ${scale.size(slice.minimumDetectableDrop!)}`)
    .join(', ');
  return wrap(
    `a loss is neither shown nor ruled out; smallest drop seen with power 80 %: ${list}${scale.unit}${listed.length < rows.length ? `, and ${formatCount(rows.length - listed.length)} more` : ''}`,
    {
      width: style.width,
      first: 'undecided: ',
      indent: 11,
    },
  );
}

function notGatedLines(
  section: MetricSection,
  report: Report,
  scale: Scale,
  style: Style,
): readonly string[] {
  const { minCases } = report.policy;
  const shownLow = style.all ? section.lowN : section.lowN.slice(0, SHOWN_LOW_N);
  const rows = [...shownLow, ...section.remainder];
  const withDimension = needsDimension([...section.gated, ...section.lowN, ...section.remainder]);
  const lines: string[] = [];
  if (rows.length > 0) {
    const cases = section.lowN.reduce((sum, slice) => sum + slice.n, 0);
    const low = `${countOf(section.lowN.length, 'slice')} (${countOf(cases, 'case')}) below ${formatCount(minCases)} cases`;
    lines.push('', style.strong(section.lowN.length === 0 ? 'Not gated' : `Not gated: ${low}`));
    const options = { scale, style, firstHeader: 'slice' };
    const named = rows.map((slice) => ({
      slice,
      name: visible(sliceName(slice, withDimension)),
      needs: slice.role === 'gated' ? missingCases(slice, minCases) : '',
    }));
    lines.push(
      ...(report.baseline === null
        ? rateTable(
            named.map(({ slice, name, needs }) => rateRow(slice, name, style, needs)),
            { ...options, floor: report.policy.floor, needsHeader: 'needs' },
          )
        : deltaTable(
            named.map(({ slice, name, needs }) => sliceRow(slice, name, style, needs)),
            { ...options, mark: markOf(section, report), keyHeader: 'needs' },
          )),
    );
    const hidden = section.lowN.length - shownLow.length;
    if (hidden > 0) lines.push(style.dim(`${countOf(hidden, 'more LOW-N slice')} not shown: --all`));
  }
  for (const line of accountingLines(section, report)) {
    lines.push(...wrap(visible(line), { width: style.width, first: 'cases by ', indent: 9 }).map(style.dim));
  }
  return [...lines, ...shownLines(section, scale, style)];
}

function shownLines(section: MetricSection, scale: Scale, style: Style): readonly string[] {
  if (section.shown.length === 0) return [];
  const lines = [
    '',
    style.strong(
      style.all ? 'Other dimensions, not gated' : 'Other dimensions, not gated: worst of each (--all: all)',
    ),
  ];
  for (const { dimension, slices } of byDimension(section.shown)) {
    const rows = style.all ? slices : slices.slice(0, 1);
    for (const slice of rows) {
      const [name = ''] = cutNames([visible(`${dimension}=${slice.value}`)], 28, style.glyphs.ellipsis);
      const values =
        slice.delta === null
          ? `${formatEstimate(scale, slice.candidate)} (${formatRange(scale, slice.candidate)})`
          : `${formatEstimate(scale, slice.baseline)} ${style.glyphs.arrow} ${formatEstimate(scale, slice.candidate)}, ${scale.delta(slice.delta.estimate ?? 0)} (${formatDeltaRange(scale, slice.delta)})`;
      const more = style.all ? '' : `; worst of ${formatCount(slices.length)}`;
      lines.push(
        ...wrap(`${name}: n ${formatCount(slice.n)}, ${values}${more}`, {
          width: style.width,
          first: '  ',
          indent: 4,
        }),
      );
    }
  }
  return lines;
}
