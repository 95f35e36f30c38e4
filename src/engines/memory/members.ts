/** Puts cases into slices. */

import { InternalError } from '../../errors.ts';
import { compareSliceKeys, evaluateGrouping, type Grouping, type SliceKey } from '../../slices/index.ts';
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

/** Slices of two groupings with one id could not be told apart. */
export function refuseRepeatedIds(groupings: readonly Grouping[]): void {
  const ids = new Set<string>();
  for (const { id } of groupings) {
    if (ids.has(id))
      throw new InternalError({ message: `two groupings of a plan have the id ${JSON.stringify(id)}` });
    ids.add(id);
  }
}
