/** Puts foreign text into GitHub Markdown so that it shows as itself and does nothing. */

import { visible } from '../format/visible.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const BREAK = '&#8203;';

/** Characters that need no escape inside backticks, in tables too, and that cannot open or close anything there. */
const PLAIN_CODE = /^[\p{L}\p{N}][\p{L}\p{N}\p{M} _.,:;=/()+%'"!?*#@$~[\]{}-]*$/u;

/**
 * A name as code, where mentions, references and links do not come alive.
 *
 * @example code('refund_flow') // '`refund_flow`'
 * @example code('a|`b`') // '<code>a&#124;&#96;b&#96;</code>'
 */
export function code(text: string, limit = 160): string {
  const shown = cut(visible(text), limit);
  if (PLAIN_CODE.test(shown) && !shown.endsWith(' ')) return `\`${shown}\``;
  return htmlCode(text, limit);
}

/** The same for places where GitHub reads HTML and no Markdown, such as a summary line. */
export function htmlCode(text: string, limit = 160): string {
  const shown = cut(visible(text), limit);
  if (shown === '') return '<code>&nbsp;</code>';
  const inert = shown.replace(/[^\p{L}\p{N}\p{M} _.,-]/gu, (character) => `&#${character.codePointAt(0)};`);
  return `<code>${inert}</code>`;
}

/**
 * A sentence: markup characters become entities; mentions, references, links and addresses are interrupted by an invisible break.
 *
 * @example prose('@team see #12 | <b>') // '@&#8203;team see #&#8203;12 &#124; &lt;b&gt;'
 */
export function prose(text: string): string {
  return visible(text)
    .replace(/[&<>]/g, (character) => ENTITIES[character]!)
    .replace(/[|`*[\]\\~$!]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '&#95;')
    .replace(/@(?=[\p{L}\p{N}])/gu, `@${BREAK}`)
    .replace(/(?<!&)#(?=\d)/g, `#${BREAK}`)
    .replace(/\bGH-(?=\d)/gi, (match) => `${match}${BREAK}`)
    .replace(/:\/\//g, `:${BREAK}//`)
    .replace(/\bwww\./gi, (match) => `${match.slice(0, 3)}${BREAK}.`);
}

function cut(text: string, limit: number): string {
  const characters = [...text];
  if (characters.length <= limit) return text;
  const head = Math.ceil((limit - 1) / 2);
  return `${characters.slice(0, head).join('')}…${characters.slice(characters.length - (limit - 1 - head)).join('')}`;
}
