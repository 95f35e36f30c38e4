/** Quotes arguments for a POSIX shell, so that a printed command can be pasted whatever a file is called. */

import { visible } from '../reports/index.ts';

/**
 * One argument. Plain words stay bare; characters that steer a terminal are written as octal bytes inside `$'...'`, so that
 * the command stays on one line and shows what it holds.
 *
 * @example shellQuote("it's.jsonl") // `'it'\\''s.jsonl'`
 */
export function shellQuote(text: string): string {
  if (/^[\w./:@%+,][\w./:@%+,=-]*$/.test(text)) return text;
  if (/^-[\w./:@%+,=-]*$/.test(text)) return text;
  if (visible(text) === text) return `'${text.replaceAll("'", "'\\''")}'`;
  return `$'${[...text].map(escapeCharacter).join('')}'`;
}

function escapeCharacter(character: string): string {
  if (character === "'" || character === '\\') return `\\${character}`;
  if (visible(character) === character) return character;
  return [...Buffer.from(character)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}
