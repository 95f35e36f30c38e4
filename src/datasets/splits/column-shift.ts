/** How labels and lengths of texts differ between two sets: tests with the size of the difference beside them. */

import { compareText } from '../../slices/index.ts';
import {
  chiSquareTest,
  jensenShannonDistance,
  kolmogorovSmirnov,
  populationStability,
  type ShiftTest,
  type StabilityIndex,
} from '../../stats/index.ts';

/** Labels of two sets. */
export interface LabelShift {
  readonly train: number;
  readonly test: number;
  readonly labels: number;
  /** Distance from 0 (the same shares) to 1 (no common label). */
  readonly distance: number;
  /** Chi-square over the labels that are frequent enough, the others taken together; null where fewer than two are left. */
  readonly pValue: number | null;
  readonly stability: StabilityIndex;
}

/** Expected cases of a label below which chi-square is too rough. */
const LEAST_EXPECTED = 5;

/**
 * Compares how often each label occurs.
 *
 * @param train one label per case
 * @returns null where a side has no label
 * @example labelShift(['a', 'a', 'b'], ['a', 'b', 'b']).labels // 2
 */
export function labelShift(train: readonly string[], test: readonly string[]): LabelShift | null {
  const labels = [...new Set([...train, ...test])].toSorted(compareText);
  const place = new Map(labels.map((label, at) => [label, at]));
  const count = (side: readonly string[]): readonly number[] => {
    const counts = new Array<number>(labels.length).fill(0);
    for (const label of side) counts[place.get(label)!]! += 1;
    return counts;
  };
  const [a, b] = [count(train), count(test)];
  const distance = jensenShannonDistance(a, b);
  const stability = populationStability(a, b);
  if (distance === null || stability === null) return null;
  const { pValue } = chiSquareTest(pooled([a, b], Math.min(train.length, test.length)));
  return { train: train.length, test: test.length, labels: labels.length, distance, pValue, stability };
}

/** The columns with at least five expected cases on the smaller side, and one of all the others. */
function pooled(table: readonly (readonly number[])[], smaller: number): readonly (readonly number[])[] {
  const total = table.flat().reduce((sum, one) => sum + one, 0);
  const isFrequent = (c: number): boolean => {
    const both = table.reduce((sum, row) => sum + row[c]!, 0);
    return (both * smaller) / total >= LEAST_EXPECTED;
  };
  return table.map((row) => [
    ...row.filter((_, c) => isFrequent(c)),
    row.reduce((sum, one, c) => (isFrequent(c) ? sum : sum + one), 0),
  ]);
}

/** Lengths in characters of two sets of texts; null where a side is empty. */
export function lengthShift(train: readonly string[], test: readonly string[]): ShiftTest | null {
  if (train.length === 0 || test.length === 0) return null;
  const lengths = (texts: readonly string[]) => texts.map(({ length }) => length);
  return kolmogorovSmirnov(lengths(train), lengths(test));
}
