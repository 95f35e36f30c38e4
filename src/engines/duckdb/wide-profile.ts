/** Profiles of the columns that have too many different cells to be coded. */

import type { ColumnProfile } from '../contract.ts';
import { DISTINCT_LIMIT, TOP_DISTINCT_LIMIT, TOP_LIMIT } from '../limits.ts';
import type { CaseTable } from './case-table.ts';
import { cellSql, numberSql, type Relation, rawListSql, unionSql } from './relation.ts';

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
  const few = others.filter((name) => {
    const { filled, changed, sketch } = agreements.get(name)!;
    return !table.lists.has(name) && filled > changed && sketch <= CERTAINLY_MANY;
  });
  const counted = await distinctHashes(table, few);
  const found = new Map<string, WideProfile>();
  for (const name of names) {
    const { filled, changed } = agreements.get(name) ?? { filled: cases, changed: 0 };
    let distinct = counted.get(name) ?? DISTINCT_LIMIT;
    if (filled === changed) distinct = 0;
    else if (table.idColumns.has(name)) distinct = cases;
    else if (table.lists.has(name)) distinct = await countTags(table, name);
    found.set(name, {
      distinct: Math.min(distinct, DISTINCT_LIMIT),
      missingCases: cases - filled,
      changedCases: changed,
      ...rows.get(name)!,
      top: distinct > TOP_DISTINCT_LIMIT || distinct === 0 ? [] : await topValues(table, name),
    });
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

/** Compares the rows of each case, all columns in one statement. */
async function agreement(
  table: CaseTable,
  names: readonly string[],
): Promise<ReadonlyMap<string, Agreement>> {
  if (names.length === 0) return new Map();
  const select = names.map(
    (_, i) =>
      `count(l${i}), count(*) FILTER (l${i} <> u${i}), approx_count_distinct(CASE WHEN l${i} = u${i} THEN l${i} END)`,
  );
  const [row = []] = await table.database.rows(
    `SELECT ${select.join(', ')} FROM (${boundsSql(table, names)})`,
  );
  return new Map(
    names.map((name, i) => {
      const [filled, changed, sketch] = row.slice(3 * i, 3 * i + 3) as number[];
      return [name, { filled: filled!, changed: changed!, sketch: sketch! }];
    }),
  );
}

/** How many different cells the cases agree on, all columns in one statement. */
async function distinctHashes(
  table: CaseTable,
  names: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (names.length === 0) return new Map();
  const select = names.map((_, i) => `count(DISTINCT CASE WHEN l${i} = u${i} THEN l${i} END)`);
  const [row = []] = await table.database.rows(
    `SELECT ${select.join(', ')} FROM (${boundsSql(table, names)})`,
  );
  return new Map(names.map((name, i) => [name, row[i] as number]));
}

/**
 * Per case the lowest and highest hash of its cells, `l0` and `u0` for the first column, NULL where it has none. Hashes of
 * 64 bits stand for the cells, so that long texts are read and let go.
 */
function boundsSql(table: CaseTable, names: readonly string[]): string {
  if (table.isSingle && table.relations.length === 2) return joined(table, names);
  const rows = unionSql(table.relations, (relation) => ({
    id: relation.caseId,
    ...Object.fromEntries(names.map((name, i) => [`h${i}`, hashSql(table, relation, name)])),
  }));
  const bounds = names.map((_, i) => `min(h${i}) AS l${i}, max(h${i}) AS u${i}`).join(', ');
  return `SELECT ${bounds} FROM (${rows}) GROUP BY id`;
}

function hashSql(table: CaseTable, relation: Relation, name: string): string {
  const cell = cellSql(relation, name, table.lists);
  return `CASE WHEN (${cell}) IS NOT NULL THEN hash(${cell}) END`;
}

/** The lower and upper hash of each case where it has one row in each run. */
function joined(table: CaseTable, names: readonly string[]): string {
  const sides = table.relations.map((relation) => {
    const cells = names.map((name, i) => `${hashSql(table, relation, name)} AS h${i}`);
    return `(SELECT ${[`${relation.caseId} AS id`, ...cells].join(', ')} FROM ${relation.from})`;
  });
  const bounds = names.map((_, i) => `least(b.h${i}, c.h${i}) AS l${i}, greatest(b.h${i}, c.h${i}) AS u${i}`);
  return `SELECT ${bounds.join(', ')} FROM ${sides[0]} AS b FULL OUTER JOIN ${sides[1]} AS c ON b.id = c.id`;
}

/** A FROM item with the texts, or tags, that the cases of a column agree on as `v`. */
function valuesSql(table: CaseTable, name: string): string {
  if (table.idColumns.has(name)) return '(SELECT id AS v FROM cases)';
  const rows = unionSql(table.relations, (relation) => ({
    id: relation.caseId,
    v: cellSql(relation, name, table.lists),
  }));
  const agreed = `SELECT any_value(v) AS a FROM (${rows}) WHERE v IS NOT NULL GROUP BY id HAVING min(hash(v)) = max(hash(v))`;
  return `(SELECT ${table.lists.has(name) ? 'unnest(a)' : 'a'} AS v FROM (${agreed}))`;
}

async function countTags(table: CaseTable, name: string): Promise<number> {
  const [row] = await table.database.rows(
    `SELECT count(*) FROM (SELECT DISTINCT v FROM ${valuesSql(table, name)} LIMIT ${DISTINCT_LIMIT})`,
  );
  return row![0] as number;
}

async function topValues(table: CaseTable, name: string): Promise<ColumnProfile['top']> {
  const rows = await table.database.rows(
    `SELECT v, count(*) AS n FROM ${valuesSql(table, name)} GROUP BY v ORDER BY n DESC, v LIMIT ${TOP_LIMIT}`,
  );
  return rows.map(([value, cases]) => ({ value: value as string, cases: cases as number }));
}
