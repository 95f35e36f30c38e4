/** Metrics of ranked answers: top-k, recall and precision at k, reciprocal rank, discounted gain. */

/** One ranked list with what is relevant. */
export interface Ranking {
  /** Keys best first; a key that occurs twice counts at its first place. */
  readonly ranked: readonly string[];
  /** Relevance by key, above 0; keys that are absent are irrelevant. */
  readonly relevance: ReadonlyMap<string, number>;
}

function checkDepth(k: number): void {
  if (!Number.isInteger(k) || k < 1) throw new RangeError(`k is ${k}, must be a whole number of at least 1`);
}

/** The first k distinct keys. */
function top(ranked: readonly string[], k: number): readonly string[] {
  checkDepth(k);
  const keys: string[] = [];
  const seen = new Set<string>();
  for (const key of ranked) {
    if (seen.has(key)) continue;
    seen.add(key);
    keys.push(key);
    if (keys.length === k) break;
  }
  return keys;
}

function isRelevant({ relevance }: Ranking, key: string): boolean {
  return (relevance.get(key) ?? 0) > 0;
}

function relevantKeys({ relevance }: Ranking): number {
  let count = 0;
  for (const grade of relevance.values()) if (grade > 0) count++;
  return count;
}

/**
 * Whether the true label is among the first k.
 *
 * @throws RangeError where k is not a whole number of at least 1
 * @example topKHit(['refund', 'cancel'], 'cancel', 2) // true
 */
export function topKHit(ranked: readonly string[], expected: string, k: number): boolean {
  return top(ranked, k).includes(expected);
}

/**
 * Share of the relevant keys among the first k; null where nothing is relevant.
 *
 * @throws RangeError where k is not a whole number of at least 1
 * @example recallAtK({ ranked: ['a', 'b'], relevance: new Map([['b', 1], ['c', 1]]) }, 2) // 0.5
 */
export function recallAtK(ranking: Ranking, k: number): number | null {
  const found = top(ranking.ranked, k).filter((key) => isRelevant(ranking, key)).length;
  const relevant = relevantKeys(ranking);
  return relevant === 0 ? null : found / relevant;
}

/**
 * Relevant keys among the first k, over k: a list that is too short has that many irrelevant places (as trec_eval).
 *
 * @throws RangeError where k is not a whole number of at least 1
 * @example precisionAtK({ ranked: ['a'], relevance: new Map([['a', 1]]) }, 2) // 0.5
 */
export function precisionAtK(ranking: Ranking, k: number): number {
  return top(ranking.ranked, k).filter((key) => isRelevant(ranking, key)).length / k;
}

/**
 * One over the place of the first relevant key; 0 where none is found, null where nothing is relevant. Its mean over cases
 * is MRR.
 *
 * @example reciprocalRank({ ranked: ['a', 'b'], relevance: new Map([['b', 1]]) }) // 0.5
 */
export function reciprocalRank(ranking: Ranking): number | null {
  if (relevantKeys(ranking) === 0) return null;
  const place = top(ranking.ranked, Math.max(1, ranking.ranked.length)).findIndex((key) =>
    isRelevant(ranking, key),
  );
  return place < 0 ? 0 : 1 / (place + 1);
}

/** Gain of a graded relevance: itself, or 2^grade - 1, which weighs the best grades more. */
export type Gain = 'linear' | 'exponential';

/**
 * Discounted gain of the first k places over that of the best possible order; discount 1 / log2(place + 1). Null where
 * nothing is relevant.
 *
 * @throws RangeError where k is not a whole number of at least 1
 * @source Jarvelin and Kekalainen 2002, ACM TOIS 20:422
 * @example ndcgAtK({ ranked: ['a', 'b'], relevance: new Map([['b', 1]]) }, 2) // 0.6309297535714575
 */
export function ndcgAtK(ranking: Ranking, k: number, gain: Gain = 'linear'): number | null {
  const worth = (grade: number) => (gain === 'linear' ? grade : 2 ** grade - 1);
  const discounted = (grades: readonly number[]) =>
    grades.reduce((sum, grade, at) => sum + worth(grade) / Math.log2(at + 2), 0);
  const got = discounted(top(ranking.ranked, k).map((key) => Math.max(0, ranking.relevance.get(key) ?? 0)));
  const best = [...ranking.relevance.values()].filter((grade) => grade > 0).sort((a, b) => b - a);
  const ideal = discounted(best.slice(0, k));
  return ideal === 0 ? null : got / ideal;
}
