/** Average-link clustering (UPGMA), deterministic and in quadratic time. */

/** Two groups that were joined; a group is named by its member with the lowest index. */
export interface Merge {
  readonly a: number;
  readonly b: number;
  /** Mean distance between the members of the two groups. */
  readonly distance: number;
  /** Members together. */
  readonly size: number;
}

/**
 * Joins groups by smallest mean distance until one is left, by chains of nearest neighbours, which gives the same tree as always
 * joining the closest pair. Of equal distances the lowest index is taken.
 *
 * @param items number of items
 * @param distance distance of two items, a < b, at least 0; called once per pair
 * @returns items - 1 merges by distance, smallest first
 * @source Murtagh 1983, Computer Journal 26:354 (nearest-neighbour chains)
 * Cost: items squared in time, 4 bytes per pair in memory.
 */
export function averageLinkage(items: number, distance: (a: number, b: number) => number): readonly Merge[] {
  const matrix = new Float32Array((items * (items - 1)) / 2);
  const at = (i: number, j: number) => {
    const [a, b] = i < j ? [i, j] : [j, i];
    return a * items - (a * (a + 1)) / 2 + (b - a - 1);
  };
  for (let a = 0; a < items; a++) for (let b = a + 1; b < items; b++) matrix[at(a, b)] = distance(a, b);
  const size = new Float64Array(items).fill(1);
  const alive = new Uint8Array(items).fill(1);
  const merges: Merge[] = [];
  const chain: number[] = [];
  /** The nearest living group. A tie goes back along the chain, else the chain could run in a circle. */
  const nearestOf = (group: number, previous: number | undefined): readonly [number, number] => {
    let nearest = previous ?? -1;
    let least = previous === undefined ? Number.POSITIVE_INFINITY : matrix[at(group, previous)]!;
    for (let other = 0; other < items; other++) {
      if (alive[other] === 0 || other === group) continue;
      const d = matrix[at(group, other)]!;
      if (d < least) [nearest, least] = [other, d];
    }
    return [nearest, least];
  };
  while (merges.length < items - 1) {
    if (chain.length === 0) chain.push(alive.indexOf(1));
    const top = chain.at(-1)!;
    const previous = chain.at(-2);
    const [nearest, least] = nearestOf(top, previous);
    if (nearest !== previous) {
      chain.push(nearest);
      continue;
    }
    chain.length -= 2;
    const [a, b] = top < nearest ? [top, nearest] : [nearest, top];
    const together = size[a]! + size[b]!;
    for (let other = 0; other < items; other++) {
      if (alive[other] === 0 || other === a || other === b) continue;
      const mean = (size[a]! * matrix[at(a, other)]! + size[b]! * matrix[at(b, other)]!) / together;
      matrix[at(a, other)] = mean;
    }
    size[a] = together;
    alive[b] = 0;
    merges.push({ a, b, distance: least, size: together });
  }
  // The sort is stable, so that a merge never comes before the equal ones that made its parts.
  return merges.sort((x, y) => x.distance - y.distance);
}

/**
 * The groups that merges of at most `most` leave, each in ascending order, by their lowest member.
 *
 * @param items number of items
 */
export function cutMerges(
  items: number,
  merges: readonly Merge[],
  most: number,
): readonly (readonly number[])[] {
  const home = Int32Array.from({ length: items }, (_, i) => i);
  const find = (i: number): number => {
    let root = i;
    while (home[root] !== root) root = home[root]!;
    return root;
  };
  for (const { a, b, distance } of merges) {
    if (distance > most) continue;
    const [low, high] = [find(a), find(b)].sort((x, y) => x - y) as [number, number];
    home[high] = low;
  }
  const groups = new Map<number, number[]>();
  for (let i = 0; i < items; i++) groups.set(find(i), [...(groups.get(find(i)) ?? []), i]);
  return [...groups.values()];
}
