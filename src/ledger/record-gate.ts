/** Remembers a gate: verdict, whole report and one row per slice, all in one transaction. */

import type { Kysely } from 'kysely';
import type { LedgerConnection } from './connection.ts';
import { appendEvent, makeEvent, type NewEvent } from './event.ts';
import type { GateContext, GateDocument, GateOverall, GateSlice, Recorded } from './records.ts';
import { requireRuns } from './required-runs.ts';
import type { GateSlicesTable, GatesTable, LedgerTables } from './schema.ts';

/** Well below SQLite's 32,766 parameters of one statement. */
const ROWS_PER_INSERT = 200;

/**
 * Records a gate; the same gate twice is a no-op that answers with the first.
 *
 * @throws UsageError where a run id is unknown; EngineError of the database
 */
export async function recordGate(
  ledger: LedgerConnection,
  report: GateDocument,
  context: GateContext,
): Promise<Recorded> {
  const at = ledger.now();
  const event = makeEvent('gate', [report.runHash, context.timeKey ?? at.toISOString()], at);
  return ledger.db.transaction().execute(async (transaction) => {
    await requireRuns(transaction, [context.baselineRunId, context.candidateRunId]);
    const row = gateRow(report, context, event);
    const known = await findKnown(transaction, row, context.timeKey);
    if (known !== undefined) return { id: known.id, recordedAt: known.recorded_at, isNew: false };
    // `findKnown` ran under the same write lock, so this event is new.
    const seq = (await appendEvent(transaction, event))!;
    await transaction
      .insertInto('gates')
      .values({ ...row, seq })
      .execute();
    await insertSlices(transaction, seq, report);
    return { id: event.id, recordedAt: event.recorded_at, isNew: true };
  });
}

/** What must agree, beside the run hash, for a gate to be told again: waivers change a verdict but not the run hash. */
const SAME = ['config_fingerprint', 'code_version', 'verdict', 'exit_code', 'ship', 'unchanged'] as const;

async function findKnown(db: Kysely<LedgerTables>, row: Omit<GatesTable, 'seq'>, timeKey?: string) {
  const gates = db.selectFrom('gates').select(['id', 'recorded_at', 'run_hash', ...SAME]);
  const told = await gates.where('id', '=', row.id).executeTakeFirst();
  if (told !== undefined || timeKey !== undefined) return told;
  const last = await gates
    .where('candidate_name', row.candidate_name === null ? 'is' : '=', row.candidate_name)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  const same = last?.run_hash === row.run_hash && SAME.every((column) => last[column] === row[column]);
  return same ? last : undefined;
}

function gateRow(report: GateDocument, context: GateContext, event: NewEvent): Omit<GatesTable, 'seq'> {
  return {
    id: event.id,
    recorded_at: event.recorded_at,
    run_hash: report.runHash,
    config_fingerprint: context.configFingerprint,
    code_version: context.codeVersion,
    git_commit: context.gitCommit ?? null,
    baseline_run_id: context.baselineRunId,
    candidate_run_id: context.candidateRunId,
    baseline_name: report.baseline?.name?.toWellFormed() ?? null,
    candidate_name: report.candidate.name?.toWellFormed() ?? null,
    baseline_fingerprint: report.baseline?.fingerprint ?? null,
    candidate_fingerprint: report.candidate.fingerprint,
    unchanged: context.unchanged ? 1 : 0,
    verdict: report.verdict,
    exit_code: report.exitCode,
    ship: report.ship.text,
    policy: JSON.stringify(report.policy),
    report: JSON.stringify(report),
  };
}

async function insertSlices(db: Kysely<LedgerTables>, gateSeq: number, report: GateDocument): Promise<void> {
  const all = [...report.overall.map(overallSlice), ...report.slices];
  for (let start = 0; start < all.length; start += ROWS_PER_INSERT) {
    const rows = all
      .slice(start, start + ROWS_PER_INSERT)
      .map((slice, index) => sliceRow(gateSeq, start + index, slice));
    await db.insertInto('gate_slices').values(rows).execute();
  }
}

function overallSlice(overall: GateOverall): GateSlice {
  return {
    ...overall,
    id: JSON.stringify([overall.metric, 'overall']),
    role: 'overall',
    dimension: '(all)',
    value: '(all)',
    state: 'value',
    verdict: null,
    grade: null,
    adjustedPValue: null,
  };
}

function sliceRow(gateSeq: number, position: number, slice: GateSlice): GateSlicesTable {
  const { baseline, candidate, delta } = slice;
  return {
    gate_seq: gateSeq,
    position,
    slice_id: slice.id.toWellFormed(),
    role: slice.role,
    metric: slice.metric,
    dimension: slice.dimension.toWellFormed(),
    value: slice.value.toWellFormed(),
    state: slice.state,
    direction: slice.direction,
    n: slice.n,
    level: candidate?.level ?? baseline?.level ?? null,
    method: candidate?.method ?? baseline?.method ?? null,
    baseline: baseline?.estimate ?? null,
    baseline_lower: baseline?.lower ?? null,
    baseline_upper: baseline?.upper ?? null,
    candidate: candidate?.estimate ?? null,
    candidate_lower: candidate?.lower ?? null,
    candidate_upper: candidate?.upper ?? null,
    delta: delta?.estimate ?? null,
    delta_lower: delta?.lower ?? null,
    delta_upper: delta?.upper ?? null,
    lost: slice.lost,
    gained: slice.gained,
    verdict: slice.verdict,
    grade: slice.grade,
    adjusted_p: slice.adjustedPValue,
  };
}
