/** Makes two runs from the numbers of a table: per slice so many cases, passes, losses and gains, exactly. */

import { hashText } from './random.ts';
import { inOtherOrder, type ResultRow, type RunPair } from './rows.ts';

/** One row of the table. After = before - lost + gained. */
export interface SliceSpec {
  /** Cell text of the slice column; null leaves the cases without one. */
  readonly slice: string | null;
  readonly n: number;
  /** Cases that pass in the baseline. */
  readonly before: number;
  /** Cases that pass in the baseline alone, at most `before`. */
  readonly lost: number;
  /** Cases that pass in the candidate alone, at most `n - before`. */
  readonly gained: number;
}

export interface PairOptions {
  readonly seed: number;
  /** Name of the slice column, `segment` unless said otherwise; null writes no such column. */
  readonly column?: string | null;
  /** Further columns of a case; the same in both runs. `number` counts from 1 within the slice. */
  readonly describe?: (slice: string | null, number: number) => Readonly<Record<string, string>>;
  /** What a run answered, written as `output`. */
  readonly answer?: (passed: boolean, slice: string | null, number: number) => string;
}

/**
 * Makes both runs. Which cases are lost or gained, and the order of the rows of each file, are seeded: the same table and
 * seed give the same rows. Case ids are `slice/007`.
 *
 * @throws RangeError where the numbers of a slice do not fit each other.
 */
export function pairSlices(specs: readonly SliceSpec[], options: PairOptions): RunPair {
  const baseline: ResultRow[] = [];
  const candidate: ResultRow[] = [];
  for (const spec of specs) {
    outcomesOf(spec, options.seed).forEach(([before, after], index) => {
      baseline.push(rowOf(spec.slice, index + 1, before, options));
      candidate.push(rowOf(spec.slice, index + 1, after, options));
    });
  }
  return {
    baseline: inOtherOrder(baseline, options.seed),
    candidate: inOtherOrder(candidate, options.seed + 1),
  };
}

/** The pairs of outcomes of a slice in seeded order. */
function outcomesOf(spec: SliceSpec, seed: number): readonly (readonly [boolean, boolean])[] {
  const { slice, n, before, lost, gained } = spec;
  if (lost > before || gained > n - before || Math.min(n, before, lost, gained) < 0) {
    throw new RangeError(`slice ${slice}: ${lost} lost, ${gained} gained do not fit ${before} of ${n}`);
  }
  const pairs = [
    ...Array.from({ length: lost }, () => [true, false] as const),
    ...Array.from({ length: before - lost }, () => [true, true] as const),
    ...Array.from({ length: gained }, () => [false, true] as const),
    ...Array.from({ length: n - before - gained }, () => [false, false] as const),
  ];
  return inOtherOrder(pairs, hashText(`${seed}/${slice}`));
}

function rowOf(slice: string | null, number: number, passed: boolean, options: PairOptions): ResultRow {
  const { column = 'segment', describe, answer } = options;
  return {
    case_id: `${slice ?? 'case'}/${String(number).padStart(3, '0')}`,
    ...(column === null || slice === null ? {} : { [column]: slice }),
    passed,
    ...describe?.(slice, number),
    ...(answer ? { output: answer(passed, slice, number) } : {}),
  };
}
