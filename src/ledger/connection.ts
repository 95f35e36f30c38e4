/** What every operation of the ledger works with. */

import type { Kysely } from 'kysely';
import type { LedgerTables } from './schema.ts';

export interface LedgerConnection {
  readonly db: Kysely<LedgerTables>;
  /** The ledger file as the user wrote it, for messages. */
  readonly path: string;
  /** Folder of the outcome files, absolute. */
  readonly casesFolder: string;
  readonly now: () => Date;
  /** Outcome files kept per run name. */
  readonly keepRuns: number;
}
