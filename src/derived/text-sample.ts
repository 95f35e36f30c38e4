/** A sample of the distinct texts of a set that does not depend on their order, in bounded memory. */

import { createHash } from 'node:crypto';

/** Texts that are kept. */
export const SAMPLE_TEXTS = 5_000;
/** Characters of a long text that are kept, in UTF-16 units. */
export const SAMPLE_CHARACTERS = 4_000;

/** The lowest texts by hash. */
export interface TextSample {
  /** Adds a text; returns false where it was seen before. */
  add(text: string): boolean;
  /** In order of hash; at most `SAMPLE_TEXTS`. */
  texts(): readonly string[];
  /** SHA-256 over the sample, 16 hex digits: equal samples have equal hashes whatever the order of rows. */
  hash(): string;
}

interface Entry {
  readonly key: number;
  readonly text: string;
}

/** An empty sample. Memory: the texts of the sample, and 16 to 40 bytes for every distinct text seen. */
export function createTextSample(most = SAMPLE_TEXTS): TextSample {
  const seen = new Set<number>();
  const kept: Entry[] = [];
  let limit = Number.POSITIVE_INFINITY;
  const shrink = (): void => {
    kept.sort((a, b) => a.key - b.key);
    kept.length = Math.min(kept.length, most);
    if (kept.length === most) limit = kept[most - 1]!.key;
  };
  const sorted = (): readonly string[] => {
    shrink();
    return kept.map(({ text }) => text);
  };
  return {
    add: (text) => {
      const key = textKey(text);
      if (seen.has(key)) return false;
      seen.add(key);
      if (key <= limit) {
        kept.push({ key, text: text.length > SAMPLE_CHARACTERS ? text.slice(0, SAMPLE_CHARACTERS) : text });
        if (kept.length >= 2 * most) shrink();
      }
      return true;
    },
    texts: sorted,
    hash: () => {
      const digest = createHash('sha256');
      for (const text of sorted()) digest.update(`${text.length}:${text}`);
      return digest.digest('hex').slice(0, 16);
    },
  };
}

/** A text as 53 bits, from two multiply-xor lanes over the units. */
export function textKey(text: string): number {
  let low = 0x811c9dc5;
  let high = 0x01234567;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x5bd1e995) ^ (high >>> 15);
  }
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b);
  high = Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return ((high ^ (high >>> 16)) >>> 11) * 0x1_0000_0000 + ((low ^ (low >>> 13)) >>> 0);
}
