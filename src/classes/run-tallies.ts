/** The margins of both runs. */

import {
  ABSENT_ANSWER,
  type AnswerSpace,
  type ClassTally,
  type PairedAnswers,
  tallyAnswers,
} from '../stats/index.ts';
import type { ClassPairing } from './types.ts';

/** Tallies of both runs over the classes of a slice. */
export interface RunTallies {
  /** Null where there is no baseline. */
  readonly baseline: ClassTally | null;
  readonly candidate: ClassTally;
}

/** Tallies of the cases that each run has. */
export function runTallies(answers: PairedAnswers, space: AnswerSpace, pairing: ClassPairing): RunTallies {
  const tallyOf = (side: 'baseline' | 'candidate'): ClassTally => {
    const answer = answers[side];
    const cells = Array.from(answer as ArrayLike<number>, (_, i) => i).filter(
      (i) => answer[i] !== ABSENT_ANSWER,
    );
    return tallyAnswers(
      {
        expected: cells.map((i) => answers.expected[i]!),
        answer: cells.map((i) => answer[i]!),
        cases: cells.map((i) => answers.cases[i]!),
      },
      space,
    );
  };
  return { baseline: pairing === 'single run' ? null : tallyOf('baseline'), candidate: tallyOf('candidate') };
}
