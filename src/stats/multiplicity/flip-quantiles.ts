/** A quantile difference under joint flips: walks the pooled, once sorted values and counts them on each side. */

import { BLOCK_FLIPS } from './flip-signs.ts';
import type { FillBlock } from './flip-statistics.ts';

/** Paired values of a hypothesis by unit place, larger is worse; a place may come more than once (a cluster). */
export interface UnitPairs {
  readonly places: Uint32Array;
  readonly baseline: Float64Array;
  readonly candidate: Float64Array;
}

/**
 * Type 7 quantile of the candidate minus that of the baseline, under each flip.
 *
 * @param quantile in [0,1]
 * Cost: per flip as many steps as values lie between the quantile and its nearer end (two per case).
 */
export function quantileDifferences(pairs: UnitPairs, quantile: number): FillBlock {
  const walk = sortedWalk(pairs, quantile);
  return (tosses, units, statistics, at) => {
    for (let flip = 0; flip < BLOCK_FLIPS; flip++) {
      statistics[at + flip] = differenceUnderFlip(walk, tosses, (flip >> 5) * units, flip & 31);
    }
  };
}

/** The same difference as observed, by the same route. */
export function observedQuantileDifference(pairs: UnitPairs, quantile: number): number {
  const none = new Int32Array(1 + pairs.places.reduce((most, place) => Math.max(most, place), 0));
  return differenceUnderFlip(sortedWalk(pairs, quantile), none, 0, 0);
}

interface Walk {
  /** Pooled values from the end that is nearer to the quantile. */
  readonly values: Float64Array;
  readonly places: Uint32Array;
  /** 0 for a value of the candidate, 1 for one of the baseline, before flips. */
  readonly sides: Uint8Array;
  /** The quantile lies `share` of the way from the value with this many before it to the next, on each side. */
  readonly before: number;
  readonly share: number;
}

function sortedWalk({ places, baseline, candidate }: UnitPairs, quantile: number): Walk {
  const n = places.length;
  const fromTop = quantile > 0.5;
  const valueAt = (i: number) => (i < n ? candidate[i]! : baseline[i - n]!);
  const order = Array.from({ length: 2 * n }, (_, i) => i).sort((a, b) => {
    const gap = valueAt(a) - valueAt(b);
    return fromTop ? -gap : gap;
  });
  const position = (n - 1) * (fromTop ? 1 - quantile : quantile);
  // (n - 1) q meets a whole number up to rounding; a hair above it must not reach for the next value.
  const whole = Math.round(position);
  const exact = Math.abs(position - whole) < 1e-9;
  return {
    values: Float64Array.from(order, valueAt),
    places: Uint32Array.from(order, (i) => places[i % n]!),
    sides: Uint8Array.from(order, (i) => (i < n ? 0 : 1)),
    before: exact ? whole : Math.floor(position),
    share: exact ? 0 : position - Math.floor(position),
  };
}

function differenceUnderFlip(walk: Walk, tosses: Int32Array, offset: number, bit: number): number {
  const { values, places, sides, before, share } = walk;
  const last = share === 0 ? before : before + 1;
  let candidateSeen = 0;
  let baselineSeen = 0;
  let candidateLow = 0;
  let candidateHigh = 0;
  let baselineLow = 0;
  let baselineHigh = 0;
  for (let i = 0; i < values.length && (candidateSeen <= last || baselineSeen <= last); i++) {
    const side = ((tosses[offset + places[i]!]! >>> bit) & 1) ^ sides[i]!;
    if (side === 0) {
      if (candidateSeen === before) candidateLow = values[i]!;
      if (candidateSeen === last) candidateHigh = values[i]!;
      candidateSeen++;
    } else {
      if (baselineSeen === before) baselineLow = values[i]!;
      if (baselineSeen === last) baselineHigh = values[i]!;
      baselineSeen++;
    }
  }
  return (
    candidateLow +
    share * (candidateHigh - candidateLow) -
    (baselineLow + share * (baselineHigh - baselineLow))
  );
}
