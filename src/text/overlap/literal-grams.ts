/** The grams of a text as texts: what hashes propose is decided on these. */

import { eachWord, normalizeText } from '../tokenize.ts';
import type { GramKind } from './gram-kind.ts';
import type { GramReader } from './gram-reader.ts';
import type { HashSet } from './hash-set.ts';
import { flatText } from './token-lanes.ts';

/** How much two sets share. */
export interface SharedGrams {
  readonly intersection: number;
  readonly union: number;
}

/**
 * Grams in order, with repeats; a text of fewer tokens than n has one gram of all of them.
 *
 * @example literalGrams('Pay me, now please', { unit: 'word', n: 3 }) // ['pay me now', 'me now please']
 */
export function literalGrams(text: string, { unit, n }: GramKind): readonly string[] {
  const tokens = unit === 'char' ? Array.from(flatText(text)) : wordsOf(text);
  if (tokens.length === 0) return [];
  const glue = unit === 'char' ? '' : ' ';
  return Array.from({ length: Math.max(1, tokens.length - n + 1) }, (_, at) =>
    tokens.slice(at, at + n).join(glue),
  );
}

function wordsOf(text: string): readonly string[] {
  const normal = normalizeText(text);
  const found: string[] = [];
  eachWord(normal, (start, end) => found.push(normal.slice(start, end)));
  return found;
}

/** Compares texts on their literal grams, without those to skip. */
export interface GramComparison {
  /** What two texts share; quick where the first is that of the call before. */
  share(one: string, other: string): SharedGrams;
}

/** A comparison that remembers the grams of the first text of its last call. */
export function compareGrams(reader: GramReader, skip: HashSet | null = null): GramComparison {
  let last: string | null = null;
  let lastFlat = '';
  let lastGrams: ReadonlySet<string> | null = null;
  return {
    share: (one, other) => {
      if (one !== last) [last, lastFlat, lastGrams] = [one, flatText(one), null];
      if (one === other || lastFlat === flatText(other)) {
        reader.read(one, skip);
        return { intersection: reader.count, union: reader.count };
      }
      lastGrams ??= literalSet(reader, one, skip);
      const others = literalSet(reader, other, skip);
      let intersection = 0;
      for (const gram of others) if (lastGrams.has(gram)) intersection++;
      return { intersection, union: lastGrams.size + others.size - intersection };
    },
  };
}

/** The different grams of a text, without those to skip. */
export function literalSet(reader: GramReader, text: string, skip: HashSet | null): ReadonlySet<string> {
  const grams = literalGrams(text, reader.kind);
  if (skip === null) return new Set(grams);
  reader.readPositions(text);
  const { positionLow, positionHigh } = reader;
  return new Set(grams.filter((_, at) => !skip.has(positionLow[at]!, positionHigh[at]!)));
}
