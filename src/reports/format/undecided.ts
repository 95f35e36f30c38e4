/** The undecided slices whose observed drop would matter, each with what it could miss and the cases that settle it. */

import { reachesMargin, type SliceReport, withoutRepeats } from '../../gate/index.ts';
import type { MetricSection } from './sections.ts';

/** Undecided slices of one metric that pass. */
export interface Undecided {
  /** With an observed drop of at least the margin, worst first; slices with the same cases are listed once. */
  readonly dropped: readonly SliceReport[];
  /** How many such slices there are with their twins. */
  readonly droppedTotal: number;
  /** How many dropped by less, or not at all. */
  readonly rest: number;
}

/** Splits the undecided slices by what was observed; slices that need a person anyway are told with their reasons. */
export function undecidedOf({ gated }: MetricSection): Undecided {
  const undecided = gated.filter(({ verdict, grade }) => verdict === 'PASS' && grade === 'undecided');
  const dropped = undecided
    .filter((slice) => reachesMargin(dropOf(slice), slice.margin))
    .sort((a, b) => dropOf(b) - dropOf(a));
  return {
    dropped: withoutRepeats(dropped),
    droppedTotal: dropped.length,
    rest: undecided.length - dropped.length,
  };
}

/** How much worse the slice was; negative where it was better. */
function dropOf({ delta, direction }: SliceReport): number {
  const change = delta?.estimate ?? 0;
  return direction === 'higher' ? -change : change;
}
