/** Resamples counted answers: cases within each stratum, or whole clusters. */

import { createRandom } from '../random/index.ts';
import { multinomialDraw } from '../resampling/binomial-draw.ts';
import type { PairedAnswers } from './paired-tables.ts';

/** Answer code of a case that a run does not have. */
export const ABSENT_ANSWER = -3;

/** Cells that are left out together by the jackknife, and how many units are alike. */
export interface LeftOut {
  readonly stratum: number;
  readonly units: number;
  readonly cells: readonly number[];
  /** Cases taken out of each of the cells. */
  readonly cases: readonly number[];
}

/** Ways to resample one table of answers. */
export interface CellSampler {
  /** Independent units (cases or clusters) of each stratum. */
  readonly units: readonly number[];
  /** Cases per cell in a replicate, which depends on nothing but the seed and its number. Overwritten by the next call. */
  draw(replicate: number): Float64Array;
  /** Every unit that can be left out, each kind once. */
  leftOut(): Iterable<LeftOut>;
}

/** Cases per cell up to which drawing case by case is quicker than drawing cell by cell. */
const FEW_CASES_PER_CELL = 10;

/**
 * A sampler of a table. Cases that both runs have, that only the baseline has and that only the candidate has are three
 * strata, each resampled to its own size: runs on different cases are resampled independently. With clusters, whole
 * clusters are drawn.
 *
 * @throws RangeError where a count is not a whole number of at least 0, or the seed is not one
 * Cost of a draw: one step per cell (or per case, where there are fewer than ten to a cell), whatever the number of cases.
 */
export function cellSampler(answers: PairedAnswers, seed: number): CellSampler {
  for (let i = 0; i < answers.cases.length; i++) {
    const count = answers.cases[i]!;
    if (!Number.isSafeInteger(count) || count < 0) {
      throw new RangeError(`cases[${i}] is ${count}, must be a whole number of at least 0`);
    }
  }
  return answers.cluster === null
    ? caseSampler(answers, seed)
    : clusterSampler(answers, answers.cluster, seed);
}

/** Indexes of cells by which runs have them; only strata with cases. */
function strataOf({ baseline, candidate, cases }: PairedAnswers): readonly (readonly number[])[] {
  const strata: number[][] = [[], [], []];
  for (let i = 0; i < cases.length; i++) {
    if (cases[i]! === 0) continue;
    const onlyCandidate = baseline[i] === ABSENT_ANSWER;
    const onlyBaseline = candidate[i] === ABSENT_ANSWER;
    if (!(onlyBaseline && onlyCandidate)) strata[onlyCandidate ? 2 : onlyBaseline ? 1 : 0]!.push(i);
  }
  return strata.filter((cells) => cells.length > 0);
}

function caseSampler(answers: PairedAnswers, seed: number): CellSampler {
  const strata = strataOf(answers).map((cells) => {
    const counts = Float64Array.from(cells, (cell) => answers.cases[cell]!);
    const n = counts.reduce((sum, count) => sum + count, 0);
    const few = n <= FEW_CASES_PER_CELL * cells.length;
    return {
      cells,
      counts,
      n,
      cellOf: few ? caseCells(cells, counts, n) : null,
      out: new Float64Array(cells.length),
    };
  });
  const weights = new Float64Array(answers.cases.length);
  return {
    units: strata.map(({ n }) => n),
    draw(replicate) {
      const random = createRandom(seed, replicate);
      weights.fill(0);
      for (const { cells, counts, n, cellOf, out } of strata) {
        if (cellOf !== null) {
          for (let i = 0; i < n; i++) weights[cellOf[random.nextBelow(n)]!]! += 1;
          continue;
        }
        multinomialDraw(random, n, counts, out);
        for (let i = 0; i < cells.length; i++) weights[cells[i]!] = out[i]!;
      }
      return weights;
    },
    *leftOut() {
      for (const [stratum, { cells }] of strata.entries()) {
        for (const cell of cells) yield { stratum, units: answers.cases[cell]!, cells: [cell], cases: [1] };
      }
    },
  };
}

/** The cell of every case. */
function caseCells(cells: readonly number[], counts: Float64Array, n: number): Uint32Array {
  const cellOf = new Uint32Array(n);
  let place = 0;
  cells.forEach((cell, at) => {
    cellOf.fill(cell, place, place + counts[at]!);
    place += counts[at]!;
  });
  return cellOf;
}

function clusterSampler(answers: PairedAnswers, clusterOf: ArrayLike<number>, seed: number): CellSampler {
  const members = new Map<number, number[]>();
  for (let i = 0; i < answers.cases.length; i++) {
    if (answers.cases[i]! === 0) continue;
    const cells = members.get(clusterOf[i]!);
    if (cells === undefined) members.set(clusterOf[i]!, [i]);
    else cells.push(i);
  }
  const clusters = [...members.values()];
  const weights = new Float64Array(answers.cases.length);
  return {
    units: [clusters.length],
    draw(replicate) {
      const random = createRandom(seed, replicate);
      weights.fill(0);
      for (let i = 0; i < clusters.length; i++) {
        for (const cell of clusters[random.nextBelow(clusters.length)]!)
          weights[cell]! += answers.cases[cell]!;
      }
      return weights;
    },
    *leftOut() {
      for (const cells of clusters) {
        yield { stratum: 0, units: 1, cells, cases: cells.map((cell) => answers.cases[cell]!) };
      }
    },
  };
}
