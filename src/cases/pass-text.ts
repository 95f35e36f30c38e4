/** The texts that say that a case passed or failed. */

const PASSED = ['true', '1', '1.0', 'pass', 'passed', 'yes', 'correct', 'success', 'ok'];
const FAILED = ['false', '0', '0.0', 'fail', 'failed', 'no', 'incorrect', 'failure'];

const OUTCOMES: ReadonlyMap<string, 0 | 1> = new Map([
  ...PASSED.map((text) => [text, 1] as const),
  ...FAILED.map((text) => [text, 0] as const),
]);

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
  return OUTCOMES.get(text) ?? OUTCOMES.get(text.trim().toLowerCase()) ?? null;
}

/** Texts of an error column that say that there was none. */
const NO_ERROR: ReadonlySet<string> = new Set(['', 'false', '0', 'none', 'null']);

/**
 * Whether a cell of an error column says that the run failed on the case.
 *
 * @example isErrorText('None') // false
 * @example isErrorText('TimeoutError') // true
 */
export function isErrorText(text: string): boolean {
  return !NO_ERROR.has(text.trim().toLowerCase());
}
