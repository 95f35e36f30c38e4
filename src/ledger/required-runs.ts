/** Refuses records about runs that the ledger does not have. */

import type { Kysely } from 'kysely';
import { UsageError } from '../errors.ts';
import type { LedgerTables } from './schema.ts';

/** @throws UsageError naming the first id without a run; null ids are passed over */
export async function requireRuns(db: Kysely<LedgerTables>, ids: readonly (string | null)[]): Promise<void> {
  for (const id of ids) {
    if (id === null) continue;
    const run = await db.selectFrom('runs').select('id').where('id', '=', id).executeTakeFirst();
    if (run === undefined) throw new UsageError({ message: `the ledger has no run with the id ${id}` });
  }
}
