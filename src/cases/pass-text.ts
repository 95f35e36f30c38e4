/** The texts that say that a case passed or failed. */

const PASSED = ['true', '1', '1.0', 'pass', 'passed', 'yes', 'correct', 'success', 'ok'];
const FAILED = ['false', '0', '0.0', 'fail', 'failed', 'no', 'incorrect', 'failure'];

/** What spreadsheets of other languages write for TRUE and FALSE, so that nobody can mean anything else by it. */
const SPREADSHEET_TRUE = ['wahr', 'vrai', 'verdadero', 'vero', 'verdadeiro', 'waar', 'prawda', 'истина'];
const SPREADSHEET_FALSE = ['falsch', 'faux', 'falso', 'onwaar', 'fałsz', 'ложь'];

const OUTCOMES: ReadonlyMap<string, 0 | 1> = new Map([
  ...[...PASSED, ...SPREADSHEET_TRUE].map((text) => [text, 1] as const),
  ...[...FAILED, ...SPREADSHEET_FALSE].map((text) => [text, 0] as const),
]);

/** Further texts of a team's own; they win over the known ones. Compared in any case and without blanks around them. */
export interface PassWords {
  readonly passed: readonly string[];
  readonly failed: readonly string[];
}

/** What a message expects. */
export const EXPECTED_PASS_TEXT =
  'true or false, 1 or 0, pass or fail, yes or no, correct or incorrect, or empty for unscored';

/**
 * Reads a pass cell in any case and with blanks around it: 1 passed, 0 failed, null where the text says neither.
 *
 * @example passValue('Correct') // 1
 * @example passValue('0.7') // null
 */
export function passValue(text: string): 0 | 1 | null {
  return OUTCOMES.get(text) ?? OUTCOMES.get(plainWord(text)) ?? null;
}

/**
 * `passValue` with a team's own words.
 *
 * @example passReader({ passed: ['bestanden'], failed: [] })('Bestanden') // 1
 */
export function passReader(words: PassWords | undefined): (text: string) => 0 | 1 | null {
  if (words === undefined) return passValue;
  const own = new Map([
    ...words.passed.map((text) => [plainWord(text), 1] as const),
    ...words.failed.map((text) => [plainWord(text), 0] as const),
  ]);
  return (text) => own.get(plainWord(text)) ?? passValue(text);
}

/** A word as such words are compared: in lower case, without blanks around it. */
export function plainWord(text: string): string {
  return text.trim().toLowerCase();
}

/** Texts of an error column that say that there was none. */
const NO_ERROR: ReadonlySet<string> = new Set(['', 'false', '0', 'none', 'null']);

/** RE2 pattern of the texts that `isErrorText` takes for no error, for predicates. */
export const NO_ERROR_PATTERN = String.raw`(?i)^\s*(?:${[...NO_ERROR].filter(Boolean).join('|')})?\s*$`;

/**
 * Whether a cell of an error column says that the run failed on the case.
 *
 * @example isErrorText('None') // false
 * @example isErrorText('TimeoutError') // true
 */
export function isErrorText(text: string): boolean {
  return !NO_ERROR.has(text.trim().toLowerCase());
}
