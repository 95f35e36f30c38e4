/** What the checks of classes share in words. */

import { type CheckContext, grouped } from './check.ts';
import type { ClassDiagnosis } from './diagnosis-classes.ts';

/** The classes of a comparison that has any. */
export type Classes = Extract<ClassDiagnosis, { readonly kind: 'classes' }>;

/** What a check of classes needs. */
export const CLASS_INPUTS = 'true labels and predictions (columns expected and predicted)';

/** The classes, where there are any. */
export function classesOf({ diagnosis }: CheckContext): Classes | null {
  return diagnosis?.classes?.kind === 'classes' ? diagnosis.classes : null;
}

/** What is missing: the columns, or labels that are classes. */
export function missingClasses({ diagnosis }: CheckContext): string | null {
  const classes = diagnosis?.classes ?? null;
  if (classes === null) return CLASS_INPUTS;
  return classes.kind === 'classes' ? null : `labels that are classes: ${classes.reason}`;
}

/** @example classCount(1) // '1 class' */
export function classCount(count: number): string {
  return `${grouped(count)} class${count === 1 ? '' : 'es'}`;
}

/** Code points of a label that are printed. */
const LABEL_LENGTH = 60;

/**
 * A label in quotes; a long one is cut, because whole texts may stand where labels should.
 *
 * @example labelName('refund') // "'refund'"
 */
export function labelName(label: string): string {
  // A label may be megabytes long: only its beginning is looked at.
  const points = [...label.slice(0, 2 * LABEL_LENGTH + 2)];
  return points.length > LABEL_LENGTH ? `'${points.slice(0, LABEL_LENGTH - 1).join('')}…'` : `'${label}'`;
}

/** An answer in words. @example answerName(null) // 'no answer' */
export function answerName(answer: string | null): string {
  return answer === null ? 'no answer' : labelName(answer);
}

/** The first few of a list of words, and how many more there are. @example listed(['a', 'b', 'c'], 2) // 'a, b and 1 more' */
export function listed(words: readonly string[], most: number): string {
  const rest = words.length - most;
  return rest > 0 ? `${words.slice(0, most).join(', ')} and ${rest} more` : words.join(', ');
}

/** The cases of a class that the baseline had right and the candidate has not. */
export function lostEvidence(
  { lostCases, floors }: Classes,
  label: string,
): { readonly evidence: readonly string[]; readonly evidenceTotal: number } {
  const evidence = lostCases.get(label) ?? [];
  const lost = floors?.classes.find((entry) => entry.label === label)?.lost ?? 0;
  return { evidence, evidenceTotal: Math.max(evidence.length, evidence.length === 0 ? 0 : lost) };
}
