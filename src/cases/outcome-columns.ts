/** Columns that say what a run did with a case or what was said about it: no dimension, even where two runs agree in them. */

/** Metrics of imported results, and what judges, scorers and people wrote beside them. */
const OUTCOME = /^(?:scores|reason|comment|human|scorer_error)\.|^reason$/;

/**
 * Whether a column of that name is never taken for a dimension unless a person names it.
 *
 * @example isOutcomeColumn('scores.faithfulness') // true
 */
export function isOutcomeColumn(column: string): boolean {
  return OUTCOME.test(column);
}
