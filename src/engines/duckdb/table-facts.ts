/** What a coded table needs of every case beside its slices, in SQL. */

import { caseKey } from '../../cases/index.ts';
import type { UnitMeasure } from '../../counts/index.ts';
import type { WideColumns } from './attributes.ts';
import type { CaseTable } from './case-table.ts';
import { rowNumberOf } from './relation.ts';
import { meansSql, roleRangeSql } from './values.ts';

/** Expressions over the FROM item `from`. */
export interface FactsSql {
  /** The item of `WideColumns.from`, with whatever the expressions need. */
  from(columns: Iterable<string>): string;
  /** Puts cases into the order of the table; null where the numbers of rows do. */
  readonly orderBy: string | null;
  /** Where rows are the cases, the number of the row. */
  readonly row: string | null;
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
    row: caseKey(table.candidate.mapping) === 'row' ? rowNumberOf('c.id') : null,
    id: 'c.id',
    values: measure.kind === 'number' ? ['v.b', 'v.c'] : null,
    weight: weight === null ? null : agreed('w'),
    cluster: cluster === null ? null : agreed('k'),
  };
}
