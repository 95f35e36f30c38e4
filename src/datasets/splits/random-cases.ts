/** Splits by chance, which answer for the cases as they are: what every other split is compared with. */

import type { Random } from '../../stats/index.ts';
import { drawn } from './hold-out-columns.ts';
import { type ChosenSplit, NONE, type NoSplit } from './split-plan.ts';

/** How many, and how large. */
export interface RandomRules {
  readonly splits: number;
  /** Share of the cases in each, in (0, 0.5]. */
  readonly share: number;
  readonly minCases: number;
  readonly random: Random;
}

/** Disjoint splits of whole components of near-duplicates, dealt at random. */
export function randomSplits(
  component: Int32Array,
  { splits, share, minCases, random }: RandomRules,
): readonly ChosenSplit[] | NoSplit {
  const members = Map.groupBy(component.keys(), (item) => component[item]!);
  const size = Math.max(minCases, Math.floor(share * component.length));
  const order = drawn([...members.keys()], members.size, random);
  const found: ChosenSplit[] = [];
  let at = 0;
  for (let split = 1; split <= splits; split++) {
    const test: number[] = [];
    for (; at < order.length && test.length < size; at++) {
      const items = members.get(order[at]!)!;
      if (test.length + items.length <= 2 * size) test.push(...items);
    }
    if (test.length < minCases || test.length > component.length / 2) break;
    found.push({
      name: `iid:${split}`,
      shift: 'iid',
      definition: 'drawn at random, near-duplicates together',
      test: Int32Array.from(test).toSorted(),
      later: NONE,
      unknown: NONE,
    });
  }
  return found.length > 0 ? found : { shift: 'iid', reason: `fewer than ${2 * minCases} cases` };
}
