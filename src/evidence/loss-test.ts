/** The test of "the candidate is no worse" for one slice. */

import type { Policy } from '../config/index.ts';
import { isBinary, type Tally } from '../counts/index.ts';
import {
  type Attainable,
  type DifferenceCell,
  type HalfBinomial,
  halfBinomial,
  halfBinomialMidP,
  halfBinomialSf,
  logEDrop,
  mcnemarAttainable,
  normalSf,
  signFlipCells,
  studentTSf,
} from '../stats/index.ts';
import { fisherTest } from './fisher-test.ts';
import { labelPermutationP } from './label-permutation.ts';
import { differences, moments } from './moments.ts';
import type { LossTest } from './types.ts';

/** Every p-value is attainable: for tests without a discrete null distribution. */
const continuous = (t: number) => Math.max(0, Math.min(1, t));

/** Exact McNemar test on the cases that got worse and better (Fagerland, Lydersen and Laake 2013 for mid-p). */
export function mcnemarTest(lost: number, gained: number): LossTest {
  const { table, attainable } = nullOf(lost + gained);
  const worse = halfBinomialSf(table, lost);
  const better = halfBinomialSf(table, gained);
  return {
    name: 'exact McNemar',
    pValue: worse,
    pValueTwoSided: Math.min(1, 2 * Math.min(worse, better)),
    midP: halfBinomialMidP(table, lost),
    attainable,
  };
}

/** Null distributions by number of flips: slices share them, and min-P treats equal ones together. */
const NULLS = new Map<number, { readonly table: HalfBinomial; readonly attainable: Attainable }>();

function nullOf(flips: number) {
  const known = NULLS.get(flips);
  if (known) return known;
  const made = { table: halfBinomial(flips), attainable: mcnemarAttainable([flips], 'exact')[0] };
  NULLS.set(flips, made);
  return made;
}

/**
 * Beta-mixture e-process on the cases that got worse and better: 1/E is a p-value at every look at accumulating fresh
 * cases of one candidate (Ville's inequality), so looking often costs nothing.
 */
export function alwaysValidTest(lost: number, gained: number): LossTest {
  const pValue = Math.min(1, Math.exp(-logEDrop(lost, gained)));
  const better = Math.min(1, Math.exp(-logEDrop(gained, lost)));
  return {
    name: 'beta-mixture e-process',
    pValue,
    pValueTwoSided: Math.min(1, 2 * Math.min(pValue, better)),
    midP: pValue,
    attainable: continuous,
  };
}

/** A test whose p-value comes from joint sign flips over all slices; filled in when those have run. */
export function pendingSignFlip(): LossTest {
  return { name: 'sign flip', pValue: null, pValueTwoSided: null, midP: null, attainable: continuous };
}

/** Distinct differences up to which the sign flips of a single slice are drawn; beyond, their sum is normal. */
const MOST_FLIPPED = 2_000;

/**
 * The sign-flip test of one slice on its own, from counted differences: for rows that take no part in the joint flips.
 *
 * @param worse +1 where higher values are worse
 */
export function ownSignFlip(
  { pairs }: Pick<Tally, 'pairs'>,
  worse: 1 | -1,
  { resamples, seed }: Policy,
): LossTest {
  const counted = differences(pairs).filter(({ value }) => value !== 0);
  const cells = counted.map(({ value, cases }) => ({ difference: worse * value, count: cases }));
  const pValue = flipTail(cells, resamples, seed, MOST_FLIPPED);
  const pValueTwoSided = twoSidedFlip(pValue, cells, resamples, seed, MOST_FLIPPED);
  return { name: 'sign flip', pValue, pValueTwoSided, midP: pValue, attainable: continuous };
}

/**
 * Two-sided p of a sign-flip test: twice the smaller tail, each with what was observed in it. The other tail is only looked
 * at where the first is above one half, since the two overlap in what was observed.
 *
 * @param pValue of the tail in which positive differences lie
 * @param most distinct differences up to which signs are flipped; beyond, their sum is taken as normal
 * @example twoSidedFlip(1, [{ difference: -1, count: 1 }], 100, 1, 20) // 1
 */
