/** Takes away old outcome files; what was decided from them stays. */

import { rm } from 'node:fs/promises';
import type { Kysely } from 'kysely';
import type { LedgerConnection } from './connection.ts';
import { appendEvent, makeEvent } from './event.ts';
import { outcomePath, sweepOrphans } from './outcome-files.ts';
import type { LedgerTables } from './schema.ts';

/**
 * Removes the outcomes of all but the newest `keepRuns` runs of a name. Runs that were ever an anchor stay, and so do
 * baselines of gates whose candidate stays. Each removal is an event, written before the file goes.
 *
 * @returns ids of the runs whose outcomes were removed, oldest first
 */
export async function removeOldOutcomes(ledger: LedgerConnection, name: string): Promise<readonly string[]> {
  const removed = await ledger.db.transaction().execute(async (transaction) => {
    const ids = await removable(transaction, name, ledger.keepRuns);
    for (const id of ids) {
      const reason = `more than ${ledger.keepRuns} runs of this name`;
      const event = makeEvent('removal', [id], ledger.now());
      const seq = await appendEvent(transaction, event);
      if (seq === null) continue;
      await transaction
        .insertInto('removals')
        .values({ seq, id: event.id, recorded_at: event.recorded_at, run_id: id, reason })
        .execute();
    }
    return ids;
  });
  for (const id of removed) await rm(outcomePath(ledger.casesFolder, id), { force: true });
  if (removed.length > 0) await sweepOrphans(ledger.casesFolder, await runsInUse(ledger.db), ledger.now());
  return removed;
}

async function removable(db: Kysely<LedgerTables>, name: string, keepRuns: number): Promise<string[]> {
  const runs = (
    await withOutcomes(db).where('runs.name', '=', name).orderBy('runs.seq', 'desc').execute()
  ).map(({ id }) => id);
  const old = runs.slice(Math.max(1, keepRuns));
  if (old.length === 0) return [];
  const anchors = await db.selectFrom('anchors').select('run_id').execute();
  const stays = new Set(anchors.map(({ run_id }) => run_id));
  const leaving = new Set(old);
  const gates = await db
    .selectFrom('gates')
    .innerJoin('runs as candidate', 'candidate.id', 'gates.candidate_run_id')
    .leftJoin('removals', 'removals.run_id', 'candidate.id')
    .where('removals.id', 'is', null)
    .where('candidate.outcomes_mapping', 'is not', null)
    .where('gates.baseline_run_id', 'in', (query) =>
      query.selectFrom('runs').select('id').where('name', '=', name),
    )
    .select(['gates.baseline_run_id', 'gates.candidate_run_id'])
    .execute();
  for (const gate of gates) if (!leaving.has(gate.candidate_run_id!)) stays.add(gate.baseline_run_id!);
  return old.filter((id) => !stays.has(id)).reverse();
}

/** Runs whose outcomes were kept and not removed since. */
function withOutcomes(db: Kysely<LedgerTables>) {
  return db
    .selectFrom('runs')
    .leftJoin('removals', 'removals.run_id', 'runs.id')
    .where('removals.id', 'is', null)
    .where('runs.outcomes_mapping', 'is not', null)
    .select('runs.id');
}

async function runsInUse(db: Kysely<LedgerTables>): Promise<ReadonlySet<string>> {
  return new Set((await withOutcomes(db).execute()).map(({ id }) => id));
}
