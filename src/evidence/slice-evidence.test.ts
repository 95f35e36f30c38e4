/** Estimates, tests and non-inferiority of one slice, in every way in which runs can be compared. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  evidenceFromCells,
  evidenceOf,
  outcome,
  PASS_RATE,
  scopedColumn,
} from '../../test/slice-evidence.ts';
import { DEFAULT_POLICY } from '../config/index.ts';
import type { OutcomeCell, Tally, ValuePair } from '../counts/index.ts';
import { ConfigError } from '../errors.ts';
import { sliceEvidence } from './slice-evidence.ts';

const REFUND = { kept: 36, lost: 7, gained: 0, failed: 4 };

/** Evidence of pairs of numbers. */
function graded(
  pairs: readonly (readonly [baseline: number, candidate: number, cases: number])[],
  bounds: readonly [number, number] | null = [0, 1],
  margin: number | null = null,
) {
  const table: ValuePair[] = pairs.map(([baseline, candidate, cases]) => ({ baseline, candidate, cases }));
  const compared = table.reduce((sum, { cases }) => sum + cases, 0);
  const side = (key: 'baseline' | 'candidate') =>
    table.map((pair) => ({ value: pair[key], cases: pair.cases }));
  const tally: Tally = {
    ...{
      cases: compared,
      compared,
      onlyBaseline: 0,
      onlyCandidate: 0,
      edited: 0,
      unscored: 0,
      withErrors: 0,
    },
    pairs: table,
    baselineValues: side('baseline'),
    candidateValues: side('candidate'),
  };
  return sliceEvidence({
    ...{ key: { grouping: 'segment', state: 'value', value: 'a' }, scoped: scopedColumn(), rules: {}, tally },
    ...{ policy: { ...DEFAULT_POLICY, resamples: 500 }, pairing: 'paired', clusters: null },
    metric: {
      ...PASS_RATE,
      id: 'mean:x',
      margin,
      measure: { kind: 'mean', column: 'x', direction: 'higher', bounds },
    },
  });
}

describe('paired pass or fail', () => {
  it('is McNemar and Tango: 7 lost of 47', () => {
    const found = evidenceOf(REFUND);
    expect(found).toMatchObject({ n: 47, lost: 7, gained: 0, direction: 'higher', margin: 0.05 });
    expect(found.test).toMatchObject({ name: 'exact McNemar' });
    expect(found.test?.pValue).toBeCloseTo(1 / 128, 14);
    expect(found.test?.pValueTwoSided).toBeCloseTo(1 / 64, 14);
    // Half the probability of what was observed less: (1/128) / 2.
    expect(found.test?.midP).toBeCloseTo(1 / 256, 14);
    expect(found.delta).toMatchObject({ method: 'tango', n: 47 });
    expect(found.delta?.lower).toBeCloseTo(-0.27686, 5);
    expect(found.delta?.upper).toBeCloseTo(-0.06213, 5);
    expect(found.loss).toBeCloseTo(7 / 47, 14);
    expect(found.nonInferiorityP).toBeGreaterThan(0.9);
  });

  it('attains no p-value below 2 to the minus number of flips', () => {
    const { test } = evidenceOf(REFUND);
    expect(test?.attainable(0.0078)).toBe(0);
    expect(test?.attainable(0.02)).toBeCloseTo(1 / 128, 14);
    expect(test?.attainable(1)).toBe(1);
  });

  it.each([
    // No flip in n cases: Tango's z at .05 is sqrt(.05 n / .95).
    [47, false],
    [51, false],
    [52, true],
    [300, true],
  ])('without a flip in %i cases is non-inferior at 5 points: %s', (kept, shown) => {
    const p = evidenceOf({ kept }).nonInferiorityP ?? Number.NaN;
    expect(p <= 0.05).toBe(shown);
  });

  it('has delta = candidate - baseline for any counts, and no number that is none', () => {
    const n = fc.nat(60);
    fc.assert(
      fc.property(n, n, n, n, (kept, lost, gained, failed) => {
        const found = evidenceOf({ kept, lost, gained, failed });
        const total = kept + lost + gained + failed;
        expect(found.n).toBe(total);
        if (total === 0) {
          expect(found.delta?.estimate).toBeNull();
          expect(found.test).toBeNull();
          return;
        }
        const [before, after] = [found.baseline?.estimate ?? 0, found.candidate?.estimate ?? 0];
        expect(found.delta?.estimate).toBeCloseTo(after - before, 12);
        expect(found.loss).toBe(-(found.delta?.estimate ?? 0));
        expect(found.delta?.lower).toBeLessThanOrEqual((found.delta?.estimate ?? 0) + 1e-12);
        expect(found.delta?.upper).toBeGreaterThanOrEqual((found.delta?.estimate ?? 0) - 1e-12);
        expect(JSON.stringify(found)).not.toContain('NaN');
      }),
      { numRuns: 60 },
    );
  });
});

