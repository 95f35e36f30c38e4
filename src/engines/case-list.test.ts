import { describe, expect, test } from 'vitest';
import type { CaseOrder, OutcomeCell, SideOutcome } from '../counts/index.ts';
import { CASE_CLASSES, foldCase } from '../counts/index.ts';
import { rankAttributes } from './attribute-ranks.ts';
import { type CaseNumbers, judgeCases, pageOf, rankNumbers, selectCases } from './case-list.ts';
import { latestAnswers } from './latest-answers.ts';

const NONE: SideOutcome = { passed: 0, failed: 0, errors: 0, unscored: 0 };
const PASSED = { ...NONE, passed: 1 };
const FAILED = { ...NONE, failed: 1 };
const CRASHED = { ...NONE, errors: 1 };
const UNSCORED = { ...NONE, unscored: 1 };
const HALF = { ...NONE, passed: 1, failed: 1 };

type Pair = Omit<OutcomeCell, 'cases'>;

const pair = (baseline: SideOutcome | null, candidate: SideOutcome | null, edited = false): Pair => ({
  baseline,
  candidate,
  edited,
});

/** The share passed, with errors as failures. */
function shareOf(side: SideOutcome | null): number {
  if (side === null) return Number.NaN;
  const trials = side.passed + side.failed + side.errors;
  return trials === 0 ? Number.NaN : side.passed / trials;
}

function numbersOf(pairs: readonly Pair[], hasBaseline = true): CaseNumbers {
  return {
    codes: pairs.map((_, i) => i),
    pairs,
    hasBaseline,
    values: {
      per: 'pair',
      baseline: pairs.map(({ baseline }) => shareOf(baseline)),
      candidate: pairs.map(({ candidate }) => shareOf(candidate)),
    },
  };
}

const PAIRS = [
  pair(PASSED, FAILED),
  pair(FAILED, PASSED),
  pair(PASSED, PASSED),
  pair(FAILED, CRASHED),
  pair(HALF, HALF),
  pair(PASSED, FAILED, true),
  pair(PASSED, UNSCORED),
  pair(PASSED, null),
  pair(null, PASSED),
  pair(PASSED, HALF),
];

const PLAN = { classes: null, withErrors: false, order: { by: 'id', descending: false } } as const;

describe('cases in a list', () => {
  test('are in exactly one class each', () => {
    const { classes } = judgeCases(numbersOf(PAIRS));
    expect(Array.from(classes, (code) => CASE_CLASSES[code])).toEqual([
      'lost',
      'gained',
      'passed',
      'failed',
      'between',
      'edited',
      'unscored',
      'onlyBaseline',
      'onlyCandidate',
      'lost',
    ]);
  });

  test('of one run alone passed, failed, are between or unscored', () => {
    const { classes } = judgeCases(
      numbersOf(
        [PASSED, CRASHED, HALF, UNSCORED].map((side) => pair(null, side)),
        false,
      ),
    );
    expect(Array.from(classes, (code) => CASE_CLASSES[code])).toEqual([
      'passed',
      'failed',
      'between',
      'unscored',
    ]);
    const { drops } = judgeCases(
      numbersOf(
        [PASSED, CRASHED, HALF, UNSCORED].map((side) => pair(null, side)),
        false,
      ),
    );
    expect([...drops().rank]).toEqual([2, 0, 1, 3]);
  });

  test('are counted by class before classes are chosen, so that the counts of the chips sum to all cases', () => {
    const judged = judgeCases(numbersOf(PAIRS));
    const { byClass, total, withErrors, chosen } = selectCases(
      judged,
      { ...PLAN, classes: ['lost', 'failed'] },
      null,
      null,
    );
    expect(Object.values(byClass).reduce((sum, n) => sum + n, 0)).toBe(PAIRS.length);
    expect({ total, withErrors, chosen: [...chosen] }).toEqual({
      total: 3,
      withErrors: 1,
      chosen: [0, 3, 9],
    });
    const kept = Uint8Array.from(PAIRS, (_, i) => (i < 4 ? 1 : 0));
    expect([...selectCases(judged, PLAN, kept, null).chosen]).toEqual([0, 1, 2, 3]);
    expect([...selectCases(judged, { ...PLAN, withErrors: true }, kept, null).chosen]).toEqual([3]);
  });

  test.each<[CaseOrder, readonly number[]]>([
    [{ by: 'id', descending: true }, [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]],
    // Drops of 1 and 1/2, none, gained; then those without a difference: edited, unscored, in one run only.
    [{ by: 'drop', descending: false }, [0, 9, 2, 3, 4, 1, 5, 6, 7, 8]],
    [{ by: 'drop', descending: true }, [1, 2, 3, 4, 9, 0, 5, 6, 7, 8]],
  ])('come ordered %j, ties by id', (order, expected) => {
    const judged = judgeCases(numbersOf(PAIRS));
    const ranks = order.by === 'drop' ? judged.drops() : null;
    const selection = selectCases(judged, { ...PLAN, order }, null, ranks);
    expect([...selection.chosen]).toEqual(expected);
    expect([...pageOf(selection, { offset: 3, limit: 2 })]).toEqual(expected.slice(3, 5));
    expect([...pageOf(selection, { offset: 99, limit: 2 })]).toEqual([]);
  });

  test('of graded scores take their classes from the values of each case', () => {
    const judged = judgeCases({
      codes: [0, 0, 0, 0],
      pairs: [pair(UNSCORED, UNSCORED)],
      hasBaseline: true,
      values: {
        per: 'case',
        baseline: [0.5, 3, Number.NaN, 0],
        candidate: [0.25, 4, 1, -0],
      },
    });
    expect(Array.from(judged.classes, (code) => CASE_CLASSES[code])).toEqual([
      'lost',
      'gained',
      'unscored',
      'failed',
    ]);
    expect(judged.valuesOf(2)).toEqual({ baseline: null, candidate: 1 });
    expect([...judged.drops().rank]).toEqual([0, 2, 3, 1]);
  });

  test('are ranked by number before text, and nothing has no rank', () => {
    const attributes = [
      { state: 'missing' } as const,
      { state: 'changed' } as const,
      ...['10', '9', 'b', 'a', '9.0'].map((cell) => ({ state: 'value', cell }) as const),
      { state: 'value', cell: ['x', 'y'] } as const,
    ];
    const { rank, size } = rankAttributes({ codes: Uint8Array.from(attributes, (_, i) => i), attributes });
    expect(size).toBe(5);
    expect([...rank]).toEqual([5, 5, 1, 0, 4, 3, 0, 2]);
    expect([...rankNumbers(3, (i) => [2, Number.NaN, -1][i]!).rank]).toEqual([1, 2, 0]);
  });
});

test('letters are compared without case, each for itself', () => {
  expect(foldCase('ΟΔΟΣ İ ÄÖÜ ẞ')).toBe('οδοσ i äöü ß');
});

test('the latest answers are kept, and failures are not', async () => {
  const asked: string[] = [];
  const answers = latestAnswers<string>(2);
  const ask = (key: string) =>
    answers.of(key, async () => {
      asked.push(key);
      if (key === 'bad') throw new Error('no');
      return key.toUpperCase();
    });
  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await ask(key);
  expect(asked).toEqual(['a', 'b', 'c', 'b']);
  await expect(ask('bad')).rejects.toThrow('no');
  await expect(ask('bad')).rejects.toThrow('no');
  expect(asked.slice(4)).toEqual(['bad', 'bad']);
});
