/** The hypotheses of a joint flip test, checked, summed by unit and made ready to be computed flip by flip. */

import { observedQuantileDifference, quantileDifferences, type UnitPairs } from './flip-quantiles.ts';
import {
  differenceLevels,
  differenceSums,
  type FillBlock,
  levelSums,
  lossCounts,
  type UnitDifferences,
} from './flip-statistics.ts';
import { halfBinomial, halfBinomialSf } from './half-binomial.ts';

/**
 * A slice and its metric, as a sparse list over the shared units. A unit that comes more than once (several cases of
 * one cluster) flips as a whole.
 */
export type FlipHypothesis =
  /** The mean (or sum) of paired differences; the caller turns them so that a positive difference is a loss. */
  | {
      readonly kind: 'mean';
      readonly units: ArrayLike<number>;
      readonly differences: ArrayLike<number>;
    }
  /** Quantile (type 7) of the candidate minus that of the baseline; the caller turns values so that larger is worse. */
  | {
      readonly kind: 'quantile';
      readonly units: ArrayLike<number>;
      readonly baseline: ArrayLike<number>;
      readonly candidate: ArrayLike<number>;
      /** In [0,1]. */
      readonly quantile: number;
    };

export interface PreparedHypothesis {
  readonly fill: FillBlock;
  /** The statistic as observed: a number of losses when `exactTails` is given, else the loss itself. */
  readonly observed: number;
  /** Differences of the statistic up to this size are rounding. */
  readonly rounding: number;
  /** P(at least b losses) for b = 0 .. m, when all differences have one size. */
  readonly exactTails: Float64Array | null;
}

/**
 * Checks the hypotheses and prepares them over the units that can change anything.
 *
 * @returns the prepared hypotheses and the random key of each unit that they use, by place
 * @throws RangeError when a unit does not exist, lists differ in length or a value is not finite
 */
export function prepareHypotheses(
  hypotheses: readonly FlipHypothesis[],
  units: number | Uint32Array,
): { prepared: PreparedHypothesis[]; keys: Uint32Array } {
  const count = typeof units === 'number' ? units : units.length;
  hypotheses.forEach((hypothesis, i) => {
    check(hypothesis, i, count);
  });
  const sums = hypotheses.map((hypothesis) => (hypothesis.kind === 'mean' ? sumByUnit(hypothesis) : null));
  const used = new Uint8Array(count);
  hypotheses.forEach((hypothesis, i) => {
    const members = sums[i]?.places ?? hypothesis.units;
    for (let j = 0; j < members.length; j++) used[members[j]!] = 1;
  });
  const placeOf = new Uint32Array(count);
  const keys: number[] = [];
  for (let unit = 0; unit < count; unit++) {
    if (used[unit] === 0) continue;
    placeOf[unit] = keys.length;
    keys.push(typeof units === 'number' ? unit : units[unit]!);
  }
  const prepared = hypotheses.map((hypothesis, i) =>
    hypothesis.kind === 'mean'
      ? prepareMean({ ...sums[i]!, places: sums[i]!.places.map((unit) => placeOf[unit]!) })
      : prepareQuantile(
          {
            places: Uint32Array.from(hypothesis.units, (unit) => placeOf[unit]!),
            baseline: Float64Array.from(hypothesis.baseline),
            candidate: Float64Array.from(hypothesis.candidate),
          },
          hypothesis.quantile,
        ),
  );
  return { prepared, keys: Uint32Array.from(keys) };
}

function check(hypothesis: FlipHypothesis, index: number, count: number): void {
  const lists =
    hypothesis.kind === 'mean' ? [hypothesis.differences] : [hypothesis.baseline, hypothesis.candidate];
  const n = hypothesis.units.length;
  if (lists.some((list) => list.length !== n)) {
    throw new RangeError(`hypotheses[${index}]: its lists must have one length`);
  }
  for (let i = 0; i < n; i++) {
    const unit = hypothesis.units[i]!;
    if (!(Number.isInteger(unit) && unit >= 0 && unit < count)) {
      throw new RangeError(`hypotheses[${index}]: unit ${unit} does not exist, there are ${count}`);
    }
    if (!lists.every((list) => Number.isFinite(list[i]))) {
      throw new RangeError(`hypotheses[${index}]: entry ${i} is not a finite number`);
    }
  }
  if (hypothesis.kind === 'quantile' && !(hypothesis.quantile >= 0 && hypothesis.quantile <= 1)) {
    throw new RangeError(`hypotheses[${index}]: quantile ${hypothesis.quantile} must be in [0,1]`);
  }
}

/** Total difference of each unit in ascending order of units, without those that come to nothing. */
function sumByUnit(hypothesis: Extract<FlipHypothesis, { kind: 'mean' }>): UnitDifferences {
  const totals = new Map<number, number>();
  let size = 0;
  for (let i = 0; i < hypothesis.units.length; i++) {
    const difference = hypothesis.differences[i]!;
    if (difference === 0) continue;
    size = Math.max(size, Math.abs(difference));
    totals.set(hypothesis.units[i]!, (totals.get(hypothesis.units[i]!) ?? 0) + difference);
  }
  const kept = [...totals]
    .filter(([, total]) => Math.abs(total) > 1e-12 * size)
    .sort(([first], [second]) => first - second);
  return {
    places: Uint32Array.from(kept, ([unit]) => unit),
    differences: Float64Array.from(kept, ([, total]) => total),
  };
}

function prepareMean(members: UnitDifferences): PreparedHypothesis {
  const levels = differenceLevels(members.differences);
  const losses = members.differences.filter((d) => d > 0).length;
  if (levels !== null && levels.length <= 1) {
    const table = halfBinomial(members.places.length);
    const exactTails = Float64Array.from({ length: table.m + 1 }, (_, b) => halfBinomialSf(table, b));
    return { fill: lossCounts(members), observed: losses, rounding: 0, exactTails };
  }
  const total = members.differences.reduce((sum, d) => sum + Math.abs(d), 0);
  return {
    fill: levels === null ? differenceSums(members) : levelSums(members, levels),
    observed: members.differences.reduce((sum, d) => sum + d, 0),
    rounding: 1e-11 * total,
    exactTails: null,
  };
}

function prepareQuantile(pairs: UnitPairs, quantile: number): PreparedHypothesis {
  const size = [...pairs.baseline, ...pairs.candidate].reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const fill: FillBlock =
    pairs.places.length === 0
      ? (_tosses, _units, statistics, at) => statistics.fill(0, at, at + 128)
      : quantileDifferences(pairs, quantile);
  return {
    fill,
    observed: pairs.places.length === 0 ? 0 : observedQuantileDifference(pairs, quantile),
    rounding: 1e-12 * size,
    exactTails: null,
  };
}
