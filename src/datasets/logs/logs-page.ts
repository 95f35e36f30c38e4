/** Words and tables of `slicewise logs`. */

import {
  type CsvTable,
  countOf,
  formatCount,
  type Page,
  type PageTable,
  percentText,
} from '../../reports/index.ts';
import type { Estimate } from '../../stats/index.ts';
import type { ShareRow } from '../audit/shares.ts';
import type { DimensionReport, LogsReport, SideFactsReport } from './logs-report.ts';
import { coverageAnswer, coverageTable, localeTable, topicTable, windowTable } from './logs-tables.ts';
import { left, right, shareText } from './page-cells.ts';

const LISTED = 20;
const LISTED_FILES = 5;

/** The page. */
export function logsPage(report: LogsReport): Page {
  const { findings, headline, logs, evalSet, floor } = report;
  const alarms = findings.filter(({ kind }) => kind === 'alarm').length;
  return {
    answers: [
      { label: 'Verdict', text: headline },
      { label: 'Logs', text: sideText(logs, 'row', 'rows') },
      {
        label: 'Eval set',
        text: evalSet === null ? 'none is named (--eval FILE)' : sideText(evalSet, 'case', 'cases'),
      },
      {
        label: 'Found',
        text: `${countOf(alarms, 'alarm')}, ${countOf(findings.length - alarms, 'notice')}; floor ${floor} cases per slice`,
      },
      ...findings.map(({ practice, kind, text }) => ({
        label: kind === 'alarm' ? 'ALARM' : 'Notice',
        text: `${practice}: ${text}`,
      })),
      ...coverageAnswer(report.coverage),
    ],
    tables: [
      ...report.dimensions.flatMap((one, at) => [sharesTable(one), totalsTable(one, at === 0)]),
      localeTable(report.locales),
      ...report.windows.map(({ by, audit }) => windowTable(by, audit)),
      topicTable(report.topics, evalSet !== null),
      coverageTable(report.coverage),
    ],
    notes: [...report.dimensions.flatMap(dimensionNotes), ...leftOutNotes(logs), ...report.notes],
  };
}

/** One row per dimension and slice, unrounded. */
export function logsCsv({ dimensions }: LogsReport): CsvTable {
  const shares = (share: Estimate | null | undefined) => [
    share?.estimate ?? null,
    share?.lower ?? null,
    share?.upper ?? null,
  ];
  return [
    [
      'dimension',
      'value',
      'production',
      'productionShare',
      'productionShareLower',
      'productionShareUpper',
      'cases',
      'evalShare',
      'evalShareLower',
      'evalShareUpper',
      'state',
      'toAdd',
      'weight',
      'score',
      'scored',
      'tokens',
      'costUsd',
      'meanLatency',
    ],
    ...dimensions.flatMap((one) => {
      const totals = new Map(one.slices.map((slice) => [slice.value, slice]));
      const audited = new Map(one.audit?.rows.map((row) => [row.value, row]));
      return [...new Set([...audited.keys(), ...totals.keys()])].map((value) => {
        const row = audited.get(value);
        const own = totals.get(value);
        return [
          one.dimension,
          value,
          own?.rows ?? 0,
          ...shares(row?.productionShare ?? own?.share),
          row?.cases ?? null,
          ...shares(row?.evalShare),
          row?.state ?? null,
          row === undefined ? null : toAdd(row, one.audit!.floor),
          row?.weight ?? null,
          own?.score?.estimate ?? null,
          own?.score?.n ?? null,
          own?.tokens ?? null,
          own?.costUsd ?? null,
          own?.meanLatency ?? null,
        ];
      });
    }),
  ];
}

function sideText(side: SideFactsReport, one: string, many: string): string {
  const files = side.files.length > LISTED_FILES ? countOf(side.files.length, 'file') : side.files.join(', ');
  const span =
    side.first === null ? '' : `, ${side.first} to ${side.last} (${countOf(side.days, 'day')} with ${many})`;
  const repeats = side.repeats === 0 ? '' : `, ${countOf(side.repeats, 'row')} that repeat a case`;
  const errors = side.errors.errors === 0 ? '' : `, ${countOf(side.errors.errors, 'error')}`;
  const tool = side.tool === null ? '' : `${side.tool}, `;
  return `${countOf(side.rows, one, many)}${repeats}${errors}${span} (${tool}${files})`;
}

