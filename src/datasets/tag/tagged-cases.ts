/** The cases of a run with their tags: counts, a sample to check by hand, and the labels that come back. */

import type { Cell } from '../../cases/index.ts';
import { allocate, drawStratified } from '../../sampling/index.ts';
import { compareText } from '../../slices/index.ts';
import { NO_TAG } from './tag-accuracy.ts';

/** What is kept of a case. */
export interface TaggedCase {
  /** In the order of the rules; empty for no tag. */
  readonly tags: readonly string[];
  /** Another row of the case had other tags. */
  readonly isChanged: boolean;
  readonly text: string;
}

/** Cases and rows of one tag. */
export interface TagCount {
  readonly tag: string;
  readonly cases: number;
}

export function tagsOf(cell: Cell): readonly string[] {
  return cell === null ? [] : typeof cell === 'string' ? [cell] : cell;
}

/** Cases by tag, most first; `(none)` last. A case with several tags counts for each. */
export function countTags(cases: ReadonlyMap<string, TaggedCase>): readonly TagCount[] {
  const counts = new Map<string, number>();
  for (const { tags } of cases.values()) {
    for (const tag of tags.length === 0 ? [NO_TAG] : tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  return [...counts]
    .map(([tag, count]) => ({ tag, cases: count }))
    .sort(
      (a, b) =>
        Number(a.tag === NO_TAG) - Number(b.tag === NO_TAG) || b.cases - a.cases || compareText(a.tag, b.tag),
    );
}

/** A case to check. */
export interface WorksheetRow {
  readonly caseId: string;
  readonly text: string;
  readonly probability: number;
}

/**
 * Cases to check by hand, in code point order of ids: half of them spread evenly over the tags, the rest in proportion to their cases. A
 * case with several tags belongs to the stratum of all of them together. The tags are not told, so that they cannot lead the person who checks.
 *
 * @param size cases to draw; all where there are fewer
 */
export function drawWorksheet(
  cases: ReadonlyMap<string, TaggedCase>,
  size: number,
  seed: number,
): readonly WorksheetRow[] {
  const ids = [...cases.keys()].sort(compareText);
  const strata = ids.map((id) => JSON.stringify(cases.get(id)?.tags ?? []));
  const keys = [...new Set(strata)].sort(compareText);
  const at = new Map(keys.map((key, index) => [key, index]));
  const available = new Array<number>(keys.length).fill(0);
  for (const key of strata) available[at.get(key)!]! += 1;
  const floor = Math.ceil(size / 2 / Math.max(1, keys.length));
  const allocation = allocate(
    keys.map((key, index) => ({ key, available: available[index]!, existing: 0 })),
    Math.min(size, ids.length),
    floor,
    'proportional',
  );
  const sizes = allocation.map(({ draw }) => draw);
  const stratum = strata.map((key) => at.get(key)!);
  const { selected, probability } = drawStratified(ids, stratum, sizes, seed, 'tag');
  return ids.flatMap((caseId, index) =>
    selected[index] === 1
      ? [{ caseId, text: cases.get(caseId)?.text ?? '', probability: probability[index]! }]
      : [],
  );
}
