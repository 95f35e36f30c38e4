/** Remembers what a person decided about a blocked release, and reads such decisions back. */

import { type Problem, UsageError } from '../errors.ts';
import { typedProblems } from '../text/index.ts';
import type { LedgerConnection } from './connection.ts';
import { appendEvent, makeEvent } from './event.ts';
import type { Recorded } from './records.ts';
import type { DecisionsTable } from './schema.ts';
import { DECISIONS, type Decision, type DecisionKind, type DecisionRecord } from './work-records.ts';

/**
 * Appends a decision. Told again while it is the newest one about its target it is the same; a changed mind is a new one.
 *
 * @throws UsageError with everything that is missing, or that no file should hold
 */
export async function recordDecision(ledger: LedgerConnection, record: DecisionRecord): Promise<Recorded> {
  const problems = problemsOf(record);
  if (problems.length > 0) throw new UsageError(problems);
  const row = rowOf(record);
  return ledger.db.transaction().execute(async (transaction) => {
    const before = await transaction
      .selectFrom('decisions')
      .selectAll()
      .where('run_hash', '=', row.run_hash)
      .where('slice', row.slice === null ? 'is' : '=', row.slice)
      .where('check_id', row.check_id === null ? 'is' : '=', row.check_id)
      .orderBy('seq')
      .execute();
    const newest = before.at(-1);
    if (newest !== undefined && SAME.every((column) => newest[column] === row[column])) {
      return { id: newest.id, recordedAt: newest.recorded_at, isNew: false };
    }
    const event = makeEvent('decision', [JSON.stringify(row), String(before.length)], ledger.now());
    const seq = (await appendEvent(transaction, event))!;
    await transaction
      .insertInto('decisions')
      .values({ ...row, seq, id: event.id, recorded_at: event.recorded_at })
      .execute();
    return { id: event.id, recordedAt: event.recorded_at, isNew: true };
  });
}

/** Decisions about one run, or about all; oldest first. */
export async function readDecisions(
  { db }: LedgerConnection,
  runHash?: string,
): Promise<readonly Decision[]> {
  let query = db.selectFrom('decisions').selectAll().orderBy('seq');
  if (runHash !== undefined) query = query.where('run_hash', '=', runHash);
  return (await query.execute()).map((row) => ({
    id: row.id,
    at: row.recorded_at,
    runHash: row.run_hash,
    decision: row.decision as DecisionKind,
    target: row.slice === null ? { check: row.check_id! } : { slice: row.slice },
    reason: row.reason,
    owner: row.owner,
    reviewer: row.reviewer,
    expires: row.expires,
    cases: row.cases,
    who: row.who,
  }));
}

type Told = Omit<DecisionsTable, 'seq' | 'id' | 'recorded_at'>;

const SAME = ['decision', 'reason', 'owner', 'reviewer', 'expires', 'cases', 'who'] as const;

function rowOf(record: DecisionRecord): Told {
  return {
    run_hash: record.runHash.toWellFormed(),
    decision: record.decision,
    slice: 'slice' in record.target ? record.target.slice.toWellFormed() : null,
    check_id: 'check' in record.target ? record.target.check.toWellFormed() : null,
    reason: record.reason,
    owner: record.owner,
    reviewer: record.reviewer,
    expires: record.expires,
    cases: record.cases,
    who: record.who,
  };
}

function problemsOf(record: DecisionRecord): readonly Problem[] {
  const problems: Problem[] = [];
  const { decision, reviewer, expires, cases } = record;
  if (!DECISIONS.includes(decision)) {
    problems.push({
      message: `${JSON.stringify(decision)} is no decision; decisions are ${DECISIONS.join(', ')}`,
    });
  }
  for (const field of ['runHash', 'reason', 'owner', 'who'] as const) {
    if (record[field].trim() === '') problems.push({ message: `a decision needs its ${field}` });
  }
  if (decision === 'waive') {
    if (reviewer === null || reviewer.trim() === '') {
      problems.push({ message: 'a waiver needs its reviewer', hint: 'owner and reviewer are two people' });
    }
    if (expires === null || !/^\d{4}-\d{2}-\d{2}$/.test(expires)) {
      problems.push({ message: 'a waiver needs the day on which it expires, such as 2026-01-31' });
    }
  }
  if (decision === 'fresh' && (cases === null || !Number.isSafeInteger(cases) || cases < 1)) {
    problems.push({ message: 'a request for fresh cases needs their number, at least 1' });
  }
  const { reason, owner, who } = record;
  problems.push(
    ...typedProblems([
      { what: 'the reason', text: reason, lines: true },
      { what: 'the owner', text: owner },
      { what: 'the reviewer', text: reviewer ?? '' },
      { what: 'the name of the person', text: who },
    ]),
  );
  return problems;
}
