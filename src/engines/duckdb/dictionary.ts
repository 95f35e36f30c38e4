/** Columns with few different cells as small numbers, so that cases are counted without touching text again. */

import { canonicalCell } from '../cell.ts';
import { listLiteral, textLiteral } from '../sql/literal.ts';
import type { Database, DatabaseValue } from './database.ts';
import { columnNames, type ListColumns, type Relation, rawListSql } from './relation.ts';

/** One column's cells; cell k of `values` has the code k + 1, and 0 is missing. */
export interface Dictionary {
  /** The number in the names of database columns: `d3`. */
  readonly index: number;
  /** The name of the type that `createEnums` makes. */
  readonly type: string;
  /** Texts, or canonical lists of a list column. */
  readonly values: readonly (string | readonly string[])[];
  /** Rows of both runs with each cell. */
  readonly rows: readonly number[];
  /** For a list column, the code of every list as files spell it, by DuckDB's hash of the list. */
  readonly codes: ReadonlyMap<string, number> | null;
}

/** The code of a case whose rows disagree. */
export function changedCode(dictionary: Dictionary): number {
  return dictionary.values.length + 1;
}

/** The type that holds all codes of a column. */
export function codeType(dictionary: Dictionary): string {
  return changedCode(dictionary) > 255 ? 'USMALLINT' : 'UTINYINT';
}

/** Columns whose first rows have more different cells than their limit are not looked at further. */
const SAMPLED_ROWS = 10_000;

/** Long texts make long statements. */
const MOST_CHARACTERS = 100_000;

/** Up to so many texts are looked up in a list. */
const LISTED_TEXTS = 100;

/**
 * Finds the columns with at most `limit` different cells, and these.
 *
 * @param leftOut columns that are read in another way
 * @param after dictionaries that were found before and whose numbers are taken; they are part of the result
 */
export async function findDictionaries(
  database: Database,
  relations: readonly Relation[],
  lists: ListColumns,
  leftOut: ReadonlySet<string>,
  limit: number,
  kind: 'e' | 's' = 'e',
  after: ReadonlyMap<string, Dictionary> = new Map(),
): Promise<ReadonlyMap<string, Dictionary>> {
  if (limit === 0) return new Map();
  let names: readonly string[] = columnNames(relations).filter((name) => !leftOut.has(name));
  for (const relation of relations) names = await sampleColumns(database, relation, lists, names, limit);
  const counted = await countCells(database, relations, lists, names, limit);
  const found = new Map(after);
  names.forEach((name, at) => {
    const cells = counted[at];
    const dictionary = cells ? dictionaryOf(kind, found.size, cells, lists.has(name)) : null;
    if (dictionary !== null && dictionary.values.length <= limit) found.set(name, dictionary);
  });
  return found;
}

/** The cell of a row as the file has it. */
function rawCellSql(relation: Relation, name: string, lists: ListColumns): string {
  const column = relation.columns.get(name);
  if (column === undefined) return 'CAST(NULL AS VARCHAR)';
  return lists.has(name) ? rawListSql(column) : column.sql;
}

/** The columns with at most `limit` different cells among the first rows. */
export async function sampleColumns(
  database: Database,
  relation: Relation,
  lists: ListColumns,
  names: readonly string[],
  limit: number,
): Promise<readonly string[]> {
  if (names.length === 0) return [];
  const cells = names.map((name, i) => `${rawCellSql(relation, name, lists)} AS s${i}`).join(', ');
  const counts = names.map((_, i) => `count(DISTINCT s${i})`).join(', ');
  const [row = []] = await database.rows(
    `SELECT ${counts} FROM (SELECT ${cells} FROM ${relation.from} LIMIT ${SAMPLED_ROWS})`,
  );
  return names.filter((_, i) => (row[i] as number) <= limit);
}

/** A cell as it was met, DuckDB's hash of it where it is a list, and its number of rows. */
interface MetCell {
  readonly cell: string | readonly DatabaseValue[];
  readonly hash: string;
  readonly rows: number;
}

