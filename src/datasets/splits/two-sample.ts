/** The classifier two-sample test: can a cheap model that never saw a text tell which set it is from, and by what? */

import { crossFit, fitTextClassifier, separatingFeatures } from '../../models/index.ts';
import { areaInterval, delongAuc, type Estimate } from '../../stats/index.ts';

/** What tells two sets apart. */
export interface TwoSample {
  /** Chance that a text of the second set scores higher than one of the first: .5 is no better than a coin. */
  readonly auc: Estimate;
  /** What points to which set, the strongest first. */
  readonly features: readonly {
    readonly feature: string;
    readonly points: 'train' | 'test';
    readonly weight: number;
  }[];
  readonly folds: number;
}

const FOLDS = 5;
const LEVEL = 0.95;
const FEATURES = 20;

/** Fewer texts on a side cannot be dealt to folds. */
const LEAST = 10;

/**
 * Cross-fitted scores of a classifier of words and pairs of words (Lopez-Paz and Oquab 2017). Near-duplicates share a fold,
 * since a copy in another fold would give the answer away. The interval is DeLong's with these groups as the units. It takes the scores as given; scores of
 * different folds come from different models, so that it is a little too wide rather than too narrow near .5.
 *
 * @param group number of the group of near-duplicates of each text, over both sets
 * @returns null where a side has fewer than ten texts
 */
export function twoSample(
  train: readonly string[],
  test: readonly string[],
  group: Int32Array,
  seed: number,
): TwoSample | null {
  if (train.length < LEAST || test.length < LEAST) return null;
  const texts = [...train, ...test];
  const sides = texts.map((_, at) => (at < train.length ? 'train' : 'test'));
  const options = { words: [1, 2], characters: null, classWeight: 'balanced', passes: 10, seed } as const;
  const fitted = crossFit(texts, sides, { folds: FOLDS, groups: Array.from(group, String) }, options);
  const second = fitted.labels.indexOf('test');
  const scores = Float64Array.from(fitted.predictions, ({ probabilities }) => probabilities[second]!);
  const isTest = Uint8Array.from(sides, (side) => (side === 'test' ? 1 : 0));
  const whole = fitTextClassifier(texts, sides, options);
  return {
    auc: areaInterval(delongAuc(scores, isTest), LEVEL, 'delong', group),
    features: separatingFeatures(whole, FEATURES).map(({ feature, label, weight }) => ({
      feature,
      points: label === 'test' ? 'test' : 'train',
      weight,
    })),
    folds: FOLDS,
  };
}
