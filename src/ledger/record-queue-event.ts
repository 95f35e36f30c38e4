/** Remembers what a person did with an item of a queue. */

import type { Kysely } from 'kysely';
import { UsageError } from '../errors.ts';
import { typedProblems } from '../text/index.ts';
import type { LedgerConnection } from './connection.ts';
import { appendEvent, makeEvent, toldBefore } from './event.ts';
import { QUEUE_EVENTS, type QueueEventRecord, type Recorded } from './records.ts';
import type { LedgerTables, QueueEventsTable } from './schema.ts';

/**
 * Appends the event. The same event by the same person at the same moment is one; so are closing what is closed that way,
 * a tag that the item has, and a comment that the same person just wrote.
 *
 * @throws UsageError for an item that no queue has, an unknown kind, or a tag, comment or person that is empty or that no file should hold
 */
export async function recordQueueEvent(
  ledger: LedgerConnection,
  record: QueueEventRecord,
): Promise<Recorded> {
  const { itemId, kind, value, who } = record;
  if (!QUEUE_EVENTS.includes(kind)) {
    throw new UsageError({
      message: `${JSON.stringify(kind)} is no event; events are ${QUEUE_EVENTS.join(', ')}`,
    });
  }
  if (who.trim() === '') throw new UsageError({ message: 'an event needs the person who did it' });
  if ((kind === 'tag' || kind === 'comment') && value.trim() === '') {
    throw new UsageError({ message: `a ${kind} must not be empty` });
  }
  const unfit = typedProblems([
    { what: `the ${kind}`, text: value, lines: kind === 'comment' },
    { what: 'the name of the person', text: who },
  ]);
  if (unfit.length > 0) throw new UsageError(unfit);
  const at = ledger.now();
  const event = makeEvent('queue', [itemId, kind, value, who, at.toISOString()], at);
  return ledger.db.transaction().execute(async (transaction) => {
    const item = await transaction
      .selectFrom('queue_items')
      .select('id')
      .where('id', '=', itemId)
      .executeTakeFirst();
    if (item === undefined)
      throw new UsageError({ message: `no queue has the item ${JSON.stringify(itemId)}` });
    const told = await toldAlready(transaction, itemId, { kind, value, who });
    if (told !== null) return { id: told.id, recordedAt: told.recorded_at, isNew: false };
    const seq = await appendEvent(transaction, event);
    if (seq === null) return toldBefore(transaction, event);
    await transaction
      .insertInto('queue_events')
      .values({ seq, id: event.id, recorded_at: event.recorded_at, item_id: itemId, kind, value, who })
      .execute();
    return { id: event.id, recordedAt: event.recorded_at, isNew: true };
  });
}

/** The event after which this one is no news; a second click, say. */
async function toldAlready(
  db: Kysely<LedgerTables>,
  itemId: string,
  { kind, value, who }: Omit<QueueEventRecord, 'itemId'>,
): Promise<QueueEventsTable | null> {
  const events = await db
    .selectFrom('queue_events')
    .selectAll()
    .where('item_id', '=', itemId)
    .orderBy('seq')
    .execute();
  const last = events.at(-1);
  switch (kind) {
    case 'tag':
      return events.find((event) => event.kind === 'tag' && event.value === value) ?? null;
    case 'comment':
      return last?.kind === 'comment' && last.value === value && last.who === who ? last : null;
    default: {
      const state = events.findLast((event) => event.kind !== 'tag' && event.kind !== 'comment');
      return state?.kind === kind ? state : null;
    }
  }
}
