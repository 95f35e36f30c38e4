/** Profiles of the columns that have too many texts, or lists, to be coded. */

import { compareText } from '../../slices/index.ts';
import type { ColumnProfile } from '../contract.ts';
import { DISTINCT_LIMIT, TOP_DISTINCT_LIMIT, TOP_LIMIT } from '../limits.ts';
import type { CaseTable } from './case-table.ts';
import { cellSql, numberSql, unionSql } from './relation.ts';

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
  const ids = names.filter((name) => table.idColumns.has(name));
  const others = names.filter((name) => !table.idColumns.has(name));
  const agreed = await agreement(table, others);
  const found = new Map<string, WideProfile>();
  for (const name of ids) {
    const one = { low: 'c.id', from: 'cases AS c' };
    const values = cases > TOP_DISTINCT_LIMIT ? [] : await topValues(table, one.low, one.from);
    const distinct = Math.min(cases, DISTINCT_LIMIT);
    found.set(name, { distinct, missingCases: 0, changedCases: 0, ...rows.get(name)!, top: values });
  }
  for (const [at, name] of others.entries()) {
    const { filled, changed, sketch } = agreed[at]!;
    const from = `(${attributesSql(table, name)}) AS a`;
    const value = table.lists.has(name) ? 'unnest(a.v)' : 'a.v';
    const distinct = sketch > CERTAINLY_MANY ? DISTINCT_LIMIT : await countDistinct(table, value, from);
    found.set(name, {
      distinct: Math.min(distinct, DISTINCT_LIMIT),
      missingCases: cases - filled,
      changedCases: changed,
      ...rows.get(name)!,
      top: distinct > TOP_DISTINCT_LIMIT || distinct === 0 ? [] : await topValues(table, value, from),
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
      const number = numberSql(relation, name, table.lists);
      return `count(${cellSql(relation, name, table.lists)}), count(${number})`;
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

/** Id, attribute, and whether the case's rows differ, of the cases with a value in a column. */
function attributesSql(table: CaseTable, name: string): string {
  const rows = unionSql(table.relations, (relation) => ({
    id: relation.caseId,
    v: cellSql(relation, name, table.lists),
  }));
  return `SELECT id, CASE WHEN low = high THEN low END AS v, low <> high AS changed FROM (SELECT id, min(v) AS low, max(v) AS high FROM (${rows}) WHERE v IS NOT NULL GROUP BY id)`;
}

interface Agreement {
  /** Cases with a value, agreed on or not. */
  readonly filled: number;
  readonly changed: number;
  /** About how many different agreed texts; for lists, of tags at least that. */
  readonly sketch: number;
}

/** Where every case has one row in each run all columns are compared in one join; else each is grouped by case. */
async function agreement(table: CaseTable, names: readonly string[]): Promise<readonly Agreement[]> {
  if (names.length === 0) return [];
  const toAgreement = (row: readonly unknown[], at: number): Agreement => ({
    filled: row[at] as number,
    changed: row[at + 1] as number,
    sketch: row[at + 2] as number,
  });
  if (!table.isSingle) {
    const found: Agreement[] = [];
    for (const name of names) {
      const sketch = table.lists.has(name) ? '0' : 'approx_count_distinct(v)';
      const [row = []] = await table.database.rows(
        `SELECT count(*), count(*) FILTER (changed), ${sketch} FROM (${attributesSql(table, name)})`,
      );
      found.push(toAgreement(row, 0));
    }
    return found;
  }
  const sides = table.relations.map((relation) => {
    const cells = names.map((name, i) => `${cellSql(relation, name, table.lists)} AS v${i}`);
    return `(SELECT ${[`${relation.caseId} AS id`, ...cells].join(', ')} FROM ${relation.from})`;
  });
  const select = names.map((name, i) => {
    const both = sides.length === 2 ? `coalesce(b.v${i}, c.v${i})` : `c.v${i}`;
    const differ = sides.length === 2 ? `coalesce(b.v${i} <> c.v${i}, FALSE)` : 'FALSE';
    const sketch = table.lists.has(name)
      ? '0'
      : `approx_count_distinct(CASE WHEN NOT ${differ} THEN ${both} END)`;
    return `count(${both}), count(*) FILTER (${differ}), ${sketch}`;
  });
  const from =
    sides.length === 2
      ? `${sides[0]} AS b FULL OUTER JOIN ${sides[1]} AS c ON b.id = c.id`
      : `${sides[0]} AS c`;
  const [row = []] = await table.database.rows(`SELECT ${select.join(', ')} FROM ${from}`);
  return names.map((_, i) => toAgreement(row, 3 * i));
}

async function countDistinct(table: CaseTable, value: string, from: string): Promise<number> {
  const [row] = await table.database.rows(
    `SELECT count(DISTINCT v) FROM (SELECT ${value} AS v FROM ${from})`,
  );
  return row![0] as number;
}

async function topValues(table: CaseTable, value: string, from: string): Promise<ColumnProfile['top']> {
  const rows = await table.database.rows(
    `SELECT v, count(*) AS n FROM (SELECT ${value} AS v FROM ${from}) WHERE v IS NOT NULL GROUP BY v ORDER BY n DESC, v LIMIT ${TOP_LIMIT}`,
  );
  return rows
    .map(([found, n]) => ({ value: found as string, cases: n as number }))
    .sort((a, b) => b.cases - a.cases || compareText(a.value, b.value));
}
