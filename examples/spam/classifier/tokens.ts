/** Turns a mail body into counts of its words. */

/** Gives every word a number, in the order in which words are first seen. An encoding only: it learns nothing. */
export interface Lexicon {
  readonly ids: Map<string, number>;
}

/** The different words of one mail by lexicon number, and how often each occurs. */
export interface WordCounts {
  readonly words: Int32Array;
  readonly counts: Int32Array;
}

const WORD = /[a-z$!][a-z0-9$!'-]{1,19}/g;

/** Only so many characters of a body are read: enough for every newsletter, a bound for the few huge mails. */
export const BODY_LIMIT = 30_000;

/**
 * Counts the words of a body. A word starts with a letter, `$` or `!` and has 2 to 20 characters; case is ignored and
 * HTML is left as it is, so tag names are words too.
 *
 * @example countWords('Free FREE offer!', { ids: new Map() }).counts // Int32Array [2, 1]
 */
export function countWords(body: string, lexicon: Lexicon): WordCounts {
  const counts = new Map<number, number>();
  for (const word of body.slice(0, BODY_LIMIT).toLowerCase().match(WORD) ?? []) {
    let id = lexicon.ids.get(word);
    if (id === undefined) {
      id = lexicon.ids.size;
      lexicon.ids.set(word, id);
    }
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return { words: Int32Array.from(counts.keys()), counts: Int32Array.from(counts.values()) };
}
