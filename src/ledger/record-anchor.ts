/** Remembers that a person decided to count drift from a run on. */

import { UsageError } from '../errors.ts';
import { typedProblems } from '../text/index.ts';
import type { LedgerConnection } from './connection.ts';
import { appendEvent, makeEvent, toldBefore } from './event.ts';
import type { AnchorRecord, Recorded } from './records.ts';
import { unknownName } from './run-names.ts';

/**
 * Re-anchors a line of runs. Drift is counted from this run on, and its outcomes are kept for good.
 *
 * @throws UsageError where reason or who is empty or no file should hold it, or the ledger has no such run
 */
export async function recordAnchor(ledger: LedgerConnection, anchor: AnchorRecord): Promise<Recorded> {
  const name = anchor.name.toWellFormed();
  for (const field of ['reason', 'who'] as const) {
    if (anchor[field].trim() === '') throw new UsageError({ message: `a new anchor needs its ${field}` });
  }
  const unfit = typedProblems([
    { what: 'the reason', text: anchor.reason, lines: true },
    { what: 'the name of the person', text: anchor.who },
  ]);
  if (unfit.length > 0) throw new UsageError(unfit);
  const at = ledger.now();
  return ledger.db.transaction().execute(async (transaction) => {
    let runs = transaction.selectFrom('runs').select('id').where('name', '=', name);
    if (anchor.runId !== undefined) runs = runs.where('id', '=', anchor.runId);
    const run = await runs.orderBy('seq', 'desc').limit(1).executeTakeFirst();
    if (run === undefined) throw await unknownName(transaction, name);
    const event = makeEvent('anchor', [name, run.id, at.toISOString(), anchor.who, anchor.reason], at);
    const seq = await appendEvent(transaction, event);
    if (seq === null) return toldBefore(transaction, event);
    await transaction
      .insertInto('anchors')
      .values({
        seq,
        id: event.id,
        recorded_at: event.recorded_at,
        name,
        run_id: run.id,
        reason: anchor.reason,
        who: anchor.who,
      })
      .execute();
    return { id: event.id, recordedAt: event.recorded_at, isNew: true };
  });
}
