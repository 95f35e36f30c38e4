/** What `slicewise splits check` looks at, and what it found. */

import type { ColumnMapping } from '../../cases/index.ts';
import type { ShiftsEvidence } from '../../evidence/index.ts';
import type { RunRequest } from '../../sources/index.ts';
import type { ShiftTest } from '../../stats/index.ts';
import type { Divergence } from '../../text/index.ts';
import type { LabelShift } from './column-shift.ts';
import type { TwoSample } from './two-sample.ts';

export interface CheckRequest {
  readonly cwd: string;
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** Results of a system on the test cases; null compares texts only. */
  readonly results: {
    readonly files: readonly string[];
    readonly from?: RunRequest['from'];
    readonly run: string | null;
    readonly mapping: ColumnMapping;
    /** Where the split of a case stands: in a column of the results, or in a file that `splits build` wrote. */
    readonly splits:
      | { readonly kind: 'column'; readonly column: string }
      | { readonly kind: 'file'; readonly file: string };
    readonly inDomain: readonly string[];
    readonly floor: number | null;
  } | null;
  /** Two sets of texts that should be alike; null compares none. */
  readonly texts: {
    readonly train: readonly string[];
    readonly test: readonly string[];
    readonly column: string | null;
  } | null;
  readonly minCases: number;
  readonly level: number;
  readonly seed: number;
}

/** Two sets of texts against each other. */
export interface TextComparison {
  readonly train: number;
  readonly test: number;
  /** Texts that were looked at: both sides are thinned out at random where they are large. */
  readonly looked: { readonly train: number; readonly test: number };
  readonly withoutText: { readonly train: number; readonly test: number };
  readonly classifier: TwoSample | null;
  /** True labels, where both sides have a column of them. */
  readonly labels: LabelShift | null;
  /** Lengths of all texts, in characters. */
  readonly lengths: ShiftTest | null;
  readonly divergence: Divergence | null;
}

export interface SplitsCheckReport {
  readonly format: 'slicewise-splits-check';
  readonly version: 1;
  readonly files: readonly string[];
  /** Cases of the results, those without a verdict, and those that are in no split. */
  readonly cases: number;
  readonly unscored: number;
  readonly untagged: number;
  readonly minCases: number;
  readonly shifts: ShiftsEvidence | null;
  /** Kinds of shift with fewer than two splits. */
  readonly untested: readonly string[];
  readonly texts: TextComparison | null;
  readonly seed: number;
  readonly notes: readonly string[];
}
