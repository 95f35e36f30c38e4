/** The answer of `slicewise experiments imbalance` as one document. */

import type { Estimate } from '../../../stats/index.ts';
import type { Remedy } from './remedies.ts';

/** One remedy over all classes. */
export interface RemedyReport {
  readonly remedy: Remedy;
  readonly accuracy: Estimate;
  /** Mean recall of the classes, each weighing the same. */
  readonly macroRecall: Estimate;
  /** Minus that without a remedy; null for `none`. */
  readonly accuracyChange: Estimate | null;
  readonly macroChange: Estimate | null;
  /** Two-sided p of the macro change, by Holm over the remedies. */
  readonly adjusted: number | null;
}

/** One remedy for one class. */
export interface ClassRemedy {
  readonly remedy: Remedy;
  readonly recall: Estimate;
  /** n is the rows that were given this class. */
  readonly precision: Estimate;
  /** Paired with no remedy; null for `none`. */
  readonly recallChange: Estimate | null;
  readonly lost: number;
  readonly gained: number;
  /** Exact, two-sided, by Holm over classes and remedies. */
  readonly adjusted: number | null;
}

/** What more rows of everything would do for one class. */
export interface ClassCurve {
  /** Rows of the class that models learnt from, at each point. */
  readonly sizes: readonly number[];
  readonly recall: readonly number[];
  readonly perDoubling: Estimate;
  /** Extrapolated. */
  readonly atTwice: Estimate;
}

/** One class, rarest first. */
export interface ClassReport {
  readonly label: string;
  readonly trainingRows: number;
  readonly scoredRows: number;
  readonly remedies: readonly ClassRemedy[];
  readonly curve: ClassCurve | null;
}

/** Everything. */
export interface ImbalanceReport {
  readonly files: readonly string[];
  readonly labelColumn: string;
  readonly textColumns: readonly string[];
  readonly rows: number;
  readonly scored: number;
  readonly unlabelled: number;
  readonly heldOut: string;
  readonly seed: number;
  readonly remedies: readonly RemedyReport[];
  readonly classes: readonly ClassReport[];
  /** Classes that cannot be scored: no row of them is held out, or none is learnt. */
  readonly notScored: readonly string[];
  readonly notes: readonly string[];
}
