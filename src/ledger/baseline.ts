/** Finds a recorded run by reference, such as `main@latest`, and hands out its outcome file. */

import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { ColumnMapping } from '../cases/index.ts';
import { EngineError, UsageError } from '../errors.ts';
import type { LedgerConnection } from './connection.ts';
import { digest, outcomePath } from './outcome-files.ts';
import { printable, unknownName } from './run-names.ts';

/** A recorded run that can be compared with. */
export interface Baseline {
  readonly runId: string;
  readonly name: string;
  readonly fingerprint: string;
  /** Parquet file exactly as the run command wrote it, and its columns by role. */
  readonly file: string;
  readonly mapping: ColumnMapping;
  /** ISO 8601, UTC. */
  readonly recordedAt: string;
  /** Days since then, unrounded, never negative. */
  readonly ageDays: number;
  readonly gitCommit: string | null;
  /** Newer runs of the name that `latest` passed over because their gate blocked them. */
  readonly passedOver: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Resolves a reference to a recorded run.
 *
 * The latest run is the newest that may be in use: a candidate that its newest gate blocked is passed over, unless a person
 * anchored it, or else a loss would be the baseline of the next gate and pass there.
 *
 * @param reference `NAME@latest` (or `NAME`), `NAME@anchor` (the last anchor), `NAME@2026-01-31` (the last run up to the
 *   end of that day in UTC) or `NAME@ab12` (the last run whose fingerprint begins so; at least 4 hex digits)
 * @throws UsageError where nothing or more than one thing fits; EngineError where the outcomes are missing or not what was written
 */
export async function resolveBaseline(ledger: LedgerConnection, reference: string): Promise<Baseline> {
  const { name, selector } = parseReference(reference);
  const { passedOver, ...row } = await findRun(ledger, name, selector);
  const file = outcomePath(ledger.casesFolder, row.id);
  if (row.outcomes_mapping === null) {
    throw missingOutcomes(row, 'it was recorded without per-case outcomes');
  }
  if (!existsSync(file)) {
    throw missingOutcomes(row, row.removed ? `retention removed them (${row.removed})` : `${file} is gone`);
  }
  if ((await stat(file)).size !== row.outcomes_bytes || (await digest(file)) !== row.outcomes_sha256) {
    throw missingOutcomes(row, `${file} is not what was recorded: it was changed or damaged`);
  }
  return {
    runId: row.id,
    name,
    fingerprint: row.fingerprint,
    file,
    mapping: JSON.parse(row.outcomes_mapping) as ColumnMapping,
    recordedAt: row.recorded_at,
    ageDays: Math.max(0, (ledger.now().getTime() - Date.parse(row.recorded_at)) / DAY_MS),
    gitCommit: row.git_commit,
    passedOver,
  };
}

/** Splits at the last `@`, so that names may contain it. */
function parseReference(reference: string): { name: string; selector: string } {
  const text = reference.toWellFormed();
  const at = text.lastIndexOf('@');
  return at === -1
    ? { name: text, selector: 'latest' }
    : { name: text.slice(0, at), selector: text.slice(at + 1) };
}

function missingOutcomes(run: { name: string; recorded_at: string }, why: string): EngineError {
  return new EngineError({
    message: `the outcomes of run ${printable(run.name)} of ${run.recorded_at} cannot be used: ${why}`,
    hint: 'name another run, such as NAME@latest, or record this one again from its result files',
  });
}

async function findRun(ledger: LedgerConnection, name: string, selector: string) {
  if (selector === 'latest') return findLatest(ledger, name);
  return { ...(await findSelected(ledger, name, selector)), passedOver: 0 };
}

/** Runs of a name with what opening them needs. */
function runsOf(ledger: LedgerConnection, name: string) {
  return ledger.db
    .selectFrom('runs')
    .leftJoin('removals', 'removals.run_id', 'runs.id')
    .where('runs.name', '=', name)
    .select(['runs.id', 'runs.name', 'runs.fingerprint', 'runs.recorded_at', 'runs.git_commit'])
    .select(['runs.outcomes_mapping', 'runs.outcomes_bytes', 'runs.outcomes_sha256'])
    .select('removals.reason as removed');
}

async function findLatest(ledger: LedgerConnection, name: string) {
  const runs = await runsOf(ledger, name).orderBy('runs.seq', 'desc').execute();
  if (runs.length === 0) throw await unknownName(ledger.db, name);
  const blocked = await blockedRuns(ledger);
  const place = runs.findIndex(({ id }) => !blocked.has(id));
  const latest = runs[place];
  if (latest !== undefined) return { ...latest, passedOver: place };
  throw notFound(
    name,
    'has no run that was not blocked',
    `anchor one that is in use, or name it by its fingerprint: ${name}@${runs[0]!.fingerprint.slice(0, 8)}`,
  );
}

/** Candidates whose newest gate ended with BLOCK, but for those that are anchors. */
async function blockedRuns({ db }: LedgerConnection): Promise<ReadonlySet<string>> {
  const gates = await db
    .selectFrom('gates')
    .select(['candidate_run_id', 'verdict'])
    .where('candidate_run_id', 'is not', null)
    .orderBy('seq')
    .execute();
  const verdicts = new Map(gates.map((gate) => [gate.candidate_run_id!, gate.verdict]));
  const anchors = await db.selectFrom('anchors').select('run_id').execute();
  for (const { run_id } of anchors) verdicts.delete(run_id);
  return new Set([...verdicts].flatMap(([id, verdict]) => (verdict === 'BLOCK' ? [id] : [])));
}

async function findSelected(ledger: LedgerConnection, name: string, selector: string) {
  const runs = runsOf(ledger, name);
  const newestFirst = runs.orderBy('runs.seq', 'desc');
  const latest = await newestFirst.limit(1).executeTakeFirst();
  if (latest === undefined) throw await unknownName(ledger.db, name);
  if (selector === 'anchor') {
    const anchor = await runs
      .innerJoin('anchors', 'anchors.run_id', 'runs.id')
      .orderBy('anchors.seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (anchor !== undefined) return anchor;
    throw notFound(name, 'has no anchor', `set one, or use ${name}@latest`);
  }
  if (isDay(selector)) {
    const day = await runs
      .where('runs.recorded_at', '<=', `${selector}T23:59:59.999Z`)
      .orderBy('runs.recorded_at', 'desc')
      .orderBy('runs.seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (day !== undefined) return day;
    const first = await runs.orderBy('runs.recorded_at').limit(1).executeTakeFirstOrThrow();
    const since = `its first run is of ${first.recorded_at.slice(0, 10)}`;
    throw notFound(name, `has no run up to ${selector}`, since);
  }
  if (/^[0-9a-f]{4,64}$/i.test(selector)) {
    const prefix = selector.toLowerCase();
    const found = await newestFirst.where('runs.fingerprint', 'like', `${prefix}%`).execute();
    const fingerprints = [...new Set(found.map((run) => run.fingerprint))];
    if (fingerprints.length === 1) return found[0]!;
    if (fingerprints.length === 0) {
      throw notFound(name, `has no run whose fingerprint begins with ${prefix}`, `try ${name}@latest`);
    }
    const several = fingerprints.slice(0, 5).join(', ');
    throw notFound(
      name,
      `has ${fingerprints.length} runs that begin with ${prefix}: ${several}`,
      'give more digits',
    );
  }
  throw notFound(
    name,
    `cannot be read at ${printable(selector)}`,
    'after the @ stands latest, anchor, a day such as 2026-01-31, or at least 4 digits of a fingerprint',
  );
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00.000Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function notFound(name: string, what: string, hint: string): UsageError {
  return new UsageError({ message: `${printable(name)} ${what}`, hint });
}
