/** Which test case a promptfoo result is about, the same in every file and under every prompt and provider. */

import { contentId, number, record, scalarText, text } from '../json-access.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Variables that promptfoo adds while it runs. */
const RUNTIME_VARIABLES: ReadonlySet<string> = new Set(['_conversation', 'sessionId']);

/** What stands in exports without prompt texts. */
const STRIPPED = '[prompt stripped]';

/** The variables of a test, without what was added while it ran. */
export function testVariables(result: Fields): Fields {
  const vars = record(record(result.testCase)?.vars) ?? record(result.vars) ?? {};
  return Object.fromEntries(Object.entries(vars).filter(([name]) => !RUNTIME_VARIABLES.has(name)));
}

/** An id, and whether it only is the place of the test in its eval. */
export interface TestIdentity {
  readonly caseId: string;
  readonly isPlace: boolean;
}

/**
 * The id that the test has, else a hash of its variables and assertions; null where nothing is left to tell it by. In exports
 * without variables the prompt as it was sent stands for them; where that was taken out too, the place of the test.
 */
export function testIdentity(result: Fields): TestIdentity | null {
  const testCase = record(result.testCase);
  const own = scalarText(record(testCase?.metadata)?.testCaseId) ?? scalarText(testCase?.id);
  if (own !== null && own.trim() !== '') return { caseId: own, isPlace: false };
  const vars = testVariables(result);
  const asserts = testCase?.assert ?? [];
  if (Object.keys(vars).length > 0) return { caseId: contentId({ vars, assert: asserts }), isPlace: false };
  const sent = text(record(result.prompt)?.raw) ?? text(result.prompt);
  if (sent !== null && sent !== STRIPPED) {
    const about = { prompt: sent, assert: asserts, description: testCase?.description ?? null };
    return { caseId: contentId(about), isPlace: false };
  }
  const index = number(result.testIdx);
  return index === null ? null : { caseId: `test ${index}`, isPlace: true };
}
