/** One-sided p-values of a slice from its sums alone: against the rest of the cases, or against the other run. */

import { binomialSf, hypergeometricSf, normalSf, studentTSf } from '../stats/index.ts';
import { isBinary, type SearchTable, type SliceSums } from './kernel/index.ts';

/**
 * What is asked of a slice. `worse`: its error is larger than that of all other cases. `regressed`, `improved`: its error rose,
 * fell, from the other run. `broke-more`, `fixed-more`: a larger share of its cases than of the others has an error that rose,
 * fell. `regressed-more`, `improved-more`: its error rose, fell, by more than that of all other cases.
 */
export type SliceQuestion =
  | 'worse'
  | 'regressed'
  | 'improved'
  | 'broke-more'
  | 'fixed-more'
  | 'regressed-more'
  | 'improved-more';

/** Errors that are all 0 or 1 have exact tests, others t tests. */
export type ErrorKind = 'pass-fail' | 'graded';

export type SliceTestMethod = 'fisher' | 'welch t' | 'mcnemar' | 'paired t';

/** A one-sided p-value; null where the test is undefined, and then `reason` says why. */
export interface SliceTest {
  readonly question: SliceQuestion;
  readonly method: SliceTestMethod;
  readonly p: number | null;
  /** Mean difference that the question is about: to the rest, or to the other run; larger is worse except for improvements. */
  readonly difference: number | null;
  readonly reason?: string;
}

/**
 * Whether the errors of a table, of both runs, are all 0 or 1.
 *
 * Cost: one pass over the rows.
 */
export function errorKind(table: Pick<SearchTable, 'error' | 'before'>): ErrorKind {
  return isBinary(table.error) && (table.before === null || isBinary(table.before)) ? 'pass-fail' : 'graded';
}

/** The test that answers a question about errors of a kind. */
export function sliceTestMethod(question: SliceQuestion, kind: ErrorKind): SliceTestMethod {
  if (question === 'broke-more' || question === 'fixed-more') return 'fisher';
  if (question === 'worse') return kind === 'pass-fail' ? 'fisher' : 'welch t';
  if (question === 'regressed-more' || question === 'improved-more') return 'welch t';
  return kind === 'pass-fail' ? 'mcnemar' : 'paired t';
}

/**
 * The p-value alone, for millions of slices; NaN where the test is undefined.
 *
 * @param slice unweighted sums of the slice, part of `all`
 * @param all unweighted sums of all cases that are searched
 * Cost: like the standard deviation of a count (exact tests) or constant (t tests).
 */
export function sliceP(question: SliceQuestion, kind: ErrorKind, slice: SliceSums, all: SliceSums): number {
  switch (question) {
    case 'broke-more':
      return hypergeometricSf(slice.broke, all.cases, all.broke, slice.cases);
    case 'fixed-more':
      return hypergeometricSf(slice.fixed, all.cases, all.fixed, slice.cases);
    case 'worse':
      return kind === 'pass-fail'
        ? hypergeometricSf(slice.error, all.cases, all.error, slice.cases)
        : welchP(errorMoments(slice), errorMoments(all), 1);
    case 'regressed-more':
      return welchP(changeMoments(slice), changeMoments(all), 1);
    case 'improved-more':
      return welchP(changeMoments(slice), changeMoments(all), -1);
    case 'regressed':
      return kind === 'pass-fail' ? flipP(slice.broke, slice.fixed) : pairedP(slice, 1);
    case 'improved':
      return kind === 'pass-fail' ? flipP(slice.fixed, slice.broke) : pairedP(slice, -1);
  }
}

/** The question about the rest of the cases that goes with one about the other run. */
const MORE: Readonly<Partial<Record<SliceQuestion, SliceQuestion>>> = {
  regressed: 'regressed-more',
  improved: 'improved-more',
};

/** The same question against other cases instead of against the other run; questions about other cases are their own. */
export function againstOthers(question: SliceQuestion): SliceQuestion {
  return MORE[question] ?? question;
}

/**
 * The p-value that a slice stands out, for millions of slices: where the whole run got worse every slice did, so that of
 * `regressed` and `improved` the change must be there and be larger than elsewhere. Both must hold, so the larger p-value is one
 * of the whole claim; where there is nothing to compare with it is 1. NaN where the test itself is undefined.
 */
export function standOutP(
  question: SliceQuestion,
  kind: ErrorKind,
  slice: SliceSums,
  all: SliceSums,
): number {
  const p = sliceP(question, kind, slice, all);
  const other = againstOthers(question);
  if (other === question || Number.isNaN(p)) return p;
  const more = sliceP(other, kind, slice, all);
  return Number.isNaN(more) ? 1 : Math.max(p, more);
}

/**
 * The test of one slice with what it is about.
 *
 * @throws RangeError where the slice has more cases than all
 */
export function sliceTest(
  question: SliceQuestion,
  kind: ErrorKind,
  slice: SliceSums,
  all: SliceSums,
): SliceTest {
  if (slice.cases > all.cases) throw new RangeError(`slice of ${slice.cases} cases in ${all.cases}`);
  const method = sliceTestMethod(question, kind);
  const base = { question, method, difference: differenceOf(question, slice, all) };
  if (slice.cases === 0) return { ...base, p: null, reason: 'the slice has no cases' };
  if (slice.weight !== slice.cases || all.weight !== all.cases) {
    return { ...base, p: null, reason: 'sums are weighted: test the rows' };
  }
  const p = sliceP(question, kind, slice, all);
  if (!Number.isNaN(p)) return { ...base, p };
  const few = slice.cases < 2 || (method === 'welch t' && all.cases - slice.cases < 2);
  return { ...base, p: null, reason: few ? 'fewer than two cases on a side' : 'no value varies' };
}

