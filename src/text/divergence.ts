/** How differently two sets of texts use their words: Jensen-Shannon divergence over hashed words, beside what chance gives. */

import { wordHashes } from './tokenize.ts';

/** How to measure it. */
export interface DivergenceOptions {
  /** Longest run of words that counts as one term: 2 counts single words and pairs. */
  readonly longest: number;
  /** Terms are counted in so many buckets, a power of two. */
  readonly buckets: number;
  /** Random exchanges of texts between the sides, for the null. */
  readonly permutations: number;
  /** Numbers in [0, 1); a seeded source makes the null repeatable. */
  readonly uniform: () => number;
  /** Texts with the same number change sides together (one source, one cluster); absent lets each text move alone. */
  readonly groups?: Int32Array;
}

/** Defaults: words and pairs of words, 65,536 buckets, 200 exchanges. */
export const DIVERGENCE_DEFAULTS = { longest: 2, buckets: 1 << 16, permutations: 200 } as const;

/** A divergence in bits, from 0 (same shares) to 1 (no term in common). */
export interface Divergence {
  readonly bits: number;
  /** Median and 95 % point of the divergence of the same texts dealt out at random. */
  readonly nullMedian: number;
  readonly nullUpper: number;
  /** (1 + exchanges at least as far apart) / (1 + exchanges). */
  readonly pValue: number;
  readonly permutations: number;
  /** Groups that could change sides; with fewer than two on a side nothing is tested. */
  readonly groups: number;
}

/**
 * Divergence of the terms of two sets of texts, with a null that moves whole texts (or groups), never words: words of one text
 * are not independent. The raw number depends on the size of the sets and means nothing without its null.
 *
 * @param texts all texts
 * @param side 0 or 1 for each text
 * @returns null where a side has no term at all
 */
export function textDivergence(
  texts: readonly string[],
  side: Uint8Array,
  { longest, buckets, permutations, uniform, groups }: DivergenceOptions,
): Divergence | null {
  const terms = countedTerms(texts, longest, buckets);
  const ofGroup = groupedTexts(texts.length, groups);
  const observed = divergenceOf(terms, side);
  if (observed === null) return null;
  const dealt = Uint8Array.from(ofGroup.members, (members) => side[members[0]!]!);
  const isTestable = Math.min(...[0, 1].map((one) => dealt.filter((found) => found === one).length)) >= 2;
  const found: number[] = [];
  const shuffledSide = new Uint8Array(texts.length);
  for (let at = 0; isTestable && at < permutations; at++) {
    shuffle(dealt, uniform);
    ofGroup.members.forEach((members, group) => {
      for (const text of members) shuffledSide[text] = dealt[group]!;
    });
    const bits = divergenceOf(terms, shuffledSide);
    if (bits !== null) found.push(bits);
  }
  found.sort((a, b) => a - b);
  const asFar = found.filter((bits) => bits >= observed - 1e-12).length;
  return {
    bits: observed,
    nullMedian: found[Math.floor(found.length / 2)] ?? Number.NaN,
    nullUpper: found[Math.ceil(0.95 * found.length) - 1] ?? Number.NaN,
    pValue: (1 + asFar) / (1 + found.length),
    permutations: found.length,
    groups: ofGroup.members.length,
  };
}

interface CountedTerms {
  /** Buckets of all terms, text after text; those of text i from `start[i]` to `start[i + 1]`. */
  readonly bucket: Uint32Array;
  readonly start: Uint32Array;
  readonly all: Float64Array;
}

function countedTerms(texts: readonly string[], longest: number, buckets: number): CountedTerms {
  const found: number[] = [];
  const start = new Uint32Array(texts.length + 1);
  const all = new Float64Array(buckets);
  texts.forEach((text, at) => {
    const words = wordHashes(text);
    for (let first = 0; first < words.length; first++) {
      let hash = 0;
      for (let length = 0; length < longest && first + length < words.length; length++) {
        hash = Math.imul(hash, 0x9e3779b1) + words[first + length]!;
        const bucket = ((hash ^ (hash >>> 15)) >>> 0) & (buckets - 1);
        found.push(bucket);
        all[bucket]! += 1;
      }
    }
    start[at + 1] = found.length;
  });
  return { bucket: Uint32Array.from(found), start, all };
}

function groupedTexts(
  texts: number,
  groups: Int32Array | undefined,
): { readonly members: readonly (readonly number[])[] } {
  const members = new Map<number, number[]>();
  for (let text = 0; text < texts; text++) {
    const group = groups?.[text] ?? text;
    const known = members.get(group);
    if (known === undefined) members.set(group, [text]);
    else known.push(text);
  }
  return { members: [...members.values()] };
}

function divergenceOf({ bucket, start, all }: CountedTerms, side: Uint8Array): number | null {
  const first = new Float64Array(all.length);
  let firstTotal = 0;
  for (let text = 0; text < side.length; text++) {
    if (side[text] !== 0) continue;
    for (let at = start[text]!; at < start[text + 1]!; at++) first[bucket[at]!]! += 1;
    firstTotal += start[text + 1]! - start[text]!;
  }
  const secondTotal = bucket.length - firstTotal;
  if (firstTotal === 0 || secondTotal === 0) return null;
  let sum = 0;
  for (let at = 0; at < all.length; at++) {
    if (all[at] === 0) continue;
    const p = first[at]! / firstTotal;
    const q = (all[at]! - first[at]!) / secondTotal;
    const middle = (p + q) / 2;
    if (p > 0) sum += p * Math.log2(p / middle);
    if (q > 0) sum += q * Math.log2(q / middle);
  }
  return sum / 2;
}

function shuffle(values: Uint8Array, uniform: () => number): void {
  for (let at = values.length - 1; at > 0; at--) {
    const other = Math.floor(uniform() * (at + 1));
    const kept = values[at]!;
    values[at] = values[other]!;
    values[other] = kept;
  }
}
