/** Names that people type: one line that reads as it is stored, in terminals, files and pages alike. */

/** Control characters, line ends, halves of characters, and what turns the direction of the text around it. */
const UNFIT = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** Whether a name can be written down: nothing in it steers a terminal or reorders a line. */
export function isPlainLine(text: string): boolean {
  return !UNFIT.test(text);
}

/** Whether nothing of a text can be seen. */
export function isBlank(text: string): boolean {
  return text.replaceAll(/[\p{Cf}\p{Z}\p{Cc}]/gu, '') === '';
}
