/** Puts cases into slices. */

import { compareSliceKeys, evaluateGrouping, type Grouping, type SliceKey } from '../../slices/index.ts';
import { refuseRepeatedIds } from '../plan.ts';
import type { Attributes } from './attributes.ts';

/** A slice and the indexes of its cases, ascending. */
export interface SliceMembers {
  readonly key: SliceKey;
  readonly cases: readonly number[];
}

/** The slices of the groupings that have a case, ordered as `compareSliceKeys`. */
export function membersOf(
  cases: number,
  groupings: readonly Grouping[],
  attributes: Attributes,
): readonly SliceMembers[] {
  refuseRepeatedIds(groupings);
  const members: { key: SliceKey; cases: number[] }[] = [];
  for (const grouping of groupings) {
    const found = new Map<string, { key: SliceKey; cases: number[] }>();
    for (let i = 0; i < cases; i++) {
      const { state, values } = evaluateGrouping(grouping, (column) => attributes.of(column, i));
      for (const value of state === 'value' ? values : ['']) {
        const name = `${state}:${value}`;
        const slice = found.get(name);
        if (slice) slice.cases.push(i);
        else found.set(name, { key: { grouping: grouping.id, state, value }, cases: [i] });
      }
    }
    members.push(...found.values());
  }
  return members.sort((a, b) => compareSliceKeys(a.key, b.key));
}
