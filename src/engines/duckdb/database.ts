/** One in-memory DuckDB with a folder of its own to spill into. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBResult, DuckDBValue } from '@duckdb/node-api';
import { EngineError, InternalError } from '../../errors.ts';
import { listLiteral } from '../sql/literal.ts';

/** How much of the machine DuckDB may use. */
export interface DatabaseOptions {
  /** Default: all processors. */
  readonly threads?: number;
  /** What DuckDB spells as memory, such as `2GB`; beyond it, it spills to a temporary folder. Default 3GB. */
  readonly memoryLimit?: string;
}

const DEFAULT_MEMORY = '3GB';

/** A database that is open. */
export interface Database {
  readonly connection: DuckDBConnection;
  run(sql: string): Promise<void>;
  /** All rows; bigints as numbers. */
  rows(sql: string): Promise<readonly (readonly DatabaseValue[])[]>;
  /** All rows, column by column. */
  columns(sql: string): Promise<readonly (readonly DatabaseValue[])[]>;
  /** All rows of columns of the types in `ARRAYS` without NULL, column by column; `rows` must be their number. */
  numbers(sql: string, rows: number, how: RowOrder): Promise<readonly NumberColumn[]>;
  /** A folder that is taken away with the database. */
  readonly folder: string;
  /**
   * From here on it reads and writes these files and those of `folder`, and no other; nothing can take that back. Whatever a
   * statement says, it reaches no other file, no network and no extension, and changes no setting.
   */
  confine(files: readonly string[]): Promise<void>;
  close(): void;
}

/** In which order rows come, see `numbers`. */
const ORDER = 'preserve_insertion_order';

/** What may still change: order, and how large a table that counts may be (see `labels.ts`). */
const FREE_SETTINGS = [ORDER, 'perfect_ht_threshold'];

/** `scanned`: as far as joins allow it, in the order in which files and tables have the rows; `stated`: as the statement says. */
export type RowOrder = 'scanned' | 'stated';

/** The numbers of a column. */
export type NumberColumn = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** What comes out of a query: lists are arrays. */
export type DatabaseValue = string | number | boolean | null | readonly DatabaseValue[];

/**
 * Opens a database that loads no extension and reads no configuration.
 *
 * @throws EngineError where DuckDB is not installed for this platform or cannot start
 */
export async function openDatabase(options: DatabaseOptions = {}): Promise<Database> {
  const folder = mkdtempSync(join(tmpdir(), 'slicewise-'));
  const removeFolder = (): void => rmSync(folder, { recursive: true, force: true });
  // A program that ends without closing the engine leaves nothing behind either.
  process.once('exit', removeFolder);
  const forget = (): void => {
    process.off('exit', removeFolder);
    removeFolder();
  };
  try {
    const { DuckDBInstance } = await import('@duckdb/node-api');
    const instance = await DuckDBInstance.create(':memory:', {
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      preserve_insertion_order: 'false',
      temp_directory: folder,
      memory_limit: options.memoryLimit ?? DEFAULT_MEMORY,
      ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
    });
    const connection = await instance.connect();
    await connection.run("SET TimeZone = 'UTC'");
    const query = async (sql: string) => {
      try {
        return await connection.runAndReadAll(sql);
      } catch (cause) {
        throw databaseError(cause);
      }
    };
    return {
      connection,
      run: async (sql) => void (await query(sql)),
      rows: async (sql) => (await query(sql)).getRows().map((row) => row.map(plainValue)),
      columns: async (sql) => (await query(sql)).getColumns().map((column) => column.map(plainValue)),
      numbers: async (sql, rows, how) => {
        try {
          if (how === 'scanned') await connection.run(`SET ${ORDER} = true`);
          return await readNumbers(await connection.stream(sql), rows);
        } catch (cause) {
          throw databaseError(cause);
        } finally {
          if (how === 'scanned') await connection.run(`SET ${ORDER} = false`);
        }
      },
      folder,
      confine: async (files) => {
        for (const statement of [
          `SET allowed_paths = ${listLiteral(files)}`,
          `SET allowed_directories = ${listLiteral([folder])}`,
          'SET enable_external_access = false',
          `SET allowed_configs = ${listLiteral(FREE_SETTINGS)}`,
          'SET lock_configuration = true',
        ]) {
          await query(statement);
        }
      },
      close: () => {
        connection.closeSync();
        instance.closeSync();
        forget();
      },
    };
  } catch (cause) {
    forget();
    throw databaseError(cause);
  }
}

const ARRAYS: Readonly<Record<string, new (length: number) => NumberColumn>> = {
  UTINYINT: Uint8Array,
  USMALLINT: Uint16Array,
  UINTEGER: Uint32Array,
  DOUBLE: Float64Array,
};

/** Copies vectors as they are, without a JavaScript value per cell. */
async function readNumbers(result: DuckDBResult, rows: number): Promise<readonly NumberColumn[]> {
  const columns = result.columnTypes().map((type) => new ARRAYS[String(type)]!(rows));
  let at = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) break;
    columns.forEach((column, i) => {
      const { items } = chunk.getColumnVector(i) as unknown as { readonly items: NumberColumn };
      column.set(items, at);
    });
    at += chunk.rowCount;
  }
  if (at !== rows) throw new InternalError({ message: `a statement gave ${at} rows instead of ${rows}` });
  return columns;
}

function databaseError(cause: unknown): EngineError {
  const message = cause instanceof Error ? cause.message : String(cause);
  const [first = 'DuckDB failed'] = message.split('\n');
  return new EngineError({ message: `DuckDB: ${first}` }, { cause });
}

function plainValue(value: DuckDBValue): DatabaseValue {
  if (typeof value === 'bigint') return Number(value);
  if (value === null || typeof value !== 'object') return value;
  if ('items' in value && Array.isArray(value.items)) return value.items.map(plainValue);
  return String(value);
}
