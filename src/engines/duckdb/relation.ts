/** One run as SQL: where its rows come from and what its columns are. */

import { type ColumnMapping, caseKey, ROW_DIGITS, ROW_PREFIX, type Role } from '../../cases/index.ts';
import type { Side } from '../contract.ts';
import { canonicalList, hashed, listText, numberOf } from '../sql/values.ts';

/** What became of a row, as SQL numbers; `graded` is scored by a number, without a verdict. */
export const ROW_CODES = { absent: 0, passed: 1, failed: 2, error: 3, unscored: 4, graded: 5 } as const;

/** A column of a run. */
export interface RelationColumn {
  readonly kind: 'text' | 'list';
  /** Text or list of texts, NULL where missing. */
  readonly sql: string;
  /** For lists in a column of texts: the text of rows that have no list. */
  readonly orText?: string;
  /** The value itself, where the file has it as a number of which equal ones, and only these, have equal texts. */
  readonly raw?: string;
  /** The value as a double, where the file has it as a number whose text is the same number. */
  readonly number?: string;
  /** The value itself, where the file has it as a boolean. */
  readonly boolean?: string;
}

/** The rows of one run. All expressions hold in `SELECT ... FROM ${from}`. */
export interface Relation {
  readonly side: Side;
  readonly mapping: ColumnMapping;
  /** A FROM item with the alias `r` and a WHERE clause, to which ` AND ...` may be added. */
  readonly from: string;
  /** Never NULL. */
  readonly caseId: string;
  /** Never NULL; `''` where no trial is mapped. */
  readonly trial: string;
  /** One of `ROW_CODES`. */
  readonly code: string;
  /** File and line of a row, for errors; NULL where the file cannot tell. */
  readonly place: { readonly file: string; readonly line: string };
  readonly columns: ReadonlyMap<string, RelationColumn>;
  /** Vectors of these rows are often dictionaries, which functions of one column read only once per value. */
  readonly isDictionaryCoded: boolean;
  /** Where each row is a case: its number (`rowId`); else null. */
  readonly number: string | null;
  /** The column whose text is the case id, where there is one and its cells are the ids as they are. */
  readonly idColumn: string | null;
}

/** Several files as one FROM item. */
export interface JoinedFiles {
  readonly from: string;
  readonly columns: ReadonlyMap<string, RelationColumn>;
  readonly place: Relation['place'];
  /** Whether the files are read as they are, without a conversion between. */
  readonly isPlain: boolean;
  /** Whether a column's name keeps a file from saying where its rows are. */
  readonly hidesPlaces: boolean;
}

/** Columns with a list in either run are lists in both (see `canonicalCell`). */
export type ListColumns = ReadonlySet<string>;

/** The canonical cell of a column: VARCHAR, or VARCHAR[] in a list column; NULL where the run has no such column. */
export function cellSql(relation: Relation, name: string, lists: ListColumns): string {
  const column = relation.columns.get(name);
  const isList = lists.has(name);
  if (column === undefined) return `CAST(NULL AS VARCHAR${isList ? '[]' : ''})`;
  if (!isList) return column.sql;
  return column.kind === 'text' ? rawListSql(column) : canonicalList(rawListSql(column));
}

/** The cell of a list column as the file has it: neither sorted nor without repetition. */
export function rawListSql(column: RelationColumn): string {
  if (column.kind === 'text') return `CASE WHEN ${column.sql} IS NOT NULL THEN [${column.sql}] END`;
  if (column.orText === undefined) return column.sql;
  return `CASE WHEN ${column.orText} IS NOT NULL THEN [${column.orText}] ELSE ${column.sql} END`;
}

/** The text of the column that plays a role (`cellText`), or null where none does. */
export function roleSql(relation: Relation, role: Role, lists: ListColumns): string | null {
  const name = relation.mapping[role];
  return name === undefined ? null : roleTextSql(relation, name, lists);
}

/** A column's cell as one text (`cellText`). */
export function roleTextSql(relation: Relation, name: string, lists: ListColumns): string {
  const cell = cellSql(relation, name, lists);
  return lists.has(name) ? listText(`(${cell})`) : cell;
}

/** A column's number (`parseDecimal`), NULL where it has none. */
export function numberSql(relation: Relation, name: string, lists: ListColumns): string {
  const column = relation.columns.get(name);
  if (column === undefined || lists.has(name)) return 'CAST(NULL AS DOUBLE)';
  return column.number ?? numberOf(column.sql);
}

/** The case id as it counts in fingerprints and in written files: hashed where it is the input text itself. */
export function stableIdSql(relation: Relation, texts: boolean): string {
  return caseKey(relation.mapping) === 'input' && !texts ? hashed(relation.caseId) : relation.caseId;
}

/** The id of a row that is a case of its own (`rowId`). */
export function rowIdSql(number: string): string {
  return `format('${ROW_PREFIX}{:0${ROW_DIGITS}d}', ${number})`;
}

/** The number of a row from its id (`rowNumber`). */
export function rowNumberOf(id: string): string {
  return `CAST(substring(${id}, ${ROW_PREFIX.length + 1}) AS UINTEGER)`;
}

/** The same run with its text keys hashed (see `alignTextKeys`). */
export function withHashedKeys(relation: Relation): Relation {
  if (caseKey(relation.mapping) !== 'input') return relation;
  return { ...relation, caseId: hashed(relation.caseId), idColumn: null };
}

/** All column names of some runs. */
export function columnNames(relations: readonly Relation[]): readonly string[] {
  return [...new Set(relations.flatMap(({ columns }) => [...columns.keys()]))];
}

/** The rows of both runs with the same expressions, told apart by `side` 0 (baseline) or 1 (candidate). */
export function unionSql(
  relations: readonly Relation[],
  select: (relation: Relation) => Readonly<Record<string, string>>,
): string {
  return relations
    .map((relation) => {
      const parts = Object.entries({ side: relation.side === 'baseline' ? '0' : '1', ...select(relation) });
      return `SELECT ${parts.map(([name, sql]) => `${sql} AS ${name}`).join(', ')} FROM ${relation.from}`;
    })
    .join(' UNION ALL ');
}
