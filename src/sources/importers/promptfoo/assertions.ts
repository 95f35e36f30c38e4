/** What promptfoo's assertions say: a score by name and type, whether a grader failed, and the text that was expected. */

import { contentId, contentText, list, number, record, scalarText, text } from '../json-access.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What became of one assertion. */
export interface AssertionOutcome {
  readonly type: string;
  /** The name that the user gave the metric. */
  readonly metric: string | null;
  readonly pass: boolean | null;
  readonly score: number | null;
  /** The grader failed: neither pass nor fail. */
  readonly graderFailed: boolean;
}

/** A metric by name; the score is null where a grader failed. */
export interface AssertionMetric {
  readonly score: number | null;
  readonly pass: boolean | null;
}

/** Types of assertions whose value is the text that the answer should be or be like. */
const REFERENCE_TYPES =
  /^(?:equals|similar(?::\w+)?|factuality|model-graded-factuality|levenshtein|rouge-[nsl]|bleu|gleu|meteor)$/;

/** Types that a model grades. */
const GRADED_TYPES =
  /^(?:not-)?(?:llm-rubric|g-eval|factuality|model-graded-\w+|answer-relevance|context-\w+|conversation-relevance|select-best|search-rubric|pi|classifier|moderation|promptfoo:.*|trajectory:goal-success)$/;

/** The outcomes of all assertions, those of sets included. */
export function assertionOutcomes(gradingResult: Fields | null): readonly AssertionOutcome[] {
  return (list(gradingResult?.componentResults) ?? []).flatMap((entry) => {
    const component = record(entry);
    if (component === null) return [];
    const assertion = record(component.assertion);
    const inner = list(component.componentResults) ?? [];
    if (assertion === null && inner.length > 0) return assertionOutcomes(component);
    return [
      {
        type: text(assertion?.type) ?? 'unknown',
        metric: text(assertion?.metric),
        pass: typeof component.pass === 'boolean' ? component.pass : null,
        score: number(component.score),
        graderFailed: record(component.metadata)?.graderError === true,
      },
    ];
  });
}

/**
 * Metrics of a result: `assert.TYPE` is the mean score of the assertions of a type; the pass of a named metric or type says
 * that all its assertions passed.
 */
export function assertionMetrics(
  outcomes: readonly AssertionOutcome[],
): ReadonlyMap<string, AssertionMetric> {
  const groups = new Map<string, AssertionOutcome[]>();
  for (const outcome of outcomes) {
    for (const name of [`assert.${outcome.type}`, ...(outcome.metric === null ? [] : [outcome.metric])]) {
      groups.set(name, [...(groups.get(name) ?? []), outcome]);
    }
  }
  return new Map(
    [...groups].map(([name, members]) => [name, { score: meanScore(members), pass: allPass(members) }]),
  );
}

function meanScore(outcomes: readonly AssertionOutcome[]): number | null {
  const scores = outcomes.map(({ score, graderFailed }) => (graderFailed ? null : score));
  return scores.every((score) => score !== null)
    ? scores.reduce((sum, score) => sum + score, 0) / scores.length
    : null;
}

function allPass(outcomes: readonly AssertionOutcome[]): boolean | null {
  if (outcomes.some(({ pass, graderFailed }) => pass === false && !graderFailed)) return false;
  return outcomes.every(({ pass, graderFailed }) => pass === true && !graderFailed) ? true : null;
}

/** The reference text of the first assertion that has one, with the variables that promptfoo put in. */
export function expectedText(
  testCase: Fields | null,
  gradingResult: Fields | null,
  vars: Fields,
): string | null {
  const components = (list(gradingResult?.componentResults) ?? []).map(record);
  for (const entry of list(testCase?.assert) ?? []) {
    const assertion = record(entry);
    if (!REFERENCE_TYPES.test(text(assertion?.type) ?? '') || assertion?.value === undefined) continue;
    const value = text(assertion.value);
    if (value === null || !value.includes('{{')) return contentText(assertion.value);
    const graded = components.find((component) => record(component?.assertion)?.value === value);
    const variable = /^\{\{\s*([\w.]+)\s*\}\}$/.exec(value)?.[1];
    const rendered = text(record(graded?.metadata)?.renderedAssertionValue);
    return rendered ?? (variable === undefined ? value : (scalarText(vars[variable]) ?? value));
  }
  return null;
}

/** Fingerprint of the graders of a test: their types, models and rubric prompts; null where no model grades. */
export function graderFingerprint(testCase: Fields | null): string | null {
  const options = record(testCase?.options);
  const graders = (list(testCase?.assert) ?? [])
    .flatMap((entry) => list(record(entry)?.assert) ?? [entry])
    .map(record)
    .filter((assertion) => GRADED_TYPES.test(text(assertion?.type) ?? ''))
    .map((assertion) => [
      assertion?.type,
      assertion?.provider ?? options?.provider ?? null,
      assertion?.rubricPrompt ?? options?.rubricPrompt ?? null,
    ]);
  return graders.length === 0 ? null : contentId(graders);
}
