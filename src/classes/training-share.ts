/** Whether classes with more training rows are recalled better. */

import { compareText } from '../slices/index.ts';
import { type Estimate, type RankCorrelation, spearman } from '../stats/index.ts';

/** One class with its training rows and its recall. */
export interface TrainedClass {
  readonly label: string;
  readonly rows: number;
  /** Share of all training rows. */
  readonly share: number;
  /** Null where the class has no case in the evaluation, or none was recalled for want of one. */
  readonly recall: Estimate | null;
}

/** Training share against recall. */
export interface TrainingShare {
  /** Fewest training rows first, then label in code point order. */
  readonly classes: readonly TrainedClass[];
  /** Rank correlation over classes with a recall; classes are few and not drawn at random, so it describes, it does not prove. */
  readonly correlation: RankCorrelation;
  /** Classes of the evaluation without a training row, and of the training rows without a case. */
  readonly untrained: readonly string[];
  readonly untested: readonly string[];
}

/**
 * Spearman's correlation of training rows and recall over the classes.
 *
 * @param recalls recall of each class of the evaluation
 * @param rows training rows of each class
 * @source Bonett and Wright 2000, Psychometrika 65:23 (interval)
 */
export function trainingShare(
  recalls: ReadonlyMap<string, Estimate>,
  rows: ReadonlyMap<string, number>,
  level: number,
): TrainingShare {
  const total = [...rows.values()].reduce((sum, count) => sum + count, 0);
  const classes = [...new Set([...recalls.keys(), ...rows.keys()])]
    .map((label): TrainedClass => {
      const count = rows.get(label) ?? 0;
      const recall = recalls.get(label);
      return {
        label,
        rows: count,
        share: total === 0 ? 0 : count / total,
        recall: recall === undefined || recall.estimate === null ? null : recall,
      };
    })
    .sort((a, b) => a.rows - b.rows || compareText(a.label, b.label));
  const measured = classes.filter(({ recall }) => recall !== null);
  return {
    classes,
    correlation: spearman(
      measured.map(({ rows: count }) => count),
      measured.map(({ recall }) => recall!.estimate!),
      level,
    ),
    untrained: classes
      .filter(({ rows: count, recall }) => count === 0 && recall !== null)
      .map(({ label }) => label),
    untested: classes
      .filter(({ rows: count, recall }) => count > 0 && recall === null)
      .map(({ label }) => label),
  };
}
