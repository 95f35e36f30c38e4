/** The confusion table itself, and the agreement measures that need all of it. */

import type { Answers } from './tally.ts';

/**
 * Cases by true label (rows) and answer (columns), over the given classes in their order. Cases of other classes, and
 * answers that are no class, are left out and counted.
 *
 * @param classes codes, each once
 * @example confusionTable({ expected: [0, 1], answer: [0, 0], cases: [8, 2] }, [0, 1]).table // [[8, 0], [2, 0]]
 */
export function confusionTable(
  { expected, answer, cases }: Answers,
  classes: readonly number[],
): { readonly table: readonly Float64Array[]; readonly elsewhere: number } {
  const place = new Map(classes.map((code, at) => [code, at]));
  const table = classes.map(() => new Float64Array(classes.length));
  let elsewhere = 0;
  for (let i = 0; i < expected.length; i++) {
    const row = place.get(expected[i]!);
    const column = place.get(answer[i]!);
    if (row === undefined || column === undefined) elsewhere += cases[i]!;
    else table[row]![column]! += cases[i]!;
  }
  return { table, elsewhere };
}

/** How far apart two ordered classes count: 0/1, by distance, or by its square. */
export type KappaWeights = 'none' | 'linear' | 'quadratic';

/** Agreement of two ratings with the error of its estimate. */
export interface KappaEstimate {
  /** Null where chance alone agrees always. */
  readonly kappa: number | null;
  /** Asymptotic standard error, not assuming independence; null for weighted kappa and where kappa is null. */
  readonly standardError: number | null;
  readonly observedAgreement: number | null;
}

/**
 * Cohen's kappa of a square table of counts.
 *
 * @source Cohen 1960, 1968; Fleiss, Cohen, Everitt 1969, Psychological Bulletin 72:323 (standard error)
 * @throws RangeError where the table is not square
 * @example kappaOfTable([[16, 2, 4], [4, 12, 2], [2, 3, 15]]).kappa // 0.5732
 */
export function kappaOfTable(
  table: readonly ArrayLike<number>[],
  weights: KappaWeights = 'none',
): KappaEstimate {
  const size = table.length;
  if (table.some((row) => row.length !== size)) throw new RangeError('the table must be square');
  const rows = table.map((row) => sumOf(row));
  const columns = rows.map((_, at) => table.reduce((sum, row) => sum + row[at]!, 0));
  const n = sumOf(rows);
  if (n === 0) return { kappa: null, standardError: null, observedAgreement: null };
  const distance = (i: number, j: number) =>
    weights === 'none' ? Number(i !== j) : weights === 'linear' ? Math.abs(i - j) : (i - j) ** 2;
  let observed = 0;
  let expected = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      observed += (distance(i, j) * table[i]![j]!) / n;
      expected += (distance(i, j) * (rows[i]! / n) * columns[j]!) / n;
    }
  }
  const observedAgreement = weights === 'none' ? 1 - observed : null;
  if (expected < 1e-15) return { kappa: null, standardError: null, observedAgreement };
  const kappa = 1 - observed / expected;
  const standardError = weights === 'none' ? kappaError(table, rows, columns, n, kappa, 1 - expected) : null;
  return { kappa, standardError, observedAgreement };
}

/** @param chance agreement expected by chance */
function kappaError(
  table: readonly ArrayLike<number>[],
  rows: readonly number[],
  columns: readonly number[],
  n: number,
  kappa: number,
  chance: number,
): number {
  let diagonal = 0;
  let rest = 0;
  for (let i = 0; i < table.length; i++) {
    for (let j = 0; j < table.length; j++) {
      const share = table[i]![j]! / n;
      if (i === j) diagonal += share * (1 - ((rows[i]! + columns[i]!) / n) * (1 - kappa)) ** 2;
      else rest += share * ((columns[i]! + rows[j]!) / n) ** 2;
    }
  }
  const spread = diagonal + (1 - kappa) ** 2 * rest - (kappa - chance * (1 - kappa)) ** 2;
  return Math.sqrt(Math.max(0, spread) / n) / (1 - chance);
}

function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}