describe('runs without common cases', () => {
  it('are Fisher’s: 43 and 36 of 47 give .089 two-sided', () => {
    const found = evidenceOf(REFUND, { pairing: 'unpaired' });
    expect(found.test?.name).toBe('Fisher exact');
    expect(found.test?.pValueTwoSided).toBeCloseTo(0.089, 3);
    expect(found).toMatchObject({ n: 47, lost: 0, gained: 0 });
    // Miettinen and Nurminen at 5 points: a loss of 15 points shows no non-inferiority.
    expect(found.nonInferiorityP).toBeGreaterThan(0.9);
    expect(found.delta?.estimate).toBeCloseTo(-7 / 47, 14);
    expect(found.delta?.method).toMatch(/miettinen/);
  });

  it('have the smaller run for n', () => {
    const pass = outcome('passed');
    const cell = (baseline: OutcomeCell['baseline'], candidate: OutcomeCell['candidate'], cases: number) => ({
      ...{ baseline, candidate, cases, edited: false },
    });
    const found = evidenceFromCells(
      [cell(pass, null, 30), cell(null, pass, 12)],
      {},
      { pairing: 'unpaired' },
    );
    expect(found.n).toBe(12);
  });
});

describe('a single run', () => {
  it('has a rate and nothing to compare with', () => {
    const found = evidenceOf(REFUND, { pairing: 'single run' });
    expect(found).toMatchObject({
      n: 47,
      baseline: null,
      delta: null,
      loss: null,
      test: null,
      nonInferiorityP: null,
    });
    expect(found.candidate).toMatchObject({ estimate: 36 / 47, method: 'wilson' });
  });
});

describe('graded pairs', () => {
  it('wait for the sign flips of all slices', () => {
    const found = graded([
      [1, 0.5, 10],
      [0.5, 0.5, 30],
      [0, 1, 2],
    ]);
    expect(found).toMatchObject({ n: 42, lost: 10, gained: 2 });
    expect(found.test).toMatchObject({ name: 'sign flip', pValue: null });
    expect(found.delta?.estimate).toBeCloseTo((2 - 5) / 42, 14);
    expect(found.delta?.method).toBe('bca');
  });

  it('are no proof of non-inferiority while they are few', () => {
    const one = (n: number) =>
      graded([
        [1, 2 / 3, 1],
        [1, 1, n - 1],
      ]).nonInferiorityP ?? Number.NaN;
    const none = (n: number) =>
      graded([
        [1, 1, n],
        [0.5, 0.5, 1],
      ]).nonInferiorityP ?? Number.NaN;
    expect(one(25)).toBeGreaterThan(0.05);
    expect(none(25)).toBeGreaterThan(0.05);
    expect(one(300)).toBeLessThan(0.05);
    expect(none(300)).toBeLessThan(0.05);
  });

  it('take the margin as a share of declared bounds, and their own where they have one', () => {
    expect(graded([[1, 2, 30]], [1, 5]).margin).toBeCloseTo(0.2, 14);
    expect(graded([[1, 2, 30]], null, 3).margin).toBe(3);
    expect(graded([[0.4, 0.5, 30]]).margin).toBe(0.05);
  });

  it('outside declared bounds are refused', () => {
    expect(() => graded([[1, 7, 30]], [1, 5])).toThrow(ConfigError);
    expect(() => graded([[1, 7, 30]], [1, 5])).toThrow('has the value 7, outside its bounds 1 to 5');
  });
});

describe('rules', () => {
  it('of the slice go before those of the metric, and these before the policy', () => {
    const policy = { floor: 0.7, margin: 0.05 };
    expect(evidenceOf(REFUND, { policy })).toMatchObject({ margin: 0.05, floor: { floor: 0.7 } });
    const metric = { floor: 0.8, margin: 0.1 };
    expect(evidenceOf(REFUND, { policy, metric })).toMatchObject({ margin: 0.1, floor: { floor: 0.8 } });
    const rules = { floor: 0.9, margin: 0.2 };
    expect(evidenceOf({ ...REFUND, rules }, { policy, metric })).toMatchObject({
      margin: 0.2,
      floor: { floor: 0.9 },
    });
    expect(evidenceOf(REFUND).floor).toBeNull();
  });

  it('of the policy’s floor are for pass rates only', () => {
    const metric = { id: 'errorRate', measure: { kind: 'errorRate' } } as const;
    expect(evidenceOf(REFUND, { policy: { floor: 0.7 }, metric }).floor).toBeNull();
  });
});

describe('looks that are always valid', () => {
  it('use an e-process, whose p is never below the exact one', () => {
    const always = evidenceOf(REFUND, { policy: { looks: 'always-valid' } });
    expect(always.test?.name).toBe('beta-mixture e-process');
    // E = 2^8 * integral over [1/2, 1] of t^7 dt = 2^8 (1 - 2^-8) / 8 = 31.875.
    expect(always.test?.pValue).toBeCloseTo(1 / 31.875, 12);
    expect(always.test?.pValue).toBeGreaterThan(1 / 128);
  });
});

it.each([1, 5])('refuses a margin of %d for a rate, which nothing could lose', (margin) => {
  expect(() => evidenceOf({ ...REFUND, rules: { margin } })).toThrow(ConfigError);
});
