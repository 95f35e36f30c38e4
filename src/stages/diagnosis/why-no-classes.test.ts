/** When true labels and answers are no classification. */

import { describe, expect, test } from 'vitest';
import { type LabelCounts, NO_LABEL, type Tally } from '../../counts/index.ts';
import { ALL_CASES } from '../../scope/index.ts';
import { whyNoClasses } from './why-no-classes.ts';

/** Codes of the true label, the answer before and the answer now, and cases. */
type Cell = readonly [expected: number, before: number, now: number, cases: number];

const countsOf = (labels: readonly string[], cells: readonly Cell[]): LabelCounts => ({
  ...{ labels, tooMany: null, hasLists: false, severalTrials: 0 },
  slices: [
    {
      ...{ grouping: ALL_CASES, state: 'value', value: '(all)', edited: 0 },
      cells: {
        expected: Int32Array.from(cells, ([code]) => code),
        baseline: Int32Array.from(cells, ([, code]) => code),
        candidate: Int32Array.from(cells, ([, , code]) => code),
        cases: Float64Array.from(cells, ([, , , cases]) => cases),
        cluster: null,
      },
    },
  ],
});

const passing = (before: number, now: number): { readonly tally: Tally } => ({
  tally: {
    ...{
      cases: 100,
      compared: 100,
      onlyBaseline: 0,
      onlyCandidate: 0,
      edited: 0,
      unscored: 0,
      withErrors: 0,
    },
    pairs: [],
    baselineValues: [{ value: 1, cases: before }],
    candidateValues: [{ value: 1, cases: now }],
  },
});

describe('a judge that passes answers which are not the label as a text', () => {
  const labels = ['(A)', 'A', 'B'];
  /** Half of the answers of the candidate are "(A)". */
  const counts = countsOf(labels, [
    [1, 1, 0, 25],
    [1, 1, 1, 25],
    [2, 2, 2, 40],
    [2, 1, 1, 10],
  ]);

  test('makes recall of equal texts a fiction', () => {
    expect(whyNoClasses(counts, passing(90, 90))).toBe(
      'not judged by equal labels: the candidate passes 90.0% of the cases, and 65.0% of its answers are the true label as a text',
    );
  });

  test('a few slips, a stricter judge, and no verdict at all leave it a classification', () => {
    expect(whyNoClasses(counts, passing(90, 70))).toBeNull();
    expect(whyNoClasses(counts, passing(60, 50))).toBeNull();
    expect(whyNoClasses(counts, null)).toBeNull();
  });

  test('is not told from cases without a label, which may have passed too', () => {
    const more = countsOf(labels, [
      [1, 1, 1, 50],
      [NO_LABEL.none, 0, 0, 50],
    ]);
    expect(whyNoClasses(more, passing(100, 100))).toBeNull();
  });
});

test('two runs whose answers are hardly ever a label hold texts', () => {
  const counts = countsOf(
    ['It is A', 'A', 'B'],
    [
      [1, 0, 0, 60],
      [2, 0, 2, 40],
    ],
  );
  expect(whyNoClasses(counts, null)).toContain('60 of 100 answers are no true label');
  const one = countsOf(
    ['It is A', 'A', 'B'],
    [
      [1, 1, 0, 60],
      [2, 2, 2, 40],
    ],
  );
  expect(whyNoClasses(one, null)).toBeNull();
});
