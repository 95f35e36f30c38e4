import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../config/index.ts';
import type { Tally, ValueCount } from '../counts/index.ts';
import { labelPermutationP } from './label-permutation.ts';

const tally = (baselineValues: readonly ValueCount[], candidateValues: readonly ValueCount[]): Tally => ({
  ...{
    cases: 0,
    compared: 0,
    onlyBaseline: 0,
    onlyCandidate: 0,
    edited: 0,
    unscored: 0,
    withErrors: 0,
    pairs: [],
  },
  baselineValues,
  candidateValues,
});

describe('permuted labels', () => {
  it('agree with Fisher on pass or fail: 36 of 47 after 43 of 47 is .0444', () => {
    const before = [
      { value: 0, cases: 4 },
      { value: 1, cases: 43 },
    ];
    const after = [
      { value: 0, cases: 11 },
      { value: 1, cases: 36 },
    ];
    const p = labelPermutationP(tally(before, after), -1, DEFAULT_POLICY);
    expect(Math.abs((p ?? 1) - 0.0444)).toBeLessThan(0.007);
  });

  it('are exact for three against three: one dealing of twenty is as bad', () => {
    const values = (list: readonly number[]) => list.map((value) => ({ value, cases: 1 }));
    const p = labelPermutationP(tally(values([0.7, 0.8, 0.9]), values([0.1, 0.2, 0.3])), -1, DEFAULT_POLICY);
    expect(Math.abs((p ?? 1) - 0.05)).toBeLessThan(0.007);
    expect(labelPermutationP(tally(values([0.5]), values([0.5])), -1, DEFAULT_POLICY)).toBe(1);
  });

  it('say nothing where there are too many distinct values', () => {
    const many = Array.from({ length: 2_001 }, (_, i) => ({ value: i / 3_000, cases: 1 }));
    expect(labelPermutationP(tally(many, many), -1, DEFAULT_POLICY)).toBeNull();
  });
});
