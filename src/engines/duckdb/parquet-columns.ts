/** The columns of Parquet files as texts and lists of texts. */

import type { DuckDBType } from '@duckdb/node-api';
import { DataError } from '../../errors.ts';
import { identifier, textLiteral } from '../sql/literal.ts';
import type { Database } from './database.ts';
import type { RelationColumn } from './relation.ts';

/** Columns of one file under the names that the file gives them; a struct's fields have dotted names. */
export type FileColumns = ReadonlyMap<string, RelationColumn>;

/** A FROM item that reads Parquet files of one schema. */
export function readParquetSql(files: readonly string[]): string {
  return `read_parquet([${files.map(textLiteral).join(', ')}], binary_as_string = true, hive_partitioning = false)`;
}

/**
 * The columns of a file, over the alias `r`.
 *
 * @throws DataError where the file cannot be read as Parquet
 */
export async function describeParquet(database: Database, file: string): Promise<FileColumns> {
  const { StructTypeId, typeIds } = await typeNames();
  try {
    const names = await topLevelNames(database, file);
    const result = await database.connection.run(`SELECT * FROM ${readParquetSql([file])} LIMIT 0`);
    const columns = new Map<string, RelationColumn>();
    const add = (name: string, type: DuckDBType, sql: string): void => {
      if (type.typeId === StructTypeId && 'entryNames' in type) {
        type.entryNames.forEach((field, i) => {
          add(`${name}.${field}`, type.entryTypes[i]!, `struct_extract(${sql}, ${textLiteral(field)})`);
        });
      } else if (!columns.has(name)) columns.set(name, relationColumn(type, sql, typeIds));
    };
    // DuckDB renames names that differ in case only, so names come from the file and positions tie them together.
    result.columnTypes().forEach((type, i) => {
      add(names[i] ?? result.columnName(i), type, `r.${identifier(result.columnName(i))}`);
    });
    return columns;
  } catch (cause) {
    const [message] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    throw new DataError(
      {
        message: `${file} cannot be read as Parquet: ${message}`,
        hint: 'make or copy the file again',
        where: { file },
      },
      { cause },
    );
  }
}

/** Names of the columns at the top, in file order. */
async function topLevelNames(database: Database, file: string): Promise<readonly string[]> {
  const schema = await database.rows(
    `SELECT name, coalesce(num_children, 0) FROM parquet_schema(${textLiteral(file)})`,
  );
  const names: string[] = [];
  let at = 1;
  const skip = (): void => {
    const children = schema[at++]?.[1] as number;
    for (let i = 0; i < children; i++) skip();
  };
  while (at < schema.length) {
    names.push(schema[at]![0] as string);
    skip();
  }
  return names;
}

interface TypeIds {
  readonly texts: ReadonlySet<number>;
  readonly lists: ReadonlySet<number>;
  readonly nested: ReadonlySet<number>;
  readonly integers: ReadonlySet<number>;
  readonly double: number;
  readonly decimal: number;
  readonly boolean: number;
}

async function typeNames(): Promise<{ StructTypeId: number; typeIds: TypeIds }> {
  const { DuckDBTypeId: id } = await import('@duckdb/node-api');
  return {
    StructTypeId: id.STRUCT,
    typeIds: {
      texts: new Set([id.VARCHAR, id.ENUM, id.BOOLEAN]),
      lists: new Set([id.LIST, id.ARRAY]),
      nested: new Set([id.LIST, id.ARRAY, id.MAP, id.STRUCT, id.UNION]),
      integers: new Set([
        id.TINYINT,
        id.SMALLINT,
        id.INTEGER,
        id.BIGINT,
        id.UTINYINT,
        id.USMALLINT,
        id.UINTEGER,
        id.UBIGINT,
      ]),
      double: id.DOUBLE,
      decimal: id.DECIMAL,
      boolean: id.BOOLEAN,
    },
  };
}

function relationColumn(type: DuckDBType, sql: string, ids: TypeIds): RelationColumn {
  if (ids.lists.has(type.typeId) && 'valueType' in type && ids.texts.has(type.valueType.typeId)) {
    return { kind: 'list', sql: `CAST(${sql} AS VARCHAR[])` };
  }
  if (ids.nested.has(type.typeId)) return { kind: 'text', sql: `CAST(to_json(${sql}) AS VARCHAR)` };
  // A JSON column is VARCHAR with another name; the cast makes it plain.
  if (String(type) === 'VARCHAR') return { kind: 'text', sql };
  const text = `CAST(${sql} AS VARCHAR)`;
  if (type.typeId === ids.boolean) return { kind: 'text', sql: text, boolean: sql };
  if (ids.integers.has(type.typeId))
    return { kind: 'text', sql: text, raw: sql, number: `CAST(${sql} AS DOUBLE)` };
  // Up to 15 digits the cast gives the double nearest to the decimal, which is what its text spells.
  if (type.typeId === ids.decimal && 'width' in type && type.width <= 15) {
    return { kind: 'text', sql: text, raw: sql, number: `CAST(${sql} AS DOUBLE)` };
  }
  if (type.typeId === ids.double) {
    return { kind: 'text', sql: text, number: `CASE WHEN isfinite(${sql}) THEN ${sql} + 0 END` };
  }
  return { kind: 'text', sql: text };
}
