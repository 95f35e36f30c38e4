/** The writing system of a text: Latin, Cyrillic, Han, ... or mixed. */

/** Scripts that are told apart; letters of any other script count as `other`. Most frequent first, as they are tried in turn. */
export const SCRIPTS = [
  'Latin',
  'Han',
  'Cyrillic',
  'Arabic',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Devanagari',
  'Greek',
  'Hebrew',
  'Thai',
  'Bengali',
  'Tamil',
  'Telugu',
  'Gujarati',
  'Kannada',
  'Malayalam',
  'Gurmukhi',
  'Oriya',
  'Sinhala',
  'Georgian',
  'Armenian',
  'Ethiopic',
  'Khmer',
  'Lao',
  'Myanmar',
  'Tibetan',
  'Mongolian',
] as const;

/** What `textScript` answers with. */
export type TextScript = (typeof SCRIPTS)[number] | 'Japanese' | 'Korean' | 'other' | 'mixed' | 'none';

/** Smallest share of the letters that one script must have to name the text. */
export const DOMINANT_SHARE = 2 / 3;

const LETTER = /\p{L}/u;
const BEYOND_ASCII = /[\u0080-\uffff]/;
const ASCII_LETTER = /[A-Za-z]/;
/** Made at first use: most programs that load this file ask for no script. */
let tests: readonly RegExp[] | null = null;
const NOT_LETTER = 0;
const LATIN = 1;
const OTHER = SCRIPTS.length + 1;

/** Code of each unit, one more than the index in SCRIPTS; 255 is not looked up yet. */
let known: Uint8Array | null = null;
const astral = new Map<number, number>();

/**
 * The script that at least two thirds of the letters belong to; `mixed` where none does, `none` where there is no letter.
 * Han with Hiragana or Katakana is `Japanese`, Hangul is `Hangul` alone and `Korean` only where Han is needed to reach two thirds.
 *
 * @example textScript('где мой заказ?') // 'Cyrillic'
 */
export function textScript(text: string): TextScript {
  if (!BEYOND_ASCII.test(text)) return ASCII_LETTER.test(text) ? 'Latin' : 'none';
  const counts = new Uint32Array(OTHER + 1);
  known ??= new Uint8Array(0x10000).fill(255);
  let ascii = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 128) {
      const lower = unit | 32;
      if (lower >= 97 && lower <= 122) ascii++;
    } else if (unit >= 0xd800 && unit <= 0xdfff) {
      const codePoint = text.codePointAt(at)!;
      counts[astralScript(codePoint)]!++;
      if (codePoint > 0xffff) at++;
    } else {
      if (known[unit] === 255) known[unit] = scriptCode(String.fromCharCode(unit));
      counts[known[unit]!]!++;
    }
  }
  counts[LATIN]! += ascii;
  return dominant(counts);
}

function astralScript(codePoint: number): number {
  let found = astral.get(codePoint);
  if (found === undefined) {
    found = codePoint > 0xffff ? scriptCode(String.fromCodePoint(codePoint)) : NOT_LETTER;
    astral.set(codePoint, found);
  }
  return found;
}

function scriptCode(character: string): number {
  if (!LETTER.test(character)) return NOT_LETTER;
  tests ??= SCRIPTS.map((script) => new RegExp(`\\p{Script=${script}}`, 'u'));
  const index = tests.findIndex((test) => test.test(character));
  return index < 0 ? OTHER : index + 1;
}

const HAN = SCRIPTS.indexOf('Han') + 1;
const KANA = [SCRIPTS.indexOf('Hiragana') + 1, SCRIPTS.indexOf('Katakana') + 1] as const;
const HANGUL = SCRIPTS.indexOf('Hangul') + 1;

function dominant(counts: Uint32Array): TextScript {
  let letters = 0;
  for (let code = 1; code <= OTHER; code++) letters += counts[code]!;
  if (letters === 0) return 'none';
  const need = letters * DOMINANT_SHARE;
  for (let code = 1; code <= OTHER; code++) {
    const isPartOfPair = (code === HAN && kana(counts) > 0) || code === KANA[0] || code === KANA[1];
    if (!isPartOfPair && counts[code]! >= need)
      return code === OTHER ? 'other' : (SCRIPTS[code - 1] ?? 'other');
  }
  if (kana(counts) > 0 && counts[HAN]! + kana(counts) >= need) return 'Japanese';
  return counts[HANGUL]! > 0 && counts[HAN]! + counts[HANGUL]! >= need ? 'Korean' : 'mixed';
}

function kana(counts: Uint32Array): number {
  return counts[KANA[0]]! + counts[KANA[1]]!;
}
