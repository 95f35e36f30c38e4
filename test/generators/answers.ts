/** Classification runs with exact numbers: true labels, answers, and how many of each class are right. */

import type { ResultRow, RunPair } from './rows.ts';

/** One class: its cases, and how many of them each run answers rightly. */
export interface AnsweredClass {
  readonly label: string;
  readonly cases: number;
  readonly rightBefore: number;
  readonly rightAfter: number;
}

/** The article's shares .45, .30, .15 and a tail of ten labels; a model whose three guesses hold the truth in .91 of 1,000 cases. */
export function topThreeOfATail(): RunPair {
  const shares: readonly (readonly [string, number, number])[] = [
    ['billing', 450, 436],
    ['card', 300, 285],
    ['login', 150, 133],
    ...Array.from({ length: 10 }, (_, i): readonly [string, number, number] => [
      `rare-${i}`,
      10,
      i < 8 ? 6 : 4,
    ]),
  ];
  const labels = shares.map(([label]) => label);
  const rows = shares.flatMap(([label, cases, right]) =>
    Array.from({ length: cases }, (_, i) => ({
      expected: label,
      predicted: threeGuesses(label, labels, i < right),
      passed: i < right,
    })),
  );
  return pairOf(rows, rows);
}

function threeGuesses(truth: string, labels: readonly string[], right: boolean): readonly string[] {
  const others = labels.filter((label) => label !== truth);
  return right ? [others[0]!, truth, others[1]!] : others.slice(0, 3);
}

/** 10,000 transactions with 10 frauds, and a constant "no". */
export function constantNo(): RunPair {
  const rows = Array.from({ length: 10_000 }, (_, i) => {
    const expected = i < 10 ? 'fraud' : 'no';
    return { expected, predicted: 'no', passed: expected === 'no' };
  });
  return pairOf(rows, rows);
}

/** Classes with the same number of right answers each; a wrong answer is the next label. */
export function answered(classes: readonly AnsweredClass[]): RunPair {
  const side = (right: 'rightBefore' | 'rightAfter') =>
    classes.flatMap((one, at) =>
      Array.from({ length: one.cases }, (_, i) => {
        const passed = i < one[right];
        const predicted = passed ? one.label : classes[(at + 1) % classes.length]!.label;
        return { expected: one.label, predicted, passed };
      }),
    );
  return pairOf(side('rightBefore'), side('rightAfter'));
}

function pairOf(baseline: readonly object[], candidate: readonly object[]): RunPair {
  const rows = (side: readonly object[]) =>
    side.map((row, i) => ({
      case_id: `c${i}`,
      region: i % 2 ? 'eu' : 'us',
      ...row,
    })) as unknown as ResultRow[];
  return { baseline: rows(baseline), candidate: rows(candidate) };
}
