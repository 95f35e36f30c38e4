/** Texts that are no language: keys pressed at random, one character over and over, hardly a letter. */

import { countTexts } from '../../text/index.ts';

/** Counts of letter trigrams over many texts. */
export interface TrigramCounts {
  readonly texts: number;
  add(text: string): void;
  /** Why the text is gibberish; null where it is not, or is too short to tell. */
  reason(text: string): string | null;
}

/** Texts of fewer characters are not judged. */
const LEAST_LENGTH = 16;

/** Share of one character, and of letters and digits. */
const REPEATED = 0.6;
const LEAST_LETTERS = 0.3;

/** Texts from which on the corpus says which trigrams are usual, and the share of unusual ones. */
const LEAST_TEXTS = 200;
const UNUSUAL = 0.5;

/**
 * Words of at least four Latin letters that nobody could say. Longer ones than 64 letters are looked at in pieces: without a limit,
 * one word of 50 MB would exhaust the stack of the pattern.
 */
const UNSPEAKABLE_SHARE = 0.5;
const LATIN_WORD = /[a-z]{4,64}/g;
const UNSPEAKABLE = /^[^aeiouy]+$|[^aeiouy]{5}/;

const COUNTERS = 1 << 18;

/**
 * Counts trigrams of the corpus itself. A text is gibberish where most of its Latin words cannot be said *and* most of its trigrams
 * stand in no other text, so that names and other languages are not.
 */
export function countTrigrams(): TrigramCounts {
  const counts = countTexts(COUNTERS);
  return {
    get texts() {
      return counts.texts;
    },
    add: (text) => counts.add(trigramsOf(text)),
    reason: (text) => {
      const flat = text.toLowerCase();
      if (flat.length < LEAST_LENGTH) return null;
      const shape = shapeReason(flat);
      if (shape !== null || counts.texts < LEAST_TEXTS) return shape;
      const words = flat.match(LATIN_WORD) ?? [];
      const strange = words.filter((word) => UNSPEAKABLE.test(word)).length;
      if (words.length === 0 || strange < UNSPEAKABLE_SHARE * words.length) return null;
      let all = 0;
      let unusual = 0;
      for (const trigram of trigramsOf(text)) {
        all++;
        if (counts.textsWith(trigram) <= 1) unusual++;
      }
      return all > 0 && unusual >= UNUSUAL * all ? 'letters that make no words' : null;
    },
  };
}

const LOOKED_AT = 2_000;
const SPACE = /\s/u;
const LETTER = /[\p{L}\p{N}\p{M}]/u;

/** What a character is, remembered: few are different. */
const kinds = new Map<string, 'space' | 'letter' | 'other'>();

function kindOf(character: string): 'space' | 'letter' | 'other' {
  let kind = kinds.get(character);
  if (kind === undefined) {
    kind = SPACE.test(character) ? 'space' : LETTER.test(character) ? 'letter' : 'other';
    kinds.set(character, kind);
  }
  return kind;
}

/** What the beginning of a text looks like. */
function shapeReason(flat: string): string | null {
  const counts = new Map<string, number>();
  let letters = 0;
  let shown = 0;
  let most = 0;
  for (const character of flat.slice(0, LOOKED_AT)) {
    const kind = kindOf(character);
    if (kind === 'space') continue;
    shown++;
    const count = (counts.get(character) ?? 0) + 1;
    counts.set(character, count);
    most = Math.max(most, count);
    if (kind === 'letter') letters++;
  }
  if (shown < LEAST_LENGTH) return null;
  if (most >= REPEATED * shown) return 'one character over and over';
  return letters < LEAST_LETTERS * shown ? 'hardly a letter' : null;
}

/** Trigrams of the Latin words by number. An array and no generator: this is called for every text there is. */
function trigramsOf(text: string): readonly number[] {
  const found: number[] = [];
  for (const [word] of text.toLowerCase().matchAll(LATIN_WORD)) {
    for (let at = 0; at + 3 <= word.length; at++) {
      const [a, b, c] = [
        word.charCodeAt(at) - 97,
        word.charCodeAt(at + 1) - 97,
        word.charCodeAt(at + 2) - 97,
      ];
      found.push((a * 26 + b) * 26 + c);
    }
  }
  return found;
}
