/** The id of the grouping that a configured slice becomes. */

import type { SliceConfig } from './types.ts';

/**
 * The column, `A x B` of a cross, the name of a predicate, `words of input`, or `weekday of timestamp`; `segments` where the
 * column has still to be found.
 */
export function sliceName(cut: SliceConfig['cut']): string {
  switch (cut.kind) {
    case 'column':
      return cut.column ?? 'segments';
    case 'cross':
      return cut.columns.join(' x ');
    case 'where':
      return cut.name;
    case 'bins':
      return cut.of === 'number' ? cut.column : `${cut.of} of ${cut.column}`;
    case 'time':
      return `${cut.by} of ${cut.column}`;
  }
}

/** A slice of one column with no rules at all. */
export function plainSlice(cut: SliceConfig['cut']): SliceConfig {
  return { gate: true, values: new Map(), only: null, ignore: [], families: null, cut };
}