/** The sums of the cases of `all` that are not in `slice`; the largest error is that of `all`, an upper bound. */
export function complementSums(slice: SliceSums, all: SliceSums): SliceSums {
  return {
    cases: all.cases - slice.cases,
    weight: all.weight - slice.weight,
    error: all.error - slice.error,
    errorSquares: all.errorSquares - slice.errorSquares,
    largestError: all.largestError,
    before: all.before - slice.before,
    change: all.change - slice.change,
    changeSquares: all.changeSquares - slice.changeSquares,
    broke: all.broke - slice.broke,
    fixed: all.fixed - slice.fixed,
  };
}

/**
 * The smallest p-value that a slice of this size could reach, whatever its cases did: what Tarone's correction asks. Graded
 * errors can reach any. For `regressed` and `improved` it is that of its own number of flips, on which McNemar's test is
 * conditional.
 */
export function smallestSliceP(
  question: SliceQuestion,
  kind: ErrorKind,
  slice: SliceSums,
  all: SliceSums,
): number {
  const method = sliceTestMethod(question, kind);
  if (method === 'mcnemar') return 2 ** -(slice.broke + slice.fixed);
  if (method !== 'fisher') return 0;
  const marked = question === 'worse' ? all.error : question === 'broke-more' ? all.broke : all.fixed;
  return hypergeometricSf(Math.min(slice.cases, marked), all.cases, marked, slice.cases);
}

function differenceOf(question: SliceQuestion, slice: SliceSums, all: SliceSums): number | null {
  const rest = complementSums(slice, all);
  const gap = (of: (sums: SliceSums) => number, size: (sums: SliceSums) => number) =>
    size(slice) === 0 || size(rest) === 0 ? null : of(slice) / size(slice) - of(rest) / size(rest);
  const weight = (sums: SliceSums) => sums.weight;
  const cases = (sums: SliceSums) => sums.cases;
  if (question === 'worse') return gap((sums) => sums.error, weight);
  if (question === 'regressed-more') return gap((sums) => sums.change, weight);
  if (question === 'improved-more') return gap((sums) => -sums.change, weight);
  if (question === 'broke-more') return gap((sums) => sums.broke, cases);
  if (question === 'fixed-more') return gap((sums) => sums.fixed, cases);
  if (slice.weight === 0) return null;
  return (question === 'regressed' ? slice.change : -slice.change) / slice.weight;
}

function flipP(losses: number, gains: number): number {
  return losses + gains === 0 ? 1 : binomialSf(losses, losses + gains, 0.5);
}

function variance(sum: number, squares: number, n: number): number {
  const spread = squares - (sum * sum) / n;
  // What rounding alone leaves of equal values is no spread.
  return spread <= 1e-13 * squares ? 0 : spread / (n - 1);
}

/** Number, sum and sum of squares. */
interface Moments {
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
}

const errorMoments = ({ cases, error, errorSquares }: SliceSums): Moments => ({
  n: cases,
  sum: error,
  squares: errorSquares,
});

const changeMoments = ({ cases, change, changeSquares }: SliceSums): Moments => ({
  n: cases,
  sum: change,
  squares: changeSquares,
});

/**
 * The larger p-value of Welch's t test and of the one that pools the variances. Welch's alone takes a few cases that happen to
 * agree for proof (their variance is 0); the pooled one alone takes a few far cases of a small slice for it.
 */
function welchP(slice: Moments, all: Moments, sign: 1 | -1): number {
  const n = slice.n;
  const m = all.n - n;
  if (n < 2 || m < 2) return Number.NaN;
  const restSum = all.sum - slice.sum;
  const own = variance(slice.sum, slice.squares, n) / n;
  const rest = variance(restSum, all.squares - slice.squares, m) / m;
  const total = own + rest;
  if (!(total > 0)) return Number.NaN;
  const df = (total * total) / ((own * own) / (n - 1) + (rest * rest) / (m - 1));
  const gap = sign * (slice.sum / n - restSum / m);
  const common = (own * n * (n - 1) + rest * m * (m - 1)) / (n + m - 2);
  return Math.max(
    studentTSf(gap / Math.sqrt(total), df),
    studentTSf(gap / Math.sqrt(common * (1 / n + 1 / m)), n + m - 2),
  );
}

/**
 * The larger p-value of the paired t test and of the normal tail of swapping the runs of each case. The t test alone takes a few
 * equal changes among cases without any for more than swapping can prove (12 of 20: 2e-5, where 2^-12 is 2e-4).
 */
function pairedP(slice: SliceSums, sign: 1 | -1): number {
  const n = slice.cases;
  if (n < 2 || !(slice.changeSquares > 0)) return Number.NaN;
  const change = sign * slice.change;
  const swapped = normalSf(change / Math.sqrt(slice.changeSquares));
  const spread = variance(slice.change, slice.changeSquares, n) / n;
  return spread > 0 ? Math.max(swapped, studentTSf(change / n / Math.sqrt(spread), n - 1)) : swapped;
}
