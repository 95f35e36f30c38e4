/** Text that is markup nowhere. */

/**
 * Text as HTML, fit for content and for attributes in quotes; controls and marks that turn the direction of writing are spelled as
 * references, and NUL as U+FFFD.
 *
 * @example escaped('<b>') // '&#60;b&#62;'
 */
export function escaped(text: string): string {
  return text.replace(/[&<>"'`\p{Cc}\u2028\u2029]/gu, (character) =>
    character === '\n' || character === '\t'
      ? character
      : `&#${/\p{Cc}/u.test(character) ? 0xfffd : character.codePointAt(0)};`,
  );
}
