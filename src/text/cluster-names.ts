/** Names clusters by the words that stand out in their texts. */

import { isTelling, type TermFrequencies, termWeights } from './term-frequencies.ts';
import { eachWord, normalizeText } from './tokenize.ts';

/** Words of a name. */
const WORDS = 3;
/** Longest word that may name a cluster, in UTF-16 units. */
const LONGEST_WORD = 30;

/**
 * A name for each cluster: the three words whose mean TF-IDF weight in its texts is furthest above their mean in all texts;
 * ties by code unit. Clusters are numbered by size, largest first (`01 card arrive delivery`), so that no two names are equal.
 *
 * @param labels cluster of each text, from 0 to k - 1
 * @returns one name per cluster; a cluster without texts or words is called by its number alone
 */
export function clusterNames(
  texts: readonly string[],
  labels: Int32Array,
  k: number,
  frequencies: TermFrequencies,
): readonly string[] {
  const clusters = Array.from({ length: k }, () => ({ size: 0, sums: new Map<string, number>() }));
  const all = new Map<string, number>();
  texts.forEach((text, index) => {
    const cluster = clusters[labels[index]!]!;
    cluster.size++;
    for (const [word, weight] of weightsByWord(text, frequencies)) {
      cluster.sums.set(word, (cluster.sums.get(word) ?? 0) + weight);
      all.set(word, (all.get(word) ?? 0) + weight);
    }
  });
  const named = clusters.map(({ size, sums }, cluster) => ({
    cluster,
    size,
    text: [...sums]
      .map(([word, sum]) => ({ word, lift: sum / size - all.get(word)! / texts.length }))
      .filter(({ lift }) => lift > 0 || k === 1)
      .sort((a, b) => b.lift - a.lift || compare(a.word, b.word))
      .slice(0, WORDS)
      .map(({ word }) => word)
      .join(' '),
  }));
  const digits = Math.max(2, String(k).length);
  const names = new Array<string>(k).fill('');
  named
    .sort((a, b) => b.size - a.size || compare(a.text, b.text) || a.cluster - b.cluster)
    .forEach(({ cluster, text }, rank) => {
      names[cluster] = `${String(rank + 1).padStart(digits, '0')} ${text}`.trimEnd();
    });
  return names;
}

function weightsByWord(text: string, frequencies: TermFrequencies): ReadonlyMap<string, number> {
  const normal = normalizeText(text);
  const spelled = new Map<number, string>();
  eachWord(normal, (start, end, hash) => {
    if (end - start <= LONGEST_WORD && !spelled.has(hash)) spelled.set(hash, normal.slice(start, end));
  });
  const weights = new Map<string, number>();
  for (const { hash, weight } of termWeights(text, frequencies)) {
    const word = spelled.get(hash);
    if (word !== undefined && isTelling(hash, frequencies)) weights.set(word, weight);
  }
  return weights;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
