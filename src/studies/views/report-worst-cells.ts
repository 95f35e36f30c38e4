/** Tables of the worst classes in slices: where one is surely low, and with two runs where one was surely lost. */

import { countOf, formatCount, type PageTable } from '../../reports/index.ts';
import { type ClassCell, type ReportedClasses, worstCells } from '../report/class-report.ts';
import type { ClassMetric } from '../report/request.ts';
import {
  bareShare,
  changeRange,
  changeText,
  type Digits,
  digitsFor,
  labelName,
  pCell,
  shareText,
} from './report-cells.ts';
import { type ReportView, withTwoNames } from './report-view.ts';

const left = (header: string) => ({ header, align: 'left' as const });
const right = (header: string) => ({ header, align: 'right' as const });

/** Rows of each table on a screen. */
const MOST = 10;

/**
 * What was lost, where two runs are compared, then what is lowest now. A class that lies whole in a slice is no cell of it: the table of
 * classes has it.
 */
export function cellTables(
  { slices }: ReportedClasses,
  metric: ClassMetric,
  { top, minCases }: { readonly top: number; readonly minCases: number },
  view: ReportView,
): readonly PageTable[] {
  const { classes, n, pairing } = slices[0]!.figures;
  const whole = new Map(classes.map(({ label, support }) => [label, support]));
  const cells = worstCells(slices.slice(1), metric).filter(
    ({ label, support }) => support < whole.get(label)!,
  );
  const large = cells.filter(({ support }) => support >= minCases);
  const small = cells.length - large.length;
  const looked = `${countOf(large.length, 'cell')} of ${minCases} cases or more${small > 0 ? `, ${formatCount(small)} smaller` : ''}`;
  const shape = { metric, looked, view, digits: digitsFor(n), most: Math.min(top, MOST) };
  return [...(pairing === 'single run' ? [] : [lostTable(large, shape)]), lowTable(large, shape)];
}

interface Shape {
  readonly metric: ClassMetric;
  readonly looked: string;
  readonly view: ReportView;
  readonly digits: Digits;
  readonly most: number;
}

function lostTable(cells: readonly ClassCell[], { metric, looked, view, digits, most }: Shape): PageTable {
  const listed = cells.filter(({ value }) => (value.delta?.estimate ?? 0) < 0);
  const columns = [
    left('slice: class'),
    right('n'),
    ...[right('before'), right('after'), right('change'), right('interval'), right('p adj')],
  ];
  const rows = listed.map(({ support, value, adjusted }) => [
    formatCount(support),
    bareShare(value.baseline, digits),
    bareShare(value.candidate, digits),
    changeText(value.delta, digits),
    changeRange(value.delta, digits),
    pCell(adjusted),
  ]);
  return {
    title: `Classes in slices that lost ${metric}, most surely first: ${looked}`,
    columns,
    rows: withTwoNames(columns, rows, namesOf(listed), ': ', view),
    most,
  };
}

function lowTable(cells: readonly ClassCell[], { metric, looked, view, digits, most }: Shape): PageTable {
  const upper = ({ value: { candidate } }: ClassCell) => candidate.upper ?? candidate.estimate ?? 2;
  const listed = cells
    .filter(({ value }) => value.candidate.estimate !== null)
    .toSorted((a, b) => upper(a) - upper(b));
  const columns = [left('slice: class'), right('n'), right(metric)];
  const rows = listed.map(({ support, value }) => [formatCount(support), shareText(value.candidate, digits)]);
  return {
    title: `Classes in slices of the lowest ${metric} now: ${looked}`,
    columns,
    rows: withTwoNames(columns, rows, namesOf(listed), ': ', view),
    most,
  };
}

function namesOf(cells: readonly ClassCell[]): readonly (readonly [string, string])[] {
  return cells.map(({ name, label }) => [name, labelName(label)]);
}
