/** Puts drawn items into a queue. */

import { createHash } from 'node:crypto';
import { UsageError } from '../errors.ts';
import { typedProblems } from '../text/index.ts';
import type { LedgerConnection } from './connection.ts';
import { appendEvent, makeEvent, toldBefore } from './event.ts';
import type { Recorded, SelectedItem, SelectionRecord } from './records.ts';

/** Rows of one INSERT: SQLite allows 32,766 parameters. */
const ROWS_AT_ONCE = 2_000;

/**
 * Remembers a selection and its items in one transaction.
 *
 * @throws UsageError for a queue name that is empty or that no file should hold, no items, or an item that occurs twice
 */
export async function recordSelection(
  ledger: LedgerConnection,
  selection: SelectionRecord,
): Promise<Recorded> {
  const { queue } = selection;
  check(selection);
  const at = ledger.now();
  const design = JSON.stringify(selection.design);
  const drawn = createHash('sha256');
  for (const { caseId, place, probability } of selection.items) {
    drawn.update(`${JSON.stringify([caseId, place, probability])}\n`);
  }
  const event = makeEvent('selection', [queue, selection.purpose, design, drawn.digest('hex')], at);
  return ledger.db.transaction().execute(async (transaction) => {
    const seq = await appendEvent(transaction, event);
    if (seq === null) return toldBefore(transaction, event);
    const { purpose, population } = selection;
    await transaction
      .insertInto('selections')
      .values({ seq, id: event.id, recorded_at: event.recorded_at, queue, purpose, design, population })
      .execute();
    const rows = selection.items.map((item, position) => ({
      id: itemId(event.id, item),
      selection_seq: seq,
      position,
      case_id: item.caseId.toWellFormed(),
      place: item.place.toWellFormed(),
      why: item.why,
      stratum: item.stratum?.toWellFormed() ?? null,
      probability: item.probability,
      slices: JSON.stringify(item.slices),
    }));
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
      await transaction
        .insertInto('queue_items')
        .values(rows.slice(from, from + ROWS_AT_ONCE))
        .execute();
    }
    return { id: event.id, recordedAt: event.recorded_at, isNew: true };
  });
}

function check({ queue, purpose, items }: SelectionRecord): void {
  if (queue.trim() === '') throw new UsageError({ message: 'the queue has no name' });
  const unfit = typedProblems([
    { what: 'the name of the queue', text: queue },
    { what: 'the purpose', text: purpose },
  ]);
  if (unfit.length > 0) throw new UsageError(unfit);
  if (items.length === 0) throw new UsageError({ message: `nothing was selected for the queue ${queue}` });
  const seen = new Set<string>();
  for (const item of items) {
    const key = JSON.stringify([item.caseId, item.place]);
    if (seen.has(key)) {
      throw new UsageError({
        message: `${item.caseId} (${item.place}) was selected twice for the queue ${queue}`,
      });
    }
    seen.add(key);
  }
}

function itemId(selection: string, { caseId, place }: SelectedItem): string {
  return createHash('sha256')
    .update(JSON.stringify([selection, caseId, place]))
    .digest('hex')
    .slice(0, 32);
}
