/** Tables of answers with parts and of rankings: rates over parts beside whole cases, and the parts themselves. */

import { countOf, formatCount, type PageTable } from '../../reports/index.ts';
import type { PartsReport, PartsSlice } from '../report/parts-report.ts';
import {
  bareShare,
  beforeAfter,
  changeRange,
  changeText,
  digitsFor,
  pCell,
  shareText,
} from './report-cells.ts';

const left = (header: string) => ({ header, align: 'left' as const });
const right = (header: string) => ({ header, align: 'right' as const });

/** What parts are called. */
const PART_NAMES: Readonly<Record<PartsReport['kind'], string>> = {
  list: 'items',
  spans: 'spans',
  'json-fields': 'fields',
  ranking: 'ranked ids',
};

/** All tables of one kind of parts. */
export function partsTables(
  report: PartsReport,
  { top, minCases }: { readonly top: number; readonly minCases: number },
): readonly PageTable[] {
  return [metricTable(report), sliceTable(report, top, minCases), partTable(report, top)];
}

/** Every metric of all cases. */
function metricTable({ kind, slices, columns }: PartsReport): PageTable {
  const all = slices[0];
  const isCompared = all?.values.some(({ value }) => value.delta !== null) ?? false;
  return {
    title: `Answers by ${PART_NAMES[kind]}: ${columns.given} against ${columns.expected}, n = ${formatCount(all?.n ?? 0)}`,
    columns: isCompared
      ? [left('metric'), right('before'), right('after'), right('change'), right('interval'), right('p')]
      : [left('metric'), right('value')],
    rows: (all?.values ?? []).map(({ metric, value: { baseline, candidate, delta, pValue } }) =>
      isCompared
        ? [
            metric,
            bareShare(baseline),
            bareShare(candidate),
            changeText(delta),
            changeRange(delta),
            pCell(pValue),
          ]
        : [metric, shareText(candidate, 3)],
    ),
    most: 12,
  };
}

/** The whole-case rate of every slice with the first and the last metric over parts beside it. */
function sliceTable({ slices }: PartsReport, top: number, minCases: number): PageTable {
  const [all, ...others] = slices;
  const isCompared = all?.values.some(({ value }) => value.delta !== null) ?? false;
  const beside = lastOf(all);
  const rank = ({ values }: PartsSlice) => {
    const { delta, candidate } = values[0]!.value;
    return (delta ?? candidate).estimate ?? 2;
  };
  const rows = others.filter(({ n }) => n >= minCases).toSorted((a, b) => rank(a) - rank(b));
  const digits = digitsFor(all?.n ?? 0);
  return {
    title: `Slices by ${all?.values[0]?.metric ?? 'whole case'}, ${isCompared ? 'largest loss' : 'lowest'} first`,
    columns: isCompared
      ? [
          left('slice'),
          right('n'),
          right(beside.name),
          right('before'),
          right('after'),
          right('change'),
          right('interval'),
          right('p'),
        ]
      : [left('slice'), right('n'), right(all?.values[0]?.metric ?? ''), right(beside.name)],
    rows: rows.map(({ name, n, values }) => {
      const { baseline, candidate, delta, pValue } = values[0]!.value;
      const other = values[beside.at]?.value;
      return isCompared
        ? [
            name,
            formatCount(n),
            beforeAfter(other?.baseline ?? null, other?.candidate ?? null),
            bareShare(baseline),
            bareShare(candidate),
            changeText(delta),
            changeRange(delta),
            pCell(pValue),
          ]
        : [name, formatCount(n), shareText(candidate, digits), shareText(other?.candidate ?? null, digits)];
    }),
    most: top,
  };
}

function lastOf(slice: PartsSlice | undefined): { readonly at: number; readonly name: string } {
  const at = (slice?.values.length ?? 1) - 1;
  return { at, name: slice?.values[at]?.metric ?? '' };
}

/** The parts that are expected most often; of two runs by the recall that changed. */
function partTable({ parts, kind }: PartsReport, top: number): PageTable {
  const isCompared = parts.some(({ recall }) => recall.baseline !== null);
  const of = `Parts (${PART_NAMES[kind]}) by how often they are expected`;
  if (!isCompared) {
    return {
      title: of,
      columns: [left('part'), right('expected'), right('precision'), right('recall')],
      rows: parts.map(({ part, expected, precision, recall }) => [
        part,
        formatCount(expected),
        shareText(precision.candidate, 2),
        shareText(recall.candidate, 2),
      ]),
      most: top,
    };
  }
  return {
    title: `${of}: recall`,
    columns: [
      left('part'),
      right('expected'),
      right('precision'),
      right('before'),
      right('after'),
      right('change'),
      right('interval'),
    ],
    rows: parts.map(({ part, expected, precision, recall: { baseline, candidate, delta } }) => [
      part,
      formatCount(expected),
      beforeAfter(precision.baseline, precision.candidate),
      bareShare(baseline),
      bareShare(candidate),
      changeText(delta),
      changeRange(delta),
    ]),
    most: top,
  };
}

/** What of the answers could not count. */
export function partsNotes({ unanswered, slices, kind }: PartsReport): readonly string[] {
  const { missing, errors, unreadable } = unanswered;
  const all = slices[0];
  const bad = [
    [missing.candidate, 'without an answer'],
    [errors.candidate, 'with an error'],
    [unreadable.candidate, `whose answer cannot be read as ${PART_NAMES[kind]}`],
  ] as const;
  const wrong = bad.filter(([cases]) => cases > 0);
  return [
    ...(wrong.length === 0
      ? []
      : [
          `${wrong.map(([cases, what]) => `${countOf(cases, 'case')} ${what}`).join(', ')}: nothing in them counts as right`,
        ]),
    ...(all === undefined || all.unlabelled === 0
      ? []
      : [`${countOf(all.unlabelled, 'case')} without expected ${PART_NAMES[kind]} left out`]),
    ...(all === undefined || all.unpaired === 0
      ? []
      : [`${countOf(all.unpaired, 'case')} in one run only left out`]),
    'intervals resample whole cases, so that parts of one case stay together',
  ];
}
