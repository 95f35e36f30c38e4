/** Columns that say what a run did with a case or what was said about it: no dimension, even where two runs agree in them. */

/** Metrics of imported results, what judges, scorers and people wrote beside them, and probabilities by label. */
const OUTCOME =
  /^(?:scores|reason|comment|human|scorer_error|probabilities|probs|proba|class_?probabilities)\.|^reason$/;

/** Results of one run in a file that holds both side by side, such as `p_before` and `pred_after`. */
const OF_ONE_RUN =
  /^(?:pass|passed|correct|pred|predicted|prediction|p|prob|probability|probabilities|confidence|loss|score|output|answer)_(?:before|after|baseline|candidate|old|new)$/i;

/**
 * Whether a column of that name is never taken for a dimension unless a person names it.
 *
 * @example isOutcomeColumn('scores.faithfulness') // true
 * @example isOutcomeColumn('p_after') // true
 */
export function isOutcomeColumn(column: string): boolean {
  return OUTCOME.test(column) || OF_ONE_RUN.test(column);
}
