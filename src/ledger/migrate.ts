/** Brings a ledger forward to the schema that this program knows, and refuses one that is newer. */

import type { Kysely } from 'kysely';
import { EngineError } from '../errors.ts';
import type { LedgerTables } from './schema.ts';

/** One step of the schema; it runs inside a transaction together with the note that it ran. */
export interface Migration {
  /** 1, 2, 3 ... without gaps. */
  readonly version: number;
  readonly name: string;
  /** Sees the schema as the step before left it, hence without types. */
  readonly up: (db: Kysely<unknown>) => Promise<void>;
}

/**
 * Runs the migrations that a ledger does not have yet. Two processes may do it at the same time: one waits and then
 * finds nothing left to do.
 *
 * @param path the ledger file, for error messages
 * @throws EngineError where the ledger has a version that `migrations` does not know
 */
export async function migrate(
  db: Kysely<LedgerTables>,
  migrations: readonly Migration[],
  options: { readonly path: string; readonly now: () => Date },
): Promise<void> {
  await db.schema
    .createTable('schema_version')
    .ifNotExists()
    .addColumn('version', 'integer', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('applied_at', 'text', (column) => column.notNull())
    .execute();
  const newest = migrations.at(-1)?.version ?? 0;
  const found = await versionOf(db);
  if (found > newest) {
    throw new EngineError({
      message: `the ledger has schema version ${found}, this program knows versions up to ${newest}`,
      hint: 'a newer slicewise wrote it: upgrade slicewise, or name another ledger',
      where: { file: options.path },
    });
  }
  if (found === newest) return;
  await db.transaction().execute(async (transaction) => {
    const current = await versionOf(transaction);
    for (const migration of migrations.filter(({ version }) => version > current)) {
      await migration.up(transaction as unknown as Kysely<unknown>);
      await transaction
        .insertInto('schema_version')
        .values({
          version: migration.version,
          name: migration.name,
          applied_at: options.now().toISOString(),
        })
        .execute();
    }
  });
}

async function versionOf(db: Kysely<LedgerTables>): Promise<number> {
  const row = await db
    .selectFrom('schema_version')
    .select((e) => e.fn.max('version').as('version'))
    .executeTakeFirst();
  return Number(row?.version ?? 0);
}
