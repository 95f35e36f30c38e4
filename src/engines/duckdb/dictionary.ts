/** Columns with few different texts as small numbers, so that cases are counted without touching text again. */

import { listLiteral, textLiteral } from '../sql/literal.ts';
import type { Database } from './database.ts';
import { cellSql, columnNames, type ListColumns, type Relation } from './relation.ts';

/** One column's texts; text k of `values` has the code k + 1, and 0 is missing. */
export interface Dictionary {
  /** The number in the names of database columns: `d3`. */
  readonly index: number;
  readonly values: readonly string[];
  /** Rows of both runs with each text. */
  readonly rows: readonly number[];
}

/** The code of a case whose rows disagree. */
export function changedCode(dictionary: Dictionary): number {
  return dictionary.values.length + 1;
}

/** The type that holds all codes of a column. */
export function codeType(dictionary: Dictionary): string {
  return changedCode(dictionary) > 255 ? 'USMALLINT' : 'UTINYINT';
}

/** Columns whose first rows have more different texts than their limit are not looked at further. */
const SAMPLED_ROWS = 10_000;

/** Long texts make long statements. */
const MOST_CHARACTERS = 100_000;

/** Up to so many texts are looked up in a list. */
const LISTED_TEXTS = 100;

/**
 * Finds the columns of texts with at most `limit` different ones, and these.
 *
 * @param leftOut columns that are read in another way
 */
export async function findDictionaries(
  database: Database,
  relations: readonly Relation[],
  lists: ListColumns,
  leftOut: ReadonlySet<string>,
  limit: number,
): Promise<ReadonlyMap<string, Dictionary>> {
  let names: readonly string[] = columnNames(relations).filter(
    (name) => !lists.has(name) && !leftOut.has(name),
  );
  if (limit === 0) return new Map();
  for (const relation of relations) names = await sampleColumns(database, relation, lists, names, limit);
  if (names.length === 0) return new Map();
  const counted = await countTexts(database, relations, lists, names, limit);
  const found = new Map<string, Dictionary>();
  names.forEach((name, at) => {
    const texts = counted[at];
    if (!texts) return;
    const values = [...texts.keys()];
    const characters = values.reduce((sum, value) => sum + value.length, 0);
    if (values.length > limit || characters > MOST_CHARACTERS) return;
    found.set(name, { index: found.size, values, rows: [...texts.values()] });
  });
  return found;
}

async function sampleColumns(
  database: Database,
  relation: Relation,
  lists: ListColumns,
  names: readonly string[],
  limit: number,
): Promise<readonly string[]> {
  if (names.length === 0) return [];
  const cells = names.map((name, i) => `${cellSql(relation, name, lists)} AS s${i}`).join(', ');
  const counts = names.map((_, i) => `count(DISTINCT s${i})`).join(', ');
  const [row = []] = await database.rows(
    `SELECT ${counts} FROM (SELECT ${cells} FROM ${relation.from} LIMIT ${SAMPLED_ROWS})`,
  );
  return names.filter((_, i) => (row[i] as number) <= limit);
}

/** Per column its texts with their numbers of rows, or null where there are too many. */
async function countTexts(
  database: Database,
  relations: readonly Relation[],
  lists: ListColumns,
  names: readonly string[],
  limit: number,
): Promise<readonly (Map<string, number> | null)[]> {
  const counted: (Map<string, number> | null)[] = names.map(() => new Map());
  for (const relation of relations) {
    const branches = names.flatMap((name, i) => {
      if (!relation.columns.has(name)) return [];
      const cell = cellSql(relation, name, lists);
      return [
        `(SELECT ${i}, ${cell}, count(*) FROM ${relation.from} AND ${cell} IS NOT NULL GROUP BY ALL LIMIT ${limit + 1})`,
      ];
    });
    if (branches.length === 0) continue;
    const [columns = [], texts = [], rows = []] = await database.columns(branches.join(' UNION ALL '));
    const met = new Map<number, number>();
    columns.forEach((column, at) => {
      const i = column as number;
      met.set(i, (met.get(i) ?? 0) + 1);
      const text = texts[at] as string;
      const known = counted[i];
      known?.set(text, (known.get(text) ?? 0) + (rows[at] as number));
    });
    for (const [i, n] of met) if (n > limit) counted[i] = null;
  }
  return counted;
}

/** Makes the types that `codeSql` casts to. */
export async function createEnums(
  database: Database,
  relations: readonly Relation[],
  dictionaries: Iterable<Dictionary>,
): Promise<void> {
  for (const dictionary of dictionaries) {
    const { index, values } = dictionary;
    if (values.length === 0 || relations.every((relation) => isListed(relation, dictionary))) continue;
    await database.run(`CREATE TYPE e${index} AS ENUM (SELECT unnest(${listLiteral(values)}))`);
  }
}

/** Whether texts are looked up in a list: for dictionary vectors that is faster than a cast. */
function isListed(relation: Relation, { values }: Dictionary): boolean {
  return relation.isDictionaryCoded && values.length <= LISTED_TEXTS;
}

/** The code of a row's text. */
export function codeSql(relation: Relation, name: string, dictionary: Dictionary): string {
  const { index, values } = dictionary;
  const column = relation.columns.get(name);
  if (column === undefined || values.length === 0) return `CAST(0 AS ${codeType(dictionary)})`;
  const code = isListed(relation, dictionary)
    ? `list_position([${values.map(textLiteral).join(', ')}], ${column.sql})`
    : `CAST(enum_code(CAST(${column.sql} AS e${index})) AS INTEGER) + 1`;
  return `CAST(coalesce(${code}, 0) AS ${codeType(dictionary)})`;
}

/** The text of a code, NULL for missing and changed. */
export function textOfCode(code: string, { values }: Dictionary): string {
  if (values.length === 0) return 'CAST(NULL AS VARCHAR)';
  return `CASE WHEN ${code} BETWEEN 1 AND ${values.length} THEN (${listLiteral(values)})[${code}] END`;
}
