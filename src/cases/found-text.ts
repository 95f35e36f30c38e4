/** Spells a piece of the user's data inside a message: quoted, short, without control characters. */

/** Longer texts are cut; the cut is shown. */
const LONGEST = 60;

/**
 * A text in double quotes, at most 60 characters of it, with control and direction characters escaped, so that data can
 * neither break a line of a report nor write to a terminal.
 *
 * @example foundText('a "b"\n') // '"a \\"b\\"\\n"'
 */
export function foundText(text: string): string {
  const points = Array.from(text.slice(0, 2 * LONGEST + 2));
  const shown = points.length > LONGEST ? `${points.slice(0, LONGEST - 1).join('')}…` : points.join('');
  return JSON.stringify(shown).replace(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * Several texts as a list, at most `limit` of them, with the number of the rest.
 *
 * @example foundTexts(['a', 'b', 'c'], 2) // '"a", "b" and 1 more'
 */
export function foundTexts(texts: readonly string[], limit: number): string {
  const shown = texts.slice(0, limit).map(foundText).join(', ');
  return texts.length > limit ? `${shown} and ${texts.length - limit} more` : shown;
}
