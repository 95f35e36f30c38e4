/** What is selected on the explore page, as a filter and in words. */

/** The values of one dimension that are let through. Dimensions are joined by "and", values by "or". */
export interface ExploreChoice {
  /** Id of the dimension. */
  readonly dimension: string;
  /** Keys of values; none lets nothing through. */
  readonly values: readonly string[];
}

/** The selection in words that can be pasted. */
export interface ExploreDefinition {
  /** In the language of `slices: where`, without what became of the cases; null where it has no words, or nothing is selected. */
  readonly predicate: string | null;
  /** Why this is no slice to save. */
  readonly whyNot: string | null;
  /** Columns that only a gate computes (`derived.month`): the predicate can be saved, and single cases cannot be searched by it. */
  readonly derived: readonly string[];
  /** Whether the predicate, with what became of the cases, selects exactly these among single cases. */
  readonly isListable: boolean;
}
