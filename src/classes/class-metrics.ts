/** Which metrics of a run are resampled together, and where each stands in the list. */

import {
  type Average,
  accuracy,
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
  const square = choice.beta ** 2;
  const stand = choice.undefinedAs === 'skip' ? Number.NaN : choice.undefinedAs === 'zero' ? 0 : 1;
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
        writeAverages(tally, square, stand, out, at + firstAverage);
      }
      const { n, support, predicted, hits } = tally;
      for (let index = 0, place = at + firstClass; index < classes; index++) {
        const [truth, given, hit] = [support[index]!, predicted[index]!, hits[index]!];
        for (const name of listed) {
          out[place++] =
            name === 'precision'
              ? hit / given
              : name === 'recall'
                ? hit / truth
                : name === 'fScore'
                  ? ((1 + square) * hit) / (square * truth + given)
                  : (n - truth - given + hit) / (n - truth);
        }
      }
    },
  };
}

/**
 * The averages in the order of `AVERAGES` and `AVERAGED_RATES`, as `averageRate` gives them, in one pass and without allocation:
 * this runs once per replicate.
 *
 * @param stand what a 0/0 counts as; NaN leaves the class out
 */
function writeAverages(
  { support, predicted, hits }: ClassTally,
  square: number,
  stand: number,
  out: Float64Array,
  at: number,
): void {
  const width = AVERAGED_RATES.length;
  let [allSupport, allPredicted, allHits] = [0, 0, 0];
  for (let rate = 0; rate < width; rate++) {
    let [macro, count, weighted, weight] = [0, 0, 0, 0];
    for (let index = 0; index < support.length; index++) {
      const [truth, given, hit] = [support[index]!, predicted[index]!, hits[index]!];
      if (rate === 0) {
        allSupport += truth;
        allPredicted += given;
        allHits += hit;
      }
      const own = rateOf(rate, truth, given, hit, square);
      const value = Number.isNaN(own) ? stand : own;
      if (Number.isNaN(value)) continue;
      macro += value;
      count++;
      weighted += truth * value;
      weight += truth;
    }
    const micro = rateOf(rate, allSupport, allPredicted, allHits, square);
    out[at + rate] = macro / count;
    out[at + width + rate] = Number.isNaN(micro) ? stand : micro;
    out[at + 2 * width + rate] = weight > 0 ? weighted / weight : stand;
  }
}

/** A rate by its place in `AVERAGED_RATES`; NaN where it is 0/0. */
function rateOf(rate: number, truth: number, given: number, hit: number, square: number): number {
  if (rate === 0) return hit / given;
  return rate === 1 ? hit / truth : ((1 + square) * hit) / (square * truth + given);
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
