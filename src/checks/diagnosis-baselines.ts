/** What is known of trivial and other baselines of the gated comparison. */

import type { TrivialLift } from '../models/index.ts';
import type { SliceKey } from '../slices/index.ts';
import type { Estimate } from '../stats/index.ts';

/** A baseline that was fitted or given, beside the cheapest answers. */
export interface OtherBaseline {
  readonly name: string;
  readonly kind: 'trivial' | 'model' | 'previous' | 'human' | 'other';
  readonly score: Estimate;
  /** Candidate minus this baseline on the cases that both have, paired. */
  readonly lift: Estimate;
  /** How it came about: fitted on training rows, out of fold, or given. */
  readonly how: string;
  /** `share` or `bound` as for trivial answers; null where the candidate is clearly better. */
  readonly fails: TrivialLift['fails'];
}

/** One gated slice against the constant guess that is best in it. */
export interface SliceLift {
  readonly key: SliceKey;
  readonly lift: TrivialLift;
}

/** The comparison with baselines, or why there is none. */
export type BaselineDiagnosis =
  | { readonly kind: 'not applicable'; readonly reason: string }
  | {
      readonly kind: 'compared';
      readonly metric: string;
      readonly overall: TrivialLift;
      /** Where `k` comes from, for people. */
      readonly kFrom: string;
      /** Compared cases that have no true label of their own; they are in no figure. */
      readonly unlabelled: number;
      /** Gated slices with two classes or more and enough cases. */
      readonly slices: readonly SliceLift[];
      /** Gated slices of one class: there a constant is right by construction. */
      readonly oneClass: number;
      readonly small: number;
      readonly others: readonly OtherBaseline[];
      readonly hasPrevious: boolean;
    };

/** Kinds of baseline that the candidate was not compared with, beside trivial answers, for people. */
export function missingBaselines({
  others,
  hasPrevious,
}: Pick<BaselineDiagnosis & { readonly kind: 'compared' }, 'others' | 'hasPrevious'>): readonly string[] {
  const has = (kind: OtherBaseline['kind']) => others.some((one) => one.kind === kind);
  return [
    ...(has('model') ? [] : ['a simple model (slicewise baseline train)']),
    ...(hasPrevious || has('previous') ? [] : ['a previous run']),
    ...(has('human') || has('other') ? [] : ['people or another system']),
  ];
}
