/** What a coded table needs of every case beside its slices, in SQL. */

import type { UnitMeasure } from '../../counts/index.ts';
import type { WideColumns } from './attributes.ts';
import type { CaseTable } from './case-table.ts';
import { meansSql, roleRangeSql } from './values.ts';

/** Expressions over the FROM item `from`. */
export interface FactsSql {
  /** The item of `WideColumns.from`, with whatever the expressions need. */
  from(columns: Iterable<string>): string;
  /** Puts rows into the order of the table; empty where `position` does. */
  readonly orderBy: string;
  /** Place of the row among all rows, a whole number below 2^32; null where `orderBy` says it. */
  readonly position: string | null;
  /** The case id. */
  readonly id: string;
  /** Values in both runs, NULL where there is none; null where they follow from the outcome `c.o`. */
  readonly values: readonly [baseline: string, candidate: string] | null;
  /** NULL where the case has none or several; null where no run maps one. */
  readonly weight: string | null;
  readonly cluster: string | null;
}

/** The facts of cases that were joined into the table `cases`. */
export function storedFacts(table: CaseTable, wide: WideColumns, measure: UnitMeasure): FactsSql {
  const joins: string[] = [];
  const join = (alias: string, source: string | null): void => {
    if (source !== null) joins.push(`LEFT JOIN ${source} AS ${alias} ON ${alias}.id = c.id`);
  };
  const cluster = roleRangeSql(table, 'cluster');
  const weight = roleRangeSql(table, 'weight');
  join('v', measure.kind === 'number' ? meansSql(table, measure) : null);
  join('k', cluster);
  join('w', weight);
  const agreed = (alias: string): string => `CASE WHEN ${alias}.low = ${alias}.high THEN ${alias}.low END`;
  return {
    from: (columns) => [wide.from(columns), ...joins].join(' '),
    orderBy: 'ORDER BY c.id',
    position: null,
    id: 'c.id',
    values: measure.kind === 'number' ? ['v.b', 'v.c'] : null,
    weight: weight === null ? null : agreed('w'),
    cluster: cluster === null ? null : agreed('k'),
  };
}
