/** In how many texts something occurs, counted by hash in bounded memory: words, runs of words, runs of letters. */

/** Counters over a set of texts. */
export interface TextCounts {
  /** Texts that were added. */
  readonly texts: number;
  /** Adds a text: every hash of it counts once, however often it comes. */
  add(hashes: Iterable<number>): void;
  /** Texts that hold this hash, or another one that shares its counter. */
  textsWith(hash: number): number;
}

/**
 * No texts yet. Memory is 8 bytes for each counter, however many texts come.
 *
 * @param counters a power of two; hashes that agree in their lowest bits share one, which only makes each look more common
 * @example const counts = countTexts(1 << 20); counts.add([7, 7, 9]); counts.textsWith(7) // 1
 */
export function countTexts(counters: number): TextCounts {
  const counts = new Uint32Array(counters);
  const lastText = new Uint32Array(counters);
  const mask = counters - 1;
  let texts = 0;
  return {
    get texts() {
      return texts;
    },
    add: (hashes) => {
      texts++;
      for (const hash of hashes) {
        const slot = hash & mask;
        if (lastText[slot] === texts) continue;
        lastText[slot] = texts;
        counts[slot]!++;
      }
    },
    textsWith: (hash) => counts[hash & mask]!,
  };
}
