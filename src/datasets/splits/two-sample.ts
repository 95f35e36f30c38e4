/** The classifier two-sample test: can a cheap model that never saw a text tell which set it is from, and by what? */

import { assignFolds, fitTextClassifier, separatingFeatures } from '../../models/index.ts';
import { areaInterval, delongAuc, type Estimate } from '../../stats/index.ts';

/** What tells two sets apart. */
export interface TwoSample {
  /** Chance that a text of the second set scores higher than one of the first: .5 is no better than a coin. */
  readonly auc: Estimate;
  /** What points to which set, the strongest first; of a model over all texts. */
  readonly features: readonly {
    readonly feature: string;
    readonly points: 'train' | 'test';
    readonly weight: number;
  }[];
  /** Texts of each set that the model did not learn from. */
  readonly judged: { readonly train: number; readonly test: number };
}

const FEATURES = 20;
const LEVEL = 0.95;

/** Fewer texts on a side cannot be halved. */
const LEAST = 10;

/**
 * A classifier of words and pairs of words learns from one half of the texts and is judged by the other (Lopez-Paz and Oquab
 * 2017). Near-duplicates are in one half, since a copy would give the answer away. With halves the scores of different texts are
 * independent given the model, so that DeLong's interval holds; cross-fitted scores use every text, and said "apart" of equal sets two to three times
 * too often in simulation.
 *
 * @param group number of the group of near-duplicates of each text, over both sets
 * @returns null where a side has fewer than ten texts in either half
 */
export function twoSample(
  train: readonly string[],
  test: readonly string[],
  group: Int32Array,
  seed: number,
): TwoSample | null {
  if (train.length < LEAST || test.length < LEAST) return null;
  const texts = [...train, ...test];
  const sideOf = (at: number) => (at < train.length ? 'train' : 'test');
  const options = { words: [1, 2], characters: null, classWeight: 'balanced', passes: 10, seed } as const;
  const code = Int32Array.from(texts, (_, at) => (at < train.length ? 0 : 1));
  const half = assignFolds(code, { folds: 2, groups: Array.from(group, String) }, seed);
  const [learnt, judged] = [0, 1].map((one) => [...texts.keys()].filter((at) => half[at] === one));
  if (!hasBoth(learnt!, train.length) || !hasBoth(judged!, train.length)) return null;
  const model = fitTextClassifier(
    learnt!.map((at) => texts[at]!),
    learnt!.map(sideOf),
    options,
  );
  const place = model.labels.indexOf('test');
  const scores = model
    .predict(judged!.map((at) => texts[at]!))
    .map(({ probabilities }) => probabilities[place]!);
  const isTest = Uint8Array.from(judged!, (at) => code[at]!);
  const tests = isTest.reduce((sum, one) => sum + one, 0);
  return {
    auc: areaInterval(
      delongAuc(scores, isTest),
      LEVEL,
      'delong, on the half that the model did not see',
      judged!.map((at) => group[at]!),
    ),
    features: separatingFeatures(
      fitTextClassifier(texts, [...texts.keys()].map(sideOf), options),
      FEATURES,
    ).map(({ feature, label, weight }) => ({ feature, points: label === 'test' ? 'test' : 'train', weight })),
    judged: { train: judged!.length - tests, test: tests },
  };
}

function hasBoth(texts: readonly number[], train: number): boolean {
  return texts.some((at) => at < train) && texts.some((at) => at >= train);
}
