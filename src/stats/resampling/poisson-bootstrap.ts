/** The Poisson bootstrap: one pass over cases that may come in any order or from many machines. */

import { philox4x32Into, poisson1FromWord, seedWords } from '../random/index.ts';

/** Sums that make up a metric, such as [passed, scored], one list per case. */
export interface PoissonBootstrap {
  /**
   * Adds a case.
   *
   * @param key unsigned 32-bit key of the case, such as a hash of its id
   * @param values one finite number per sum
   */
  add(key: number, values: ArrayLike<number>): void;
  /** Adds the replicates of another shard with the same sizes, seed and stream. */
  merge(other: PoissonBootstrap): void;
  /** Sums over all cases. */
  readonly totals: Float64Array;
  /** Weighted sums: sum s of replicate r stands at `r * sums + s`. */
  readonly replicates: Float64Array;
  /** Cases added. */
  readonly n: number;
}

/**
 * Starts a Poisson bootstrap of `sums` totals: case weights are Poisson(1), from Philox with counter (replicate, key,
 * stream), so that the result depends neither on the order of cases nor on how they are spread over machines. Feed a
 * function of each replicate's sums to `replicateInterval` (percentile). Below 100 cases use `bootstrap`, since
 * resamples may come out empty.
 *
 * Cost: one random word per case and replicate.
 * @source Chamandy et al. 2012, Estimating uncertainty for massive data streams
 * @example
 * const passes = poissonBootstrap({ sums: 2, resamples: 1000, seed: 1 });
 * passes.add(17, [1, 1]); // passed 1 of 1
 */
export function poissonBootstrap(options: {
  readonly sums: number;
  readonly resamples: number;
  readonly seed: number;
  readonly stream?: number;
}): PoissonBootstrap {
  const { sums, resamples, seed, stream = 0 } = options;
  const [low, high] = seedWords(seed);
  const totals = new Float64Array(sums);
  const replicates = new Float64Array(sums * resamples);
  const words = new Uint32Array(4);
  let n = 0;
  return {
    totals,
    replicates,
    get n() {
      return n;
    },
    add(key, values) {
      n++;
      for (let s = 0; s < sums; s++) totals[s]! += values[s]!;
      for (let replicate = 0; replicate < resamples; replicate++) {
        philox4x32Into(words, 0, replicate, key, stream, 0, low, high);
        const weight = poisson1FromWord(words[0]!);
        if (weight === 0) continue;
        for (let s = 0; s < sums; s++) replicates[replicate * sums + s]! += weight * values[s]!;
      }
    },
    merge(other) {
      if (other.replicates.length !== replicates.length || other.totals.length !== sums) {
        throw new RangeError('the shards have different numbers of sums or resamples');
      }
      n += other.n;
      other.totals.forEach((total, s) => {
        totals[s]! += total;
      });
      other.replicates.forEach((sum, i) => {
        replicates[i]! += sum;
      });
    },
  };
}
