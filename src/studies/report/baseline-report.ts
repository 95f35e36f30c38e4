/** The baselines of a report: what answers score that look at nothing, at little, or at the same cases by other means. */

import type { OtherBaseline } from '../../checks/index.ts';
import type { TrivialLift } from '../../models/index.ts';
import type { NamedKey } from './named.ts';

/** One slice against the constant answer that is best in it. */
export interface NamedLift extends NamedKey {
  readonly lift: TrivialLift;
}

/** The new run against baselines, as the gate compares them. */
export interface ComparedBaselines {
  readonly kind: 'compared';
  /** Metric of every score; `accuracy` where labels alone were counted. */
  readonly metric: string;
  readonly overall: TrivialLift;
  /** Where the number of labels per answer comes from, for people. */
  readonly kFrom: string;
  /** Compared cases without a true label of their own; they are in no figure. */
  readonly unlabelled: number;
  /** Slices with several labels and enough cases. */
  readonly slices: readonly NamedLift[];
  /** Slices of one label, where a constant answer is right by construction. */
  readonly oneClass: number;
  /** Slices below the least number of cases; null where only the footers of the dimensions count them. */
  readonly small: number | null;
  /** The configured ones. */
  readonly others: readonly OtherBaseline[];
  /** Kinds of baseline that nothing was compared with. */
  readonly missing: readonly string[];
  /** What does not hold of these figures as it would in the gate; null where they are the gate's. */
  readonly caveat: string | null;
}

/** The comparison with baselines, or why there is none. */
export type ReportedBaselines =
  | ComparedBaselines
  | { readonly kind: 'not applicable'; readonly reason: string };
