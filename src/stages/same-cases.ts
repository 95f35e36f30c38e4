/** Finds slices of different dimensions that hold exactly the same cases: one fact under several names. */

import { sameCounts } from '../checks/index.ts';
import type { Engine } from '../engines/index.ts';
import type { SliceEvidence } from '../evidence/index.ts';
import { crossValue, type Grouping, sliceId } from '../slices/index.ts';

/**
 * Groups of slices with the same cases. Slices with equal counts are crossed and counted once more, since equal counts alone
 * prove nothing: two slices are the same where as many cases are in both as in each.
 *
 * @returns groups in the order of their first slices, each with at least two members
 */
export async function sameCaseGroups(
  engine: Engine,
  gated: readonly SliceEvidence[],
): Promise<readonly (readonly SliceEvidence[])[]> {
  const groups = sameCounts(gated.filter(({ key }) => key.state === 'value'));
  const pairs = groups.flatMap((group) =>
    group.flatMap((a, i) => group.slice(i + 1).map((b) => [a, b] as const)),
  );
  const crossed = pairs.filter(([a, b]) => a.key.grouping !== b.key.grouping);
  if (crossed.length === 0) return [];
  const crosses = new Map(crossed.map(([a, b]) => [crossId(a, b), crossOf(a, b)]));
  const counts = await engine.count({ groupings: [...crosses.values()] });
  const cases = new Map(
    counts.map((count) => [sliceId('', count), count.cells.reduce((sum, cell) => sum + cell.cases, 0)]),
  );
  const same = (a: SliceEvidence, b: SliceEvidence) => {
    const key = {
      grouping: crossId(a, b),
      state: 'value' as const,
      value: crossValue([a.key.value, b.key.value]),
    };
    return cases.get(sliceId('', key)) === a.tally.cases;
  };
  return groups.flatMap((group) => partition(group, same)).filter((group) => group.length > 1);
}

function crossId(a: SliceEvidence, b: SliceEvidence): string {
  return JSON.stringify([a.key.grouping, b.key.grouping]);
}

function crossOf(a: SliceEvidence, b: SliceEvidence): Grouping {
  return { kind: 'cross', id: crossId(a, b), parts: [a.scoped.grouping, b.scoped.grouping] };
}

/** Having the same cases is transitive, so each slice is compared with the first of every group. */
function partition(
  slices: readonly SliceEvidence[],
  same: (a: SliceEvidence, b: SliceEvidence) => boolean,
): SliceEvidence[][] {
  const groups: SliceEvidence[][] = [];
  for (const slice of slices) {
    const group = groups.find(([first]) => first !== undefined && same(first, slice));
    if (group === undefined) groups.push([slice]);
    else group.push(slice);
  }
  return groups;
}
