/** Puts cases into slices. */

import {
  compareSliceKeys,
  evaluateGrouping,
  type Grouping,
  groupingColumns,
  type SliceKey,
} from '../../slices/index.ts';
import { refuseRepeatedIds } from '../plan.ts';
import type { Attributes } from './attributes.ts';

/** A slice and the indexes of its cases, ascending. */
export interface SliceMembers {
  readonly key: SliceKey;
  readonly cases: readonly number[];
}

interface OpenSlice {
  readonly key: SliceKey;
  readonly cases: number[];
}

/** The slices of the groupings that have a case, ordered as `compareSliceKeys`. */
export function membersOf(
  cases: number,
  groupings: readonly Grouping[],
  attributes: Attributes,
): readonly SliceMembers[] {
  refuseRepeatedIds(groupings);
  const members: OpenSlice[] = [];
  for (const grouping of groupings) {
    const found = new Map<string, OpenSlice>();
    const slicesOf = slicesByCase(grouping, attributes, found);
    for (let i = 0; i < cases; i++) {
      for (const slice of slicesOf(i)) slice.cases.push(i);
    }
    members.push(...found.values());
  }
  return members.sort((a, b) => compareSliceKeys(a.key, b.key));
}

/** The slices of a case, those not met before added to `found`; equal attributes of a single column are looked at once. */
function slicesByCase(
  grouping: Grouping,
  attributes: Attributes,
  found: Map<string, OpenSlice>,
): (caseIndex: number) => readonly OpenSlice[] {
  const slicesOf = (caseIndex: number): readonly OpenSlice[] => {
    const { state, values } = evaluateGrouping(grouping, (column) => attributes.of(column, caseIndex));
    return (state === 'value' ? values : ['']).map((value) => {
      const name = `${state}:${value}`;
      const slice = found.get(name) ?? { key: { grouping: grouping.id, state, value }, cases: [] };
      found.set(name, slice);
      return slice;
    });
  };
  const [column, ...others] = groupingColumns(grouping);
  if (column === undefined || others.length > 0) return slicesOf;
  const { codes } = attributes.codesOf(column);
  const known: (readonly OpenSlice[])[] = [];
  return (caseIndex) => {
    known[codes[caseIndex]!] ??= slicesOf(caseIndex);
    return known[codes[caseIndex]!]!;
  };
}