/** Per column its cells, or null where there are too many. */
async function countCells(
  database: Database,
  relations: readonly Relation[],
  lists: ListColumns,
  names: readonly string[],
  limit: number,
): Promise<readonly (MetCell[] | null)[]> {
  const counted: (MetCell[] | null)[] = names.map(() => []);
  const positions = names.map((_, i) => i);
  for (const isList of [false, true]) {
    const own = positions.filter((i) => lists.has(names[i]!) === isList);
    for (const relation of relations) {
      const branches = own
        .filter((i) => relation.columns.has(names[i]!))
        .map((i) => {
          const column = relation.columns.get(names[i]!);
          if (!isList && column?.kind === 'text' && column.raw !== undefined) {
            // Equal numbers have equal texts: few of them have to be spelled.
            const numbers = `SELECT ${column.raw} AS v, count(*) AS n FROM ${relation.from} AND ${column.raw} IS NOT NULL GROUP BY ALL LIMIT ${limit + 1}`;
            return `(SELECT ${i}, CAST(v AS VARCHAR), '', n FROM (${numbers}))`;
          }
          const cell = rawCellSql(relation, names[i]!, lists);
          const hash = isList ? `CAST(hash(${cell}) AS VARCHAR)` : "''";
          return `(SELECT ${i}, ${cell}, ${hash}, count(*) FROM ${relation.from} AND ${cell} IS NOT NULL GROUP BY ALL LIMIT ${limit + 1})`;
        });
      if (branches.length === 0) continue;
      const met = new Map<number, number>();
      for (const [at, cell, hash, rows] of await database.rows(branches.join(' UNION ALL '))) {
        const i = at as number;
        met.set(i, (met.get(i) ?? 0) + 1);
        counted[i]?.push({ cell: cell as MetCell['cell'], hash: hash as string, rows: rows as number });
      }
      for (const [i, n] of met) if (n > limit) counted[i] = null;
    }
  }
  return counted;
}

/** Null where the cells are too long, or where two lists have one hash. */
function dictionaryOf(
  kind: 'e' | 's',
  index: number,
  met: readonly MetCell[],
  isList: boolean,
): Dictionary | null {
  const codes = new Map<string, number>();
  const spelled = new Map<string, string>();
  const known = new Map<string, number>();
  const values: (string | readonly string[])[] = [];
  const rows: number[] = [];
  let characters = 0;
  for (const { cell, hash, rows: n } of met) {
    const value = canonicalCell(
      typeof cell === 'string' ? cell : cell.filter((tag) => tag !== null).map(String),
      isList,
    )!;
    const name = typeof value === 'string' ? value : JSON.stringify(value);
    let code = known.get(name);
    if (code === undefined) {
      characters += name.length;
      code = values.push(value);
      known.set(name, code);
      rows.push(0);
    }
    rows[code - 1]! += n;
    if (!isList) continue;
    const spelling = JSON.stringify(cell);
    if ((spelled.get(hash) ?? spelling) !== spelling) return null;
    spelled.set(hash, spelling);
    codes.set(hash, code);
  }
  return characters > MOST_CHARACTERS
    ? null
    : { index, type: `${kind}${index}`, values, rows, codes: isList ? codes : null };
}

/** Makes the types that `codeSql` casts to. */
export async function createEnums(
  database: Database,
  relations: readonly Relation[],
  dictionaries: Iterable<Dictionary>,
): Promise<void> {
  for (const dictionary of dictionaries) {
    const { type, values, codes } = dictionary;
    if (values.length === 0 || codes !== null) continue;
    if (relations.every((relation) => isListed(relation, dictionary))) continue;
    await database.run(`CREATE TYPE ${type} AS ENUM (SELECT unnest(${listLiteral(values as string[])}))`);
  }
}

/** Whether texts are looked up in a list: for dictionary vectors that is faster than a cast. */
function isListed(relation: Relation, { values }: Dictionary): boolean {
  return relation.isDictionaryCoded && values.length <= LISTED_TEXTS;
}

/** The code of a row's cell. */
export function codeSql(relation: Relation, name: string, dictionary: Dictionary): string {
  const { type, values, codes } = dictionary;
  const column = relation.columns.get(name);
  if (column === undefined || values.length === 0) return `CAST(0 AS ${codeType(dictionary)})`;
  let code: string;
  if (codes !== null) {
    const list = rawListSql(column);
    const at = `list_position([${[...codes.keys()].join(', ')}]::UBIGINT[], hash(${list}))`;
    code = `CASE WHEN (${list}) IS NOT NULL THEN [${[...codes.values()].join(', ')}][${at}] END`;
  } else if (isListed(relation, dictionary)) {
    code = `list_position([${(values as string[]).map(textLiteral).join(', ')}], ${column.sql})`;
  } else code = `CAST(enum_code(CAST(${column.sql} AS ${type})) AS INTEGER) + 1`;
  return `CAST(coalesce(${code}, 0) AS ${codeType(dictionary)})`;
}

/** The text or list of a code, NULL for missing and changed. */
export function cellOfCode(code: string, { values, codes }: Dictionary): string {
  if (values.length === 0) return `CAST(NULL AS VARCHAR${codes === null ? '' : '[]'})`;
  const cells =
    codes === null
      ? listLiteral(values as string[])
      : `[${(values as (readonly string[])[]).map(listLiteral).join(', ')}]::VARCHAR[][]`;
  return `CASE WHEN ${code} BETWEEN 1 AND ${values.length} THEN (${cells})[${code}] END`;
}
