/** How often single cases flipped in the gates so far, and how often although nothing had changed. */

import { existsSync } from 'node:fs';
import type { ColumnMapping } from '../cases/index.ts';
import type { LedgerConnection } from './connection.ts';
import { outcomePath } from './outcome-files.ts';
import { type CaseOutcome, readOutcomes, wasEdited } from './read-outcomes.ts';

/** The record of one case over the gates whose outcomes are kept: `flipped in 4 of 9 runs, 2 of them unchanged`. */
export interface CaseRecord {
  readonly id: string;
  /** Gates in which both runs have the case with a usable value. */
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
  /** Newest gates read; 20 unless told. */
  readonly gates?: number;
}

const DEFAULT_GATES = 20;

/**
 * Looks up cases in the newest gates whose two runs have outcomes. The same pair of runs counts once. Errors count as
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
  const pairs = ids.length === 0 ? [] : await comparedRuns(ledger, options.gates ?? DEFAULT_GATES);
  const tallies = ids.map((id) => ({
    id,
    comparisons: 0,
    unchangedComparisons: 0,
    flipped: 0,
    flippedUnchanged: 0,
  }));
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
    for (const tally of tallies) {
      const before = baseline.get(tally.id);
      const after = candidate.get(tally.id);
      if (before === undefined || after === undefined || wasEdited(before, after)) continue;
      if (before.value === null || after.value === null) continue;
      const flipped = before.value === after.value ? 0 : 1;
      tally.comparisons += 1;
      tally.flipped += flipped;
      tally.unchangedComparisons += pair.unchanged ? 1 : 0;
      tally.flippedUnchanged += pair.unchanged ? flipped : 0;
    }
  }
  return tallies;
}

interface StoredRun {
  readonly id: string;
  readonly mapping: ColumnMapping;
}

interface ComparedRuns {
  readonly baseline: StoredRun;
  readonly candidate: StoredRun;
  readonly unchanged: boolean;
}

async function comparedRuns(ledger: LedgerConnection, limit: number): Promise<readonly ComparedRuns[]> {
  const gates = await ledger.db
    .selectFrom('gates')
    .innerJoin('runs as baseline', 'baseline.id', 'gates.baseline_run_id')
    .innerJoin('runs as candidate', 'candidate.id', 'gates.candidate_run_id')
    .select(['baseline.id as baseline_id', 'baseline.outcomes_mapping as baseline_mapping'])
    .select(['candidate.id as candidate_id', 'candidate.outcomes_mapping as candidate_mapping'])
    .select((e) => e.fn.max('gates.unchanged').as('unchanged'))
    .select((e) => e.fn.max('gates.seq').as('last'))
    .where('baseline.outcomes_mapping', 'is not', null)
    .where('candidate.outcomes_mapping', 'is not', null)
    .groupBy(['baseline.id', 'baseline.outcomes_mapping', 'candidate.id', 'candidate.outcomes_mapping'])
    .orderBy('last', 'desc')
    .execute();
  const kept = (id: string) => existsSync(outcomePath(ledger.casesFolder, id));
  return gates
    .filter((gate) => kept(gate.baseline_id) && kept(gate.candidate_id))
    .slice(0, limit)
    .map((gate) => ({
      baseline: { id: gate.baseline_id, mapping: JSON.parse(gate.baseline_mapping!) as ColumnMapping },
      candidate: { id: gate.candidate_id, mapping: JSON.parse(gate.candidate_mapping!) as ColumnMapping },
      unchanged: Number(gate.unchanged) === 1,
    }));
}
