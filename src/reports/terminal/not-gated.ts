/** What decides nothing but is shown: slices that are too small, cases in no slice, and other dimensions. */

import type { Report, SliceReport } from '../../gate/index.ts';
import { countOf, formatCount } from '../format/numbers.ts';
import { scaleOf } from '../format/scale.ts';
import { byDimension, type MetricSection, needsDimension, sliceName } from '../format/sections.ts';
import { visible } from '../format/visible.ts';
import { fewerThan, missingCases } from '../format/wording.ts';
import { deltaTable, sliceRow } from './delta-table.ts';
import { rateRow, rateTable } from './rate-table.ts';
import type { Style } from './style.ts';
import { wrap } from './wrap.ts';

const SHOWN_LOW_N = 3;
const SHOWN_REMAINDER = 5;
const SHOWN_DIMENSIONS = 8;

/** Lines of both sections; each is empty where there is nothing to show. */
export function notGatedLines(section: MetricSection, report: Report, style: Style): readonly string[] {
  return [...smallLines(section, report, style), ...shownLines(section, report, style)];
}

function smallLines(section: MetricSection, report: Report, style: Style): readonly string[] {
  const { minCases } = report.policy;
  const low = style.all ? section.lowN : section.lowN.slice(0, SHOWN_LOW_N);
  const remainder = style.all ? section.remainder : section.remainder.slice(0, SHOWN_REMAINDER);
  const rows = [...low, ...remainder];
  if (rows.length === 0) return [];
  const cases = section.lowN.reduce((sum, slice) => sum + slice.n, 0);
  const small = `: ${countOf(section.lowN.length, 'slice')} (${countOf(cases, 'case')}) below ${fewerThan(section.lowN, minCases)}`;
  const withDimension = needsDimension([...section.gated, ...rows]);
  const hidden = [
    ...more(section.lowN.length - low.length, 'more LOW-N slice'),
    ...more(section.remainder.length - remainder.length, 'more row'),
  ].join(', ');
  return [
    '',
    ...titleLines(`Not gated${section.lowN.length === 0 ? '' : small}`, style),
    ...table(
      rows.map((slice) => ({
        slice,
        name: visible(sliceName(slice, withDimension || slice.state !== 'value')),
        key: slice.role === 'gated' ? missingCases(slice, minCases) : '',
      })),
      { report, style, keyHeader: 'needs' },
    ),
    ...(hidden === '' ? [] : [style.dim(`${hidden} not shown: --all`)]),
  ];
}

/** Unless everything is asked for, the worst slice of each dimension, worst dimensions first. */
function shownLines(section: MetricSection, report: Report, style: Style): readonly string[] {
  if (section.shown.length === 0) return [];
  const dimensions = byDimension(section.shown);
  const told = style.all ? dimensions : dimensions.slice(0, SHOWN_DIMENSIONS);
  const rows = told.flatMap(({ dimension, slices }) =>
    (style.all ? slices : slices.slice(0, 1)).map((slice) => ({
      slice,
      name: visible(`${dimension}=${slice.value}`),
      key: formatCount(slices.length),
    })),
  );
  const hidden = dimensions.length - told.length;
  return [
    '',
    ...titleLines(
      `Other dimensions, not gated${style.all ? '' : ': the worst slice of each (--all: every slice)'}`,
      style,
    ),
    ...table(rows, { report, style, keyHeader: 'of' }),
    ...(hidden > 0 ? [style.dim(`${countOf(hidden, 'more dimension')} not shown: --all`)] : []),
  ];
}

function more(count: number, what: string): readonly string[] {
  return count > 0 ? [countOf(count, what)] : [];
}

function titleLines(title: string, style: Style): readonly string[] {
  return wrap(title, { width: style.width, first: '', indent: 2 }).map(style.strong);
}

interface NamedSlice {
  readonly slice: SliceReport;
  readonly name: string;
  readonly key: string;
}

function table(
  rows: readonly NamedSlice[],
  options: {
    readonly report: Report;
    readonly style: Style;
    readonly keyHeader: string;
  },
): readonly string[] {
  const { report, style } = options;
  const keyHeader = rows.some(({ key }) => key !== '') ? options.keyHeader : '';
  const firstHeader = 'slice';
  const scale = scaleOf(rows[0]!.slice.metric);
  if (report.baseline === null) {
    return rateTable(
      rows.map(({ slice, name, key }) => rateRow(slice, name, style, key)),
      { scale, style, firstHeader, floor: report.policy.floor, needsHeader: keyHeader },
    );
  }
  const { direction, margin } = rows[0]!.slice;
  return deltaTable(
    rows.map(({ slice, name, key }) => sliceRow(slice, name, style, key)),
    { scale, style, firstHeader, mark: direction === 'higher' ? -margin : margin, keyHeader },
  );
}
