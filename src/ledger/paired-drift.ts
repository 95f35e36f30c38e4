/** Sharpens the newest drift of pass rates: case by case, where the outcomes of both runs are kept. */

import { existsSync } from 'node:fs';
import type { ColumnMapping } from '../cases/index.ts';
import { type Estimate, tangoInterval } from '../stats/index.ts';
import type { LedgerConnection } from './connection.ts';
import { isSlide } from './drift.ts';
import type { HistoryGate } from './history-rows.ts';
import type { HistorySeries } from './history-types.ts';
import { outcomePath } from './outcome-files.ts';
import { type CaseOutcome, readOutcomes, wasEdited } from './read-outcomes.ts';
import type { PlacedGate } from './trend-segments.ts';

/** Beyond so many cases the unpaired interval is narrow anyway, and reading the files would be felt. */
const MOST_CASES = 200_000;

/**
 * Replaces the drift at the newest gate by the paired one for pass rates of plain columns and of the whole. Other metrics,
 * crosses and predicates keep what they have: the ledger does not keep which case is in which of those slices.
 */
export async function pairedDrifts(
  ledger: LedgerConnection,
  series: readonly HistorySeries[],
  newest: PlacedGate<HistoryGate> | undefined,
): Promise<readonly HistorySeries[]> {
  const wanted = series.filter((one) => isPairable(one, newest));
  if (newest === undefined || wanted.length === 0) return series;
  const pairs = await readPairs(ledger, newest, [...new Set(wanted.map((one) => one.dimension))]);
  if (pairs === null) return series;
  return series.map((one) => {
    if (!wanted.includes(one)) return one;
    const change = pairedChange(pairs, one);
    if (change === null) return one;
    const slide = isSlide(change, one.direction);
    const drift = { ...one.drift!, change, basis: 'paired' as const, slide };
    const points = [...one.points.slice(0, -1), { ...one.points.at(-1)!, drift }];
    return { ...one, points, drift, verdict: slide ? ('REVIEW' as const) : null };
  });
}

function isPairable(one: HistorySeries, newest: PlacedGate<HistoryGate> | undefined): boolean {
  const atNewest = newest !== undefined && one.points.at(-1)?.gateId === newest.gate.id;
  const plain = one.role === 'overall' || (one.state === 'value' && one.role !== 'remainder');
  return one.metric === 'passRate' && atNewest && plain && one.drift?.basis === 'unpaired';
}

interface Pairs {
  readonly before: ReadonlyMap<string, CaseOutcome>;
  readonly after: ReadonlyMap<string, CaseOutcome>;
}

async function readPairs(
  ledger: LedgerConnection,
  { gate, segment }: PlacedGate<HistoryGate>,
  columns: readonly string[],
): Promise<Pairs | null> {
  if (segment.runId === null || gate.candidateRunId === null) return null;
  const runs = await ledger.db
    .selectFrom('runs')
    .select(['id', 'cases', 'outcomes_mapping'])
    .where('id', 'in', [segment.runId, gate.candidateRunId])
    .execute();
  const { policy } = await ledger.db
    .selectFrom('gates')
    .select('policy')
    .where('seq', '=', gate.seq)
    .executeTakeFirstOrThrow();
  const errors = (JSON.parse(policy) as { errors?: string }).errors === 'exclude' ? 'exclude' : 'fail';
  const read = async (id: string) => {
    const run = runs.find((candidate) => candidate.id === id);
    const file = outcomePath(ledger.casesFolder, id);
    if (!run?.outcomes_mapping || run.cases > MOST_CASES || !existsSync(file)) return null;
    const mapping = JSON.parse(run.outcomes_mapping) as ColumnMapping;
    return readOutcomes(file, mapping, { errors, columns, ids: null });
  };
  const before = await read(segment.runId);
  const after = before === null ? null : await read(gate.candidateRunId);
  return before === null || after === null ? null : { before, after };
}

/** Null where no case is in both runs, or a case passed only in some of its trials: then it is no plain rate of cases. */
function pairedChange({ before, after }: Pairs, one: HistorySeries): Estimate | null {
  const counts = { both: 0, candidateOnly: 0, baselineOnly: 0, neither: 0 };
  for (const [id, now] of after) {
    const then = before.get(id);
    if (then === undefined || then.value === null || now.value === null || wasEdited(then, now)) continue;
    if (one.role !== 'overall' && !isMember(then, now, one)) continue;
    if (!isWhole(then.value) || !isWhole(now.value)) return null;
    if (then.value === now.value) counts[now.value === 1 ? 'both' : 'neither'] += 1;
    else counts[now.value === 1 ? 'candidateOnly' : 'baselineOnly'] += 1;
  }
  const change = tangoInterval(counts, one.drift!.change.level);
  return change.estimate === null ? null : change;
}

/** The case's attribute over both runs is this value; tags put a case into several slices. */
function isMember(then: CaseOutcome, now: CaseOutcome, { dimension, value }: HistorySeries): boolean {
  const tags = [then.attributes.get(dimension)!, now.attributes.get(dimension)!];
  return (
    tags.every((cells) => cells.size === 0 || cells.has(value)) && tags.some((cells) => cells.has(value))
  );
}

function isWhole(value: number): boolean {
  return value === 0 || value === 1;
}
