/** B-5: cases that stand in the training data score what was learned by heart. */

import type { Finding } from '../../findings/index.ts';
import { type Check, type CheckContext, finding, percent } from '../check.ts';
import { missingForOverlap, type OverlapWords, overlapFindings } from './overlap-rule.ts';

const WORDS: OverlapWords = {
  check: 'split-overlap',
  practice: 'B-5',
  state: 'BLEED',
  store: 'train',
  name: 'the training data',
  remedy:
    'remove the rows from the training data, not from the eval set: slicewise splits overlap --remove FILE lists them',
};

const copies = overlapFindings(WORDS);

export const splitOverlap: Check = {
  kind: 'data',
  practice: WORDS.practice,
  missing: missingForOverlap(WORDS, 'training data (inputs.train)'),
  run: (context) => [...copies(context), ...draftFindings(context)],
};

/** Labels that are a model's own drafts measure agreement with that model: a notice, since a draft may be right. */
function draftFindings({ diagnosis }: CheckContext): readonly Finding[] {
  return (diagnosis?.overlap?.drafts ?? [])
    .filter(({ equal }) => equal > 0)
    .map(({ column, cases, equal, passEqual, passChanged }) => {
      const rate = (estimate: typeof passEqual) =>
        estimate?.estimate == null ? null : `${percent(estimate.estimate)} of ${estimate.n}`;
      const [kept, changed] = [rate(passEqual), rate(passChanged)];
      return finding({
        check: WORDS.check,
        kind: 'data',
        reason: `${equal} of ${cases} expected answers are equal to the draft in ${column}${
          kept === null || changed === null
            ? ''
            : `: ${kept} pass where they are, ${changed} where a person changed it`
        }`,
        remedy: 'let people label a sample without seeing the draft',
        method: 'texts compared',
        source: WORDS.practice,
      });
    });
}
