/** Tells labels that are classes from answers that something else judges. */

import type { LabelCells, LabelCounts } from '../../counts/index.ts';
import type { SliceEvidence } from '../../evidence/index.ts';
import { ALL_CASES } from '../../scope/index.ts';

/** Cases per true label from which on labels are classes, and not free text or numbers that happen to repeat. */
const CASES_PER_CLASS = 5;
/** Share of the cases that may pass although their answer is not the true label; some data has a few slips. */
const MOST_PASSED_OTHERWISE = 0.05;

/**
 * Why labels are no classes; null where they are.
 *
 * @param judged the pass rate over all cases where a verdict of its own decides it, which need not be that texts are equal; else null
 */
export function whyNoClasses(
  { tooMany, labels, slices }: LabelCounts,
  judged: Pick<SliceEvidence, 'tally'> | null,
): string | null {
  if (tooMany !== null) return `not a classification: more than ${tooMany - 1} distinct labels`;
  const overall = slices.find(({ grouping }) => grouping === ALL_CASES);
  if (overall === undefined || labels.length === 0) return 'no case has a label';
  const { expected, baseline, candidate, cases } = overall.cells;
  const truths = new Set<number>();
  let labelled = 0;
  const answered = { baseline: 0, candidate: 0 };
  for (let i = 0; i < cases.length; i++) {
    if (expected[i]! < 0) continue;
    truths.add(expected[i]!);
    labelled += cases[i]!;
  }
  if (labelled === 0) return 'no case has a true label';
  const strange = { baseline: 0, candidate: 0 };
  for (let i = 0; i < cases.length; i++) {
    for (const [side, answer] of [
      ['baseline', baseline[i]!],
      ['candidate', candidate[i]!],
    ] as const) {
      if (answer < 0) continue;
      answered[side] += cases[i]!;
      if (!truths.has(answer)) strange[side] += cases[i]!;
    }
  }
  if (truths.size * CASES_PER_CLASS > labelled && truths.size > 2) {
    return `not a classification: ${truths.size} distinct true labels in ${labelled} cases`;
  }
  // A run may go astray; where no run names known labels, the answers are texts that something else judges.
  const astray = (['baseline', 'candidate'] as const).every(
    (side) => answered[side] === 0 || strange[side] * 2 > answered[side],
  );
  if (astray && answered.candidate > 0) {
    return `not a classification: ${strange.candidate} of ${answered.candidate} answers are no true label`;
  }
  return judged === null ? null : passedOtherwise(overall.cells, judged);
}

/** A judge that passes "(A)" where the label is "A" knows better than a comparison of texts. */
function passedOtherwise(cells: LabelCells, { tally }: Pick<SliceEvidence, 'tally'>): string | null {
  for (const side of ['candidate', 'baseline'] as const) {
    const count = { equal: 0, unlabelled: 0, cases: 0 };
    for (let i = 0; i < cells.cases.length; i++) {
      if (cells.expected[i]! < 0) count.unlabelled += cells.cases[i]!;
      else if (cells[side][i] === cells.expected[i]) count.equal += cells.cases[i]!;
      count.cases += cells.cases[i]!;
    }
    const values = side === 'candidate' ? tally.candidateValues : tally.baselineValues;
    const passed = values.reduce((sum, { value, cases }) => sum + value * cases, 0);
    // Every case without a label may have passed.
    const otherwise = passed - count.equal - count.unlabelled;
    if (otherwise > MOST_PASSED_OTHERWISE * count.cases) {
      return `not judged by equal labels: the ${side} passes ${share(passed / count.cases)} of the cases, and ${share(count.equal / count.cases)} of its answers are the true label as a text`;
    }
  }
  return null;
}

const share = (rate: number): string => `${(100 * rate).toFixed(1)}%`;
