/** Words and tables of `slicewise sample`. */

import {
  type CsvTable,
  countOf,
  formatCount,
  type Page,
  type PageFormat,
  type PageTable,
  percentText,
  renderPage,
  type TerminalView,
} from '../../reports/index.ts';
import { left, right } from '../logs/page-cells.ts';
import type { RoundTrip } from './round-trip.ts';
import type { SampleReport, StratumReport } from './sample-report.ts';

const LISTED = 20;

/** The draw as text in one format. */
export function renderSample(
  report: SampleReport,
  format: PageFormat,
  view: Partial<TerminalView> = {},
): string {
  return renderPage(
    { page: () => samplePage(report), document: report, csv: () => sampleCsv(report) },
    format,
    view,
  );
}

function samplePage(report: SampleReport): Page {
  return {
    answers: [
      { label: 'Drawn', text: drawnText(report) },
      { label: 'From', text: populationText(report) },
      ...(report.evalSet === null
        ? []
        : [
            {
              label: 'Eval set',
              text: `${countOf(report.evalSet.cases, 'case')} count towards the floor${report.evalSet.missing === 0 ? '' : `, ${formatCount(report.evalSet.missing)} of them without ${report.by.join(' or ')}, which count for no slice`}`,
            },
          ]),
      { label: 'Design', text: designText(report) },
      ...rateAnswer(report),
      ...writtenAnswers(report),
      {
        label: 'Memory',
        text: `names and slices of ${countOf(report.population.available, 'row')}, about ${formatCount(report.memoryMb)} MB; no texts but those drawn`,
      },
    ],
    tables: [strataTable(report), classTable(report)],
    notes: [
      ...(report.sameInput === 0
        ? []
        : [`${countOf(report.sameInput, 'drawn row')} repeat the input of another drawn row`]),
      ...(report.floorReason === null ? [] : [`floor ${report.floor}: ${report.floorReason}`]),
      ...shortNotes(report.strata),
      ...(report.leftOut.length === 0
        ? []
        : [`not read, because they are no logs: ${report.leftOut.slice(0, 5).join(', ')}`]),
      ...report.notes,
    ],
  };
}

function drawnText({ drawn, strata, by, floor }: SampleReport): string {
  if (drawn === 0) return 'nothing: every slice that can reach the floor has it';
  const floors = strata.filter((one) => one.floor !== null);
  const reached = floors.filter((one) => one.floor === 'reached').length;
  const covered =
    floors.length === 0 || by.length === 0
      ? ''
      : `; ${reached} of ${countOf(floors.length, 'slice')} of ${by.join(' x ')} have at least ${floor}`;
  return `${countOf(drawn, 'case')}${covered}`;
}

/** Where all rows went; the parts add up. */
function populationText({ population, files, where }: SampleReport): string {
  const { rows, outside, unknown, missingKey, missingInput, repeated, existing, available } = population;
  const parts = [
    [outside, `outside of ${where}`],
    [unknown, 'where the predicate is unknown'],
    [missingKey, 'without a slice key, left out'],
    [missingInput, 'without an input, left out'],
    [repeated, 'that the files hold twice'],
    [existing, 'in the eval set or drawn before'],
  ] as const;
  const said = parts.flatMap(([count, what]) => (count === 0 ? [] : [`${formatCount(count)} ${what}`]));
  return `${countOf(rows, 'row')} of ${countOf(files.length, 'file')}: ${[...said, `${formatCount(available)} to draw from`].join(', ')}`;
}

function designText({ designs, rule, by, floor, seed }: SampleReport): string {
  const names = designs.map(({ name, size }) => {
    const own =
      name === 'stratified' ? ` by ${by.join(' x ') || 'nothing'}, floor ${floor}, then ${rule}` : '';
    return `${name} ${formatCount(size)}${own}`;
  });
  return `${names.join(' and ')}${designs.length > 1 ? ' (union)' : ''}; seed ${seed}`;
}

function rateAnswer({ drawn, margin, unreached }: SampleReport): Page['answers'] {
  if (drawn === 0 || margin === null) return [];
  const text =
    unreached === 0
      ? `every item has its inclusion probability; a simple random sample of this size gives a rate to within ${percentText(margin)} points (95%, at worst)`
      : 'this sample cannot be used for a rate: some rows could not have been drawn';
  return [{ label: 'Rates', text }];
}

function writtenAnswers({ written, worksheet, ledger }: SampleReport): Page['answers'] {
  return [
    ...(written === null
      ? []
      : [
          { label: 'Written', text: `${written.file} (${written.as})` },
          { label: 'Checked', text: roundTripText(written.roundTrip) },
        ]),
    ...(worksheet === null
      ? []
      : [{ label: 'Worksheet', text: `${worksheet}: write what is wrong into tags, or ok` }]),
    ...(ledger === null
      ? []
      : [
          {
            label: 'Queue',
            text: `${ledger.queue} in the ledger${ledger.isNew ? '' : ' (recorded before)'}`,
          },
        ]),
  ];
}

function roundTripText({ rows, fields, slices, kept }: RoundTrip): string {
  const had = Object.entries(kept).map(([what, count]) => `${what} ${formatCount(count)}`);
  return `read back: ${countOf(rows, 'row')}, ${countOf(fields, 'field')} and counts of ${countOf(slices, 'slice')} equal; ${had.join(', ')}`;
}

function strataTable({ strata, by, spreads }: SampleReport): PageTable {
  if (by.length === 0) return { title: null, columns: [left('')], rows: [], most: 0 };
  const spreadOf = new Map(spreads?.map(({ stratum, spread }) => [stratum, spread]));
  const hasFloor = strata.some(({ floor }) => floor !== null);
  return {
    title: `Slices of ${by.join(' x ')}`,
    columns: [
      left(by.join(' x ')),
      ...['rows', 'share %', 'had', 'drawn', 'now'].map(right),
      ...(spreads === null ? [] : [right('spread')]),
      ...(hasFloor ? [left('floor')] : []),
    ],
    rows: strata.map((one) => [
      one.stratum,
      formatCount(one.rows),
      percentText(one.share),
      formatCount(one.existing),
      formatCount(one.drawn),
      formatCount(one.total),
      ...(spreads === null ? [] : [(spreadOf.get(one.stratum) ?? 0.5).toFixed(3)]),
      ...(hasFloor ? [floorText(one)] : []),
    ]),
    most: LISTED,
  };
}

function floorText({ floor }: StratumReport): string {
  if (floor === 'short') return 'SHORT: the size does not reach it';
  return floor === 'impossible' ? 'cannot reach it' : '';
}

function shortNotes(strata: readonly StratumReport[]): readonly string[] {
  const impossible = strata.filter(({ floor }) => floor === 'impossible').length;
  return impossible === 0
    ? []
    : [`${countOf(impossible, 'slice')} cannot reach the floor, because production has fewer rows`];
}

function classTable({ classes }: SampleReport): PageTable {
  return {
    title: 'Classes',
    columns: [left('class'), right('drawn'), right('for the floor')],
    rows: (classes ?? []).map(({ key, draw, forFloor }) => [key, formatCount(draw), formatCount(forFloor)]),
    most: LISTED,
  };
}

/** One row per drawn item. */
function sampleCsv({ items }: SampleReport): CsvTable {
  return [
    ['item', 'place', 'stratum', 'probability', 'why'],
    ...items.map(({ item, place, stratum, probability, why }) => [item, place, stratum, probability, why]),
  ];
}
