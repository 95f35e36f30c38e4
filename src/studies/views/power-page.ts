/** Words and rows of `slicewise power`. */

import {
  type CsvTable,
  countOf,
  formatCount,
  formatP,
  type Page,
  type PageTable,
  percentText,
  type Scale,
  scaleOf,
} from '../../reports/index.ts';
import type { PowerResult, SlicePowerRow } from '../power/power.ts';

/** Power that counts as seeing. */
const SEEN = 0.8;
const ROWS = 25;

/** The page. */
export function powerPage(result: PowerResult): Page {
  const { slices, small } = result;
  const isOne = new Set(slices.map(groupOf)).size <= 1;
  return {
    answers: [
      { label: 'Sees', text: seesLine(result) },
      { label: 'Blind', text: blindLine(result) },
      { label: 'Small', text: smallLine(result) },
    ],
    tables: [
      ...[...Map.groupBy(slices, groupOf).values()].map((rows) => powerTable(rows, isOne)),
      {
        title: 'Too small to gate',
        columns: [
          { header: 'slice', align: 'left' },
          { header: 'n', align: 'right' },
          { header: 'lacks', align: 'right' },
        ],
        rows: small.map((slice) => [nameOf(slice), formatCount(slice.n), `+${formatCount(slice.lacks)}`]),
        most: ROWS,
      },
    ],
    notes: [...explanations(result), ...result.notes],
  };
}

function groupOf({ metric, drop, margin }: SlicePowerRow): string {
  return JSON.stringify([metric, drop, margin]);
}

function nameOf({ dimension, value }: { readonly dimension: string; readonly value: string }): string {
  return value === '' ? `${dimension}=` : value;
}

function dropText({ metric, drop }: SlicePowerRow): string {
  const scale = scaleOf(metric);
  return `${scale.size(drop)}${scale.unit}`;
}

function seesLine({ slices, assumedChurn }: PowerResult): string {
  if (slices.length === 0) return 'nothing: no slice has enough cases to be gated';
  const drops = new Set(slices.map(dropText));
  const seeing = slices.filter(({ powerAtDrop }) => (powerAtDrop ?? 0) >= SEEN).length;
  const what =
    drops.size === 1 ? `a drop of ${[...drops][0]}` : 'a drop of three margins, or the one asked for';
  const assumed = assumedChurn === null ? '' : `; churn is assumed to be ${percentText(assumedChurn)}%`;
  return `${what} is seen by ${seeing} of ${countOf(slices.length, 'gated slice')} with at least 80% power${assumed}`;
}

function blindLine({ slices, thresholds, pairing, assumedChurn }: PowerResult): string {
  const blind = slices.filter((slice) => slice.blind);
  if (pairing === 'single run' || assumedChurn !== null)
    return 'not known without a baseline: nothing flipped yet';
  if (slices.every((slice) => slice.blind === null))
    return 'no slice: p-values of these tests can be as small as the loss is large';
  const bounds = [
    ...(thresholds.critical === null
      ? []
      : [`a critical slice blocks at p <= ${formatP(thresholds.critical)}`]),
    ...(thresholds.other === null
      ? []
      : [
          `${thresholds.critical === null ? 'one slice' : 'another'} blocks at p <= ${formatP(thresholds.other)}`,
        ]),
  ].join(', ');
  const they = blind.length === 1 ? 'it' : 'they';
  return `${countOf(blind.length, 'slice')} (*) flipped so few cases that ${they} could not have blocked, had every flip been a loss: m flips give no p below 2^-m, and here ${bounds}`;
}

function smallLine({ small, minCases }: PowerResult): string {
  if (small.length === 0) return `no gated slice has fewer than ${minCases} cases`;
  const lacking = small.reduce((sum, { lacks }) => sum + lacks, 0);
  return `${countOf(small.length, 'slice')} below ${minCases} cases ${small.length === 1 ? 'is' : 'are'} shown and never gated; ${countOf(lacking, 'more case')} would gate ${small.length === 1 ? 'it' : 'them'}`;
}

