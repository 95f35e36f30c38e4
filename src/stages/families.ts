/** Inside a gated family: which members carry its loss, adjusted down the tree. */

import type { Config, Policy } from '../config/index.ts';
import { type JointOutcome, jointTest, ownSignFlip, type SliceEvidence } from '../evidence/index.ts';
import { meinshausen } from '../stats/index.ts';
import type { Measured } from './measure.ts';

/**
 * Meinshausen-adjusted p-values of the members of gated families: a member is only as significant as its family.
 * Families of a column carry their name as the first part of the cross `family x member`.
 *
 * @param clustered whole clusters are the units of every test
 */
export function memberAdjustments(
  { slices, units }: Pick<Measured, 'slices' | 'units'>,
  { policy }: Config,
  clustered: boolean,
): Map<SliceEvidence, { readonly family: string; readonly adjusted: number | null }> {
  const result = new Map<SliceEvidence, { readonly family: string; readonly adjusted: number | null }>();
  const members = slices.filter(({ scoped, key }) => scoped.role === 'members' && key.state === 'value');
  if (members.length === 0) return result;
  const families = new Set(members.map(({ scoped }) => scoped.familyOf));
  const flipped = flippedByCase(
    slices.filter(({ scoped, key }) => scoped.role === 'members' || families.has(key.grouping)),
    units,
    clustered,
    policy,
  );
  for (const [familyOf, ofFamilies] of Map.groupBy(
    members,
    ({ scoped, metric }) => `${scoped.familyOf}\n${metric.id}`,
  )) {
    const parents = slices.filter(
      ({ key, metric }) => `${key.grouping}\n${metric.id}` === familyOf && key.state === 'value',
    );
    const children: Record<string, string[]> = { root: [] };
    const p: Record<string, number> = { root: 0 };
    for (const [i, parent] of parents.entries()) {
      children.root.push(`family ${i}`);
      children[`family ${i}`] = [];
      p[`family ${i}`] = ownPValue(parent, flipped, policy);
    }
    const places = new Map<string, SliceEvidence>();
    for (const [j, member] of ofFamilies.entries()) {
      const i = parents.findIndex(({ key }) => key.value === familyName(member));
      if (i < 0) continue;
      children[`family ${i}`].push(`member ${j}`);
      p[`member ${j}`] = ownPValue(member, flipped, policy);
      places.set(`member ${j}`, member);
    }
    const adjusted = meinshausen(children, p);
    for (const [name, member] of places) {
      result.set(member, {
        family: familyName(member),
        adjusted: member.test === null ? null : adjusted[name],
      });
    }
  }
  return result;
}

/** Sign flips of clusters, and of quantiles, need single cases; the joint flips of the gate know only gated slices. */
function flippedByCase(
  slices: readonly SliceEvidence[],
  units: Measured['units'],
  clustered: boolean,
  policy: Policy,
): ReadonlyMap<SliceEvidence, JointOutcome> {
  const family = slices.filter(
    ({ metric, test }) =>
      test !== null &&
      test.pValue === null &&
      units.has(metric.id) &&
      (clustered || metric.measure.kind === 'quantile'),
  );
  if (family.length === 0) return new Map();
  return jointTest({ family, units, clustered, flips: policy.resamples, seed: policy.seed });
}

/** The slice's p-value on its own. */
function ownPValue(
  slice: SliceEvidence,
  flipped: ReadonlyMap<SliceEvidence, JointOutcome>,
  policy: Policy,
): number {
  const { test, tally, direction } = slice;
  if (test === null) return 1;
  const known = test.pValue ?? flipped.get(slice)?.pValue;
  return known ?? ownSignFlip(tally, direction === 'higher' ? -1 : 1, policy).pValue ?? 1;
}

function familyName({ scoped, key }: SliceEvidence): string {
  if (scoped.families !== null) return scoped.families.get(key.value) ?? key.value;
  return key.value.split(' x ')[0];
}
