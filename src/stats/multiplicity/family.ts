/** What every correction shares: a family of p-values in which null (untestable) keeps its place and does not count. */

/** A p-value of each hypothesis of the family, in [0,1]; null where the slice cannot be tested. */
export type PValues = readonly (number | null)[];

/** Two p-values closer than this (relative) are one value computed in two ways. */
export const TIE = 1e-9;

/**
 * Adjusts the testable p-values as one ascending list and puts the results back in input order.
 *
 * @param p family of p-values; null stays null and does not count
 * @param adjust receives the ascending p-values, returns their adjusted values in the same order
 * @returns adjusted p-values in input order, capped at 1
 * @throws RangeError when a p-value lies outside [0,1]
 * @example adjustAscending([0.5, null, 0.1], (p) => p.map((x) => 2 * x)) // [1, null, 0.2]
 */
export function adjustAscending(
  p: PValues,
  adjust: (ascending: readonly number[]) => readonly number[],
): (number | null)[] {
  const order = ascendingOrder(p);
  const adjusted = adjust(order.map((index) => p[index] as number));
  const result: (number | null)[] = p.map(() => null);
  order.forEach((index, rank) => {
    result[index] = Math.min(1, adjusted[rank]!);
  });
  return result;
}

/**
 * Indices of the testable p-values, smallest p first; equal values keep their input order.
 *
 * @throws RangeError when a p-value lies outside [0,1]
 * @example ascendingOrder([0.5, null, 0.1]) // [2, 0]
 */
export function ascendingOrder(p: PValues): number[] {
  const order: number[] = [];
  p.forEach((value, index) => {
    if (value === null) return;
    if (!(value >= 0 && value <= 1)) throw new RangeError(`p-value ${index} is ${value}, must be in [0,1]`);
    order.push(index);
  });
  return order.sort((a, b) => p[a]! - p[b]! || a - b);
}

/** Running maximum from the first value on. */
export function runningMaximum(values: readonly number[]): number[] {
  let top = 0;
  return values.map((value) => {
    top = Math.max(top, value);
    return top;
  });
}

/** Running minimum from the last value back to the first. */
export function runningMinimumFromEnd(values: readonly number[]): number[] {
  const result = [...values];
  for (let i = result.length - 2; i >= 0; i--) result[i] = Math.min(result[i]!, result[i + 1]!);
  return result;
}