function powerTable(rows: readonly SlicePowerRow[], isOnly: boolean): PageTable {
  const [first] = rows;
  const scale = scaleOf(first.metric);
  const right = (header: string) => ({ header, align: 'right' as const });
  return {
    title: isOnly ? null : `${scale.name}, drop ${dropText(first)}`,
    columns: [
      { header: 'slice', align: 'left' },
      right('n'),
      right('churn'),
      right('gains'),
      right('share'),
      right(`at ${scale.size(first.drop)}`),
      right(`at ${scale.size(first.margin)}`),
      right('least'),
      right('needs'),
      right(''),
    ],
    rows: rows.map((row) => cellsOf(row, scale)),
    most: ROWS,
  };
}

function cellsOf(row: SlicePowerRow, scale: Scale): string[] {
  const share = (value: number | null) => (value === null ? '-' : percentText(value));
  return [
    `${nameOf(row)}${row.critical ? ' (critical)' : ''}`,
    formatCount(row.n),
    share(row.churn),
    share(row.gains),
    formatP(row.share),
    powerText(row.powerAtDrop, row.bestPowerAtDrop),
    powerText(row.powerAtMargin, row.bestPowerAtMargin),
    row.minimumDetectableDrop === null ? '-' : scale.size(row.minimumDetectableDrop),
    row.casesForDrop === null ? '-' : formatCount(row.casesForDrop),
    row.blind ? '*' : '',
  ];
}

/** From the slice's own share to all that the others lend: `23-81%`. */
function powerText(own: number | null, best: number | null): string {
  if (own === null || best === null) return '-';
  const [from, to] = [percentText(own, 0), percentText(best, 0)];
  return from === to ? `${from}%` : `${from}-${to}%`;
}

function explanations({ slices, pairing, assumedChurn }: PowerResult): string[] {
  if (slices.length === 0) return [];
  const lends = slices.some(({ bestPowerAtDrop, powerAtDrop }) => bestPowerAtDrop !== powerAtDrop);
  const isPaired = pairing === 'paired';
  return [
    'churn, gains: percent of cases that flipped, and that were won back; share: the one-sided level of a slice when the block budget is shared out evenly',
    `at a drop: the power to see it at that share${lends ? ', and with all that slices with few flips lend in this comparison' : ''}; least: smallest drop seen with 80% power; needs: cases that see the first drop with 80%${pairing === 'unpaired' ? ', in each run' : ''}`,
    'a drop of just the margin blocks in about half of the cases at most, even where it is seen: the observed drop must reach the margin too. slicewise strategies simulates the whole rule',
    ...(assumedChurn === null
      ? []
      : [
          `churn of ${percentText(assumedChurn)}% is assumed, half each way: with --churn, or with a baseline, it is yours`,
        ]),
    ...(isPaired || assumedChurn !== null
      ? []
      : ['the runs share no case: running both on the same cases needs far fewer']),
  ];
}

const COLUMNS = [
  'id',
  'metric',
  'dimension',
  'value',
  'critical',
  'n',
  'lost',
  'gained',
  'churn',
  'gains',
  'share',
  'drop',
  'margin',
  'powerAtDrop',
  'powerAtMargin',
  'bestPowerAtDrop',
  'bestPowerAtMargin',
  'minimumDetectableDrop',
  'casesForDrop',
  'casesForMargin',
  'blind',
] as const satisfies readonly (keyof SlicePowerRow)[];

/** One row per slice, unrounded; small slices have only what is known of them. */
export function powerCsv({ slices, small, minCases }: PowerResult): CsvTable {
  return [
    [...COLUMNS, 'lacks'],
    ...slices.map((row) => [...COLUMNS.map((column) => row[column]), 0]),
    ...small.map((row) => [
      ...COLUMNS.map((column) => (column in row ? row[column as 'id'] : null)),
      minCases - row.n,
    ]),
  ];
}
