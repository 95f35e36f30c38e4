/** What a hypothesis becomes under joint flips: a statistic per flip, computed for a block of 128 flips at a time. */

import { countColumns } from './flip-counts.ts';
import { BLOCK_FLIPS, BLOCK_WORDS } from './flip-signs.ts';

/**
 * Fills `statistics[at]` to `statistics[at + 127]` with the statistic under the 128 flips of a block.
 * `tosses` holds word w of unit place u at `w * units + u`.
 */
export type FillBlock = (tosses: Int32Array, units: number, statistics: Float64Array, at: number) => void;

/** Differences of one hypothesis by unit place: positive is a loss, none is zero, places ascend. */
export interface UnitDifferences {
  readonly places: Uint32Array;
  readonly differences: Float64Array;
}

/** Sizes of difference up to which counting each size apart is quicker than adding numbers. */
const MOST_LEVELS = 16;

/**
 * The distinct sizes of difference, smallest first; null when there are more than 16. Sizes that differ by rounding
 * (1e-12 of the largest) are one.
 */
export function differenceLevels(differences: Float64Array): number[] | null {
  const sizes = Float64Array.from(differences, Math.abs).sort();
  const same = 1e-12 * (sizes.at(-1) ?? 0);
  const levels: number[] = [];
  for (const size of sizes) {
    if (levels.length === 0 || size - levels.at(-1)! > same) levels.push(size);
    if (levels.length > MOST_LEVELS) return null;
  }
  return levels;
}

/** The number of losses per flip, for differences of one size. */
export function lossCounts({ places, differences }: UnitDifferences): FillBlock {
  // A flipped gain is a loss (its bit counts), an unflipped loss is one too (its inverted bit counts).
  const invert = Int32Array.from(differences, (d) => (d > 0 ? -1 : 0));
  return (tosses, units, statistics, at) => {
    for (let w = 0; w < BLOCK_WORDS; w++) {
      countColumns(tosses, w * units, places, invert, statistics, at + 32 * w);
    }
  };
}

/** The sum of the differences per flip, for few sizes: size times (losses - gains), summed over the sizes. */
export function levelSums(members: UnitDifferences, levels: readonly number[]): FillBlock {
  const half = 1e-9 * levels.at(-1)!;
  const groups = levels.map((level) => {
    const chosen = [...members.places.keys()].filter(
      (i) => Math.abs(Math.abs(members.differences[i]!) - level) < half,
    );
    const places = Uint32Array.from(chosen, (i) => members.places[i]!);
    const differences = Float64Array.from(chosen, (i) => members.differences[i]!);
    return { level, size: chosen.length, fill: lossCounts({ places, differences }) };
  });
  const losses = new Float64Array(BLOCK_FLIPS);
  return (tosses, units, statistics, at) => {
    statistics.fill(0, at, at + BLOCK_FLIPS);
    for (const { level, size, fill } of groups) {
      fill(tosses, units, losses, 0);
      for (let i = 0; i < BLOCK_FLIPS; i++) statistics[at + i]! += level * (2 * losses[i]! - size);
    }
  };
}

/** The sum of the differences per flip, for any differences: four units at a time through a table of their 16 sums. */
export function differenceSums({ places, differences }: UnitDifferences): FillBlock {
  const n = places.length;
  const chosen = new Uint32Array(4);
  const signed = new Float64Array(4);
  const sums = new Float64Array(16);
  return (tosses, units, statistics, at) => {
    statistics.fill(0, at, at + BLOCK_FLIPS);
    for (let i = 0; i < n; i += 4) {
      for (let j = 0; j < 4; j++) {
        // A missing fourth member counts as one without a difference.
        chosen[j] = places[Math.min(i + j, n - 1)]!;
        signed[j] = i + j < n ? differences[i + j]! : 0;
      }
      tabulateSums(signed, sums);
      for (let w = 0; w < BLOCK_WORDS; w++) {
        addFromTable(tosses, w * units, chosen, sums, statistics, at + 32 * w);
      }
    }
  };
}

/** Sum of four differences for each pattern of flips; bit j of the pattern flips member j. */
function tabulateSums(signed: Float64Array, sums: Float64Array): void {
  for (let pattern = 0; pattern < 16; pattern++) {
    let sum = 0;
    for (let j = 0; j < 4; j++) sum += (pattern >> j) & 1 ? -signed[j]! : signed[j]!;
    sums[pattern] = sum;
  }
}

function addFromTable(
  tosses: Int32Array,
  offset: number,
  chosen: Uint32Array,
  sums: Float64Array,
  statistics: Float64Array,
  at: number,
): void {
  const a = tosses[offset + chosen[0]!]!;
  const b = tosses[offset + chosen[1]!]!;
  const c = tosses[offset + chosen[2]!]!;
  const d = tosses[offset + chosen[3]!]!;
  for (let bit = 0; bit < 32; bit++) {
    const pattern =
      ((a >>> bit) & 1) | (((b >>> bit) & 1) << 1) | (((c >>> bit) & 1) << 2) | (((d >>> bit) & 1) << 3);
    statistics[at + bit]! += sums[pattern]!;
  }
}
