/** What the diagnosis says of the classes of the gated comparison. */

import type {
  ClassFloors,
  Confusions,
  CostComparison,
  LevelClasses,
  Merge,
  SliceClasses,
} from '../classes/index.ts';

/** The classes of the gated comparison, or why the labels are none. */
export type ClassDiagnosis =
  | { readonly kind: 'no classes'; readonly reason: string }
  | {
      readonly kind: 'classes';
      /** Distinct labels, true or answered. */
      readonly labels: number;
      readonly multiLabel: boolean;
      /** Cases with more than one trial, of which the first answers. */
      readonly severalTrials: number;
      /** Gated slices that are not looked at because classes and slices are too many. */
      readonly slicesLeftOut: number;
      /** All cases first, then every gated slice; closed forms only. */
      readonly slices: readonly SliceClasses[];
      /** Of all cases; null for sets of labels. */
      readonly floors: ClassFloors | null;
      /** Lowest acceptable recall of a class, and whether the configuration said so. */
      readonly floor: { readonly value: number; readonly configured: boolean };
      /** One family of tests over all cases, one over the gated slices; null for sets of labels and without a baseline. */
      readonly confusions: { readonly overall: Confusions; readonly slices: Confusions } | null;
      /** Ids of lost cases by true label, at most 100 each, of the classes that a floor or a confusion points at. */
      readonly lostCases: ReadonlyMap<string, readonly string[]>;
      /** All cases first, then slices that have costs of their own; empty without costs. */
      readonly costs: readonly CostComparison[];
      /** Empty without a map of labels. */
      readonly levels: readonly LevelClasses[];
      /** Pairs of classes that one class would spare most mistakes; at most ten. */
      readonly merges: readonly Merge[];
    };
