/** How hard an English text is to read: Flesch's reading ease. */

import { textScript } from './scripts.ts';
import { eachWord, normalizeText } from './tokenize.ts';

/** A score, or why there is none. Higher is easier: 60 to 70 is plain English, below 30 is hard. */
export type Readability =
  | { readonly score: number }
  | {
      readonly score: null;
      readonly reason: 'fewer than 5 words' | 'not in Latin script' | 'does not read as English';
    };

/** Fewest words that have a score. */
const LEAST_WORDS = 5;
/** Smallest share of function words by which a text reads as English. */
const FUNCTION_SHARE = 0.12;

const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  (
    'the of and to a in is it that you i for on was with as are be this have from at or by not but what all were we when ' +
    'your can my me do does how why there an which their if will has had they he she his her so been would about no ' +
    'out up who them then its into than could should am did where any get'
  ).split(' '),
);

/**
 * Flesch reading ease, 206.835 - 1.015 words/sentences - 84.6 syllables/words (Flesch 1948). Sentences end at `.`, `!`, `?`
 * before a blank or the end, or at an empty line. Syllables are groups of vowels (`a e i o u y`), without a silent final `e`,
 * at least one a word; words with a digit have one.
 *
 * @example readability('The cat sat on the mat.') // { score: 116.145 }
 */
export function readability(text: string): Readability {
  const script = textScript(text);
  if (script !== 'Latin') {
    return { score: null, reason: script === 'none' ? 'fewer than 5 words' : 'not in Latin script' };
  }
  const normal = normalizeText(text);
  let count = 0;
  let common = 0;
  let syllables = 0;
  eachWord(normal, (start, end) => {
    count++;
    if (end - start <= 6 && FUNCTION_WORDS.has(normal.slice(start, end))) common++;
    syllables += syllablesOf(normal, start, end);
  });
  if (count < LEAST_WORDS) return { score: null, reason: 'fewer than 5 words' };
  if (common / count < FUNCTION_SHARE) return { score: null, reason: 'does not read as English' };
  return { score: 206.835 - (1.015 * count) / sentencesOf(normal) - (84.6 * syllables) / count };
}

const VOWELS = new Set([...'aeiouy'].map((vowel) => vowel.charCodeAt(0)));
const IS_VOWEL = Uint8Array.from({ length: 128 }, (_, unit) => Number(VOWELS.has(unit)));
const E = 101;
const L = 108;

function syllablesOf(text: string, start: number, end: number): number {
  let groups = 0;
  let before = 0;
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 48 && unit <= 57) return 1;
    const vowel = unit < 128 ? IS_VOWEL[unit]! : 0;
    if (vowel > before) groups++;
    before = vowel;
  }
  if (groups < 2 || text.charCodeAt(end - 1) !== E) return Math.max(1, groups);
  const last = text.charCodeAt(end - 2);
  const isSilent = last !== L && !(last < 128 && IS_VOWEL[last] === 1);
  return isSilent ? groups - 1 : groups;
}

function sentencesOf(text: string): number {
  let sentences = 0;
  let hasWord = false;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const isEnd = unit === 46 || unit === 33 || unit === 63;
    const next = text.charCodeAt(at + 1);
    const isBreak = unit === 10 && next === 10;
    if (
      (isEnd && (Number.isNaN(next) || next <= 32 || next === 34 || next === 39 || next === 41)) ||
      isBreak
    ) {
      if (hasWord) sentences++;
      hasWord = false;
    } else if (unit > 32 && !isEnd) hasWord = true;
  }
  return Math.max(1, sentences + (hasWord ? 1 : 0));
}
