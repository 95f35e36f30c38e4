/** Lists cases by true label and answers. */

import { isAnswered, type LabelAnswer, type LabelledCases, type LabelledPlan } from '../../counts/index.ts';
import { labelCodes } from '../label-codes.ts';
import type { Attributes } from './attributes.ts';
import type { CaseTable } from './case-table.ts';
import { readAnswers } from './labels.ts';
import { membersOf } from './members.ts';

/** See `Engine.labelled`. */
export function labelledCases(table: CaseTable, attributes: Attributes, plan: LabelledPlan): LabelledCases {
  const { within, expected, baseline, candidate, limit } = plan;
  const answers = readAnswers(table, Number.POSITIVE_INFINITY)!;
  const { labels, codeOf } = labelCodes(answers.texts);
  const labelOf = (answer: LabelAnswer): LabelAnswer => {
    const code = typeof answer === 'string' ? codeOf(answer) : answer;
    return labels[code] ?? code;
  };
  const slice =
    within === null
      ? null
      : membersOf(table.ids.length, [within.grouping], attributes).find(
          ({ key }) => key.state === within.state && (within.state !== 'value' || key.value === within.value),
        );
  const among = slice === null ? [...table.ids.keys()] : (slice?.cases ?? []);
  const found = among.flatMap((at): readonly LabelledCases['cases'][number][] => {
    const said = answers.cases[at];
    if (!said || labelOf(said.expected) !== expected) return [];
    const both = { baseline: labelOf(said.baseline), candidate: labelOf(said.candidate) };
    const fits = isAnswered(baseline, both.baseline) && isAnswered(candidate, both.candidate);
    return fits ? [{ id: table.ids[at]!, ...both }] : [];
  });
  return { total: found.length, cases: found.slice(0, limit) };
}
