/** Ranks with ties shared. */

/**
 * Mid-ranks from 1 of a sample, and the sum of t³ - t over its groups of t equal values.
 *
 * @example midRanks([5, 2, 5]) // { ranks: [2.5, 1, 2.5], tieSum: 6 }
 */
export function midRanks(values: readonly number[]): {
  readonly ranks: readonly number[];
  readonly tieSum: number;
} {
  const order = Array.from(values.keys()).sort((left, right) => values[left]! - values[right]!);
  const ranks = new Array<number>(values.length).fill(0);
  let tieSum = 0;
  let start = 0;
  while (start < order.length) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end += 1;
    for (let place = start; place < end; place += 1) ranks[order[place]!] = (start + end + 1) / 2;
    const tied = end - start;
    tieSum += tied * tied * tied - tied;
    start = end;
  }
  return { ranks, tieSum };
}
