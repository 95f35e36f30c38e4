/** A rate of clustered cases in both runs: cluster-robust intervals, and sign flips of whole clusters. */

import {
  contrastInterval,
  type DifferenceCell,
  type Estimate,
  type PairedAnswers,
  robustContrast,
  signFlipCells,
} from '../stats/index.ts';
import type { ClassPairing, Compared } from './types.ts';

/** Which cells count, and whether each run's answer is what is counted. */
export interface ClusteredInput {
  readonly answers: PairedAnswers;
  /** Cells of the rate's denominator. */
  readonly cells: readonly number[];
  readonly inBaseline: (cell: number) => boolean;
  readonly inCandidate: (cell: number) => boolean;
  readonly pairing: ClassPairing;
  readonly level: number;
  readonly seed: number;
}

/** Sign flips where the exact test would be too large. */
const FLIPS = 10_000;

/** The rate of each run, their difference and its p; of unpaired runs without a p. */
export function clusteredRate(input: ClusteredInput): Compared {
  const { answers, cells, inBaseline, inCandidate, pairing } = input;
  const candidate = mean(input, cells, inCandidate);
  if (pairing === 'single run') return { baseline: null, candidate, delta: null, pValue: null };
  const baseline = mean(input, cells, inBaseline);
  const difference = (cell: number): number => Number(inCandidate(cell)) - Number(inBaseline(cell));
  if (pairing === 'unpaired') return { baseline, candidate, delta: null, pValue: null };
  const net = new Map<number, number>();
  for (const cell of cells) {
    const cluster = answers.cluster![cell]!;
    net.set(cluster, (net.get(cluster) ?? 0) + answers.cases[cell]! * difference(cell));
  }
  return {
    baseline,
    candidate,
    delta: mean(input, cells, difference),
    pValue: twoSided([...net.values()], input.seed),
  };
}

function mean(
  { answers, level }: ClusteredInput,
  cells: readonly number[],
  value: (cell: number) => number | boolean,
): Estimate {
  const contrast = robustContrast({
    values: cells.map((cell) => Number(value(cell))),
    side: cells.map(() => 1),
    counts: cells.map((cell) => answers.cases[cell]!),
    weights: null,
    clusters: cells.map((cell) => answers.cluster![cell]!),
  });
  return contrastInterval(contrast, level);
}

function twoSided(differences: readonly number[], seed: number): number {
  const tail = (sign: number): number => {
    const cells = differences.map(
      (difference): DifferenceCell => ({ difference: sign * difference, count: 1 }),
    );
    return signFlipCells({ cells, flips: FLIPS, seed, lattice: 1 }).p;
  };
  return Math.min(1, 2 * Math.min(tail(1), tail(-1)));
}
