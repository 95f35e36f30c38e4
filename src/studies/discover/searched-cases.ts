/** The cases of a search: columns, errors and halves, all in one table. */

import type { MetricConfig } from '../../config/index.ts';
import type { CodedTable } from '../../counts/index.ts';
import { type DiscoveryInput, halvesOf, measureByParts } from '../../discovery/index.ts';
import { type ErrorScale, errorScale, toErrors } from './error-scale.ts';
import type { SearchColumn } from './search-columns.ts';

/** What is searched, and how to read it. */
export interface SearchedCases {
  readonly input: DiscoveryInput;
  readonly columns: readonly SearchColumn[];
  readonly scale: ErrorScale;
  readonly coded: CodedTable;
  /** Ids of the rows; null where there are too many cases to name them, or rows stand for several. */
  readonly ids: readonly string[] | null;
}

/**
 * @param hasBaseline false leaves the other run out although the table may have it
 * @param inHalves whether halves are looked at apart, so that what is counted in them need not be counted again in the whole
 */
export function searchedCases(
  coded: CodedTable,
  columns: readonly SearchColumn[],
  metric: MetricConfig,
  hasBaseline: boolean,
  ids: readonly string[] | null,
  inHalves: boolean,
): SearchedCases {
  const scale = errorScale(metric, hasBaseline ? [coded.candidate, coded.baseline] : [coded.candidate]);
  const rows = coded.candidate.length;
  const table = {
    rows,
    columns: columns.map(({ codes, values }) => ({ codes, cardinality: values.length })),
    count: coded.count,
    weight: coded.weight,
    error: toErrors(coded.candidate, scale),
    before: hasBaseline ? toErrors(coded.baseline, scale) : null,
  };
  const input = { table, cluster: coded.cluster, half: coded.half ?? new Uint8Array(rows) };
  if (inHalves) {
    measureByParts(
      table,
      halvesOf(input).map((half) => half.table),
    );
  }
  return { input, columns, scale, coded, ids };
}
