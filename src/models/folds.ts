/** Puts rows into folds: classes spread evenly, rows of one group together. */

import { UsageError } from '../errors.ts';
import { createRandom } from '../stats/index.ts';
import type { FoldOptions } from './types.ts';

const FOLD_STREAM = 7_002;

/**
 * The fold of every row, from 0. Without groups the rows of each class are dealt out in a seeded order, so that folds differ by at
 * most one row per class. With groups the largest groups come first, and each goes where it evens out the classes best.
 *
 * @param classes class code of every row
 * @throws UsageError when there are fewer rows (or groups) than folds
 */
export function assignFolds(classes: Int32Array, { folds, groups }: FoldOptions, seed: number): Int32Array {
  const units = groups ? unitsOf(groups) : null;
  const count = units === null ? classes.length : units.length;
  if (!Number.isInteger(folds) || folds < 2 || folds > count) {
    throw new UsageError({
      message: `${folds} folds of ${count} ${units === null ? 'rows' : 'groups'}: there must be at least 2, and no more than there are ${units === null ? 'rows' : 'groups'}`,
    });
  }
  return units === null ? dealRows(classes, folds, seed) : dealGroups(classes, units, folds, seed);
}

function dealRows(classes: Int32Array, folds: number, seed: number): Int32Array {
  const order = shuffled(classes.length, seed).sort((a, b) => classes[a]! - classes[b]!);
  const fold = new Int32Array(classes.length);
  order.forEach((row, place) => {
    fold[row] = place % folds;
  });
  return fold;
}

function dealGroups(
  classes: Int32Array,
  units: readonly (readonly number[])[],
  folds: number,
  seed: number,
): Int32Array {
  const classCount = classes.reduce((most, code) => Math.max(most, code + 1), 0);
  const held = Array.from({ length: folds }, () => new Float64Array(classCount));
  const sizes = new Float64Array(folds);
  const fold = new Int32Array(classes.length);
  const order = shuffled(units.length, seed).sort((a, b) => units[b]!.length - units[a]!.length);
  for (const unit of order) {
    const rows = units[unit]!;
    let best = 0;
    let least = Infinity;
    for (let f = 0; f < folds; f++) {
      const same = rows.reduce((sum, row) => sum + held[f]![classes[row]!]!, 0) / rows.length;
      const cost = same + sizes[f]!;
      if (cost < least) {
        least = cost;
        best = f;
      }
    }
    sizes[best]! += rows.length;
    for (const row of rows) {
      held[best]![classes[row]!]!++;
      fold[row] = best;
    }
  }
  return fold;
}

function unitsOf(groups: readonly string[]): readonly (readonly number[])[] {
  const rowsOf = new Map<string, number[]>();
  groups.forEach((group, row) => {
    const rows = rowsOf.get(group);
    if (rows === undefined) rowsOf.set(group, [row]);
    else rows.push(row);
  });
  return [...rowsOf.values()];
}

function shuffled(count: number, seed: number): number[] {
  const random = createRandom(seed, FOLD_STREAM);
  const order = Array.from({ length: count }, (_, i) => i);
  for (let last = count - 1; last > 0; last--) {
    const other = random.nextBelow(last + 1);
    const kept = order[last]!;
    order[last] = order[other]!;
    order[other] = kept;
  }
  return order;
}
