/** Triggers that keep the past as it was recorded. */

import { type Kysely, sql } from 'kysely';

/**
 * Makes the database refuse every UPDATE and DELETE on a table.
 *
 * @param table name of a table of the ledger, never user input
 */
export async function forbidChanges(db: Kysely<unknown>, table: string): Promise<void> {
  for (const change of ['update', 'delete']) {
    await sql`
      create trigger ${sql.raw(`${table}_no_${change}`)} before ${sql.raw(change)} on ${sql.table(table)}
      begin select raise(abort, 'the ledger is append-only'); end
    `.execute(db);
  }
}
