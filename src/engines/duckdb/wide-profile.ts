/** Profiles of the columns that have too many different cells to be coded. */

import type { ColumnProfile } from '../contract.ts';
import { DISTINCT_LIMIT, TOP_DISTINCT_LIMIT, TOP_LIMIT } from '../limits.ts';
import type { CaseTable } from './case-table.ts';
import { cellSql, numberSql, rawListSql, unionSql } from './relation.ts';

/** What a column's cells say; the rest is known without them. */
export type WideProfile = Pick<
  ColumnProfile,
  'distinct' | 'missingCases' | 'changedCases' | 'numericRows' | 'filledRows' | 'top'
>;

/** An approximate count above this is certainly above `DISTINCT_LIMIT`: sketches are off by a fifth or so, not by ten times. */
const CERTAINLY_MANY = 10 * DISTINCT_LIMIT;

/** Profiles of some columns by name. */
export async function profileWide(
  table: CaseTable,
  names: readonly string[],
  cases: number,
): Promise<ReadonlyMap<string, WideProfile>> {
  const rows = await rowCounts(table, names);
  const others = names.filter((name) => !table.idColumns.has(name));
  const agreements = await agreement(table, others);
  const found = new Map<string, WideProfile>();
  for (const name of names) {
    const agreed = agreements.get(name) ?? { filled: cases, changed: 0, sketch: cases };
    const common = {
      missingCases: cases - agreed.filled,
      changedCases: agreed.changed,
      ...rows.get(name)!,
    };
    const { value, from } = valueSql(table, name);
    const isMany = !table.lists.has(name) && agreed.sketch > CERTAINLY_MANY;
    const distinct = isMany ? DISTINCT_LIMIT : await countDistinct(table, value, from, DISTINCT_LIMIT);
    const top = distinct > TOP_DISTINCT_LIMIT || distinct === 0 ? [] : await topValues(table, value, from);
    found.set(name, { distinct, ...common, top });
  }
  return found;
}

async function rowCounts(
  table: CaseTable,
  names: readonly string[],
): Promise<ReadonlyMap<string, Pick<WideProfile, 'numericRows' | 'filledRows'>>> {
  const counts = new Map(names.map((name) => [name, { numericRows: 0, filledRows: 0 }]));
  for (const relation of table.relations) {
    const own = names.filter((name) => relation.columns.has(name));
    if (own.length === 0) continue;
    const select = own.map((name) => {
      const column = relation.columns.get(name)!;
      const cell = table.lists.has(name) ? rawListSql(column) : column.sql;
      return `count(${cell}), count(${numberSql(relation, name, table.lists)})`;
    });
    const [row = []] = await table.database.rows(`SELECT ${select.join(', ')} FROM ${relation.from}`);
    own.forEach((name, i) => {
      const count = counts.get(name)!;
      count.filledRows += row[2 * i] as number;
      count.numericRows += row[2 * i + 1] as number;
    });
  }
  return counts;
}

interface Agreement {
  /** Cases with a cell, agreed on or not. */
  readonly filled: number;
  readonly changed: number;
  /** About how many different cells are agreed on. */
  readonly sketch: number;
}

/** Compares the rows of each case by DuckDB's 64-bit hash of their cells, so that long texts are read and let go. */
async function agreement(
  table: CaseTable,
  names: readonly string[],
): Promise<ReadonlyMap<string, Agreement>> {
  const found = new Map<string, Agreement>();
  if (names.length === 0) return found;
  const hashes = Object.fromEntries(names.map((name, i) => [`h${i}`, name]));
  const rows = unionSql(table.relations, (relation) => ({
    id: relation.caseId,
    ...Object.fromEntries(
      Object.entries(hashes).map(([alias, name]) => {
        const cell = cellSql(relation, name, table.lists);
        return [alias, `CASE WHEN (${cell}) IS NOT NULL THEN hash(${cell}) END`];
      }),
    ),
  }));
  const bounds = names.map((_, i) => `min(h${i}) AS l${i}, max(h${i}) AS u${i}`).join(', ');
  const grouped =
    table.isSingle && table.relations.length === 2
      ? joined(table, names)
      : `SELECT ${bounds} FROM (${rows}) GROUP BY id`;
  const select = names.map(
    (_, i) =>
      `count(l${i}), count(*) FILTER (l${i} <> u${i}), approx_count_distinct(CASE WHEN l${i} = u${i} THEN l${i} END)`,
  );
  const [row = []] = await table.database.rows(`SELECT ${select.join(', ')} FROM (${grouped})`);
  names.forEach((name, i) => {
    found.set(name, {
      filled: row[3 * i] as number,
      changed: row[3 * i + 1] as number,
      sketch: row[3 * i + 2] as number,
    });
  });
  return found;
}

/** The lower and upper hash of each case where it has one row in each run. */
function joined(table: CaseTable, names: readonly string[]): string {
  const sides = table.relations.map((relation) => {
    const cells = names.map((name, i) => {
      const cell = cellSql(relation, name, table.lists);
      return `CASE WHEN (${cell}) IS NOT NULL THEN hash(${cell}) END AS h${i}`;
    });
    return `(SELECT ${[`${relation.caseId} AS id`, ...cells].join(', ')} FROM ${relation.from})`;
  });
  const bounds = names.map((_, i) => `least(b.h${i}, c.h${i}) AS l${i}, greatest(b.h${i}, c.h${i}) AS u${i}`);
  return `SELECT ${bounds.join(', ')} FROM ${sides[0]} AS b FULL OUTER JOIN ${sides[1]} AS c ON b.id = c.id`;
}

/** The texts, or tags, that the cases of a column agree on. */
function valueSql(table: CaseTable, name: string): { readonly value: string; readonly from: string } {
  if (table.idColumns.has(name)) return { value: 'c.id', from: 'cases AS c' };
  const rows = unionSql(table.relations, (relation) => ({
    id: relation.caseId,
    v: cellSql(relation, name, table.lists),
  }));
  const agreed = `SELECT any_value(v) AS v FROM (${rows}) WHERE v IS NOT NULL GROUP BY id HAVING min(hash(v)) = max(hash(v))`;
  return { value: table.lists.has(name) ? 'unnest(a.v)' : 'a.v', from: `(${agreed}) AS a` };
}

async function countDistinct(table: CaseTable, value: string, from: string, limit: number): Promise<number> {
  const [row] = await table.database.rows(
    `SELECT count(*) FROM (SELECT DISTINCT ${value} AS v FROM ${from} LIMIT ${limit})`,
  );
  return row![0] as number;
}

async function topValues(table: CaseTable, value: string, from: string): Promise<ColumnProfile['top']> {
  const rows = await table.database.rows(
    `SELECT v, count(*) AS n FROM (SELECT ${value} AS v FROM ${from}) GROUP BY v ORDER BY n DESC, v LIMIT ${TOP_LIMIT}`,
  );
  return rows.map(([found, n]) => ({ value: found as string, cases: n as number }));
}
