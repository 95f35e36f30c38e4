/** What the page of cases keeps in its address, and the question that this makes. */

import { CASE_CLASSES, type CaseClass } from '../../../../src/counts/case-plan.ts';
import type { CasesParams } from '../../../../src/studio/contract/index.ts';
import type { View } from '../../view.ts';

/** `case` is the one that is open, `flip` the chosen classes with commas between, `near` whether neighbours are shown, `steps` whether a transcript that takes time is. */
export const CASES_VIEW = {
  q: '',
  where: '',
  slice: '',
  in: [] as readonly string[],
  ids: [] as readonly string[],
  flip: '',
  errors: false,
  order: 'drop',
  metric: '',
  case: '',
  trial: '',
  near: false,
  steps: false,
} as const;

export type CasesView = View<typeof CASES_VIEW>;

/** What is asked of the server, whatever the page. */
export type CaseQuestion = Omit<CasesParams, 'offset' | 'limit'>;

/** The list that a view asks for. */
export function questionOf(view: CasesView): CaseQuestion {
  return {
    where: view.where,
    slice: view.slice,
    within: view.in,
    classes: classesOf(view.flip),
    errors: view.errors,
    search: view.q,
    ids: view.ids,
    order: view.order,
    metric: view.metric,
  };
}

/** The classes that a text names; what is none is left out. */
export function classesOf(flip: string): readonly CaseClass[] {
  const named = flip.split(',');
  return CASE_CLASSES.filter((name) => named.includes(name));
}

/** The text after a class was chosen, or taken back. */
export function toggledClass(flip: string, name: CaseClass): string {
  const chosen = classesOf(flip);
  const next = chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name];
  return next.join(',');
}

/** Whether anything narrows the list. */
export function isNarrowed({ q, where, slice, in: within, ids, flip, errors }: CasesView): boolean {
  return q !== '' || where !== '' || slice !== '' || within.length + ids.length > 0 || flip !== '' || errors;
}

/** What takes every condition back. */
export const NO_CONDITIONS = {
  q: '',
  where: '',
  slice: '',
  in: [] as readonly string[],
  ids: [] as readonly string[],
  flip: '',
  errors: false,
} as const;
