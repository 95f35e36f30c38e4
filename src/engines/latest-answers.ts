/** Keeps the last few answers, for pages of one list that are asked for one after the other. */

/** Answers by what was asked. */
export interface LatestAnswers<T> {
  /** The answer that is kept, else the computed one; a failure is not kept. */
  of(key: string, compute: () => Promise<T>): Promise<T>;
}

/** @param most answers that are kept; the one that was not asked for the longest goes first */
export function latestAnswers<T>(most: number): LatestAnswers<T> {
  const kept = new Map<string, T>();
  return {
    async of(key, compute) {
      const found = kept.has(key) ? kept.get(key)! : await compute();
      kept.delete(key);
      kept.set(key, found);
      for (const oldest of kept.keys()) {
        if (kept.size <= most) break;
        kept.delete(oldest);
      }
      return found;
    },
  };
}
