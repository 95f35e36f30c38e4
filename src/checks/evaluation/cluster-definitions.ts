/** B-19: clusters that were fitted on different samples share names at most; nothing is compared across a refit. */

import { foundTexts } from '../../cases/index.ts';
import { DEFINITION_SUFFIX, derivedDimension } from '../../derived/index.ts';
import type { ComparisonProfile } from '../../engines/index.ts';
import type { Finding } from '../../findings/index.ts';
import type { Scope, ScopedGrouping } from '../../scope/index.ts';
import { groupingColumns } from '../../slices/index.ts';
import { type Check, type CheckContext, finding } from '../check.ts';

const ID = 'cluster-definitions';

export const clusterDefinitions: Check = {
  kind: 'evaluation',
  practice: 'B-19',
  missing: ({ profile }) => (profile.baseline === null ? 'a baseline run' : null),
  run: findings,
};

/** Dimensions cut by clusters of which the two runs do not have one definition; their slices cannot be compared. */
export function incomparableDimensions(scope: Scope, profile: ComparisonProfile): ReadonlySet<string> {
  const broken = scope.groupings.filter((scoped) => brokenColumns(scoped, profile).length > 0);
  return new Set(profile.baseline === null ? [] : broken.map(({ dimension }) => dimension));
}

function brokenColumns({ grouping }: ScopedGrouping, profile: ComparisonProfile): readonly string[] {
  return groupingColumns(grouping).filter((column) => problemOf(column, profile) !== null);
}

/**
 * What is wrong with the definitions of a column of clusters; null for other columns, for clusters whose files say nothing about
 * them, and for one definition in both runs. Only columns with `cluster` in their name are looked at: a topic may have a
 * definition for each value.
 */
function problemOf(column: string, { columns }: ComparisonProfile): string | null {
  if (!/cluster/i.test(column)) return null;
  const definition = columns.find(({ name }) => name === `${column}${DEFINITION_SUFFIX}`);
  if (definition === undefined) return null;
  const ofBoth = (derivedDimension(column)?.filledBy ?? 'both') === 'both';
  if (ofBoth && definition.inBaseline !== definition.inCandidate) {
    return `only the ${definition.inBaseline ? 'baseline' : 'candidate'} says how they were made`;
  }
  if (definition.changedCases === 0 && definition.distinct <= 1) return null;
  const texts = definition.top.map(({ value }) => value);
  return texts.length === 0
    ? 'the runs have clusters of different samples'
    : `there are several definitions: ${foundTexts(texts, 2)}`;
}

function findings({ scope, profile }: CheckContext): Finding[] {
  const broken = scope.groupings.filter((scoped) => brokenColumns(scoped, profile).length > 0);
  const columns = [...new Set(broken.flatMap((scoped) => brokenColumns(scoped, profile)))];
  return columns.map((column) => {
    const own = broken.filter(({ grouping }) => groupingColumns(grouping).includes(column));
    const dimensions = own.map(({ dimension }) => dimension).join(', ');
    return finding({
      check: ID,
      kind: 'evaluation',
      verdict: own.some(({ role }) => role !== 'shown') ? 'INVALID' : null,
      reason: `NOT COMPARABLE: the clusters of ${column} differ between the runs, so no difference is shown for ${dimensions}: ${problemOf(column, profile)}`,
      remedy: 'let one comparison make the clusters of both runs, or tag the cases by rules (slicewise tag)',
      method: 'definitions with their sample hashes compared',
      source: 'B-19',
    });
  });
}
