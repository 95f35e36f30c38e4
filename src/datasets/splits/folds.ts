/** Folds in which groups stay whole and classes keep their shares, as far as both can be had at once. */

/** A fold per item, and what was achieved. */
export interface Folds {
  /** 0 to folds - 1 for each item. */
  readonly fold: Int32Array;
  /** Cases of each class in each fold: `counts[fold][class]`. */
  readonly counts: readonly (readonly number[])[];
}

/**
 * Deals groups to folds, the most lopsided groups first, each to the fold where the shares of the classes over the folds stay
 * most even, and among those to the smallest. This is scikit-learn's StratifiedGroupKFold. It is greedy: shares are as even as the groups allow
 * in this order, so the achieved counts belong beside the folds.
 *
 * @param label class number of each item, from 0
 * @param group group number of each item; items of one group share a fold
 * @param folds at least 2
 * @param order a number per group that breaks ties between equal groups: a seeded permutation
 * @throws RangeError where there are fewer groups than folds
 */
export function stratifiedGroupFolds(
  label: Int32Array,
  group: Int32Array,
  folds: number,
  order: (group: number) => number,
): Folds {
  const classes = label.reduce((most, one) => Math.max(most, one + 1), 1);
  const members = new Map<number, Map<number, number>>();
  const total = new Float64Array(classes);
  label.forEach((one, item) => {
    const own = members.get(group[item]!) ?? new Map<number, number>();
    own.set(one, (own.get(one) ?? 0) + 1);
    members.set(group[item]!, own);
    total[one]! += 1;
  });
  if (members.size < folds) {
    throw new RangeError(`there are ${members.size} groups, too few for ${folds} folds`);
  }
  const counts = Array.from({ length: folds }, () => new Float64Array(classes));
  const sizes = new Float64Array(folds);
  const foldOf = new Map<number, number>();
  const dealt = [...members].map(([id, own]) => ({
    id,
    own,
    spread: deviation(own, classes),
    rank: order(id),
  }));
  dealt.sort((a, b) => b.spread - a.spread || a.rank - b.rank);
  for (const { id, own } of dealt) {
    let best = 0;
    let bestSpread = Number.POSITIVE_INFINITY;
    for (let fold = 0; fold < folds; fold++) {
      const spread = addedSpread(counts, total, own, fold);
      const isTie = Math.abs(spread - bestSpread) <= 1e-12;
      if (spread < bestSpread - 1e-12 || (isTie && sizes[fold]! < sizes[best]!)) {
        best = fold;
        bestSpread = spread;
      }
    }
    for (const [at, cases] of own) {
      counts[best]![at]! += cases;
      sizes[best]! += cases;
    }
    foldOf.set(id, best);
  }
  return {
    fold: Int32Array.from(group, (one) => foldOf.get(one)!),
    counts: counts.map((one) => [...one]),
  };
}

/**
 * What the group would add to the mean over the classes of the deviation of the class's shares over the folds, were it dealt to
 * `fold`. Only its own classes move, so the cost does not grow with the number of classes.
 */
function addedSpread(
  counts: readonly Float64Array[],
  total: Float64Array,
  own: ReadonlyMap<number, number>,
  fold: number,
): number {
  let sum = 0;
  for (const [at, cases] of own) {
    sum += spreadOf(counts, at, total[at]!, fold, cases) - spreadOf(counts, at, total[at]!, fold, 0);
  }
  return sum / total.length;
}

function spreadOf(
  counts: readonly Float64Array[],
  at: number,
  total: number,
  fold: number,
  more: number,
): number {
  let mean = 0;
  let squares = 0;
  counts.forEach((one, index) => {
    const share = (one[at]! + (index === fold ? more : 0)) / total;
    mean += share;
    squares += share * share;
  });
  mean /= counts.length;
  return Math.sqrt(Math.max(0, squares / counts.length - mean * mean));
}

/** Standard deviation of the group's cases over all classes, most of which it has none of. */
function deviation(own: ReadonlyMap<number, number>, classes: number): number {
  const values = [...own.values()].sort((a, b) => b - a);
  const mean = values.reduce((sum, one) => sum + one, 0) / classes;
  const squares = values.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  return Math.sqrt((squares + (classes - values.length) * mean ** 2) / classes);
}
