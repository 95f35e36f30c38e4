/** The error rate of production from a worksheet that people filled in: each item weighs 1 over its probability. */

import { DataError } from '../../errors.ts';
import {
  type CsvTable,
  countOf,
  formatCount,
  type Page,
  type PageFormat,
  percentText,
  renderPage,
  type TerminalView,
} from '../../reports/index.ts';
import { rateOfSample } from '../../sampling/index.ts';
import { compareText } from '../../slices/index.ts';
import { type Estimate, wilsonInterval } from '../../stats/index.ts';
import { left, right, shareText } from '../logs/page-cells.ts';
import { isDefect, isReviewed, readWorksheet, type WorksheetItem } from './read-worksheet.ts';

/** A rate of one slice. */
export interface SliceRate {
  readonly dimension: string;
  readonly value: string;
  readonly reviewed: number;
  readonly defects: number;
  readonly rate: Estimate;
}

/** What a worksheet says. */
export interface EstimateReport {
  readonly kind: 'slicewise sample estimate';
  readonly file: string;
  /** Null for any tag but ok. */
  readonly tag: string | null;
  readonly items: number;
  readonly reviewed: number;
  readonly defects: number;
  /** Of everything that could have been drawn, by Hájek's estimate. */
  readonly rate: Estimate;
  /** Share of the reviewed items as they are, which says nothing of production where probabilities differ. */
  readonly unweighted: Estimate;
  /** The rate if every item that nobody looked at were fine, and if all had the defect; null where all were looked at. */
  readonly bounds: readonly [number, number] | null;
  readonly slices: readonly SliceRate[];
  readonly tags: readonly { readonly tag: string; readonly items: number; readonly rate: Estimate }[];
}

const LEVEL = 0.95;

/**
 * Estimates.
 *
 * @param tag the defect that is counted; null counts any tag but ok
 * @throws DataError for a worksheet without inclusion probabilities, and where nobody has looked at anything
 */
export async function estimateWorksheet(
  file: string,
  cwd: string,
  tag: string | null,
): Promise<EstimateReport> {
  const { items, dimensions } = await readWorksheet(file, cwd);
  const without = items.filter(({ probability }) => probability === null);
  if (without.length > 0) {
    throw new DataError({
      message: `${without.length} of ${items.length} items have no inclusion probability, so no rate can be estimated`,
      hint: 'the design could not draw every row; draw again with --design random beside it',
      where: { file, line: without[0]!.line, field: 'probability' },
    });
  }
  const reviewed = items.filter(isReviewed);
  if (reviewed.length === 0) {
    throw new DataError({
      message: `none of the ${items.length} items has a tag`,
      hint: 'write what is wrong into the column tags, or ok where nothing is',
      where: { file },
    });
  }
  const looked = reviewed.length / items.length;
  const defects = reviewed.filter((one) => isDefect(one, tag)).length;
  const rateIf = (value: (one: WorksheetItem) => number): number =>
    rateOfSample(
      items.map((one) => unit(one, value(one), 1)),
      LEVEL,
    ).estimate!;
  return {
    kind: 'slicewise sample estimate',
    file,
    tag,
    items: items.length,
    reviewed: reviewed.length,
    defects,
    rate: rateOf(reviewed, tag, looked),
    unweighted: wilsonInterval(defects, reviewed.length, LEVEL),
    bounds:
      reviewed.length === items.length
        ? null
        : [
            rateIf((one) => Number(isDefect(one, tag))),
            rateIf((one) => Number(!isReviewed(one) || isDefect(one, tag))),
          ],
    slices: dimensions.flatMap((dimension) =>
      [...Map.groupBy(reviewed, ({ slices }) => slices[dimension] ?? '')]
        .map(([value, own]) => ({
          dimension,
          value,
          reviewed: own.length,
          defects: own.filter((one) => isDefect(one, tag)).length,
          rate: rateOf(own, tag, looked),
        }))
        .toSorted((a, b) => b.rate.estimate! - a.rate.estimate! || compareText(a.value, b.value)),
    ),
    tags: tagRates(reviewed, looked),
  };
}

