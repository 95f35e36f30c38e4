import { describe, expect, test } from 'vitest';
import type { Tally, ValueCount } from '../counts/index.ts';
import { betaCdf, binomialCdf } from '../stats/index.ts';
import { floorEvidence } from './floor.ts';

const counted = (...values: [value: number, cases: number][]): ValueCount[] =>
  values.map(([value, cases]) => ({ value, cases }));

function tally(candidateValues: ValueCount[], baselineValues: ValueCount[] = []): Tally {
  return {
    ...{ cases: 0, compared: 0, onlyBaseline: 0, onlyCandidate: 0, edited: 0, unscored: 0, withErrors: 0 },
    pairs: [],
    baselineValues,
    candidateValues,
  };
}

const RATE = { kind: 'passRate' } as const;
const LATENCY = { kind: 'quantile', column: 'ms', q: 0.5, direction: 'lower' } as const;

describe('evidence about the floor of a rate', () => {
  test('is the exact binomial tail and the Jeffreys posterior: 10 of 20 against .85', () => {
    const found = floorEvidence(
      tally(counted([0, 10], [1, 10]), counted([0, 1], [1, 19])),
      RATE,
      'higher',
      0.85,
    );
    // P(X <= 10), X ~ Bin(20, .85), summed term by term.
    let p = 0;
    let ways = 1;
    for (let k = 0; k <= 10; k++) {
      p += ways * 0.85 ** k * 0.15 ** (20 - k);
      ways = (ways * (20 - k)) / (k + 1);
    }
    expect(found?.pValue).toBeCloseTo(p, 12);
    expect(found?.pValue).toBeCloseTo(0.000248, 5);
    expect(found?.posteriorDoubt).toBeCloseTo(1 - betaCdf(0.85, 10.5, 10.5), 12);
    expect(found?.posteriorDoubt).toBeLessThan(0.01);
    expect(found).toMatchObject({ floor: 0.85, baselineObserved: 0.95, candidateObserved: 0.5 });
  });

  test('36 of 47 against .85 is no more than a suspicion', () => {
    const found = floorEvidence(tally(counted([0, 11], [1, 36])), RATE, 'higher', 0.85);
    expect(found?.pValue).toBeCloseTo(binomialCdf(36, 47, 0.85), 14);
    expect(found?.pValue).toBeGreaterThan(0.05);
    expect(found?.baselineObserved).toBeNull();
  });

  test('counts shares of trials as fractional passes, between the whole numbers around them', () => {
    const p = (passes: number) =>
      floorEvidence(
        tally(
          counted(
            [0, 20 - Math.ceil(passes)],
            [passes % 1, passes % 1 === 0 ? 0 : 1],
            [1, Math.floor(passes)],
          ),
        ),
        RATE,
        'higher',
        0.85,
      )!.pValue;
    expect(p(15.5)).toBeGreaterThan(p(15));
    expect(p(15.5)).toBeLessThan(p(16));
  });

  test('is a ceiling where lower is better: 12 of 40 in error against .1', () => {
    const found = floorEvidence(tally(counted([0, 28], [1, 12])), { kind: 'errorRate' }, 'lower', 0.1);
    // As many sound cases: P(X <= 28), X ~ Bin(40, .9).
    expect(found?.pValue).toBeCloseTo(binomialCdf(28, 40, 0.9), 14);
    expect(found?.candidateObserved).toBe(0.3);
  });

  test('does not exist without a usable case', () => {
    expect(floorEvidence(tally([]), RATE, 'higher', 0.85)).toBeNull();
  });
});

describe('evidence about the floor of numbers', () => {
  test('of a mean is Student one-sided: mean 2, s.d. 1, n = 4 against 3', () => {
    const values = counted([1, 1], [2, 2], [3, 1]);
    const found = floorEvidence(
      tally(values),
      { kind: 'mean', column: 'x', direction: 'higher', bounds: null },
      'higher',
      3,
    );
    // t = (2 - 3) / sqrt((2/3) / 4) = -2.449490, three degrees of freedom: p = .045862.
    expect(found?.pValue).toBeCloseTo(0.045862, 5);
    expect(found?.candidateObserved).toBe(2);
  });

  test('of a constant mean is certain, unless it is one case', () => {
    const mean = { kind: 'mean', column: 'x', direction: 'higher', bounds: null } as const;
    expect(floorEvidence(tally(counted([1, 5])), mean, 'higher', 3)?.pValue).toBe(0);
    expect(floorEvidence(tally(counted([1, 1])), mean, 'higher', 3)?.pValue).toBe(1);
    expect(floorEvidence(tally(counted([4, 5])), mean, 'higher', 3)?.pValue).toBe(1);
  });

  test('of a median latency is the binomial of cases within the limit: 5 of 20 within 100', () => {
    const found = floorEvidence(tally(counted([90, 5], [150, 15])), LATENCY, 'lower', 100);
    expect(found?.pValue).toBeCloseTo(binomialCdf(5, 20, 0.5), 14);
    expect(found?.pValue).toBeCloseTo(0.020695, 6);
    expect(found?.candidateObserved).toBe(150);
  });

  test('of a low quantile that should be high counts the cases at or above the limit', () => {
    const p10 = { kind: 'quantile', column: 'x', q: 0.1, direction: 'higher' } as const;
    const found = floorEvidence(tally(counted([1, 8], [5, 22])), p10, 'higher', 5);
    expect(found?.pValue).toBeCloseTo(binomialCdf(22, 30, 0.9), 14);
    expect(found?.candidateObserved).toBe(1);
  });
});

describe('the floor in looks that are always valid', () => {
  const at = (looks: 'fixed' | 'always-valid', measure: Parameters<typeof floorEvidence>[1], floor: number) =>
    floorEvidence(tally(counted([0, 10], [1, 10])), measure, 'higher', floor, null, looks);

  test('is 1/E of a bet on the shortfall, dearer than the exact p of one look', () => {
    const always = at('always-valid', RATE, 0.85);
    expect(always?.pValue).toBeCloseTo(0.003744, 5);
    expect(always?.posteriorDoubt).toBe(always?.pValue);
    expect(at('fixed', RATE, 0.85)?.pValue).toBeCloseTo(0.000248, 5);
  });

  test('of a mean, or of clustered cases, is never sure', () => {
    const mean = { kind: 'mean', column: 'score', direction: 'higher', bounds: [0, 1] } as const;
    expect(at('fixed', mean, 0.95)?.pValue).toBeLessThan(0.01);
    expect(at('always-valid', mean, 0.95)).toMatchObject({ pValue: 1, posteriorDoubt: 1 });
    const clusters = {
      baseline: new Float64Array(20).fill(1),
      candidate: Float64Array.from({ length: 20 }, (_, i) => i % 2),
      cluster: Int32Array.from({ length: 20 }, (_, i) => i),
    };
    const clustered = floorEvidence(
      tally(counted([0, 10], [1, 10])),
      RATE,
      'higher',
      0.85,
      clusters,
      'always-valid',
    );
    expect(clustered).toMatchObject({ pValue: 1, posteriorDoubt: 1 });
  });
});
