/** Remembers a run: first its outcomes on disk, then one event that makes them count. */

import { existsSync } from 'node:fs';
import { UsageError } from '../errors.ts';
import type { LedgerConnection } from './connection.ts';
import { appendEvent, makeEvent, type NewEvent } from './event.ts';
import { type OutcomeFile, outcomePath, writeOutcomes } from './outcome-files.ts';
import type { RecordedRun, RunRecord } from './records.ts';
import { removeOldOutcomes } from './retention.ts';

const NO_INSTRUMENTS = { judge: [], dataset: [], prompt: [] };

/**
 * Records a run; the same run twice is a no-op that answers with the first.
 *
 * A process that dies in between leaves at most a file that no run names, which is never used and swept later.
 *
 * @throws UsageError for an empty name; EngineError of the database; whatever `writeOutcomes` throws
 */
export async function recordRun(ledger: LedgerConnection, run: RunRecord): Promise<RecordedRun> {
  const name = run.name.toWellFormed();
  if (name === '') throw new UsageError({ message: 'a run that is recorded needs a name, such as main' });
  const at = ledger.now();
  const event = makeEvent('run', [name, run.fingerprint, run.timeKey ?? at.toISOString()], at);
  const known = await findKnown(ledger, run, name, event);
  if (known !== null) return known;
  const outcomes = run.writeOutcomes
    ? await writeOutcomes(ledger.casesFolder, event.id, run.writeOutcomes)
    : null;
  const isNew = await insertRun(ledger, run, name, event, outcomes);
  // Another process told the same event in the meantime; its outcomes are the same rows.
  if (!isNew) return (await findKnown(ledger, { ...run, timeKey: run.timeKey ?? '' }, name, event))!;
  const removed = await removeOldOutcomes(ledger, name);
  const file = outcomes === null ? null : outcomePath(ledger.casesFolder, event.id);
  return { id: event.id, recordedAt: event.recorded_at, isNew: true, file, removed };
}

async function findKnown(
  ledger: LedgerConnection,
  run: RunRecord,
  name: string,
  event: NewEvent,
): Promise<RecordedRun | null> {
  const columns = ['id', 'recorded_at', 'fingerprint', 'outcomes_mapping'] as const;
  const runs = ledger.db.selectFrom('runs').select(columns);
  const byEvent = await runs.where('id', '=', event.id).executeTakeFirst();
  if (byEvent === undefined && run.timeKey !== undefined) return null;
  const row =
    byEvent ?? (await runs.where('name', '=', name).orderBy('seq', 'desc').limit(1).executeTakeFirst());
  if (row === undefined || row.fingerprint !== run.fingerprint) return null;
  const path = outcomePath(ledger.casesFolder, row.id);
  const file = row.outcomes_mapping !== null && existsSync(path) ? path : null;
  // Outcomes that are missing now can be had: that is worth a record of its own.
  if (byEvent === undefined && file === null && run.writeOutcomes !== undefined) return null;
  return { id: row.id, recordedAt: row.recorded_at, isNew: false, file, removed: [] };
}

async function insertRun(
  ledger: LedgerConnection,
  run: RunRecord,
  name: string,
  event: NewEvent,
  outcomes: OutcomeFile | null,
): Promise<boolean> {
  const { maxTrials, ...counts } = run.counts;
  return ledger.db.transaction().execute(async (transaction) => {
    const seq = await appendEvent(transaction, event);
    if (seq === null) return false;
    await transaction
      .insertInto('runs')
      .values({
        seq,
        id: event.id,
        recorded_at: event.recorded_at,
        name,
        fingerprint: run.fingerprint,
        files: JSON.stringify(run.files),
        mapping: JSON.stringify(run.mapping),
        rows: counts.rows,
        cases: counts.cases,
        scored: counts.scored,
        errors: counts.errors,
        unscored: counts.unscored,
        max_trials: maxTrials,
        instruments: JSON.stringify(run.instruments ?? NO_INSTRUMENTS),
        git_commit: run.gitCommit ?? null,
        outcomes_mapping: outcomes === null ? null : JSON.stringify(outcomes.mapping),
        outcomes_bytes: outcomes?.bytes ?? null,
        outcomes_sha256: outcomes?.sha256 ?? null,
      })
      .execute();
    return true;
  });
}