/**
 * @param looked share of the items of the worksheet that were looked at. The worksheet is in an order by chance, so an item got
 *   in with its probability times this share.
 */
function rateOf(items: readonly WorksheetItem[], tag: string | null, looked: number): Estimate {
  return rateOfSample(
    items.map((one) => unit(one, Number(isDefect(one, tag)), looked)),
    LEVEL,
  );
}

function unit({ probability, stratum }: WorksheetItem, value: number, looked: number) {
  return { probability: probability! * looked, value, ...(stratum === null ? {} : { stratum }) };
}

function tagRates(items: readonly WorksheetItem[], looked: number): EstimateReport['tags'] {
  const names = [...new Set(items.flatMap(({ tags }) => tags))].toSorted(compareText);
  return names
    .map((tag) => ({
      tag,
      items: items.filter(({ tags }) => tags.includes(tag)).length,
      rate: rateOf(items, tag, looked),
    }))
    .toSorted((a, b) => b.rate.estimate! - a.rate.estimate! || compareText(a.tag, b.tag));
}

/** The estimate as text in one format. */
export function renderEstimate(
  report: EstimateReport,
  format: PageFormat,
  view: Partial<TerminalView> = {},
): string {
  return renderPage({ page: () => page(report), document: report, csv: () => csv(report) }, format, view);
}

function page({
  file,
  tag,
  items,
  reviewed,
  defects,
  rate,
  unweighted,
  bounds,
  slices,
  tags,
}: EstimateReport): Page {
  const what = tag === null ? 'any defect' : tag;
  return {
    answers: [
      {
        label: 'Rate',
        text: `${shareText(rate)}% of the rows that could be drawn have ${what} (95%, ${rate.method}, n ${rate.n})`,
      },
      {
        label: 'Sample',
        text: `${formatCount(defects)} of ${countOf(reviewed, 'item')} of ${file}; unweighted ${shareText(unweighted)}%, which is no rate of these rows where slices were drawn unequally`,
      },
      ...(bounds === null
        ? []
        : [
            {
              label: 'Open',
              text: `${countOf(items - reviewed, 'item')} have no tag and are left out; if all were fine or all had it, the rate were ${percentText(bounds[0])}% or ${percentText(bounds[1])}%`,
            },
          ]),
    ],
    tables: [
      {
        title: 'By slice, %',
        columns: [left('slice'), right('items'), right('with it'), right('rate')],
        rows: slices.map((one) => [
          `${one.dimension}=${one.value}`,
          formatCount(one.reviewed),
          formatCount(one.defects),
          shareText(one.rate),
        ]),
        most: 20,
      },
      {
        title: 'By tag, % of the rows that could be drawn',
        columns: [left('tag'), right('items'), right('rate')],
        rows: tags.map((one) => [one.tag, formatCount(one.items), shareText(one.rate)]),
        most: 20,
      },
    ],
    notes: [
      'rows that could be drawn: all rows of the logs but those that were in the eval set (--eval) or in a first pass (--second-pass) already; their rate is known from there',
      ...(bounds === null
        ? []
        : [
            'items without a tag are taken to be like those with one, which holds where people went through the worksheet in its order',
          ]),
    ],
  };
}

function csv({ rate, reviewed, defects, slices, tags }: EstimateReport): CsvTable {
  const cells = ({ estimate, lower, upper }: Estimate) => [estimate, lower, upper];
  return [
    ['kind', 'name', 'items', 'defects', 'rate', 'lower', 'upper'],
    ['all', '', reviewed, defects, ...cells(rate)],
    ...slices.map((one) => [
      'slice',
      `${one.dimension}=${one.value}`,
      one.reviewed,
      one.defects,
      ...cells(one.rate),
    ]),
    ...tags.map((one) => ['tag', one.tag, reviewed, one.items, ...cells(one.rate)]),
  ];
}
