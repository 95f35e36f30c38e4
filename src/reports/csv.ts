/**
 * One row per slice and metric with every number unrounded, as RFC 4180 CSV for spreadsheets and notebooks.
 *
 * A text cell that begins with a character which spreadsheets read as a formula (`=`, `+`, `-`, `@`, tab, carriage
 * return), or with an apostrophe, gets one leading apostrophe: take one away and the text is back. Terminal controls are spelled
 * out; line breaks, tabs and everything else keep their spelling. Numbers are never prefixed; an empty cell is null.
 */

import type { Report, SliceReport } from '../gate/index.ts';
import type { Estimate } from '../stats/index.ts';
import { withoutControls } from './format/visible.ts';

type Cell = string | number | boolean | null;

const estimateCells = (
  name: string,
  of: (slice: SliceReport) => Estimate | null,
): readonly (readonly [string, (slice: SliceReport) => Cell])[] => [
  [name, (slice) => of(slice)?.estimate ?? null],
  [`${name}Lower`, (slice) => of(slice)?.lower ?? null],
  [`${name}Upper`, (slice) => of(slice)?.upper ?? null],
  [`${name}Level`, (slice) => of(slice)?.level ?? null],
  [`${name}Method`, (slice) => of(slice)?.method ?? null],
];

/** Header and content of every column, in order. The names are those of the report document, flattened. */
const COLUMNS: readonly (readonly [string, (slice: SliceReport) => Cell])[] = [
  ['id', (slice) => slice.id],
  ['metric', (slice) => slice.metric],
  ['dimension', (slice) => slice.dimension],
  ['value', (slice) => slice.value],
  ['state', (slice) => slice.state],
  ['role', (slice) => slice.role],
  ['definition', (slice) => slice.definition],
  ['family', (slice) => slice.family],
  ['owner', (slice) => slice.owner],
  ['critical', (slice) => slice.critical],
  ['verdict', (slice) => slice.verdict],
  ['grade', (slice) => slice.grade],
  ['reason', (slice) => slice.reason],
  ['n', (slice) => slice.n],
  ['cases', (slice) => slice.counts.cases],
  ['onlyBaseline', (slice) => slice.counts.onlyBaseline],
  ['onlyCandidate', (slice) => slice.counts.onlyCandidate],
  ['edited', (slice) => slice.counts.edited],
  ['unscored', (slice) => slice.counts.unscored],
  ['withErrors', (slice) => slice.counts.withErrors],
  ...estimateCells('baseline', (slice) => slice.baseline),
  ...estimateCells('candidate', (slice) => slice.candidate),
  ...estimateCells('delta', (slice) => slice.delta),
  ['direction', (slice) => slice.direction],
  ['lost', (slice) => slice.lost],
  ['gained', (slice) => slice.gained],
  ['test', (slice) => slice.test],
  ['pValue', (slice) => slice.pValue],
  ['pValueTwoSided', (slice) => slice.pValueTwoSided],
  ['adjustedPValue', (slice) => slice.adjustedPValue],
  ['adjustment', (slice) => slice.adjustment],
  ['holmPValue', (slice) => slice.holmPValue],
  ['boschlooPValue', (slice) => slice.boschlooPValue],
  ['floorPValue', (slice) => slice.floorPValue],
  ['floor', (slice) => slice.floor],
  ['margin', (slice) => slice.margin],
  ['minimumDetectableDrop', (slice) => slice.minimumDetectableDrop],
  ['casesNeeded', (slice) => slice.casesNeeded],
  ['trainBaseline', (slice) => slice.train?.baseline?.estimate ?? null],
  ['trainCandidate', (slice) => slice.train?.candidate?.estimate ?? null],
  ['waiver', (slice) => slice.waiver?.kind ?? null],
  ['waiverExpires', (slice) => slice.waiver?.expires ?? null],
];

/** The names of the columns, in order. */
export const CSV_HEADER: readonly string[] = COLUMNS.map(([name]) => name);

/** The whole file, header first, lines ended by CR LF. */
export function renderCsv(report: Report): string {
  const rows = report.slices.map((slice) => COLUMNS.map(([, cell]) => csvCell(cell(slice))).join(','));
  return [CSV_HEADER.join(','), ...rows].map((row) => `${row}\r\n`).join('');
}

/**
 * One cell, quoted where needed.
 *
 * @example csvCell('=1+1') // "'=1+1"
 * @example csvCell('a,"b"') // '"a,""b"""'
 */
export function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = withoutControls(cell);
  const guarded = /^[=+\-@\t\r'\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(guarded) || guarded !== guarded.trim()
    ? `"${guarded.replaceAll('"', '""')}"`
    : guarded;
}
