/** How often single cases flipped in the gates and reruns so far, and how often although nothing had changed. */

import { existsSync } from 'node:fs';
import type { ColumnMapping } from '../cases/index.ts';
import type { LedgerConnection } from './connection.ts';
import { outcomePath } from './outcome-files.ts';
import { type CaseOutcome, readOutcomes, wasEdited } from './read-outcomes.ts';

/** The record of one case over the gates and reruns whose outcomes are kept: `flipped in 4 of 9 runs, 2 of them unchanged`. */
export interface CaseRecord {
  readonly id: string;
  /** Pairs of runs in which both have the case with a usable value. */
  readonly comparisons: number;
  /** Of these, how many compared a system with itself. */
  readonly unchangedComparisons: number;
  /** Gates in which the case's outcome differed between the two runs. */
  readonly flipped: number;
  /** Of the flips, how many happened although nothing had changed. */
  readonly flippedUnchanged: number;
}

/** How far back to look. */
export interface CaseRecordOptions {
  /** Newest pairs of runs read; 20 unless told. */
  readonly gates?: number;
  /**
   * A gate that is looked at right now and must not count as its own past: the fingerprints of its two runs. A rerun with the same
   * results stays: it says that nothing had changed.
   */
  readonly except?: { readonly baseline: string; readonly candidate: string };
}

/** What became of one case in one recorded comparison. Values are shares of trials passed, in [0, 1]; errors count as 0. */
export interface CaseComparison {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly baselineName: string;
  readonly candidateName: string;
  /** The comparison was of a system with itself: a flip is noise. */
  readonly unchanged: boolean;
  readonly before: number;
  readonly after: number;
}

/** A case with every recorded comparison in which both runs have it with a usable value; newest first. */
export interface ComparedCase {
  readonly id: string;
  readonly comparisons: readonly CaseComparison[];
}

const DEFAULT_GATES = 20;

/**
 * Looks up cases in the newest gates and reruns whose two runs have outcomes. The same pair of runs counts once. Errors count as
 * failures; edited cases are not compared.
 *
 * @returns one record per id, in the order asked for
 * @throws EngineError where a kept file cannot be read
 */
export async function caseRecords(
  ledger: LedgerConnection,
  ids: readonly string[],
  options: CaseRecordOptions = {},
): Promise<readonly CaseRecord[]> {
  return (await caseComparisons(ledger, ids, options)).map(({ id, comparisons }) => {
    const unchanged = comparisons.filter((one) => one.unchanged);
    const flips = (of: readonly CaseComparison[]) =>
      of.filter(({ before, after }) => before !== after).length;
    return {
      id,
      comparisons: comparisons.length,
      unchangedComparisons: unchanged.length,
      flipped: flips(comparisons),
      flippedUnchanged: flips(unchanged),
    };
  });
}

/** The same lookup as `caseRecords`, comparison by comparison. */
export async function caseComparisons(
  ledger: LedgerConnection,
  ids: readonly string[],
  options: CaseRecordOptions = {},
): Promise<readonly ComparedCase[]> {
  const pairs = ids.length === 0 ? [] : await comparedRuns(ledger, options);
  const found = ids.map((id) => ({ id, comparisons: [] as CaseComparison[] }));
  const cache = new Map<string, ReadonlyMap<string, CaseOutcome>>();
  const read = async (run: StoredRun) => {
    const known = cache.get(run.id);
    if (known !== undefined) return known;
    const query = { errors: 'fail', columns: [], ids } as const;
    const outcomes = await readOutcomes(outcomePath(ledger.casesFolder, run.id), run.mapping, query);
    cache.set(run.id, outcomes);
    return outcomes;
  };
  for (const pair of pairs) {
    const baseline = await read(pair.baseline);
    const candidate = await read(pair.candidate);
    for (const { id, comparisons } of found) {
      const before = baseline.get(id);
      const after = candidate.get(id);
      if (before === undefined || after === undefined || wasEdited(before, after)) continue;
      if (before.value === null || after.value === null) continue;
      comparisons.push({
        at: pair.at,
        baselineName: pair.baseline.name,
        candidateName: pair.candidate.name,
        unchanged: pair.unchanged,
        before: before.value,
        after: after.value,
      });
    }
  }
  return found;
}

interface StoredRun {
  readonly id: string;
  readonly name: string;
  readonly fingerprint: string;
  readonly mapping: ColumnMapping;
}

interface ComparedRuns {
  readonly baseline: StoredRun;
  readonly candidate: StoredRun;
  readonly unchanged: boolean;
  readonly at: string;
}

/** Pairs of runs that gates compared, and pairs of which one repeats the other; newest first. */
async function comparedRuns(
  ledger: LedgerConnection,
  { gates: limit = DEFAULT_GATES, except }: CaseRecordOptions,
): Promise<readonly ComparedRuns[]> {
  const gates = ledger.db
    .selectFrom('gates')
    .where('baseline_run_id', 'is not', null)
    .where('candidate_run_id', 'is not', null)
    .select(['baseline_run_id as first', 'candidate_run_id as second', 'unchanged', 'seq', 'recorded_at']);
  const reruns = ledger.db
    .selectFrom('reruns')
    .select(['baseline_run_id as first', 'rerun_run_id as second', 'seq', 'recorded_at'])
    .select((e) => e.val(1).as('unchanged'));
  const found = [
    ...(await gates.execute()).map((row) => ({ ...row, isGate: true })),
    ...(await reruns.execute()).map((row) => ({ ...row, isGate: false })),
  ].sort((a, b) => b.seq - a.seq);
  const mappings = await keptMappings(ledger);
  const pairs = new Map<string, ComparedRuns>();
  for (const { first, second, unchanged, recorded_at: at, isGate } of found) {
    const [baseline, candidate] = [mappings.get(first!), mappings.get(second!)];
    if (baseline === undefined || candidate === undefined) continue;
    const isExcepted =
      isGate && except?.baseline === baseline.fingerprint && except.candidate === candidate.fingerprint;
    if (isExcepted) continue;
    const key = `${first} ${second}`;
    const known = pairs.get(key);
    if (known === undefined && pairs.size === limit) break;
    pairs.set(key, {
      baseline,
      candidate,
      at: known?.at ?? at,
      unchanged: Number(unchanged) === 1 || (known?.unchanged ?? false),
    });
  }
  return [...pairs.values()];
}

/** Runs whose outcomes are there, by id. */
async function keptMappings(ledger: LedgerConnection): Promise<ReadonlyMap<string, StoredRun>> {
  const runs = await ledger.db
    .selectFrom('runs')
    .select(['id', 'name', 'fingerprint', 'outcomes_mapping'])
    .where('outcomes_mapping', 'is not', null)
    .execute();
  return new Map(
    runs
      .filter(({ id }) => existsSync(outcomePath(ledger.casesFolder, id)))
      .map(({ id, name, fingerprint, outcomes_mapping }) => [
        id,
        { id, name, fingerprint, mapping: JSON.parse(outcomes_mapping!) as ColumnMapping },
      ]),
  );
}
