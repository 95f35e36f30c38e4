/** What slices are called in a report. */

import { ALL_CASES, type ScopedGrouping } from '../../scope/index.ts';
import type { SliceKey } from '../../slices/index.ts';
import type { NamedKey } from './named.ts';

/**
 * Names the slices of the groupings that a report looks at.
 *
 * @returns a function of a key; keys of unknown groupings are named by their id
 */
export function sliceNames(groupings: readonly ScopedGrouping[]): (key: SliceKey) => NamedKey {
  const scoped = new Map(groupings.map((one) => [one.grouping.id, one]));
  return (key) => {
    const one = scoped.get(key.grouping);
    const dimension = one?.dimension ?? key.grouping;
    return { key, dimension, name: nameOf(key, dimension, one?.grouping.kind === 'predicate') };
  };
}

function nameOf({ state, value }: SliceKey, dimension: string, isPredicate: boolean): string {
  if (dimension === ALL_CASES) return 'all cases';
  if (state === 'missing') return `${dimension} is missing`;
  if (state === 'untagged') return isPredicate ? `not ${dimension}` : `${dimension} has no tag`;
  if (state === 'changed') return `${dimension} changed`;
  return isPredicate ? value : `${dimension}=${value.trim() === '' ? JSON.stringify(value) : value}`;
}
