/** What `slicewise data check` found. */

import type { RowPlace } from '../../checks/index.ts';
import type { ColumnProblem } from './column-facts.ts';

/** Why a row is rejected, in the order in which they are listed. */
export const REASONS = [
  'empty',
  'short',
  'damaged',
  'gibberish',
  'duplicate-id',
  'duplicate',
  'near-duplicate',
  'conflict',
] as const;

export type Reason = (typeof REASONS)[number];

/** A row and what is wrong with it. */
export interface RejectedRow extends RowPlace {
  readonly id: string | null;
  readonly reasons: readonly Reason[];
  /** What exactly, where a reason needs a word more. */
  readonly detail: string;
  /** The row that stays in its place; null where none does. */
  readonly of: RowPlace | null;
}

/** Rows that are the same text, or nearly. */
export interface DuplicateCluster {
  readonly rows: number;
  /** Different sets of words among them. */
  readonly sets: number;
  /** Smallest Jaccard index of any two; a chain of close pairs may join texts that are not close. */
  readonly smallest: number;
  readonly isLoose: boolean;
  readonly first: RowPlace;
  readonly labels: readonly string[];
}

/** A label and its rows. */
export interface ClassSize {
  readonly label: string;
  readonly rows: number;
  /** Rows that stay when the rejected ones are gone. */
  readonly kept: number;
  readonly isSmall: boolean;
}

/** The whole answer. */
export interface DataCheckReport {
  readonly kind: 'data-check';
  readonly verdict: 'PASS' | 'REVIEW';
  readonly files: readonly string[];
  readonly rows: number;
  readonly kept: number;
  readonly textColumn: string;
  readonly labelColumn: string | null;
  readonly idColumn: string | null;
  readonly reasons: Readonly<Record<Reason, number>>;
  /** Reasons that do not reject. */
  readonly keeping: readonly Reason[];
  /** All rejected rows where they are at most 10,000; the rest is in the file of rejects. */
  readonly rejected: readonly RejectedRow[];
  readonly rejectedTotal: number;
  /** Rows of fewer than 5 words that repeat another; they are no duplicates. */
  readonly shortRepeats: number;
  readonly clusters: readonly DuplicateCluster[];
  readonly clustersTotal: number;
  readonly columns: readonly ColumnProblem[];
  readonly classes: readonly ClassSize[];
  readonly leastPerClass: number;
  readonly threshold: number;
  readonly verified: boolean;
  readonly written: readonly { readonly path: string; readonly rows: number }[];
  readonly notes: readonly string[];
}
