/** What a person types into the search box, as texts that must all occur. */

/**
 * Words between blanks; a text in double quotes is one, blanks and all. A quote without its partner is an ordinary character.
 *
 * @example searchWords('refund "not possible" 7"') // ['refund', 'not possible', '7"']
 */
export function searchWords(search: string): readonly string[] {
  const found = search.matchAll(/"([^"]+)"(?=\s|$)|(\S+)/gu);
  return [...new Set(Array.from(found, ([, phrase, word]) => phrase ?? word!))];
}
