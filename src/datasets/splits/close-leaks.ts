/** Takes near-duplicates of test cases out of training, and says which labels they carry. */

import { type ChosenSplit, itemsWhere, type Split } from './split-plan.ts';

/**
 * The split with its leaks closed: a case that is a near-duplicate of a test case (of one component with it) is left out of
 * training. The test cases stay, because they are what the split is about.
 *
 * @param component number of the group of near-duplicates of each item
 */
export function closeLeaks({ later, unknown, ...split }: ChosenSplit, component: Int32Array): Split {
  const count = component.length;
  const isTest = flags(count, split.test);
  const isOut = flags(count, later, unknown);
  const tested = new Set(Array.from(split.test, (item) => component[item]!));
  const alike = itemsWhere(count, (item) => !isTest[item] && !isOut[item] && tested.has(component[item]!));
  const onlyOut = (items: Int32Array) => items.filter((item) => !isTest[item]);
  return { ...split, leftOut: { alike, later: onlyOut(later), unknown: onlyOut(unknown) } };
}

/** Cases that train for the split, ascending. */
export function trainOf({ test, leftOut }: Split, count: number): Int32Array {
  const isOut = flags(count, test, leftOut.alike, leftOut.later, leftOut.unknown);
  return itemsWhere(count, (item) => !isOut[item]);
}

/** Test cases that share a component with a training case: after `closeLeaks` there is none. */
export function leaksOf(split: Split, component: Int32Array): number {
  const trained = new Set(Array.from(trainOf(split, component.length), (item) => component[item]!));
  return split.test.filter((item) => trained.has(component[item]!)).length;
}

function flags(count: number, ...lists: readonly Int32Array[]): Uint8Array {
  const found = new Uint8Array(count);
  for (const items of lists) for (const item of items) found[item] = 1;
  return found;
}
