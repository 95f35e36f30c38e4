/** Events: the same thing told twice is one event with one id. */

import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Recorded } from './records.ts';
import type { EventKind, LedgerTables } from './schema.ts';

/** An event before it has a place in the ledger. */
export interface NewEvent {
  readonly id: string;
  readonly kind: EventKind;
  readonly key: string;
  readonly recorded_at: string;
}

/**
 * An event whose id follows from what identifies it, so that a repeat gets the same id and file names are safe.
 *
 * @param parts what makes the event this one: any texts
 * @returns id of 32 hex digits
 * @example makeEvent('run', ['main', 'ab12', ''], new Date(0)).id // 'e0b4406a35702c5406450f94de5f607a'
 */
export function makeEvent(kind: EventKind, parts: readonly string[], at: Date): NewEvent {
  const key = JSON.stringify([kind, ...parts]);
  const id = createHash('sha256').update(key).digest('hex').slice(0, 32);
  return { id, kind, key, recorded_at: at.toISOString() };
}

/**
 * Appends an event inside a transaction.
 *
 * @returns its sequence number, or null where the ledger has the event already (see `toldBefore`)
 */
export async function appendEvent(db: Kysely<LedgerTables>, event: NewEvent): Promise<number | null> {
  const row = await db
    .insertInto('events')
    .values(event)
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('seq')
    .executeTakeFirst();
  return row?.seq ?? null;
}

/** An event that the ledger has already, with the time at which it was first told. */
export async function toldBefore(db: Kysely<LedgerTables>, { id, key }: NewEvent): Promise<Recorded> {
  const known = await db
    .selectFrom('events')
    .select('recorded_at')
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  return { id, recordedAt: known.recorded_at, isNew: false };
}
