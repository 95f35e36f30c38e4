/** Everything about the classes of one slice, from its counted answers. */

import type { LabelSlice } from '../counts/index.ts';
import { compareText } from '../slices/index.ts';
import type { ZeroOverZero } from '../stats/index.ts';
import { AVERAGES, type MetricChoice, ratesOf } from './class-metrics.ts';
import { closedRates } from './closed-rates.ts';
import { comparedCells } from './compared-cells.ts';
import { labelSpace } from './label-space.ts';
import { resampledFigures } from './resampled-figures.ts';
import { runTallies } from './run-tallies.ts';
import type { ClassAverage, ClassFigures, ClassPairing, Compared, SliceClasses } from './types.ts';

/** How to look at a classification. */
export interface ClassOptions {
  readonly pairing: ClassPairing;
  /** Whether labels are sets (`LabelCounts.hasLists`). */
  readonly multiLabel: boolean;
  /** Confidence level of every interval, in (0,1). */
  readonly level: number;
  /** Bootstrap replicates, and swaps of the permutation test; 0 for neither: then only closed forms have limits and p. */
  readonly resamples: number;
  /** Whole number from 0 to 2^53 - 1. */
  readonly seed: number;
  /** Weight of recall in F, above 0; 1 unless told. */
  readonly beta?: number;
  /** What a 0/0 counts as in averages; `skip` unless told. */
  readonly undefinedAs?: ZeroOverZero;
}

/**
 * The classes of one slice: rates with closed-form intervals; F, averages and overall scores by one bootstrap of the counted
 * answers. Of clustered cases every interval is a bootstrap of whole clusters.
 *
 * @param labels texts of the codes (`LabelCounts.labels`)
 * @throws RangeError where a level, beta or seed is out of range
 */
export function classFigures(
  slice: LabelSlice,
  labels: readonly string[],
  options: ClassOptions,
): SliceClasses {
  const { pairing, multiLabel } = options;
  const compared = comparedCells(slice, pairing);
  const { answers, space, names } = labelSpace(compared.answers, labels, multiLabel);
  const choice: MetricChoice = {
    beta: options.beta ?? 1,
    undefinedAs: options.undefinedAs ?? 'skip',
    multiLabel,
  };
  const { level, resamples, seed } = options;
  const tallies = runTallies(answers, space, pairing);
  const closed = closedRates({ answers, space, tallies, pairing, level });
  const resampled = resampledFigures({ answers, space, choice, pairing, level, resamples, seed });
  const clustered = answers.cluster !== null;
  const rates = ratesOf(choice.beta);
  /** Closed forms hold for independent cases only. */
  const rate = (index: number, name: 'precision' | 'recall' | 'specificity'): Compared => {
    if (clustered) return resampled.classRate(index, name);
    const form = closed[name](index);
    if (name !== 'precision' || pairing !== 'paired') return form;
    const { delta, pValue } = resampled.classRate(index, name);
    return { ...form, delta, pValue };
  };
  const classes = names.map(
    (label, index): ClassFigures => ({
      label,
      support: tallies.candidate.support[index]!,
      predicted: {
        baseline: tallies.baseline?.predicted[index] ?? null,
        candidate: tallies.candidate.predicted[index]!,
      },
      precision: rate(index, 'precision'),
      recall: rate(index, 'recall'),
      specificity: rate(index, 'specificity'),
      fScore: resampled.classRate(index, 'fScore'),
    }),
  );
  classes.sort((a, b) => b.support - a.support || compareText(a.label, b.label));
  const { n, unlabelled, edited, onlyBaseline, onlyCandidate, abstained, errors } = compared;
  return {
    key: { grouping: slice.grouping, state: slice.state, value: slice.value },
    ...{ pairing, multiLabel, n, unlabelled, edited, onlyBaseline, onlyCandidate, abstained, errors },
    accuracy: clustered ? resampled.overall('accuracy') : closed.accuracy,
    balancedAccuracy: resampled.overall('balancedAccuracy'),
    mcc: resampled.overall('mcc'),
    kappa: resampled.overall('kappa'),
    classes,
    averages: AVERAGES.map(
      (average): ClassAverage => ({
        average,
        undefinedAs: choice.undefinedAs,
        precision: resampled.average(average, 'precision'),
        recall: resampled.average(average, 'recall'),
        fScore: resampled.average(average, 'fScore'),
        undefinedClasses: names.filter((_, index) =>
          (['precision', 'recall', 'fScore'] as const).some(
            (name) => rates[name](tallies.candidate, index) === null,
          ),
        ).length,
        classes: names.length,
      }),
    ),
  };
}
