/** Lists recorded gates with what a table of runs shows of each, and the anchors of their lines. */

import type { Verdict } from '../findings/index.ts';
import type { Estimate } from '../stats/index.ts';
import type { LedgerConnection } from './connection.ts';
import { estimateOf } from './history-rows.ts';
import type { Instruments } from './records.ts';
import type { GateSlicesTable } from './schema.ts';

/** Which gates to list. */
export interface GateListQuery {
  /** Newest gates listed; 200 unless told. */
  readonly limit?: number;
}

/** One row of the table of runs. */
export interface ListedGate {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly runHash: string;
  /** Names in the ledger; `main` and `baseline` where nobody gave one. */
  readonly baselineName: string | null;
  readonly candidateName: string | null;
  /** The files that the results came from when they were first recorded; null where that run is not in the ledger. */
  readonly baselineFiles: readonly string[] | null;
  readonly candidateFiles: readonly string[] | null;
  readonly verdict: Verdict;
  readonly exitCode: number;
  /** The report's first line. */
  readonly ship: string;
  /** The gate compared a system with itself. */
  readonly unchanged: boolean;
  readonly codeVersion: string;
  readonly policyFingerprint: string | null;
  readonly gitCommit: string | null;
  readonly baselineFingerprint: string | null;
  readonly candidateFingerprint: string;
  /** Of the candidate; null where its run was not recorded. */
  readonly instruments: Instruments | null;
  readonly cases: number | null;
  /** Per metric over all cases. */
  readonly overall: readonly GateCell[];
  /** The gated slice that the gate put first, which is the worst; null where nothing was gated. */
  readonly worst: GateCell | null;
  /** Gated slices that had enough cases to decide, as the report counts them: neither LOW-N nor in debt. */
  readonly gated: number;
}

/** One slice (or the whole) of a gate, as it was recorded. */
export interface GateCell {
  readonly sliceId: string;
  readonly role: string;
  readonly metric: string;
  readonly dimension: string;
  readonly value: string;
  readonly state: string;
  readonly direction: 'higher' | 'lower';
  readonly n: number;
  readonly candidate: Estimate | null;
  readonly delta: Estimate | null;
  readonly verdict: Verdict | null;
}

/** A decision that drift is counted from a run on. */
export interface ListedAnchor {
  readonly at: string;
  readonly name: string;
  readonly reason: string;
  readonly who: string;
}

export interface GateList {
  /** Newest first. */
  readonly gates: readonly ListedGate[];
  /** Gates in the ledger, beyond `limit` too. */
  readonly total: number;
  /** Oldest first. */
  readonly anchors: readonly ListedAnchor[];
}

const DEFAULT_LIMIT = 200;