function sharesTable({ dimension, audit }: DimensionReport): PageTable {
  return {
    title: `${dimension}: production against the eval set, % with 95% interval`,
    columns: [
      left(dimension),
      right('rows'),
      right('production'),
      right('cases'),
      right('eval set'),
      left('state'),
      right('to add'),
    ],
    rows: (audit?.rows ?? []).map((row) => [
      row.value,
      formatCount(row.production),
      shareText(row.productionShare),
      formatCount(row.cases),
      shareText(row.evalShare),
      STATES[row.state],
      toAdd(row, audit!.floor) === 0 ? '' : formatCount(toAdd(row, audit!.floor)),
    ]),
    most: LISTED,
  };
}

const STATES: Readonly<Record<ShareRow['state'], string>> = {
  absent: 'ABSENT',
  'under floor': 'UNDER FLOOR',
  'cannot reach': 'cannot reach the floor',
  'not in production': 'not in production',
  covered: '',
};

/** Cases that bring a slice to the floor, where production can. */
function toAdd({ state, cases }: ShareRow, floor: number): number {
  return state === 'absent' || state === 'under floor' ? floor - cases : 0;
}

function totalsTable({ dimension, slices, audit }: DimensionReport, isFirst: boolean): PageTable {
  const has = (of: (slice: DimensionReport['slices'][number]) => unknown) =>
    slices.some((slice) => of(slice) !== null);
  const columns = [
    ...(audit === null
      ? [
          { header: 'rows', cell: rowsCell },
          { header: 'production', cell: shareCell },
        ]
      : []),
    ...(has(({ score }) => score) ? [{ header: 'score % (n)', cell: scoreCell }] : []),
    ...(has(({ tokens }) => tokens) ? [{ header: 'tokens', cell: tokensCell }] : []),
    ...(has(({ costUsd }) => costUsd) ? [{ header: 'cost', cell: costCell }] : []),
    ...(has(({ meanLatency }) => meanLatency) ? [{ header: 'mean latency', cell: latencyCell }] : []),
  ];
  return {
    title: `${dimension}: ${audit === null ? 'production' : 'totals of production'}`,
    columns: [left(dimension), ...columns.map(({ header }) => right(header))],
    rows:
      columns.length === 0 || (!isFirst && audit !== null)
        ? []
        : slices.map((slice) => [slice.value, ...columns.map(({ cell }) => cell(slice))]),
    most: LISTED,
  };
}

type Slice = DimensionReport['slices'][number];

const rowsCell = ({ rows }: Slice): string => formatCount(rows);
const shareCell = ({ share }: Slice): string => shareText(share);
const scoreCell = ({ score }: Slice): string =>
  score === null ? '-' : `${shareText(score)} (${formatCount(score.n)})`;
const tokensCell = ({ tokens }: Slice): string => (tokens === null ? '-' : formatCount(Math.round(tokens)));
const costCell = ({ costUsd }: Slice): string => (costUsd === null ? '-' : costUsd.toFixed(2));
const latencyCell = ({ meanLatency }: Slice): string =>
  meanLatency === null ? '-' : String(Number(meanLatency.toPrecision(4)));

function dimensionNotes({
  dimension,
  audit,
  reason,
  missing,
  logColumn,
  evalColumn,
}: DimensionReport): readonly string[] {
  const notes: string[] = [];
  if (reason !== null && reason !== 'no eval set is named')
    notes.push(`${dimension} cannot be compared: ${reason}`);
  if (missing.rows > 0 && !missing.alarm) {
    notes.push(
      `${countOf(missing.rows, 'log row')} (${percentText(missing.share)}%) without ${dimension}, first at ${missing.at.join(', ')}`,
    );
  }
  const cases = audit?.missing.cases ?? 0;
  if (cases > 0) notes.push(`${countOf(cases, 'case')} of the eval set without ${dimension}`);
  if (audit !== null && evalColumn !== logColumn) {
    notes.push(
      `${dimension} is column ${JSON.stringify(logColumn)} of the logs and ${JSON.stringify(evalColumn)} of the eval set`,
    );
  }
  return notes;
}

function leftOutNotes({ leftOut }: SideFactsReport): readonly string[] {
  if (leftOut.length === 0) return [];
  return [
    `not read, because they are no logs: ${leftOut.slice(0, LISTED_FILES).join(', ')}${leftOut.length > LISTED_FILES ? ` and ${leftOut.length - LISTED_FILES} more` : ''}`,
  ];
}
