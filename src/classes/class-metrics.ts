/** Which metrics of a run are resampled together, and where each stands in the list. */

import {
  type Average,
  accuracy,
  averageRate,
  balancedAccuracy,
  type ClassRate,
  type ClassTally,
  fScore,
  kappa,
  mcc,
  precision,
  recall,
  specificity,
  type TallyMetrics,
  type ZeroOverZero,
} from '../stats/index.ts';

/** Rates of one class, in the order in which they are listed. */
export const CLASS_RATES = ['precision', 'recall', 'specificity', 'fScore'] as const;
/** Scores of all classes together. */
export const OVERALL_SCORES = ['accuracy', 'balancedAccuracy', 'mcc', 'kappa'] as const;
/** Ways to average, and the rates that are averaged. */
export const AVERAGES = ['macro', 'micro', 'weighted'] as const satisfies readonly Average[];
export const AVERAGED_RATES = ['precision', 'recall', 'fScore'] as const;

export type ClassRateName = (typeof CLASS_RATES)[number];
export type OverallName = (typeof OVERALL_SCORES)[number];
export type AveragedName = (typeof AVERAGED_RATES)[number];

/** How rates are computed. */
export interface MetricChoice {
  readonly beta: number;
  readonly undefinedAs: ZeroOverZero;
  /** MCC and kappa have no meaning for sets of labels. */
  readonly multiLabel: boolean;
}

/** All metrics of a slice with their places. */
export interface ClassMetrics extends TallyMetrics {
  /** The rate must be among those that were asked for. */
  classRate(index: number, name: ClassRateName): number;
  overall(name: OverallName): number;
  average(average: Average, name: AveragedName): number;
}

/**
 * The metrics of a slice with that many classes: overall scores, averages, then the given rates of each class.
 *
 * @param classes whose rates are listed; 0 for the scores and averages alone
 * @param scores without them there are neither overall scores nor averages
 */
export function classMetrics(
  classes: number,
  choice: MetricChoice,
  listed: readonly ClassRateName[] = CLASS_RATES,
  scores: 'with scores' | 'rates only' = 'with scores',
): ClassMetrics {
  const rates = ratesOf(choice.beta);
  const averaged = AVERAGES.flatMap((average) => AVERAGED_RATES.map((name) => ({ average, name })));
  const firstAverage = OVERALL_SCORES.length;
  const firstClass = scores === 'rates only' ? 0 : firstAverage + averaged.length;
  return {
    size: firstClass + listed.length * classes,
    overall: (name) => OVERALL_SCORES.indexOf(name),
    average: (average, name) =>
      firstAverage + averaged.findIndex((entry) => entry.average === average && entry.name === name),
    classRate: (index, name) => firstClass + listed.length * index + listed.indexOf(name),
    evaluate(tally, out, at) {
      if (scores === 'with scores') {
        OVERALL_SCORES.forEach((name, i) => {
          out[at + i] = overallScore(tally, name, choice) ?? Number.NaN;
        });
        averaged.forEach(({ average, name }, i) => {
          const { value } = averageRate(tally, rates[name], { average, undefinedAs: choice.undefinedAs });
          out[at + firstAverage + i] = value ?? Number.NaN;
        });
      }
      for (let index = 0; index < classes; index++) {
        listed.forEach((name, i) => {
          out[at + firstClass + listed.length * index + i] = rates[name](tally, index) ?? Number.NaN;
        });
      }
    },
  };
}

/** The four rates of a class by name. */
export function ratesOf(beta: number): Readonly<Record<ClassRateName, ClassRate>> {
  return { precision, recall, specificity, fScore: fScore(beta) };
}

/** A score of all classes; null where it is undefined, or has no meaning for sets. */
export function overallScore(
  tally: ClassTally,
  name: OverallName,
  { multiLabel }: MetricChoice,
): number | null {
  if (name === 'accuracy') return accuracy(tally);
  if (name === 'balancedAccuracy') return balancedAccuracy(tally);
  if (multiLabel) return null;
  return name === 'mcc' ? mcc(tally) : kappa(tally);
}
