/** The classes of one slice: only those that occur in it, so that cost follows the slice and not all labels. */

import { compareText } from '../slices/index.ts';
import type { AnswerSpace, PairedAnswers } from '../stats/index.ts';

/** Answers with the codes of their slice. */
export interface LabelSpace {
  readonly answers: PairedAnswers;
  readonly space: AnswerSpace;
  /** Names of the classes, in code point order. */
  readonly names: readonly string[];
}

/**
 * Renumbers answers to the classes that occur among them, true or answered. With several labels per case a code stands for
 * a set of classes; a label that is no list is a set of one.
 *
 * @param labels texts of the codes of `answers`
 */
export function labelSpace(
  answers: PairedAnswers,
  labels: readonly string[],
  multiLabel: boolean,
): LabelSpace {
  const codes = new Set<number>();
  for (const side of [answers.expected, answers.baseline, answers.candidate]) {
    for (let i = 0; i < side.length; i++) if (side[i]! >= 0) codes.add(side[i]!);
  }
  const present = [...codes].sort((a, b) => a - b);
  const local = new Map(present.map((code, at) => [code, at]));
  const recode = (side: ArrayLike<number>): Int32Array =>
    Int32Array.from(side, (code) => (code < 0 ? code : local.get(code)!));
  const renumbered: PairedAnswers = {
    ...answers,
    expected: recode(answers.expected),
    baseline: recode(answers.baseline),
    candidate: recode(answers.candidate),
  };
  const texts = present.map((code) => labels[code]!);
  if (!multiLabel) return { answers: renumbered, space: { classes: texts.length, sets: null }, names: texts };
  const tags = texts.map(tagsOf);
  const names = [...new Set(tags.flat())].sort(compareText);
  const classOf = new Map(names.map((name, at) => [name, at]));
  const offsets = new Int32Array(tags.length + 1);
  tags.forEach((set, at) => {
    offsets[at + 1] = offsets[at]! + set.length;
  });
  const items = Int32Array.from(tags.flat(), (tag) => classOf.get(tag)!);
  return { answers: renumbered, space: { classes: names.length, sets: { offsets, items } }, names };
}

/**
 * The tags of a label as an engine spells it: a list of one tag is the tag itself, so a text of that form is no list.
 *
 * @example tagsOf('["a","b"]') // ['a', 'b']
 */
export function tagsOf(label: string): readonly string[] {
  if (!label.startsWith('[')) return [label];
  try {
    const value: unknown = JSON.parse(label);
    if (!Array.isArray(value) || value.some((tag) => typeof tag !== 'string')) return [label];
    return value.length === 1 ? [label] : [...new Set(value as string[])];
  } catch {
    return [label];
  }
}
