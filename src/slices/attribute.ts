/** What a slice may look at: the attribute of a case, and how every engine reads numbers, lengths and words from text. */

/**
 * A case's attribute for one column (see `engines/contract.ts`): its one value, nothing, or different values in different
 * rows of the case. A list is a set of tags: order and repetition mean nothing, and it may be empty.
 */
export type CaseAttribute =
  | { readonly state: 'value'; readonly cell: string | readonly string[] }
  | { readonly state: 'missing' }
  | { readonly state: 'changed' };

const HIGH_SURROGATE = /[\ud800-\udbff]/;

/**
 * Number of Unicode code points, as SQL's `length` counts them: an emoji with a skin tone is several.
 *
 * @example characterCount('a\u{1F600}') // 2
 */
export function characterCount(text: string): number {
  if (!HIGH_SURROGATE.test(text)) return text.length;
  let count = text.length;
  for (let at = 0; at + 1 < text.length; at++) {
    if (isHighSurrogate(text.charCodeAt(at)) && isLowSurrogate(text.charCodeAt(at + 1))) {
      count--;
      at++;
    }
  }
  return count;
}

/**
 * RE2 syntax: one word, the longest run of characters without Unicode `White_Space`. The number of words of a text is the
 * number of its matches, so that SQL counts the same words with `regexp_extract_all`.
 */
export const WORD_PATTERN =
  '[^\\x{9}-\\x{D}\\x{20}\\x{85}\\x{A0}\\x{1680}\\x{2000}-\\x{200A}\\x{2028}\\x{2029}\\x{202F}\\x{205F}\\x{3000}]+';

/**
 * Number of whitespace-separated words; 0 for an empty or blank text.
 *
 * @example wordCount('  pay the\u00A0refund ') // 3
 */
export function wordCount(text: string): number {
  let count = 0;
  let wasBlank = true;
  for (let at = 0; at < text.length; at++) {
    const isBlank = isWhiteSpace(text.charCodeAt(at));
    if (wasBlank && !isBlank) count++;
    wasBlank = isBlank;
  }
  return count;
}

/** Unicode `White_Space`, as `WORD_PATTERN` spells it. */
function isWhiteSpace(unit: number): boolean {
  if (unit < 0x85) return unit === 0x20 || (unit >= 0x9 && unit <= 0xd);
  if (unit < 0x1680) return unit === 0x85 || unit === 0xa0;
  return (
    unit === 0x1680 ||
    (unit >= 0x2000 && unit <= 0x200a) ||
    unit === 0x2028 ||
    unit === 0x2029 ||
    unit === 0x202f ||
    unit === 0x205f ||
    unit === 0x3000
  );
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
