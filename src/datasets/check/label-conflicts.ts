/** Rows of nearly identical texts that have different labels: a person decides which is right. */

import type { closeGroups, GroupList } from '../../text/index.ts';
import type { ReadSet } from './read-rows.ts';

/** Labels of a conflict that are named. */
const SHOWN_LABELS = 5;

/** Labels by code, and the first few of them. */
interface Labels {
  readonly all: ReadonlySet<number>;
  readonly first: readonly number[];
}

/**
 * The labels among the texts that are close to a row, as text; null for rows without a label and for rows with which all agree.
 *
 * @param groupOf the group of each row's text; -1 for rows without one
 * @example labelConflicts(set, found.groupOf, closeGroups(found))(7) // 'no / yes'
 */
export function labelConflicts(
  { labels, labelNames, count }: Pick<ReadSet, 'labels' | 'labelNames' | 'count'>,
  groupOf: Int32Array,
  closeTo: ReturnType<typeof closeGroups>,
): (row: number) => string | null {
  const byGroup = new Map<number, Set<number>>();
  for (let row = 0; row < count; row++) {
    const [group, label] = [groupOf[row]!, labels[row]!];
    if (group < 0 || label < 0) continue;
    const known = byGroup.get(group);
    if (known === undefined) byGroup.set(group, new Set([label]));
    else known.add(label);
  }
  const ofLists = new Map<GroupList, Labels>();
  const ofList = (list: GroupList): Labels => {
    const known = ofLists.get(list);
    if (known !== undefined) return known;
    const all = new Set<number>();
    for (const group of list) for (const label of byGroup.get(group) ?? []) all.add(label);
    const found = { all, first: firstOf(all) };
    ofLists.set(list, found);
    return found;
  };
  const ofGroups = new Map<number, string | null>();
  const textOf = (group: number): string | null => {
    const sources = closeTo(group).map(ofList);
    const own = byGroup.get(group)!;
    // The largest is read as it is: a list of a thousand texts with a label each is shared by a thousand groups.
    const largest = sources.reduce<Labels>((most, one) => (one.all.size > most.all.size ? one : most), {
      all: own,
      first: firstOf(own),
    });
    const more = new Set<number>();
    for (const set of [own, ...sources.map(({ all }) => all)]) {
      if (set !== largest.all) for (const label of set) if (!largest.all.has(label)) more.add(label);
    }
    const total = largest.all.size + more.size;
    if (total < 2) return null;
    const shown = firstOf([...largest.first, ...more]).map((label) => labelNames[label]!);
    const rest = total - shown.length;
    return `${shown.join(' / ')}${rest === 0 ? '' : ` and ${rest} more labels`}`;
  };
  return (row) => {
    const group = groupOf[row]!;
    if (group < 0 || labels[row]! < 0) return null;
    const known = ofGroups.get(group);
    if (known !== undefined) return known;
    const text = textOf(group);
    ofGroups.set(group, text);
    return text;
  };
}

/** The first labels in the order of the rows. */
function firstOf(labels: Iterable<number>): readonly number[] {
  return [...labels].toSorted((a, b) => a - b).slice(0, SHOWN_LABELS);
}
