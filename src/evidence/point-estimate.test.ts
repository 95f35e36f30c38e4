/** The estimates of studies are those of the gate. */

import { expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../config/index.ts';
import type { Measure, ValueCount, ValuePair } from '../counts/index.ts';
import { pairedDelta, unpairedDelta } from './delta-estimate.ts';
import { deltaPoint, sidePoint } from './point-estimate.ts';
import { sideEstimate } from './side-estimate.ts';

const mean = { kind: 'mean', column: 'x', direction: 'higher', bounds: null } as const;
const median = { kind: 'quantile', column: 'x', q: 0.5, direction: 'lower' } as const;
const pairs = (...all: [number, number, number][]): ValuePair[] =>
  all.map(([baseline, candidate, cases]) => ({ baseline, candidate, cases }));
const policy = { ...DEFAULT_POLICY, resamples: 200 };

const TABLES: [string, Measure, ValuePair[]][] = [
  ['passes', { kind: 'passRate' }, pairs([0, 0, 4], [0, 1, 2], [1, 0, 7], [1, 1, 34])],
  ['shares of trials', { kind: 'passRate' }, pairs([0, 1 / 3, 9], [1 / 3, 0, 4], [1, 2 / 3, 20])],
  ['means', mean, pairs([1, 2, 11], [2.5, 1, 7], [3, 3, 20])],
  ['quantiles', median, pairs([1, 2, 11], [2.5, 1, 17], [3, 3, 20])],
  ['quantiles of too few cases', median, pairs([1, 2, 11])],
];

test.each(TABLES)(
  'the difference and both sides are those of the full estimates for %s',
  (_, measure, table) => {
    const side = (key: 'baseline' | 'candidate'): ValueCount[] =>
      table.map((pair) => ({ value: pair[key], cases: pair.cases })).sort((a, b) => a.value - b.value);
    const tally = {
      cases: 0,
      compared: table.reduce((sum, { cases }) => sum + cases, 0),
      onlyBaseline: 0,
      onlyCandidate: 0,
      edited: 0,
      unscored: 0,
      withErrors: 0,
      pairs: table,
      baselineValues: side('baseline'),
      candidateValues: side('candidate'),
    };
    const near = (a: number | null, b: number | null) =>
      a === null || b === null ? expect(a).toBe(b) : expect(a).toBeCloseTo(b, 13);
    near(deltaPoint(tally, measure, policy, true).estimate, pairedDelta(tally, measure, policy).estimate);
    near(deltaPoint(tally, measure, policy, false).estimate, unpairedDelta(tally, measure, policy).estimate);
    for (const values of [tally.baselineValues, tally.candidateValues]) {
      near(sidePoint(values, measure, policy).estimate, sideEstimate(values, measure, policy).estimate);
    }
  },
);
