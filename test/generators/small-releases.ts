/** Releases in which nothing changed, for simulations of false blocks (acceptance bar 1). */

import { randomStream } from './random.ts';
import type { ResultRow, RunPair } from './rows.ts';

export interface UnchangedOptions {
  /** Cases of each slice, for example `[5, 20, 100]`. */
  readonly sizes: readonly number[];
  /** Pass rate of both runs, in (0, 1). */
  readonly rate: number;
  /** Share of cases that flip between two runs, half each way; at most `2 * min(rate, 1 - rate)`. */
  readonly churn: number;
  readonly seed: number;
}

/** What one slice of an unchanged release came to. */
export interface UnchangedSlice {
  readonly n: number;
  readonly before: number;
  readonly lost: number;
  readonly gained: number;
}

/**
 * Draws the counts of `releases` unchanged releases: each case passes both, is lost, is gained or fails both with
 * probabilities rate - churn/2, churn/2, churn/2 and the rest.
 *
 * @throws RangeError where the churn does not fit the rate.
 */
export function* unchangedCounts(
  options: UnchangedOptions,
  releases: number,
): Generator<readonly UnchangedSlice[]> {
  const random = randomStream(options.seed);
  for (let release = 0; release < releases; release++) {
    yield options.sizes.map((n) => {
      const pairs = Array.from({ length: n }, () => drawPair(options, random));
      return {
        n,
        before: pairs.filter(([before]) => before).length,
        lost: pairs.filter(([before, after]) => before && !after).length,
        gained: pairs.filter(([before, after]) => !before && after).length,
      };
    });
  }
}

/** The same as rows of result files: segments `s01`, `s02`, ... */
export function* smallReleases(options: UnchangedOptions, releases: number): Generator<RunPair> {
  const random = randomStream(options.seed);
  for (let release = 0; release < releases; release++) {
    const baseline: ResultRow[] = [];
    const candidate: ResultRow[] = [];
    options.sizes.forEach((n, index) => {
      const segment = `s${String(index + 1).padStart(2, '0')}`;
      for (let number = 1; number <= n; number++) {
        const [before, after] = drawPair(options, random);
        const row = { case_id: `${segment}/${String(number).padStart(3, '0')}`, segment };
        baseline.push({ ...row, passed: before });
        candidate.push({ ...row, passed: after });
      }
    });
    yield { baseline, candidate };
  }
}

/** Two halves of one run as if they were two runs: no case id in common, so only the unpaired tests can be used. */
export function splitHalves(run: readonly ResultRow[], seed: number): RunPair {
  const random = randomStream(seed);
  const inFirst = run.map(() => random() < 0.5);
  return {
    baseline: run.filter((_row, index) => inFirst[index]),
    candidate: run.filter((_row, index) => !inFirst[index]),
  };
}

function drawPair({ rate, churn }: UnchangedOptions, random: () => number): readonly [boolean, boolean] {
  if (!(churn >= 0 && churn / 2 <= Math.min(rate, 1 - rate))) {
    throw new RangeError(`churn ${churn} does not fit rate ${rate}`);
  }
  const draw = random();
  if (draw < rate - churn / 2) return [true, true];
  if (draw < rate) return [true, false];
  return [false, draw < rate + churn / 2];
}
