/** Classifications with exact counts, for the practices about classes (B-7, B-8, B-14). */

import type { ResultRow, RunPair } from './rows.ts';

/** True label, answer before, answer now, cases. */
export type AnswerCount = readonly [
  expected: string,
  before: string | null,
  after: string | null,
  cases: number,
];

/** Runs with exactly these answers; regions alternate within each kind of answer, so that they are level. */
export function answerPairs(
  counts: readonly AnswerCount[],
  more: Readonly<Record<string, string>> = {},
): RunPair {
  const baseline: ResultRow[] = [];
  const candidate: ResultRow[] = [];
  let id = 0;
  for (const [expected, before, after, cases] of counts) {
    for (let i = 0; i < cases; i++, id++) {
      const row = { case_id: `c${id}`, region: id % 2 ? 'eu' : 'us', expected, ...more };
      baseline.push({ ...row, predicted: before, passed: before === expected });
      candidate.push({ ...row, predicted: after, passed: after === expected });
    }
  }
  return { baseline, candidate };
}

/** 30 classes of 100: before, 90 of each right; now three are never found and the rest always, so that accuracy stays 0.90. */
export function threeLostClasses(): RunPair {
  const label = (at: number): string => `intent-${String(at).padStart(2, '0')}`;
  return answerPairs(
    Array.from({ length: 30 }, (_, at): readonly AnswerCount[] => {
      const now = at < 3 ? label(at + 10) : label(at);
      return [
        [label(at), label(at), now, 90],
        [label(at), label((at + 1) % 30), now, 10],
      ];
    }).flat(),
  );
}

/** A balanced task with two classes, 450 and 448 of 500 right before, about the same now. */
export function balancedTask(): RunPair {
  return answerPairs([
    ['yes', 'yes', 'yes', 440],
    ['yes', 'yes', 'no', 10],
    ['yes', 'no', 'yes', 12],
    ['yes', 'no', 'no', 38],
    ['no', 'no', 'no', 440],
    ['no', 'no', 'yes', 8],
    ['no', 'yes', 'no', 7],
    ['no', 'yes', 'yes', 45],
  ]);
}

/** Precision .90 and recall .70 before, .70 and .90 now: F1 is .7875 in both. 630 positives of 10,000. */
export function sameF1(): RunPair {
  return answerPairs([
    ['fraud', 'fraud', 'fraud', 430],
    ['fraud', 'fraud', 'no', 11],
    ['fraud', 'no', 'fraud', 137],
    ['fraud', 'no', 'no', 52],
    ['no', 'fraud', 'fraud', 30],
    ['no', 'fraud', 'no', 19],
    ['no', 'no', 'fraud', 213],
    ['no', 'no', 'no', 9108],
  ]);
}

/** The same rates with a tenth of the cases: at 1 : 1 the difference in cost is within its interval. */
export function sameF1Few(): RunPair {
  return answerPairs([
    ['fraud', 'fraud', 'fraud', 39],
    ['fraud', 'fraud', 'no', 5],
    ['fraud', 'no', 'fraud', 18],
    ['fraud', 'no', 'no', 1],
    ['no', 'fraud', 'no', 5],
    ['no', 'no', 'fraud', 24],
    ['no', 'no', 'no', 908],
  ]);
}

/** True class P answered as Q: 12 to 36 of 300, while R answered as Q falls from 36 to 12, so that accuracy stays level. */
export function doubledConfusion(): RunPair {
  return answerPairs([
    ['P', 'Q', 'Q', 8],
    ['P', 'Q', 'P', 4],
    ['P', 'P', 'Q', 28],
    ['P', 'P', 'P', 260],
    ['R', 'Q', 'Q', 8],
    ['R', 'R', 'Q', 4],
    ['R', 'Q', 'R', 28],
    ['R', 'R', 'R', 260],
    ['Q', 'Q', 'Q', 290],
    ['Q', 'P', 'P', 10],
  ]);
}

/** Two runs on different cases: twice the traffic in class P, which is answered as Q at the same rate of 4 %. */
export function twiceTheTraffic(): RunPair {
  const side = (prefix: string, ofP: number): readonly ResultRow[] =>
    answerPairs([
      ['P', 'Q', 'Q', ofP / 25],
      ['P', 'P', 'P', ofP - ofP / 25],
      ['Q', 'Q', 'Q', 290],
      ['Q', 'P', 'P', 10],
    ]).baseline.map((row) => ({ ...row, case_id: `${prefix}${row.case_id}` }));
  return { baseline: side('old-', 300), candidate: side('new-', 600) };
}
