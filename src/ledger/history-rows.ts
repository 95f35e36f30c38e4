/** Reads gates, anchors and slice rows for the history. */

import type { Kysely } from 'kysely';
import type { Verdict } from '../findings/index.ts';
import type { Estimate } from '../stats/index.ts';
import type { HistoryQuery } from './history-types.ts';
import type { Instruments } from './records.ts';
import type { GateSlicesTable, LedgerTables } from './schema.ts';
import type { AnchorHead, GateHead } from './trend-segments.ts';

/** A gate without its slices, with what a point of history shows of it. */
export interface HistoryGate extends GateHead {
  readonly id: string;
  readonly runHash: string;
  readonly name: string | null;
  readonly baselineName: string | null;
  readonly gitCommit: string | null;
  readonly unchanged: boolean;
  readonly verdict: Verdict;
}

/** All gates of a line of runs (all gates where `name` is undefined), oldest first. */
export async function readGates(
  db: Kysely<LedgerTables>,
  name: string | undefined,
): Promise<readonly HistoryGate[]> {
  let query = db
    .selectFrom('gates')
    .leftJoin('runs', 'runs.id', 'gates.candidate_run_id')
    .select(['gates.seq', 'gates.id', 'gates.recorded_at', 'gates.run_hash', 'gates.git_commit'])
    .select(['gates.baseline_name', 'gates.candidate_name', 'gates.unchanged', 'gates.verdict'])
    .select(['gates.baseline_run_id', 'gates.candidate_run_id'])
    .select(['gates.baseline_fingerprint', 'gates.candidate_fingerprint', 'runs.instruments'])
    .orderBy('gates.seq');
  if (name !== undefined) {
    query = query.where((e) => e.or([e('candidate_name', '=', name), e('baseline_name', '=', name)]));
  }
  return (await query.execute()).map((row) => ({
    seq: row.seq,
    id: row.id,
    recordedAt: row.recorded_at,
    runHash: row.run_hash,
    gitCommit: row.git_commit,
    name: row.candidate_name,
    baselineName: row.baseline_name,
    unchanged: row.unchanged === 1,
    verdict: row.verdict,
    baselineRunId: row.baseline_run_id,
    candidateRunId: row.candidate_run_id,
    baselineFingerprint: row.baseline_fingerprint,
    candidateFingerprint: row.candidate_fingerprint,
    instruments: row.instruments === null ? null : (JSON.parse(row.instruments) as Instruments),
  }));
}

/** The anchors of the lines that these gates are about, oldest first. */
export async function readAnchors(
  db: Kysely<LedgerTables>,
  gates: readonly HistoryGate[],
): Promise<readonly AnchorHead[]> {
  const names = new Set(gates.flatMap((gate) => [gate.name, gate.baselineName]));
  const rows = await db
    .selectFrom('anchors')
    .innerJoin('runs', 'runs.id', 'anchors.run_id')
    .select(['anchors.seq', 'anchors.recorded_at', 'anchors.reason', 'anchors.who', 'anchors.name'])
    .select(['runs.id as run_id', 'runs.fingerprint', 'runs.instruments'])
    .orderBy('anchors.seq')
    .execute();
  return rows
    .filter((row) => names.has(row.name))
    .map((row) => ({
      seq: row.seq,
      recordedAt: row.recorded_at,
      runId: row.run_id,
      fingerprint: row.fingerprint,
      instruments: JSON.parse(row.instruments) as Instruments,
      reason: row.reason,
      who: row.who,
    }));
}

/** SQLite takes 32,766 parameters; far fewer keep statements short. */
const GATES_PER_QUERY = 500;

/** The slice rows of these gates that fit the query, in the order of the reports. */
export async function readSlices(
  db: Kysely<LedgerTables>,
  gateSeqs: readonly number[],
  { slice, metric }: HistoryQuery,
): Promise<readonly GateSlicesTable[]> {
  const rows: GateSlicesTable[] = [];
  for (let start = 0; start < gateSeqs.length; start += GATES_PER_QUERY) {
    const seqs = gateSeqs.slice(start, start + GATES_PER_QUERY);
    let query = db.selectFrom('gate_slices').selectAll().where('gate_seq', 'in', seqs);
    if (metric !== undefined) query = query.where('metric', '=', metric);
    if (slice !== undefined) {
      const equals = slice.indexOf('=');
      query = query.where((e) =>
        e.or([
          e('slice_id', '=', slice),
          e('value', '=', slice),
          e('dimension', '=', slice),
          e.and([e('dimension', '=', slice.slice(0, equals)), e('value', '=', slice.slice(equals + 1))]),
        ]),
      );
    }
    rows.push(...(await query.orderBy('gate_seq').orderBy('position').execute()));
  }
  return rows;
}

/** One side of a slice row as an estimate; null where the gate had none. */
export function estimateOf(row: GateSlicesTable, side: 'baseline' | 'candidate' | 'delta'): Estimate | null {
  if (row[side] === null || row.level === null) return null;
  return {
    estimate: row[side],
    lower: row[`${side}_lower`],
    upper: row[`${side}_upper`],
    level: row.level,
    method: (side === 'delta' ? null : row.method) ?? 'recorded',
    n: row.n,
  };
}
