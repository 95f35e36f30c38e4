/** The rows of the table of classes: one metric of each class, worst first. */

import type { ClassFigures, Compared } from '../../../../src/classes/index.ts';
import { holm } from '../../../../src/stats/multiplicity/step-down.ts';
import type { ClassReport } from '../../../../src/studio/contract/index.ts';

export const METRICS = ['recall', 'precision', 'f1', 'specificity'] as const;

export type ClassMetric = (typeof METRICS)[number];

/** One class under one metric. */
export interface ClassRow {
  readonly label: string;
  readonly support: number;
  readonly predicted: number;
  readonly value: Compared;
  /** Holm over the classes of the table; null where untested. */
  readonly adjusted: number | null;
  /** What the check of floors decides about its recall; null for other metrics, and where that is not below the floor, or not surely. */
  readonly breach: ClassReport['floors'][number]['breach'] | null;
  /** Rows of the class in the training data; null where none are named. */
  readonly trained: number | null;
}

/** The values of one metric of a class. */
export function figureOf(figures: ClassFigures, metric: ClassMetric): Compared {
  return metric === 'f1' ? figures.fScore : figures[metric];
}

/**
 * Every class, worst first: with two runs by what is surely lost, with one by the most that it surely reaches. Labels that are only
 * answered come last.
 */
export function classRows(
  { figures, floors, training }: ClassReport,
  metric: ClassMetric,
): readonly ClassRow[] {
  const values = figures.classes.map((one) => figureOf(one, metric));
  const adjusted = holm(values.map(({ pValue }) => pValue));
  const below = new Map(floors.map(({ label, breach }) => [label, breach]));
  const trained = training && new Map(training.byLabel.map(({ label, rows }) => [label, rows]));
  const rank = ({ value: { delta, candidate } }: ClassRow) =>
    (delta ?? candidate).upper ?? (delta ?? candidate).estimate ?? Number.POSITIVE_INFINITY;
  return figures.classes
    .map(
      ({ label, support, predicted }, at): ClassRow => ({
        label,
        support,
        predicted: predicted.candidate,
        value: values[at]!,
        adjusted: adjusted[at]!,
        breach: metric === 'recall' ? (below.get(label) ?? null) : null,
        trained: trained === null ? null : (trained.get(label) ?? 0),
      }),
    )
    .toSorted(
      (a, b) =>
        Number(a.support === 0) - Number(b.support === 0) || rank(a) - rank(b) || b.support - a.support,
    );
}
