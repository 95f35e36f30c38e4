/** The one order of texts: by Unicode code point, which is the byte order of UTF-8 and of SQL's binary collation. */

/**
 * Compares two texts by code point; never by locale. A lone surrogate counts as the code point of its own number.
 *
 * @returns negative, zero or positive, as `Array.prototype.sort` wants it.
 * @example compareText('Z', 'a') // -1
 * @example compareText('\u{1F600}', '\uFFFD') // 1, although its first UTF-16 unit is smaller
 */
export function compareText(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  let at = 0;
  while (at < shorter && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  if (at === shorter) return Math.sign(a.length - b.length);
  const left = unitRank(a.charCodeAt(at));
  const right = unitRank(b.charCodeAt(at));
  return left < right ? -1 : 1;
}

/** Surrogates stand for code points above U+FFFF, so they rank above every other UTF-16 unit. */
function unitRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
