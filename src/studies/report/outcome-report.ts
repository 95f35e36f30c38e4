/** Two framings of one task on the outcome that both lead to: the runs are compared there, whatever labels they use. */

import { type ClassOptions, classFigures, type Framings, onSharedOutcome } from '../../classes/index.ts';
import type { LabelCounts, LabelSlice } from '../../counts/index.ts';
import type { SliceKey } from '../../slices/index.ts';
import type { NamedClasses, NamedKey } from './named.ts';

/** Classes, where the classes are outcomes. */
export interface OutcomeReport {
  /** Distinct outcomes. */
  readonly outcomes: number;
  /** All cases first, then the slices. */
  readonly slices: readonly NamedClasses[];
  /**
   * Labels without an outcome: cases whose true label has none are left out, answers without one are wrong. Null without an old run.
   */
  readonly unmapped: {
    readonly expected: readonly string[];
    readonly baseline: readonly string[] | null;
    readonly candidate: readonly string[];
  };
}

/** Compares the runs on outcomes, over the slices that a report shows. */
export function outcomeReport(
  counts: LabelCounts,
  shown: readonly SliceKey[],
  framings: Framings,
  options: ClassOptions,
  nameOf: (key: SliceKey) => NamedKey,
): OutcomeReport {
  const { counts: shared, unmapped } = onSharedOutcome(counts, framings);
  const keyOf = ({ grouping, state, value }: SliceKey) => JSON.stringify([grouping, state, value]);
  const byKey = new Map<string, LabelSlice>(shared.slices.map((slice) => [keyOf(slice), slice]));
  return {
    outcomes: shared.labels.length,
    slices: shown.map((key) => ({
      ...nameOf(key),
      figures: classFigures(byKey.get(keyOf(key))!, shared.labels, options),
    })),
    unmapped: options.pairing === 'single run' ? { ...unmapped, baseline: null } : unmapped,
  };
}
