/** Losses that are only errors go to review, except where errors are what the metric counts. */

import { expect, test } from 'vitest';
import { evidenceFromCells, outcome, PASS_RATE } from '../../test/slice-evidence.ts';
import { DEFAULT_POLICY } from '../config/index.ts';
import { errorsToReview, judgeSlices } from './judge-slices.ts';

const cells = [
  { baseline: outcome('passed'), candidate: outcome('error'), edited: false, cases: 20 },
  { baseline: outcome('passed'), candidate: outcome('passed'), edited: false, cases: 80 },
];

function verdictOf(kind: 'passRate' | 'errorRate') {
  const metric = { ...PASS_RATE, id: kind, measure: { kind } } as const;
  const judged = (withCells: typeof cells) =>
    judgeSlices(
      [evidenceFromCells(withCells, {}, { metric })],
      null,
      { policy: DEFAULT_POLICY, pairing: 'paired', disjoint: true, clustered: false, beyondChurn: null },
      { flips: 99, seed: 1 },
    );
  const [decision] = errorsToReview(judged(cells), judged(cells.slice(1))).decisions.values();
  return decision;
}

test('a pass rate that falls by errors alone is reviewed', () => {
  expect(verdictOf('passRate')).toMatchObject({ verdict: 'REVIEW' });
  expect(verdictOf('passRate')?.reason).toContain('without the 20 pairs that have an error');
});

test('an error rate that rises blocks', () => {
  expect(verdictOf('errorRate')).toMatchObject({ verdict: 'BLOCK', grade: 'confirmed' });
});
