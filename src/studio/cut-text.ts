/** Cuts texts to what a screen shows, never within a character. */

import type { CutText } from './contract/index.ts';

/** Characters of a text on the screen. */
const MOST_CHARACTERS = 2_000;

/**
 * The text as the screen gets it; never cut within a character.
 *
 * @example cutText('short') // { text: 'short', length: 5 }
 */
export function cutText(text: string): CutText {
  const cut = text.slice(0, MOST_CHARACTERS);
  const last = cut.charCodeAt(cut.length - 1);
  const isHalf = cut.length < text.length && last >= 0xd800 && last <= 0xdbff;
  return { text: isHalf ? cut.slice(0, -1) : cut, length: text.length };
}
