/** Joint sign flips over all gated slices: one flip per case (or cluster), shared by every slice and metric. */

import type { UnitTable } from '../counts/index.ts';
import { sliceId } from '../slices/index.ts';
import { type FlipHypothesis, jointMinP } from '../stats/index.ts';
import { fnv1a } from './fnv1a.ts';
import { twoSidedFlip } from './loss-test.ts';
import type { SliceEvidence } from './types.ts';

export interface JointInput {
  /** One family; all of its metrics must have units. */
  readonly family: readonly SliceEvidence[];
  readonly units: ReadonlyMap<string, UnitTable>;
  /** Flip whole clusters instead of cases. */
  readonly clustered: boolean;
  readonly flips: number;
  readonly seed: number;
  readonly onProgress?: (share: number) => void;
}

/** One-sided p-value of a slice from its own flips, and adjusted for the family. */
export interface JointOutcome {
  readonly pValue: number;
  readonly adjusted: number;
  /** Null for quantiles that did not get worse: the other tail is not flipped. */
  readonly twoSided: number | null;
}

/** Distinct differences up to which the tail of gains is flipped, for the two-sided p that is only shown. */
const MOST_SHOWN = 20;

/**
 * Westfall-Young min-P over one family. Cases keep their own random signs whatever the order of files or slices, because
 * each is drawn from a counter made of the flip and a hash of the case id.
 */
export function jointTest(input: JointInput): Map<SliceEvidence, JointOutcome> {
  const keys = new UnitKeys(input.clustered);
  const hypotheses = input.family.map((slice) => hypothesisOf(slice, input, keys));
  const results = jointMinP({
    units: keys.all(),
    hypotheses,
    flips: input.flips,
    seed: input.seed,
    onProgress: input.onProgress,
  });
  return new Map(
    input.family.map((slice, i) => {
      const { p: pValue, adjusted } = results[i];
      return [slice, { pValue, adjusted, twoSided: twoSidedOf(pValue, hypotheses[i], input) }];
    }),
  );
}

function twoSidedOf(
  pValue: number,
  hypothesis: FlipHypothesis,
  { flips, seed }: Pick<JointInput, 'flips' | 'seed'>,
): number | null {
  if (hypothesis.kind === 'quantile') return pValue <= 0.5 ? 2 * pValue : null;
  const { units, differences } = hypothesis;
  const byUnit = new Map<number, number>();
  for (let i = 0; i < units.length; i++) byUnit.set(units[i], (byUnit.get(units[i]) ?? 0) + differences[i]);
  const counts = new Map<number, number>();
  for (const difference of byUnit.values()) counts.set(difference, (counts.get(difference) ?? 0) + 1);
  const cells = [...counts]
    .map(([difference, count]) => ({ difference, count }))
    .sort((a, b) => a.difference - b.difference);
  return twoSidedFlip(pValue, cells, flips, seed, MOST_SHOWN);
}

function hypothesisOf(slice: SliceEvidence, { units }: JointInput, keys: UnitKeys): FlipHypothesis {
  const table = units.get(slice.metric.id);
  if (table === undefined) throw new RangeError(`no case values for metric ${slice.metric.id}`);
  const at = table.slices.findIndex((key) => sliceId('', key) === sliceId('', slice.key));
  const members = at < 0 ? new Int32Array() : table.members[at];
  const worse = slice.direction === 'higher' ? -1 : 1;
  const usable = members.filter((i) => !Number.isNaN(table.baseline[i]) && !Number.isNaN(table.candidate[i]));
  const places = Array.from(usable, (i) => keys.placeOf(table, i));
  const { measure } = slice.metric;
  if (measure.kind === 'quantile') {
    return {
      kind: 'quantile',
      units: places,
      baseline: Array.from(usable, (i) => worse * table.baseline[i]),
      candidate: Array.from(usable, (i) => worse * table.candidate[i]),
      quantile: worse > 0 ? measure.q : 1 - measure.q,
    };
  }
  const moved = Array.from(usable, (i) => worse * (table.candidate[i] - table.baseline[i]));
  return {
    kind: 'mean',
    units: places.filter((_, i) => moved[i] !== 0),
    differences: moved.filter((difference) => difference !== 0),
  };
}

/** Places of cases or clusters in the shared list of units, with a stable random key for each. */
class UnitKeys {
  private readonly places = new Map<string, number>();
  private readonly hashes: number[] = [];
  private readonly clustered: boolean;

  constructor(clustered: boolean) {
    this.clustered = clustered;
  }

  placeOf(table: UnitTable, unit: number): number {
    const name = this.clustered && table.cluster ? `cluster ${table.cluster[unit]}` : table.ids[unit];
    const known = this.places.get(name);
    if (known !== undefined) return known;
    this.places.set(name, this.hashes.length);
    this.hashes.push(fnv1a(name));
    return this.hashes.length - 1;
  }

  all(): Uint32Array {
    return Uint32Array.from(this.hashes);
  }
}
