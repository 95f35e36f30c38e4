/** The words that people tag cases with: what is poor about the data, what an answer got wrong, and a team's own. */

import type { TagWord } from '../contract/index.ts';

type Word = Omit<TagWord, 'cases' | 'group'>;

/** B-4's reasons. *Ambiguous* stands apart from *mislabelled*: such a case has several right answers, and keeps them. */
const DATA: readonly Word[] = [
  { tag: 'mislabelled', means: 'the expected answer is wrong; correct it' },
  { tag: 'unsolvable', means: 'nobody could answer from what is given; leave it out, with this reason' },
  { tag: 'noisy', means: 'the input is damaged: cut off, garbled, a failed scan' },
  { tag: 'ambiguous', means: 'several answers are right; keep them all' },
  { tag: 'duplicate', means: 'the same case stands in the set again' },
  { tag: 'out-of-scope', means: 'nobody would ask this system' },
  { tag: 'fine', means: 'looked at: nothing is wrong with the case' },
];

/** A start for errors of models; teams add their own and keep what they use. */
const ERRORS: readonly Word[] = [
  { tag: 'wrong-answer', means: 'the content is wrong' },
  { tag: 'incomplete', means: 'a part that was asked for is missing' },
  { tag: 'made-up', means: 'says what nothing supports' },
  { tag: 'ignored-instruction', means: 'a rule of the prompt was not followed' },
  { tag: 'wrong-format', means: 'right, but not in the form that was asked for' },
  { tag: 'wrong-refusal', means: 'refused what it should have answered' },
  { tag: 'missed-refusal', means: 'answered what it should have refused' },
  { tag: 'wrong-tool', means: 'called the wrong tool, or with wrong arguments' },
  { tag: 'judge-error', means: 'the answer is right; it was scored wrongly' },
];

/** All words with how many cases have each; a team's own follow, those of most cases first. */
export function tagWords(
  used: readonly { readonly tag: string; readonly cases: number }[],
): readonly TagWord[] {
  const counts = new Map(used.map(({ tag, cases }) => [tag, cases]));
  const known = [
    ...DATA.map((word) => ({ ...word, group: 'data' as const })),
    ...ERRORS.map((word) => ({ ...word, group: 'error' as const })),
  ].map((word) => ({ ...word, cases: counts.get(word.tag) ?? 0 }));
  const fixed = new Set(known.map(({ tag }) => tag));
  const own = used
    .filter(({ tag }) => !fixed.has(tag))
    .map(({ tag, cases }) => ({ tag, group: 'own' as const, means: '', cases }));
  return [...known, ...own];
}
