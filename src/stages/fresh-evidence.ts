/** Evidence of nominees on fresh cases, with a p-value of its own for each. */

import type { Config } from '../config/index.ts';
import { type JointOutcome, jointTest, ownSignFlip, type SliceEvidence } from '../evidence/index.ts';
import type { Report, SliceReport } from '../gate/index.ts';
import type { Scope } from '../scope/index.ts';
import { sliceId } from '../slices/index.ts';
import type { Measured } from './measure.ts';

/**
 * The configuration as stage one understood it: a column that it had to find among the cases is the one it found.
 */
export function asUnderstood(config: Config, nominees: readonly SliceReport[]): Config {
  const slices = config.slices.map((slice) => {
    const { cut, only } = slice;
    if (cut.kind !== 'column' || cut.column !== null) return slice;
    const nominee = nominees.find(({ value }) => only?.includes(value)) ?? nominees[0];
    return { ...slice, cut: { ...cut, column: nominee?.dimension ?? null } };
  });
  return { ...config, slices };
}

/** The dimension that stage one found by itself, null for all cases together, undefined where it was configured. */
export function foundDimension({ policy }: Report): string | null | undefined {
  if (policy.dimensionsFrom === 'none') return null;
  return policy.dimensionsFrom === 'detected' ? policy.dimensions[0] : undefined;
}

/**
 * The scope of a second stage: only dimensions with a nominee gate, and no configured slice need exist among cases that
 * were drawn for the nominees.
 */
export function scopeOfNominees(scope: Scope, nominees: readonly SliceReport[]): Scope {
  const nominated = new Set(nominees.map(({ dimension }) => dimension));
  return {
    ...scope,
    groupings: scope.groupings.map((scoped) => ({
      ...scoped,
      expected: null,
      role: scoped.role === 'gated' && !nominated.has(scoped.dimension) ? 'shown' : scoped.role,
    })),
  };
}

/**
 * All slices, with the nominees' tests filled in that wait for sign flips: of their own cases, or of whole clusters.
 *
 * @param nominees slice ids
 */
export function withOwnTests(
  { slices, units }: Pick<Measured, 'slices' | 'units'>,
  nominees: ReadonlySet<string>,
  clustered: boolean,
  { policy }: Config,
): readonly SliceEvidence[] {
  const pending = slices.filter(
    ({ metric, key, test }) => test !== null && test.pValue === null && nominees.has(sliceId(metric.id, key)),
  );
  const joint = pending.filter(({ metric }) => units.has(metric.id));
  const flipped: ReadonlyMap<SliceEvidence, JointOutcome> =
    joint.length === 0
      ? new Map()
      : jointTest({ family: joint, units, clustered, flips: policy.resamples, seed: policy.seed });
  return slices.map((slice) => {
    if (!pending.includes(slice) || slice.test === null) return slice;
    const outcome = flipped.get(slice);
    const test =
      outcome === undefined
        ? ownSignFlip(slice.tally, slice.direction === 'higher' ? -1 : 1, policy)
        : {
            ...slice.test,
            pValue: outcome.pValue,
            pValueTwoSided: outcome.twoSided,
            midP: outcome.pValue,
          };
    return { ...slice, test };
  });
}
