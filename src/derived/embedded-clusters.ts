/** Clusters of texts by a model that the user brings: each distinct text is embedded once, its cluster kept. */

import { clusterNames, countTerms, type TextModel } from '../text/index.ts';
import {
  type ClusterModel,
  type ClusterSettings,
  facts,
  fit,
  nameOfPoint,
  withPoint,
} from './cluster-model.ts';
import { SAMPLE_CHARACTERS, type TextSample, textKey } from './text-sample.ts';

/** A model with what a definition says about it. */
export interface NamedTextModel extends TextModel {
  /** Name and hash: clusters by models that differ in it are not comparable. */
  readonly method: string;
}

/** Texts that are embedded before their points are turned into names: a bound of memory. */
const AT_ONCE = 1_024;

/**
 * Clusters of texts by what the model makes of them. As in the sample, the first 4,000 UTF-16 units of a text count. Null where
 * no text has anything but blanks.
 */
export async function fitEmbeddedClusters(
  sample: TextSample,
  settings: ClusterSettings,
  model: NamedTextModel,
): Promise<ClusterModel | null> {
  const all = sample.texts().filter(isFilled);
  if (all.length === 0) return null;
  const { points, texts } = withPoint(await model.embed(all), all);
  if (points.count === 0) return null;
  const { clusters, stability } = fit(points, settings);
  const frequencies = countTerms();
  for (const text of texts) frequencies.add(text);
  const names = clusterNames(texts, clusters.labels, clusters.k, frequencies);
  const known = new Map<number, string | null>();
  const place = async (some: readonly string[]): Promise<void> => {
    const { dimensions, values } = await model.embed(some);
    some.forEach((text, at) => {
      const point = values.subarray(at * dimensions, (at + 1) * dimensions);
      known.set(textKey(text), nameOfPoint(point, clusters, names));
    });
  };
  texts.forEach((text, at) => {
    known.set(textKey(text), names[clusters.labels[at]!] ?? null);
  });
  return {
    definition: { method: model.method, ...facts(points, sample, settings, clusters.k, stability) },
    namesOf: async (given) => {
      const cut = given.map((text) => (text === null ? null : text.slice(0, SAMPLE_CHARACTERS)));
      const isNew = (text: string | null): text is string =>
        text !== null && isFilled(text) && !known.has(textKey(text));
      const fresh = [...new Set(cut.filter(isNew))];
      for (let at = 0; at < fresh.length; at += AT_ONCE) await place(fresh.slice(at, at + AT_ONCE));
      return cut.map((text) => (text === null ? null : (known.get(textKey(text)) ?? null)));
    },
  };
}

function isFilled(text: string): boolean {
  return text.trim() !== '';
}
