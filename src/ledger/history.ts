/** The history of slices: every gate as a point, and how far each slice has drifted since its anchor. */

import { UsageError } from '../errors.ts';
import type { LedgerConnection } from './connection.ts';
import { isSlide, unpairedChange } from './drift.ts';
import { estimateOf, type HistoryGate, readAnchors, readGates, readSlices } from './history-rows.ts';
import type { Drift, History, HistoryPoint, HistoryQuery, HistorySeries } from './history-types.ts';
import { pairedDrifts } from './paired-drift.ts';
import { printable } from './run-names.ts';
import type { GateSlicesTable } from './schema.ts';
import { type PlacedGate, placeGates, type Segment } from './trend-segments.ts';

type Placed = PlacedGate<HistoryGate>;

const DEFAULT_LIMIT = 20;
/** Chance that the two-sided 95 % interval of an unmoved slice lies wholly on the side of loss. */
const SLIDE_BY_CHANCE = 0.025;

/**
 * Reads the history of slices. Linear in the gates shown times their slices, plus one row per older gate.
 *
 * @throws UsageError where no gate has such a slice; EngineError of the database or of an outcome file
 */
export async function readHistory(ledger: LedgerConnection, query: HistoryQuery = {}): Promise<History> {
  const gates = await readGates(ledger.db, query.name);
  const placed = placeGates(gates, await readAnchors(ledger.db, gates));
  const shown = placed.slice(-Math.max(1, query.limit ?? DEFAULT_LIMIT));
  const sources = shown.flatMap(({ segment }) => segment.sources.map(({ gateSeq }) => gateSeq));
  const seqs = [...new Set([...shown.map(({ gate }) => gate.seq), ...sources])].sort((a, b) => a - b);
  const rows = await readSlices(ledger.db, seqs, query);
  const filtered = query.slice !== undefined || query.metric !== undefined;
  if (rows.length === 0 && gates.length > 0 && filtered) throw unknownSlice(query);
  const series = groupBySlice(rows)
    .map((slice) => makeSeries(slice, shown))
    .filter((one) => one.points.length > 0);
  const finished = await pairedDrifts(ledger, series, shown.at(-1));
  return {
    series: [
      ...finished.filter((one) => one.verdict !== null),
      ...finished.filter((one) => one.verdict === null),
    ],
    gates: gates.length,
    slidesByChance: finished.filter((one) => one.drift !== null).length * SLIDE_BY_CHANCE,
  };
}

function unknownSlice({ slice, metric }: HistoryQuery): UsageError {
  const what = [slice && `slice ${printable(slice)}`, metric && `metric ${printable(metric)}`];
  return new UsageError({
    message: `no recorded gate has the ${what.filter(Boolean).join(' with the ')}`,
    hint: 'name a value, a dimension or DIMENSION=VALUE; without a name, all slices are listed',
  });
}

/** Rows of one slice by gate; slices in the order of the newest gate, those that it lacks last. */
function groupBySlice(rows: readonly GateSlicesTable[]): readonly ReadonlyMap<number, GateSlicesTable>[] {
  const slices = new Map<string, Map<number, GateSlicesTable>>();
  for (const row of rows.toReversed()) {
    const key = JSON.stringify([row.metric, row.slice_id]);
    const slice = slices.get(key) ?? new Map<number, GateSlicesTable>();
    slices.set(key, slice.set(row.gate_seq, row));
  }
  const place = (slice: ReadonlyMap<number, GateSlicesTable>) => [...slice.values()][0]!;
  return [...slices.values()].sort((a, b) => {
    const [left, right] = [place(a), place(b)];
    return right.gate_seq - left.gate_seq || left.position - right.position;
  });
}

function makeSeries(slice: ReadonlyMap<number, GateSlicesTable>, shown: readonly Placed[]): HistorySeries {
  const newest = [...slice.values()][0]!;
  const firstSeen = new Map<Segment, number>();
  const points: HistoryPoint[] = [];
  for (const placed of shown) {
    const row = slice.get(placed.gate.seq);
    if (row === undefined) continue;
    if (!firstSeen.has(placed.segment) && row.candidate !== null) firstSeen.set(placed.segment, row.gate_seq);
    points.push(makePoint(placed, row, slice, firstSeen.get(placed.segment)));
  }
  const drift = points.at(-1)?.drift ?? null;
  return {
    sliceId: newest.slice_id,
    metric: newest.metric,
    dimension: newest.dimension,
    value: newest.value,
    state: newest.state,
    role: newest.role,
    direction: newest.direction,
    points,
    drift,
    verdict: drift?.slide ? 'REVIEW' : null,
  };
}

function makePoint(
  { gate, segment, breaks }: Placed,
  row: GateSlicesTable,
  slice: ReadonlyMap<number, GateSlicesTable>,
  firstSeen: number | undefined,
): HistoryPoint {
  return {
    gateId: gate.id,
    runHash: gate.runHash,
    at: gate.recordedAt,
    name: gate.name,
    gitCommit: gate.gitCommit,
    unchanged: gate.unchanged,
    n: row.n,
    candidate: estimateOf(row, 'candidate'),
    delta: estimateOf(row, 'delta'),
    verdict: row.verdict,
    releaseVerdict: gate.verdict,
    breaks,
    drift: driftOf(gate, segment, row, slice, firstSeen),
  };
}

function driftOf(
  gate: HistoryGate,
  segment: Segment,
  row: GateSlicesTable,
  slice: ReadonlyMap<number, GateSlicesTable>,
  firstSeen: number | undefined,
): Drift | null {
  const now = estimateOf(row, 'candidate');
  if (now === null) return null;
  const since = { from: segment.from, at: segment.at, reason: segment.reason, who: segment.who };
  const recorded = estimateOf(row, 'delta');
  // The gate compared with the very run that the stretch begins with: nothing is sharper than its own comparison.
  if (recorded !== null && segment.from !== 'break' && gate.baselineFingerprint === segment.fingerprint) {
    return { change: recorded, basis: 'recorded', since, slide: isSlide(recorded, row.direction) };
  }
  const sources = [...segment.sources];
  if (firstSeen !== undefined) sources.push({ gateSeq: firstSeen, side: 'candidate' });
  for (const { gateSeq, side } of sources) {
    const source = slice.get(gateSeq);
    const before = source === undefined ? null : estimateOf(source, side);
    if (before === null) continue;
    // A slice that the beginning did not have counts from its first appearance.
    if (gateSeq === gate.seq && side === 'candidate') return null;
    const change = unpairedChange(before, now);
    return { change, basis: 'unpaired', since, slide: isSlide(change, row.direction) };
  }
  return null;
}
