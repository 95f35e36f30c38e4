/** What each case contributes in each run, in SQL. */

import {
  numberColumn,
  type OutcomeCell,
  type OutcomeMeasure,
  outcomeValue,
  type UnitMeasure,
} from '../../counts/index.ts';
import type { CaseTable } from './case-table.ts';
import { type ListColumns, numberSql, type Relation, ROW_CODES, roleSql, unionSql } from './relation.ts';

/** The value of each pair of outcomes, by its number; NaN where there is none. */
export function outcomeValues(
  table: CaseTable,
  measure: OutcomeMeasure,
  errors: 'fail' | 'exclude',
): readonly { readonly baseline: number; readonly candidate: number }[] {
  const value = (side: OutcomeCell['baseline']): number => outcomeValue(measure, side, errors);
  return table.outcomes.map(({ baseline, candidate }) => ({
    baseline: value(baseline),
    candidate: value(candidate),
  }));
}

/** Numbers of the pairs of outcomes that a condition holds for, as a SQL list in brackets; never empty. */
export function outcomeList(table: CaseTable, holds: (o: number) => boolean): string {
  const found = table.outcomes.map((_, o) => o).filter(holds);
  return `(${found.length === 0 ? '-1' : found.join(', ')})`;
}

type NumberMeasure = Extract<UnitMeasure, { kind: 'number' }>;

/** The number of a row without error, else NULL. */
export function rowNumberSql(relation: Relation, measure: NumberMeasure, lists: ListColumns): string {
  const number = numberSql(relation, numberColumn(measure, relation.side), lists);
  return `CASE WHEN ${relation.code} <> ${ROW_CODES.error} THEN ${number} END`;
}

/**
 * A FROM item with `id`, `b` and `c`: the mean of a column over a case's trials without error in each run, NULL where it
 * has none. Numbers are added from the lowest to the highest, as `meanOf` does.
 */
export function meansSql(table: CaseTable, measure: NumberMeasure): string {
  const rows = unionSql(table.relations, (relation) => ({
    id: relation.caseId,
    x: rowNumberSql(relation, measure, table.lists),
  }));
  const mean = (side: 0 | 1): string => {
    const own = `FILTER (side = ${side})`;
    if (table.isSingle) return `min(x) ${own}`;
    const sorted = `list_sort(list(x) ${own})`;
    return `CASE WHEN count(x) ${own} > 0 THEN list_reduce(${sorted}, lambda a, b: a + b) / count(x) ${own} END`;
  };
  return `(SELECT id, ${mean(0)} AS b, ${mean(1)} AS c FROM (${rows}) WHERE x IS NOT NULL GROUP BY id)`;
}

/** A FROM item with `id`, `low` and `high` over the texts or numbers of a role in both runs, or null where none maps it. */
export function roleRangeSql(table: CaseTable, role: 'cluster' | 'weight'): string | null {
  const mapped = table.relations.filter(({ mapping }) => mapping[role] !== undefined);
  if (mapped.length === 0) return null;
  const rows = unionSql(mapped, (relation) => ({
    id: relation.caseId,
    x:
      role === 'cluster'
        ? roleSql(relation, role, table.lists)!
        : numberSql(relation, relation.mapping.weight!, table.lists),
  }));
  return `(SELECT id, min(x) AS low, max(x) AS high FROM (${rows}) WHERE x IS NOT NULL GROUP BY id)`;
}