export function twoSidedFlip(
  pValue: number,
  cells: readonly DifferenceCell[],
  flips: number,
  seed: number,
  most: number,
): number {
  if (pValue <= 0.5) return 2 * pValue;
  const turned = cells.map(({ difference, count }) => ({ difference: -difference, count }));
  return Math.min(1, 2 * flipTail(turned, flips, seed, most));
}

/** Most trials whose shares are taken for whole numbers of trials. */
const MOST_TRIALS = 60;

/** The fewest trials of which all differences are whole numbers; null where there are none. */
function latticeOf(cells: readonly DifferenceCell[]): number | null {
  for (let trials = 1; trials <= MOST_TRIALS; trials++) {
    const isWhole = ({ difference }: DifferenceCell) =>
      Math.abs(difference * trials - Math.round(difference * trials)) < 1e-9;
    if (cells.every(isWhole)) return trials;
  }
  return null;
}

function flipTail(cells: readonly DifferenceCell[], flips: number, seed: number, most: number): number {
  if (cells.length <= most) {
    const lattice = latticeOf(cells);
    return signFlipCells({ cells, flips, seed, ...(lattice === null ? {} : { lattice }) }).p;
  }
  const sum = cells.reduce((total, { difference, count }) => total + difference * count, 0);
  return normalSf(
    sum / Math.sqrt(cells.reduce((total, { difference, count }) => total + difference ** 2 * count, 0)),
  );
}

/**
 * The test for runs without common cases: Fisher's exact test for pass or fail, Welch's t for other values.
 *
 * @param worse +1 where higher values are worse
 */
export function unpairedTest(tally: Tally, worse: 1 | -1, policy: Policy): LossTest | null {
  const before = moments(tally.baselineValues);
  const after = moments(tally.candidateValues);
  if (before.n === 0 || after.n === 0) return null;
  if (isBinary(tally.baselineValues) && isBinary(tally.candidateValues)) {
    // Where lower is better the bad outcome takes the place of the pass, so that "less" always means worse.
    const good = (m: { readonly sum: number; readonly n: number }) => (worse === 1 ? m.n - m.sum : m.sum);
    return fisherTest({
      candidatePasses: good(after),
      candidateCases: after.n,
      baselinePasses: good(before),
      baselineCases: before.n,
    });
  }
  const test = welch(before, after, worse);
  return test === null ? null : permuted(test, tally, worse, policy);
}

/** P-values of Welch's t up to which labels are permuted too; above, nothing could come of it. */
const WORTH_PERMUTING = 0.3;

/**
 * Skewed values in runs of unequal size make Welch's t too eager, so a small p must hold under permuted labels too: the
 * larger of the two counts.
 */
function permuted(test: LossTest, tally: Tally, worse: 1 | -1, policy: Policy): LossTest {
  if (test.pValue === null || test.pValue > WORTH_PERMUTING) return test;
  const permutation = labelPermutationP(tally, worse, policy);
  if (permutation === null || permutation <= test.pValue) return test;
  return {
    ...test,
    name: "Welch's t, labels permuted",
    pValue: permutation,
    pValueTwoSided: Math.max(
      test.pValueTwoSided ?? 0,
      Math.min(1, 2 * Math.min(permutation, 1 - permutation)),
    ),
    midP: permutation,
  };
}

function welch(
  before: { readonly n: number; readonly mean: number; readonly variance: number },
  after: { readonly n: number; readonly mean: number; readonly variance: number },
  worse: 1 | -1,
): LossTest | null {
  if (before.n < 2 || after.n < 2) return null;
  const a = before.variance / before.n;
  const b = after.variance / after.n;
  if (a + b === 0) return null;
  const df = (a + b) ** 2 / (a ** 2 / (before.n - 1) + b ** 2 / (after.n - 1));
  const t = (worse * (after.mean - before.mean)) / Math.sqrt(a + b);
  const p = studentTSf(t, df);
  return {
    name: "Welch's t",
    pValue: p,
    pValueTwoSided: Math.min(1, 2 * Math.min(p, 1 - p)),
    midP: p,
    attainable: continuous,
  };
}
