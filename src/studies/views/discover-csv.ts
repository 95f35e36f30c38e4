/** Slices of `slicewise discover` for spreadsheets. */

import type { CsvTable } from '../../reports/index.ts';
import type { DiscoveredSliceReport, DiscoverResult } from '../discover/result.ts';

const COLUMNS = [
  'mode',
  'state',
  'name',
  'predicate',
  'sql',
  'cases',
  'share',
  'shownOn',
  'shownCases',
] as const satisfies readonly (keyof DiscoveredSliceReport)[];

/** One row per slice, unrounded. */
export function discoverCsv({ slices }: DiscoverResult): CsvTable {
  const header = [
    ...COLUMNS,
    'rate',
    'lower',
    'upper',
    'rest',
    'before',
    'difference',
    'p',
    'adjustedP',
    'errorsTooMany',
    'errorShare',
  ];
  return [
    header,
    ...slices.map((slice) => [
      ...COLUMNS.map((column) => slice[column]),
      ...[slice.rate.estimate, slice.rate.lower, slice.rate.upper, slice.rest?.estimate ?? null],
      ...[slice.before, slice.difference.estimate, slice.p, slice.adjustedP],
      ...[slice.errorsTooMany, slice.errorShare],
    ]),
  ];
}
