/** What to count over a comparison, and what comes back. */

import type { Grouping, SliceKey } from '../slices/index.ts';
import type { OutcomeCell } from './cell.ts';
import type { OutcomeMeasure } from './metric.ts';

/** Everything that is known of a slice without looking at single cases. */
export interface SliceCount extends SliceKey {
  /** Ordered by the canonical order of `compareCells`, each pair of outcomes once. */
  readonly cells: readonly OutcomeCell[];
}

/** Count the outcome cells of every slice of these groupings. */
export interface CountPlan {
  readonly groupings: readonly Grouping[];
}

/** Which value each case contributes, when single cases are needed (graded scores, clusters, overlapping slices). */
export type UnitMeasure =
  /** A function of the case's trials, such as the share passed; errors count as failures or are left out. */
  | { readonly kind: 'outcome'; readonly of: OutcomeMeasure; readonly errors: 'fail' | 'exclude' }
  /**
   * Mean over trials of a numeric column; error rows are left out. Text that is no decimal number is missing.
   * `baselineColumn` is that of the baseline where it has another name, as in a file with both runs side by side.
   */
  | { readonly kind: 'number'; readonly column: string; readonly baselineColumn?: string };

/** The column of a numeric measure in one run. */
export function numberColumn(
  measure: Extract<UnitMeasure, { kind: 'number' }>,
  side: 'baseline' | 'candidate',
): string {
  return side === 'baseline' ? (measure.baselineColumn ?? measure.column) : measure.column;
}

/** Fetch paired values case by case. */
export interface UnitPlan {
  readonly groupings: readonly Grouping[];
  readonly measure: UnitMeasure;
  /** Leave out cases whose two values are equal or of which one is missing (they cannot move a sign-flip test). */
  readonly onlyDiscordant: boolean;
}

/**
 * Cases with their values, ordered by case id (UTF-8 byte order). Edited cases are left out.
 * A value is NaN where the run has no usable row of the case.
 */
export interface UnitTable {
  readonly ids: readonly string[];
  readonly baseline: Float64Array;
  readonly candidate: Float64Array;
  /** Dense cluster code per case, or null where no cluster column is mapped. A missing cluster is a cluster of its own. */
  readonly cluster: Int32Array | null;
  /** Weight per case: 1 where none is mapped, NaN where the case has none or rows disagree. */
  readonly weight: Float64Array;
  /** The slices that occur, ordered as `compareSliceKeys`, and for each the indexes of its cases, ascending. */
  readonly slices: readonly SliceKey[];
  readonly members: readonly Int32Array[];
}

/** Fetch the cases that a run lost or gained, per slice. */
export interface FlipPlan {
  readonly groupings: readonly Grouping[];
  readonly measure: UnitMeasure;
  /** At most so many per slice and direction, lowest case ids first. */
  readonly limit: number;
}

/** A case that changed between the runs; texts are null where no such column is mapped. */
export interface FlippedCase extends SliceKey {
  readonly id: string;
  readonly direction: 'lost' | 'gained';
  readonly input: string | null;
  readonly baselineOutput: string | null;
  readonly candidateOutput: string | null;
}