/** Reads the newest gates. Linear in the gates listed and the slices that each of them has. */
export async function listGates(ledger: LedgerConnection, query: GateListQuery = {}): Promise<GateList> {
  const { db } = ledger;
  const rows = await gateRows(ledger)
    .orderBy('gates.seq', 'desc')
    .limit(query.limit ?? DEFAULT_LIMIT)
    .execute();
  const { total } = await db
    .selectFrom('gates')
    .select((e) => e.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const anchors = await db
    .selectFrom('anchors')
    .select(['recorded_at as at', 'name', 'reason', 'who'])
    .orderBy('seq')
    .execute();
  return { gates: await withSlices(ledger, rows), total: Number(total), anchors };
}

/**
 * Gates by id, in the order asked for, with every slice of each.
 *
 * @returns null in the place of an id that the ledger does not have
 */
export async function readGatesById(
  ledger: LedgerConnection,
  ids: readonly string[],
): Promise<readonly ((ListedGate & { readonly slices: readonly GateCell[] }) | null)[]> {
  if (ids.length === 0) return [];
  const rows = await gateRows(ledger).where('gates.id', 'in', ids).execute();
  const listed = await withSlices(ledger, rows);
  const found = await Promise.all(
    rows.map(async ({ seq, id }, at) => {
      const slices = await ledger.db
        .selectFrom('gate_slices')
        .selectAll()
        .where('gate_seq', '=', seq)
        .orderBy('position')
        .execute();
      return [id, { ...listed[at]!, slices: slices.map(cellOf) }] as const;
    }),
  );
  const byId = new Map(found);
  return ids.map((id) => byId.get(id) ?? null);
}

function gateRows({ db }: LedgerConnection) {
  return db
    .selectFrom('gates')
    .leftJoin('runs', 'runs.id', 'gates.candidate_run_id')
    .leftJoin('runs as before', 'before.id', 'gates.baseline_run_id')
    .select(['gates.seq', 'gates.id', 'gates.recorded_at', 'gates.run_hash', 'gates.config_fingerprint'])
    .select(['gates.code_version', 'gates.git_commit', 'gates.baseline_name', 'gates.candidate_name'])
    .select(['gates.baseline_fingerprint', 'gates.candidate_fingerprint', 'gates.unchanged'])
    .select(['gates.verdict', 'gates.exit_code', 'gates.ship', 'runs.instruments', 'runs.cases'])
    .select(['runs.files as candidate_files', 'before.files as baseline_files']);
}

type GateRow = Awaited<ReturnType<ReturnType<typeof gateRows>['execute']>>[number];

async function withSlices(
  ledger: LedgerConnection,
  rows: readonly GateRow[],
): Promise<readonly ListedGate[]> {
  const firsts = await firstSlices(
    ledger,
    rows.map(({ seq }) => seq),
  );
  return rows.map((row) => {
    const own = firsts.get(row.seq);
    return {
      id: row.id,
      at: row.recorded_at,
      runHash: row.run_hash,
      baselineName: row.baseline_name,
      candidateName: row.candidate_name,
      baselineFiles: filesOf(row.baseline_files),
      candidateFiles: filesOf(row.candidate_files),
      verdict: row.verdict,
      exitCode: row.exit_code,
      ship: row.ship,
      unchanged: row.unchanged === 1,
      codeVersion: row.code_version,
      policyFingerprint: row.config_fingerprint,
      gitCommit: row.git_commit,
      baselineFingerprint: row.baseline_fingerprint,
      candidateFingerprint: row.candidate_fingerprint,
      instruments: row.instruments === null ? null : (JSON.parse(row.instruments) as Instruments),
      cases: row.cases,
      overall: (own?.overall ?? []).map(cellOf),
      worst: own?.worst === undefined ? null : cellOf(own.worst),
      gated: own?.gated ?? 0,
    };
  });
}

function filesOf(files: string | null): readonly string[] | null {
  return files === null ? null : (JSON.parse(files) as string[]);
}

/** Verdicts of slices that take no part, as in the counts of a report. */
const NOT_GATED: readonly Verdict[] = ['LOW-N', 'DEBT'];

interface FirstSlices {
  overall: GateSlicesTable[];
  worst?: GateSlicesTable;
  gated: number;
}

/** SQLite takes 32,766 parameters; far fewer keep statements short. */
const GATES_PER_QUERY = 500;

/** The whole and the worst slice of each gate: reports list the worst slice first. */
async function firstSlices(
  { db }: LedgerConnection,
  seqs: readonly number[],
): Promise<ReadonlyMap<number, FirstSlices>> {
  const found = new Map<number, FirstSlices>(seqs.map((seq) => [seq, { overall: [], gated: 0 }]));
  for (let start = 0; start < seqs.length; start += GATES_PER_QUERY) {
    const some = seqs.slice(start, start + GATES_PER_QUERY);
    const slices = db.selectFrom('gate_slices').where('gate_seq', 'in', some);
    const gated = await slices
      .where('role', '=', 'gated')
      .where('n', '>', 0)
      .groupBy('gate_seq')
      .select((e) => [
        'gate_seq',
        e.fn.countAll<number>().filterWhere('verdict', 'not in', NOT_GATED).as('gated'),
        e.fn.min('position').filterWhere('verdict', '!=', 'LOW-N').as('first'),
      ])
      .execute();
    const rows = await slices
      .where((e) =>
        e.or([
          e('role', '=', 'overall'),
          ...gated.flatMap(({ gate_seq, first }) =>
            first === null ? [] : [e.and([e('gate_seq', '=', gate_seq), e('position', '=', first)])],
          ),
        ]),
      )
      .selectAll()
      .orderBy('gate_seq')
      .orderBy('position')
      .execute();
    for (const row of rows) {
      const own = found.get(row.gate_seq)!;
      if (row.role === 'overall') own.overall.push(row);
      else own.worst = row;
    }
    for (const { gate_seq, gated: count } of gated) found.get(gate_seq)!.gated = Number(count);
  }
  return found;
}

function cellOf(row: GateSlicesTable): GateCell {
  return {
    sliceId: row.slice_id,
    role: row.role,
    metric: row.metric,
    dimension: row.dimension,
    value: row.value,
    state: row.state,
    direction: row.direction,
    n: row.n,
    candidate: estimateOf(row, 'candidate'),
    delta: estimateOf(row, 'delta'),
    verdict: row.verdict,
  };
}
