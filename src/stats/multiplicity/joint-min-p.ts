/** Step-down min-P by joint sign flips: for slices that overlap, graded scores, quantiles and clustered cases. */

import { TIE } from './family.ts';
import { type FlipHypothesis, type PreparedHypothesis, prepareHypotheses } from './flip-hypothesis.ts';
import { BLOCK_FLIPS, repeatsBefore, tossBlock } from './flip-signs.ts';

/** The family, and how often and with which seed its units are flipped. */
export interface JointFlips {
  /** Number of units (cases or clusters), or an unsigned 32-bit key for each, such as a hash of the case id. */
  readonly units: number | Uint32Array;
  readonly hypotheses: readonly FlipHypothesis[];
  /** Number of flips, 10,000 by default in Slicewise. */
  readonly flips: number;
  /** Whole number from 0 to 2^53 - 1. */
  readonly seed: number;
  /** Called with the share done, in (0,1]. */
  readonly onProgress?: (share: number) => void;
}

/** One-sided p-value of a hypothesis in the direction of loss, alone and adjusted for the family. */
export interface JointP {
  readonly p: number;
  /** At least p and at least 1 / (flips + 1). */
  readonly adjusted: number;
}

/** Statistics of a batch of hypotheses held at a time: 64 MB. */
const BATCH_STATISTICS = 8_000_000;

/**
 * Westfall and Young's step-down min-P. In each flip every unit swaps baseline and candidate with probability 1/2, in
 * all hypotheses at once, which keeps the dependence between overlapping slices. Each hypothesis gets a p-value per
 * flip from its own flip distribution (the exact McNemar tail when all differences have one size, ranks otherwise);
 * adjusted p = (1 + #{flips whose smallest p over the hypotheses not yet rejected is at most p}) / (flips + 1).
 *
 * @throws RangeError when a unit does not exist, lists differ in length, a value is not finite or flips is not >= 1
 * Cost: flips x members of all hypotheses, 32 at a time for 0/1 outcomes. Memory: 64 MB plus 2 bytes per flip and
 * hypothesis (4 above 65,535 flips).
 * @source Westfall and Young 1993, algorithm 2.8
 * @example
 * jointMinP({ units: 6, flips: 999, seed: 1,
 *   hypotheses: [{ kind: 'mean', units: [0, 1, 2, 3, 4, 5], differences: [1, 1, 1, 1, 1, 1] }] })[0]!.p // 0.015625
 */
export function jointMinP({ units, hypotheses, flips, seed, onProgress }: JointFlips): JointP[] {
  if (!Number.isInteger(flips) || flips < 1) throw new RangeError(`flips is ${flips}, must be at least 1`);
  const { prepared, keys } = prepareHypotheses(hypotheses, units);
  const repeats = repeatsBefore(keys);
  const laps = Math.ceil(flips / BLOCK_FLIPS);
  const tosses = new Int32Array(keys.length * 4);
  const perBatch = Math.max(1, Math.floor(BATCH_STATISTICS / (laps * BLOCK_FLIPS)));
  const tables: PTable[] = [];
  for (let from = 0; from < prepared.length; from += perBatch) {
    const batch = prepared.slice(from, from + perBatch);
    const statistics = batch.map(() => new Float64Array(laps * BLOCK_FLIPS));
    for (let block = 0; block < laps; block++) {
      tossBlock(tosses, keys, repeats, block, seed);
      batch.forEach((hypothesis, i) => {
        hypothesis.fill(tosses, keys.length, statistics[i]!, block * BLOCK_FLIPS);
      });
      onProgress?.((from + (batch.length * (block + 1)) / laps) / prepared.length);
    }
    batch.forEach((hypothesis, i) => {
      tables.push(pTable(hypothesis, statistics[i]!.subarray(0, flips)));
    });
  }
  return stepDown(tables, flips);
}

/** The p-value of a hypothesis as observed and under each flip, by a code into the list of its possible p-values. */
interface PTable {
  readonly observed: number;
  readonly codes: Uint16Array | Uint32Array;
  readonly pOfCode: Float64Array;
}

function pTable(hypothesis: PreparedHypothesis, statistics: Float64Array): PTable {
  const exact = hypothesis.exactTails;
  if (exact !== null) {
    return {
      observed: exact[hypothesis.observed]!,
      codes: codesOf(statistics, exact.length),
      pOfCode: exact,
    };
  }
  const flips = statistics.length;
  const ascending = statistics.slice().sort();
  // A flip equal to the observed value but for rounding is a tie.
  const atLeast = (value: number) => flips - firstAtLeast(ascending, value - hypothesis.rounding);
  const reached = hypothesis.observed + hypothesis.rounding;
  const ranks = Float64Array.from(statistics, (value) => atLeast(value) + (reached >= value ? 1 : 0));
  return {
    observed: (1 + atLeast(hypothesis.observed)) / (flips + 1),
    codes: codesOf(ranks, flips + 2),
    pOfCode: Float64Array.from({ length: flips + 2 }, (_, rank) => rank / (flips + 1)),
  };
}

function codesOf(values: Float64Array, size: number): Uint16Array | Uint32Array {
  return size <= 0x1_0000 ? Uint16Array.from(values) : Uint32Array.from(values);
}

function firstAtLeast(ascending: Float64Array, bound: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! >= bound) high = middle;
    else low = middle + 1;
  }
  return low;
}

function stepDown(tables: readonly PTable[], flips: number): JointP[] {
  const order = tables.map((_, i) => i).sort((a, b) => tables[a]!.observed - tables[b]!.observed || a - b);
  const smallest = new Float64Array(flips).fill(Number.POSITIVE_INFINITY);
  const single = new Float64Array(tables.length);
  for (const index of order.toReversed()) {
    const { codes, pOfCode, observed } = tables[index]!;
    const bound = observed * (1 + TIE);
    let reached = 1;
    for (let flip = 0; flip < flips; flip++) {
      const p = pOfCode[codes[flip]!]!;
      if (p < smallest[flip]!) smallest[flip] = p;
      if (smallest[flip]! <= bound) reached++;
    }
    single[index] = Math.max(observed, reached / (flips + 1));
  }
  const result: JointP[] = new Array(tables.length);
  let highest = 0;
  for (const index of order) {
    highest = Math.max(highest, single[index]!);
    result[index] = { p: tables[index]!.observed, adjusted: highest };
  }
  return result;
}
