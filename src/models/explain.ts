/** Which features a text classifier goes by, for one class or between all. */

import { UsageError } from '../errors.ts';
import type { TextClassifier } from './text-classifier.ts';
import type { WeighedFeature } from './types.ts';

/**
 * The features that speak most for a class, the strongest first: log-odds against the average class.
 *
 * @throws UsageError for a label that the classifier does not know
 */
export function topFeatures(
  classifier: TextClassifier,
  label: string,
  count: number,
): readonly WeighedFeature[] {
  const code = classifier.labels.indexOf(label);
  if (code < 0) throw new UsageError({ message: `the classifier knows no class ${JSON.stringify(label)}` });
  const weight = effects(classifier);
  return strongest(
    classifier,
    count,
    (feature) => weight(feature, code),
    (value) => value > 0,
  );
}

/** A feature between classes: where it points, and how far apart it moves the two classes that it tells apart best. */
export interface SeparatingFeature extends WeighedFeature {
  /** The class that it speaks for most. */
  readonly label: string;
}

/** The features that move classes furthest apart: the weight is that for the class it favours most, against the one it favours least. */
export function separatingFeatures(classifier: TextClassifier, count: number): readonly SeparatingFeature[] {
  const { labels } = classifier;
  const weight = effects(classifier);
  const codes = [...labels.keys()];
  const best = (feature: number): number =>
    codes.reduce((top, code) => (weight(feature, code) > weight(feature, top) ? code : top), 0);
  const spread = (feature: number): number => {
    let [low, high] = [Infinity, -Infinity];
    for (const code of codes) {
      const value = weight(feature, code);
      if (value < low) low = value;
      if (value > high) high = value;
    }
    return high - low;
  };
  return strongest(classifier, count, spread, (value) => value > 0).map(({ place, ...feature }) => ({
    ...feature,
    label: labels[best(place)]!,
  }));
}

/** Log-odds of a class per unit of a feature, against the mean of all classes; of two classes, against the other. */
function effects({ labels, data }: TextClassifier): (feature: number, code: number) => number {
  const { columns, weights } = data.linear;
  if (labels.length < 2) return () => 0;
  if (columns === 1) return (feature, code) => (code === 1 ? weights[feature]! : -weights[feature]!);
  const means = data.features.map((_, feature) => {
    let sum = 0;
    for (let c = 0; c < columns; c++) sum += weights[feature * columns + c]!;
    return sum / columns;
  });
  return (feature, code) => weights[feature * columns + code]! - means[feature]!;
}

function strongest(
  { data }: TextClassifier,
  count: number,
  weightOf: (feature: number) => number,
  wanted: (weight: number) => boolean,
): readonly (WeighedFeature & { readonly place: number })[] {
  return data.features
    .map((feature, place) => ({
      column: data.blocks[data.featureBlock[place]!]!.column,
      feature,
      weight: weightOf(place),
      place,
    }))
    .filter(({ weight }) => wanted(weight))
    .sort((a, b) => b.weight - a.weight || a.place - b.place)
    .slice(0, count);
}
