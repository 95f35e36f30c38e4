/** The split of a node that explains most of its errors: one value of one column against all other cases. */

import { chiSquareSf } from '../stats/index.ts';
import type { SearchTable } from './kernel/index.ts';
import type { ErrorKind } from './slice-tests.ts';

/** Cases with the code against the others. */
export interface Split {
  readonly column: number;
  readonly code: number;
  /** Fall of the deviance: twice the gain of log likelihood (graded errors: of a normal distribution). */
  readonly gain: number;
  /** P-value of that gain times the number of splits that were possible, at most 1. */
  readonly p: number;
  readonly candidates: number;
}

export type SplitRefusal =
  | 'no cases'
  | 'all errors are equal'
  | 'no split leaves enough cases on both sides'
  | 'no split gains more than chance';

/** Number of cases, their weight, and sums of error. */
export interface Part {
  readonly cases: number;
  readonly weight: number;
  readonly error: number;
  readonly squares: number;
}

/**
 * The best split of some rows. Equal gains take the earlier column, then the lower code.
 *
 * @param rows of the table, ascending
 * @param options `minLeaf` least cases on either side; `alpha` largest corrected p-value of a split
 */
export function bestSplit(
  table: SearchTable,
  rows: Int32Array,
  kind: ErrorKind,
  options: { readonly minLeaf: number; readonly alpha: number },
): { readonly split: Split | null; readonly stopped: SplitRefusal | null } {
  const all = sumPart(table, rows);
  if (all.cases === 0) return { split: null, stopped: 'no cases' };
  const deviance = devianceOf(all, kind);
  if (!(deviance > 1e-12)) return { split: null, stopped: 'all errors are equal' };
  let candidates = 0;
  let best: { column: number; code: number; gain: number } | null = null;
  table.columns.forEach((own, column) => {
    const parts = partsOf(table, rows, own);
    // Of two values either side is the same split, so that only the first is tried.
    const last =
      parts.filter(({ cases }) => cases > 0).length === 2
        ? parts.findIndex((part, code) => code > 0 && part.cases > 0)
        : own.cardinality;
    for (let code = 1; code <= last; code++) {
      const part = parts[code]!;
      const rest = without(all, part);
      if (part.cases < options.minLeaf || rest.cases < options.minLeaf) continue;
      candidates += 1;
      const gain = gainOf(all, part, rest, kind);
      if (best === null || gain > best.gain * (1 + 1e-12)) best = { column, code, gain };
    }
  });
  if (best === null) return { split: null, stopped: 'no split leaves enough cases on both sides' };
  const { gain } = best as { gain: number };
  const p = Math.min(1, candidates * chiSquareSf(gain, 1));
  if (p > options.alpha) return { split: null, stopped: 'no split gains more than chance' };
  return {
    split: { ...(best as { column: number; code: number; gain: number }), p, candidates },
    stopped: null,
  };
}

/** Sums over some rows. */
export function sumPart({ count, weight, error }: SearchTable, rows: Int32Array): Part {
  const sizes = weight ?? count;
  let [cases, total, wrong, squares] = [0, 0, 0, 0];
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const own = sizes[row]! * error[row]!;
    cases += count[row]!;
    total += sizes[row]!;
    wrong += own;
    squares += own * error[row]!;
  }
  return { cases, weight: total, error: wrong, squares };
}

/** The rows by code of a column, in one pass. */
function partsOf(
  { count, weight, error }: SearchTable,
  rows: Int32Array,
  { codes, cardinality }: SearchTable['columns'][number],
): readonly Part[] {
  const sums = new Float64Array(4 * (cardinality + 1));
  const sizes = weight ?? count;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const at = 4 * codes[row]!;
    const own = sizes[row]! * error[row]!;
    sums[at] = sums[at]! + count[row]!;
    sums[at + 1] = sums[at + 1]! + sizes[row]!;
    sums[at + 2] = sums[at + 2]! + own;
    sums[at + 3] = sums[at + 3]! + own * error[row]!;
  }
  return Array.from({ length: cardinality + 1 }, (_, code) => ({
    cases: sums[4 * code]!,
    weight: sums[4 * code + 1]!,
    error: sums[4 * code + 2]!,
    squares: sums[4 * code + 3]!,
  }));
}

function without(all: Part, part: Part): Part {
  return {
    cases: all.cases - part.cases,
    weight: all.weight - part.weight,
    error: all.error - part.error,
    squares: all.squares - part.squares,
  };
}

/** Binomial deviance, or for graded errors the sum of squares around the mean, per unit of weight times cases. */
function devianceOf({ cases, weight, error, squares }: Part, kind: ErrorKind): number {
  if (weight === 0) return 0;
  const rate = error / weight;
  if (kind === 'graded') return Math.max(0, (cases * (squares - error * rate)) / weight);
  const entropy = (share: number) => (share <= 0 ? 0 : -share * Math.log(share));
  return 2 * cases * (entropy(rate) + entropy(1 - rate));
}

function gainOf(all: Part, part: Part, rest: Part, kind: ErrorKind): number {
  const before = devianceOf(all, kind);
  const after = devianceOf(part, kind) + devianceOf(rest, kind);
  if (kind === 'pass-fail') return Math.max(0, before - after);
  return after <= 1e-12 * before ? Number.MAX_VALUE : Math.max(0, all.cases * Math.log(before / after));
}
