import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AnswerSpace,
  accuracy,
  averageRate,
  fScore,
  hammingLoss,
  kappa,
  kappaOfTable,
  mcc,
  pairedClassTables,
  precision,
  recall,
  specificity,
  tallyAnswers,
} from './index.ts';

const TWO: AnswerSpace = { classes: 2, sets: null };

describe('rates of classes', () => {
  // 8 of 10 positives found, 2 without an answer, 5 of 90 negatives called positive.
  const tally = tallyAnswers({ expected: [0, 0, 1, 1], answer: [0, -1, 0, 1], cases: [8, 2, 5, 85] }, TWO);

  test('count no answer against recall and accuracy, never against precision', () => {
    expect(recall(tally, 0)).toBe(0.8);
    expect(precision(tally, 0)).toBe(8 / 13);
    expect(precision(tally, 1)).toBe(1);
    expect(specificity(tally, 0)).toBe(85 / 90);
    expect(accuracy(tally)).toBe(0.93);
  });

  test('take no answer as an answer of its own in MCC and kappa', () => {
    const third = tallyAnswers(
      { expected: [0, 0, 1, 1], answer: [0, 2, 0, 1], cases: [8, 2, 5, 85] },
      { classes: 3, sets: null },
    );
    expect(mcc(tally)).toBeCloseTo(mcc(third)!, 12);
    expect(kappa(tally)).toBeCloseTo(kappa(third)!, 12);
  });

  test('are null where they are 0/0, and F only where the class neither occurs nor is answered', () => {
    const rare = tallyAnswers(
      { expected: [0, 1], answer: [0, 0], cases: [5, 1] },
      { classes: 3, sets: null },
    );
    expect([precision(rare, 1), recall(rare, 1), fScore(1)(rare, 1)]).toEqual([null, 0, 0]);
    expect([precision(rare, 2), recall(rare, 2), fScore(1)(rare, 2)]).toEqual([null, null, null]);
  });

  test.each([
    ['skip', 0.5],
    ['zero', 1 / 3],
    ['one', 2 / 3],
  ] as const)('average with 0/0 as %s', (undefinedAs, value) => {
    const rare = tallyAnswers(
      { expected: [0, 1], answer: [0, 0], cases: [5, 1] },
      { classes: 3, sets: null },
    );
    const average = averageRate(rare, recall, { average: 'macro', undefinedAs });
    expect(average).toEqual({ value: expect.closeTo(value, 12), undefinedClasses: 1, classes: 3 });
  });

  test('refuse a beta that weighs nothing, and a case without a true label', () => {
    expect(() => fScore(0)).toThrow('beta is 0, must be above 0');
    expect(() => tallyAnswers({ expected: [-1], answer: [0], cases: [1] }, TWO)).toThrow('expected[0] is -1');
  });
});

describe('sets of labels', () => {
  // Codes: 0 = {a}, 1 = {a, b}, 2 = {}.
  const space: AnswerSpace = {
    classes: 2,
    sets: { offsets: Int32Array.of(0, 1, 3, 3), items: Int32Array.of(0, 0, 1) },
  };

  test('are right as a whole only where they are equal, and by label where they meet', () => {
    const tally = tallyAnswers({ expected: [1, 1, 0, 2], answer: [1, 0, 1, 2], cases: [4, 3, 2, 1] }, space);
    expect(accuracy(tally)).toBe(0.5);
    expect([recall(tally, 0), recall(tally, 1), precision(tally, 1)]).toEqual([1, 4 / 7, 4 / 6]);
    // Three cases lack b, two have it for nothing: 5 of 20 decisions.
    expect(hammingLoss(tally)).toBe(0.25);
  });

  test('give the same tables per class as the answers counted one class at a time', () => {
    const answers = { expected: [1, 0], baseline: [0, -1], candidate: [1, 1], cases: [3, 2], cluster: null };
    const tables = pairedClassTables(answers, space);
    expect([...tables.slice(0, 8)]).toEqual([0, 0, 0, 0, 0, 2, 0, 3]);
    expect([...tables.slice(8)]).toEqual([0, 2, 0, 0, 0, 3, 0, 0]);
  });
});

test('kappa from margins is kappa of the table', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50), { minLength: 9, maxLength: 9 }), (cells) => {
      const table = [cells.slice(0, 3), cells.slice(3, 6), cells.slice(6)];
      const tally = tallyAnswers(
        { expected: [0, 0, 0, 1, 1, 1, 2, 2, 2], answer: [0, 1, 2, 0, 1, 2, 0, 1, 2], cases: cells },
        { classes: 3, sets: null },
      );
      const fromTable = kappaOfTable(table).kappa;
      if (fromTable === null) expect(kappa(tally)).toBeNull();
      else expect(kappa(tally)).toBeCloseTo(fromTable, 9);
    }),
  );
});
