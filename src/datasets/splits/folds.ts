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
  const members = new Map<number, Float64Array>();
  label.forEach((one, item) => {
    const found = members.get(group[item]!) ?? new Float64Array(classes);
    found[one]! += 1;
    members.set(group[item]!, found);
  });
  if (members.size < folds) {
    throw new RangeError(`there are ${members.size} groups, too few for ${folds} folds`);
  }
  const total = new Float64Array(classes);
  for (const one of label) total[one]! += 1;
  const counts = Array.from({ length: folds }, () => new Float64Array(classes));
  const sizes = new Float64Array(folds);
  const foldOf = new Map<number, number>();
  const dealt = [...members].map(([id, own]) => ({ id, own, spread: deviation(own), rank: order(id) }));
  dealt.sort((a, b) => b.spread - a.spread || a.rank - b.rank);
  for (const { id, own } of dealt) {
    let best = 0;
    let bestSpread = Number.POSITIVE_INFINITY;
    for (let fold = 0; fold < folds; fold++) {
      const spread = spreadWith(counts, total, own, fold);
      const isTie = Math.abs(spread - bestSpread) <= 1e-12;
      if (spread < bestSpread - 1e-12 || (isTie && sizes[fold]! < sizes[best]!)) {
        best = fold;
        bestSpread = spread;
      }
    }
    own.forEach((cases, at) => {
      counts[best]![at]! += cases;
      sizes[best]! += cases;
    });
    foldOf.set(id, best);
  }
  return {
    fold: Int32Array.from(group, (one) => foldOf.get(one)!),
    counts: counts.map((one) => [...one]),
  };
}

/** Mean over the classes of the deviation over the folds of the class's shares, were the group dealt to `fold`. */
function spreadWith(
  counts: readonly Float64Array[],
  total: Float64Array,
  own: Float64Array,
  fold: number,
): number {
  let sum = 0;
  for (let at = 0; at < total.length; at++) {
    if (total[at] === 0) continue;
    let mean = 0;
    let squares = 0;
    counts.forEach((one, index) => {
      const share = (one[at]! + (index === fold ? own[at]! : 0)) / total[at]!;
      mean += share;
      squares += share * share;
    });
    mean /= counts.length;
    sum += Math.sqrt(Math.max(0, squares / counts.length - mean * mean));
  }
  return sum / total.length;
}

function deviation(values: Float64Array): number {
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  return Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / values.length);
}
