/** Remembers that one run is a second run of the same unchanged system as another. */

import type { LedgerConnection } from './connection.ts';
import { appendEvent, makeEvent, toldBefore } from './event.ts';
import type { Recorded, RerunRecord } from './records.ts';
import { requireRuns } from './required-runs.ts';

/**
 * Records a rerun; the same two runs twice are one.
 *
 * @throws UsageError where a run id is unknown; EngineError of the database
 */
export async function recordRerun(
  ledger: LedgerConnection,
  { baselineRunId, rerunRunId }: RerunRecord,
): Promise<Recorded> {
  const event = makeEvent('rerun', [baselineRunId, rerunRunId], ledger.now());
  return ledger.db.transaction().execute(async (transaction) => {
    await requireRuns(transaction, [baselineRunId, rerunRunId]);
    const seq = await appendEvent(transaction, event);
    if (seq === null) return toldBefore(transaction, event);
    await transaction
      .insertInto('reruns')
      .values({
        seq,
        id: event.id,
        recorded_at: event.recorded_at,
        baseline_run_id: baselineRunId,
        rerun_run_id: rerunRunId,
      })
      .execute();
    return { id: event.id, recordedAt: event.recorded_at, isNew: true };
  });
}
