/** Who is close to a group of texts: lists that groups share, so that thousands of copies of one form need no list each. */

import type { NearDuplicates } from './text-groups.ts';

/** Groups; those of a pack are one list for all that are close to the same members. */
export type GroupList = ArrayLike<number> & Iterable<number>;

/**
 * The lists of groups that are close to a group. Together they name every one, and may name the group itself; the same list is the same
 * object, so that what is known of it can be kept.
 *
 * @example const near = closeGroups(found); near(3) // [[1, 7]]: groups 1 and 7 are close to group 3
 */
export function closeGroups({ edges, packs }: NearDuplicates): (group: number) => readonly GroupList[] {
  const own = new Map<number, number[]>();
  const join = (group: number, other: number): void => {
    const known = own.get(group);
    if (known === undefined) own.set(group, [other]);
    else known.push(other);
  };
  for (const { first, second } of edges) {
    join(first, second);
    join(second, first);
  }
  const shared = new Map<number, GroupList[]>();
  const add = (group: number, list: GroupList): void => {
    if (list.length === 0) return;
    const known = shared.get(group);
    if (known === undefined) shared.set(group, [list]);
    else known.push(list);
  };
  for (const { members, reach, others, othersReach } of packs) {
    const firstMembers = keptPrefixes(members);
    const firstOthers = keptPrefixes(others);
    let reaching = others.length;
    members.forEach((group, rank) => {
      add(group, firstMembers(reach[rank]!));
      while (reaching > 0 && othersReach[reaching - 1]! <= rank) reaching--;
      add(group, firstOthers(reaching));
    });
    others.forEach((group, at) => {
      add(group, firstMembers(othersReach[at]!));
    });
  }
  return (group) => {
    const alone = own.get(group);
    const more = shared.get(group) ?? [];
    return alone === undefined ? more : [alone, ...more];
  };
}

function keptPrefixes(values: Int32Array): (length: number) => GroupList {
  const kept = new Map<number, GroupList>();
  return (length) => {
    const list = kept.get(length) ?? values.subarray(0, length);
    kept.set(length, list);
    return list;
  };
}
