/** Which slices the classes page can look at, and how they are named in its questions. */

import { UsageError } from '../../errors.ts';
import type { SliceEvidence } from '../../evidence/index.ts';
import { sliceLabel } from '../../gate/index.ts';
import type { OpenRelease } from '../../pipeline.ts';
import { ALL_CASES, allGrouping } from '../../scope/index.ts';
import { type Grouping, groupingColumns, type SliceKey, sliceId } from '../../slices/index.ts';
import type { ClassSlice } from '../contract/index.ts';

/** A slice with its grouping. */
export interface FoundSlice {
  /** Null for all cases. */
  readonly id: string | null;
  readonly key: SliceKey;
  readonly grouping: Grouping;
  readonly name: string;
}

/** The id of a slice without its metric, such as `segment=refund_flow`. */
function idOf(key: SliceKey): string {
  return sliceId('', key).slice(1);
}

/**
 * Slices of every dimension but the labels themselves, gated first, then the largest.
 *
 * @example classSlices(release)[0] // { id: 'topic=card', dimension: 'topic', value: 'card', cases: 812, gated: true }
 */
export function classSlices(release: OpenRelease): readonly ClassSlice[] {
  return evidenceOf(release)
    .map(({ key, scoped, n }) => ({
      id: idOf(key),
      dimension: scoped.dimension,
      value: key.value,
      cases: n,
      gated: scoped.role === 'gated',
    }))
    .toSorted((a, b) => Number(b.gated) - Number(a.gated) || b.cases - a.cases || (a.id < b.id ? -1 : 1));
}

/**
 * The slice with this id. Ids of the report, which begin with a metric, are understood as well.
 *
 * @param id null for all cases
 * @throws UsageError where there is no such slice
 */
export function findSlice(release: OpenRelease, id: string | null): FoundSlice {
  if (id === null) {
    const key: SliceKey = { grouping: ALL_CASES, state: 'value', value: ALL_CASES };
    return { id: null, key, grouping: allGrouping(), name: 'all cases' };
  }
  const known = evidenceOf(release);
  const bare = id.slice(id.indexOf('/') + 1);
  const found = known.find(({ key }) => idOf(key) === id) ?? known.find(({ key }) => idOf(key) === bare);
  if (found === undefined) {
    throw new UsageError({
      message: `there is no slice ${JSON.stringify(id)} here`,
      hint: 'choose one of the list, or all cases',
      where: { field: 'slice' },
    });
  }
  const { key, scoped } = found;
  const name = sliceLabel({ dimension: scoped.dimension, value: key.value, state: 'value' }, true);
  return { id: idOf(key), key, grouping: scoped.grouping, name };
}

/** What to do where all usable cases are of one kind: only a slice can be left for another. */
export function otherKinds(id: string | null): string {
  return id === null ? 'Add cases whose true label is another one.' : 'Choose another slice, or all cases.';
}

/** One entry per slice, under the metric that leads. */
function evidenceOf({ measured, scope, comparison }: OpenRelease): readonly SliceEvidence[] {
  const lead = scope.metrics.find(({ gate }) => gate) ?? scope.metrics[0];
  const labels = new Set(comparison.mappings.flatMap(({ expected, predicted }) => [expected, predicted]));
  return measured.slices.filter(
    ({ key, scoped, metric, n }) =>
      n > 0 &&
      metric.id === lead?.id &&
      key.state === 'value' &&
      key.grouping !== ALL_CASES &&
      scoped.role !== 'members' &&
      !groupingColumns(scoped.grouping).some((column) => labels.has(column)),
  );
}
