/** Metrics of a classification: of one class, or of all classes together. */

/** Rates of one class. `fScore` weighs recall `beta` times as much as precision. */
export const CLASS_RATE_METRICS = ['recall', 'precision', 'specificity', 'fScore'] as const;

/** Scores of all classes together; `cost` is the expected cost of a case, from what mistakes cost. */
export const CLASS_SCORE_METRICS = [
  'macroF1',
  'macroRecall',
  'macroPrecision',
  'weightedF1',
  'mcc',
  'kappa',
  'cost',
] as const;

export type ClassRateMetric = (typeof CLASS_RATE_METRICS)[number];
export type ClassScoreMetric = (typeof CLASS_SCORE_METRICS)[number];

/** A metric that is read from true labels and predictions. */
export type ClassMeasure =
  | {
      readonly kind: 'class';
      readonly of: ClassRateMetric;
      readonly label: string;
      /** Above 0; 1 but for F. */
      readonly beta: number;
    }
  | { readonly kind: 'class'; readonly of: ClassScoreMetric };

/** Natural bounds of a class metric; a cost has none. */
export function classBounds({ of }: ClassMeasure): readonly [number, number] | null {
  if (of === 'cost') return null;
  return of === 'mcc' || of === 'kappa' ? [-1, 1] : [0, 1];
}

/** Whether a class metric is a share, which reads as a percentage. */
export function isClassRate({ of }: ClassMeasure): boolean {
  return of !== 'cost' && of !== 'mcc' && of !== 'kappa';
}

/**
 * The id of a class metric.
 *
 * @example classMetricId({ kind: 'class', of: 'fScore', label: 'fraud', beta: 2 }) // 'f2:fraud'
 */
export function classMetricId(measure: ClassMeasure): string {
  if (!('label' in measure)) return measure.of;
  return `${measure.of === 'fScore' ? `f${measure.beta}` : measure.of}:${measure.label}`;
}
