/** Cuts a text into words by one loop over its character codes, without a substring or a pattern. */

import { astralClass, CLASS, classTable } from './char-class.ts';

/**
 * The text in the form in which words are compared: Unicode NFKC, then lower case. ASCII is only lowered. Halves of pairs that
 * stand alone stay as they are.
 *
 * @example normalizeText('ＰＡＹ Ｍe') // 'pay me'
 */
export function normalizeText(text: string): string {
  return isAscii(text) ? text.toLowerCase() : text.normalize('NFKC').toLowerCase();
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
}

/**
 * Calls `visit` for each word of a normalised text with where it starts and ends (UTF-16 units) and the 32-bit hash of its
 * units. A word is a run of letters, digits, marks and `_`; in scripts without blanks (Han, Kana, Thai, Lao, Khmer, Myanmar,
 * Tibetan) every character is one. A pair of surrogates counts by the category of its character; half of a pair is no word.
 *
 * @param text as `normalizeText` gives it; other texts are cut the same but not made alike
 */
export function eachWord(text: string, visit: (start: number, end: number, hash: number) => void): void {
  const classes = classTable();
  let start = -1;
  let hash = SEED;
  const close = (end: number): void => {
    if (start < 0) return;
    visit(start, end, finish(hash));
    start = -1;
    hash = SEED;
  };
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    let kind = classes[unit]!;
    let length = 1;
    if (kind === CLASS.surrogate) {
      const codePoint = text.codePointAt(at)!;
      kind = codePoint > 0xffff ? astralClass(codePoint) : CLASS.other;
      length = codePoint > 0xffff ? 2 : 1;
    }
    if (kind === CLASS.other) close(at);
    else {
      if (kind === CLASS.alone) close(at);
      if (start < 0) start = at;
      hash = mix(hash, unit);
      if (length === 2) hash = mix(hash, text.charCodeAt(at + 1));
      if (kind === CLASS.alone) close(at + length);
    }
    at += length - 1;
  }
  close(text.length);
}

/**
 * The words of a text, normalised.
 *
 * @example words('Refund ME, now!') // ['refund', 'me', 'now']
 */
export function words(text: string): readonly string[] {
  const normal = normalizeText(text);
  const found: string[] = [];
  eachWord(normal, (start, end) => found.push(normal.slice(start, end)));
  return found;
}

/** Hashes of the words of a text, in order; equal words have equal hashes, different ones differ but for 1 pair in 4 billion. */
export function wordHashes(text: string): readonly number[] {
  const found: number[] = [];
  eachWord(normalizeText(text), (_start, _end, hash) => found.push(hash));
  return found;
}

const SEED = 0x811c9dc5;

function mix(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193);
}

/**
 * Spreads a 32-bit hash over all its bits (the finalizer of MurmurHash3, Austin Appleby, public domain).
 *
 * @returns an unsigned 32-bit integer
 */
export function finish(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
