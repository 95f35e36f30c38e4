/** Says what is wrong with cells that should say whether a case passed, or how well, and what may be done about it. */

import type { Problem } from '../errors.ts';
import { parseDecimal } from './decimal.ts';
import { foundText } from './found-text.ts';
import { EXPECTED_PASS_TEXT } from './pass-text.ts';

type Complaint = Pick<Problem, 'message' | 'hint'>;

/** So many of the texts that were found are shown. */
const SHOWN = 3;

/** A column with more different texts than this holds something else than two words for passed and failed. */
const MOST_WORDS = 8;

const MAP_PASSED = 'map the column that says whether the case passed with --map passed=COLUMN';

/** About cells of the passed column; `found` has at least one text. */
export function passComplaint(field: string, found: readonly string[]): Complaint {
  const message = `${foundText(field)} is ${oneOf(found)}, expected ${EXPECTED_PASS_TEXT}`;
  if (found.every((text) => parseDecimal(text.trim()) !== null)) {
    const graded = `a graded score is compared with --metric mean:${field}`;
    return {
      message,
      hint: `${graded} (and columns: { passed: '' } in slicewise.yaml where no column says pass or fail)`,
    };
  }
  const comma = commaHint(found);
  if (comma !== null) return { message, hint: comma };
  const words =
    'say which texts mean that a case passed with --pass-words and which that it failed with --fail-words (passWords in slicewise.yaml)';
  return { message, hint: found.length > MOST_WORDS ? MAP_PASSED : `${words}, or ${MAP_PASSED}` };
}

/** About cells of the score column; null for a list. */
export function scoreComplaint(field: string, found: readonly string[] | null): Complaint {
  return {
    message: `${foundText(field)} is ${found === null ? 'a list' : oneOf(found)}, expected a decimal number, or empty for unscored`,
    hint: commaHint(found ?? []) ?? `${MAP_PASSED}, or another score with --map score=COLUMN`,
  };
}

/** About a list in the passed column. */
export function listComplaint(field: string): Complaint {
  return { message: `${foundText(field)} is a list, expected ${EXPECTED_PASS_TEXT}` };
}

/** About numbers that cannot be used. */
export function unusableComplaint(field: string, found: readonly string[], why: string): Complaint {
  return { message: `${foundText(field)} is ${oneOf(found)}: ${why}` };
}

/** Numbers as people write them where the comma stands before the decimals, with points or blanks between thousands. */
const DECIMAL_COMMA = /^\s*[+-]?(?:\d{1,3}(?:[.\s\u00a0\u202f]\d{3})+|\d*),\d+\s*$/;
const GROUPED = /^\s*[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?\s*$/;

/**
 * What to do about numbers with commas; null where the texts are something else.
 *
 * @example commaHint(['0,026']) // 'the column seems to use a decimal comma: write 0.026 for "0,026" ...'
 */
export function commaHint(found: readonly string[]): string | null {
  const [first] = found;
  if (first === undefined) return null;
  if (found.every((text) => GROUPED.test(text))) {
    const plain = first.trim().replaceAll(',', '');
    return `the column seems to part thousands by commas: write ${plain} for ${foundText(first)}`;
  }
  const written = found.filter((text) => parseDecimal(text.trim()) === null);
  if (written.length === 0 || !written.every((text) => DECIMAL_COMMA.test(text))) return null;
  const shown = written[0]!;
  const point = shown
    .replace(/[.\s\u00a0\u202f]/g, '')
    .replace(/^([+-]?),/, '$10.')
    .replace(',', '.');
  return `the column seems to use a decimal comma: write ${point} for ${foundText(shown)} (a spreadsheet does it with a language whose numbers have a decimal point, such as English)`;
}

/** `"a"`, `"a" or "b"`, `"a", "b", "c" or one of 5 other texts`. */
function oneOf(found: readonly string[]): string {
  const shown = found.slice(0, SHOWN).map(foundText);
  const rest = found.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} or one of ${rest} other ${rest === 1 ? 'text' : 'texts'}`;
  const last = shown.pop() ?? '';
  return shown.length === 0 ? last : `${shown.join(', ')} or ${last}`;
}
