/** What people type to be kept (names, tags, comments, reasons): it must read as it is stored, in terminals, files and pages alike. */

import type { Problem } from '../errors.ts';

/** Control characters, line ends, halves of characters, and what turns the direction of the text around it. */
const UNFIT = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
/** The same without what lays out a text of several lines. */
const UNFIT_IN_LINES = /[^\P{Cc}\n\t]|[\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** A text that somebody typed. */
export interface TypedText {
  /** As messages call it: `the reason`. */
  readonly what: string;
  readonly text: string;
  /** Whether it may have several lines, such as a comment; false unless told. */
  readonly lines?: boolean;
  /** The field of a form. */
  readonly field?: string;
}

/** Whether a name can be written down: nothing in it steers a terminal or reorders a line. */
export function isPlainLine(text: string): boolean {
  return !UNFIT.test(text);
}

/** Whether a text of several lines can be written down. */
export function isPlainText(text: string): boolean {
  return !UNFIT_IN_LINES.test(text);
}

/** Whether nothing of a text can be seen. */
export function isBlank(text: string): boolean {
  return text.replaceAll(/[\p{Cf}\p{Z}\p{Cc}]/gu, '') === '';
}

/**
 * Why these texts cannot be written down: the first unfit character of each, and where it stands. None where all can.
 *
 * @example typedProblems([{ what: 'the owner', text: 'a\0' }])[0].message
 * // 'the owner has U+0000 as its character 2, which steers terminals and files'
 */
export function typedProblems(texts: readonly TypedText[]): readonly Problem[] {
  return texts.flatMap(({ what, text, lines = false, field }) => {
    const found = (lines ? UNFIT_IN_LINES : UNFIT).exec(text);
    if (found === null) return [];
    const place = [...text.slice(0, found.index)].length + 1;
    const code = found[0].codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    return [
      {
        message: `${what} has U+${code} as its character ${place}, which ${harmOf(found[0])}`,
        hint: `type ${what} again; text that was pasted may hold characters that do not show`,
        ...(field === undefined ? {} : { where: { field } }),
      },
    ];
  });
}

function harmOf(character: string): string {
  if (/[\n\r\u0085\u2028\u2029]/.test(character)) return 'ends a line';
  if (/\p{Cs}/u.test(character)) return 'is half a character';
  return /\p{Cc}/u.test(character) ? 'steers terminals and files' : 'turns the reading direction';
}
