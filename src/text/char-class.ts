/** What a UTF-16 unit is to the tokenizer: a table built once from Unicode's own categories. */

/** Classes of a code point; words are runs of `word`, and each `alone` is a word of its own. */
export const CLASS = { other: 0, word: 1, alone: 2, surrogate: 3 } as const;

const WORD = /[\p{L}\p{N}\p{M}_]/u;

/** Scripts that are written without blanks between words: a character is the smallest part that can be cut safely. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u;

let table: Uint8Array | null = null;

/** The class of every UTF-16 unit; halves of pairs say `surrogate`. Built at first use, in a few milliseconds. */
export function classTable(): Uint8Array {
  if (table !== null) return table;
  table = new Uint8Array(0x10000);
  for (let unit = 0; unit < 0x10000; unit++) {
    table[unit] = unit >= 0xd800 && unit <= 0xdfff ? CLASS.surrogate : classOfText(String.fromCharCode(unit));
  }
  return table;
}

const astral = new Map<number, number>();

/** The class of a code point above U+FFFF, by its real category. */
export function astralClass(codePoint: number): number {
  let found = astral.get(codePoint);
  if (found === undefined) {
    found = classOfText(String.fromCodePoint(codePoint));
    astral.set(codePoint, found);
  }
  return found;
}

function classOfText(text: string): number {
  if (!WORD.test(text)) return CLASS.other;
  return UNSPACED.test(text) ? CLASS.alone : CLASS.word;
}
