/** Kysely over Node's own SQLite: one connection, immediate transactions, errors that name the ledger. */

import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { ledgerFailure } from './failure.ts';

/**
 * A Kysely dialect for an open `DatabaseSync`. Transactions take the write lock when they begin, so that they can wait
 * for each other and never fail half-way.
 *
 * @param path the ledger file, for error messages
 */
export function nodeSqliteDialect(database: DatabaseSync, path: string): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new NodeSqliteDriver(database, path),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

/** When the last transaction of this process on a file ends, by the file's path. */
const turns = new Map<string, Promise<void>>();

/**
 * Waits until no other connection of this process is in a transaction on the file. SQLite waits for a lock by stopping the thread,
 * and that thread is the one that would have to go on for the lock to be given back.
 *
 * @returns ends the turn; more than once does nothing
 */
async function takeTurn(file: string): Promise<() => void> {
  const before = turns.get(file);
  const { promise, resolve } = Promise.withResolvers<void>();
  turns.set(file, promise);
  await before;
  return () => {
    if (turns.get(file) === promise) turns.delete(file);
    resolve();
  };
}

class NodeSqliteDriver implements Driver {
  readonly #connection: NodeSqliteConnection;
  readonly #database: DatabaseSync;
  /** Settles when the one connection is free again. */
  #free: Promise<void> = Promise.resolve();
  #release: () => void = () => {};
  /** Lets the next connection of this process write. */
  #endTurn: () => void = () => {};

  constructor(database: DatabaseSync, path: string) {
    this.#database = database;
    this.#connection = new NodeSqliteConnection(database, path);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#free;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#free = promise;
    await before;
    this.#release = resolve;
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {
    this.#release();
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    this.#endTurn = await takeTurn(this.#database.location() ?? '');
    try {
      await connection.executeQuery(CompiledQuery.raw('begin immediate'));
    } catch (error) {
      this.#endTurn();
      throw error;
    }
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
    this.#endTurn();
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // SQLite may have rolled back by itself (disk full, damaged file); a second rollback would hide the cause.
    try {
      if (this.#database.isTransaction) await connection.executeQuery(CompiledQuery.raw('rollback'));
    } finally {
      this.#endTurn();
    }
  }

  async destroy(): Promise<void> {
    if (this.#database.isOpen) this.#database.close();
  }
}

class NodeSqliteConnection implements DatabaseConnection {
  readonly #database: DatabaseSync;
  readonly #path: string;

  constructor(database: DatabaseSync, path: string) {
    this.#database = database;
    this.#path = path;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      const statement = this.#database.prepare(query.sql);
      const parameters = query.parameters as readonly SQLInputValue[];
      if (statement.columns().length > 0) return { rows: statement.all(...parameters) as R[] };
      const { changes, lastInsertRowid } = statement.run(...parameters);
      return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
    } catch (error) {
      throw ledgerFailure(this.#path, error);
    }
  }

  // biome-ignore lint/correctness/useYield: the interface asks for a generator; the ledger reads whole results
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('the ledger does not stream');
  }
}
