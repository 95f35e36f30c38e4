import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  betaCdf,
  betaLogTails,
  betaPoint,
  betaQuantile,
  betaTails,
  binomialCdf,
  binomialLogPmf,
  binomialPmf,
  binomialQuantile,
  binomialSf,
  chiSquareSf,
  gammaTails,
  hypergeometricCdf,
  hypergeometricPmf,
  hypergeometricSf,
  logBeta,
  logBinomialCoefficient,
  logGamma,
  normalCdf,
  normalLogSf,
  normalPdf,
  normalQuantile,
  normalSf,
  studentTCdf,
  studentTQuantile,
  studentTSf,
} from './index.ts';
import { evaluate } from './polynomial.ts';
import { deviance, logPoissonTerm, logSaddlePointTerm, stirlingError } from './saddle-point.ts';

/** Relative distance. */
const off = (got: number, expected: number) => Math.abs(got - expected) / Math.abs(expected);

// Computed with mpmath 1.3 at 40 digits, by quadrature of the density or from the definition.
const KNOWN: readonly (readonly [name: string, got: number, expected: number, digits: number])[] = [
  ['t quantile at 10 df', studentTQuantile(0.975, 10), 2.228138851986275, 1e-14],
  ['t quantile at 2.5 df', studentTQuantile(0.999, 2.5), 13.822193110865966, 1e-13],
  ['t quantile at 7.3 df', studentTQuantile(0.99, 7.3), 2.963940447583897, 1e-13],
  ['gamma tail of shape 1e5', gammaTails(1e5, 100500).upper, 0.05710326997602871, 1e-12],
  ['binomial tail of 1e9', binomialSf(500_001_000, 1e9, 0.5), 0.4747980760467287, 1e-11],
  ['binomial centre of 1e9', binomialPmf(5e8, 1e9, 0.5), 2.523132521389377e-5, 1e-13],
  ['binomial log of nothing in 1e9', binomialLogPmf(0, 1e9, 0.001), -1000500.3335835335, 1e-15],
  ['binomial tail at p = 1e-300', binomialSf(1, 1e9, 1e-300), 1e-291, 1e-12],
  ['normal log tail at 1e5', normalLogSf(1e5), -5000000012.431864, 1e-15],
  ['beta cdf of 3e5 cases', betaCdf(0.3333, 1e5, 2e5), 0.48472420024959623, 1e-12],
  ['log gamma of 1e-300', logGamma(1e-300), 690.7755278982137, 1e-15],
  ['log gamma of 0.3', logGamma(0.3), 1.0957979948180756, 1e-15],
  ['log gamma of 2.3', logGamma(2.3), 0.15418945495963057, 1e-14],
  ['log gamma of 15', logGamma(15), 25.19122118273868, 1e-15],
  ['log gamma of 100000.5', logGamma(100000.5), 1051293.4654351394, 1e-15],
];

test.each(KNOWN)('%s has the digits of the reference', (_, got, expected, digits) => {
  expect(off(got, expected)).toBeLessThan(digits);
});

// The numbers of the docblocks.
const EXAMPLES: readonly (readonly [name: string, got: number, expected: number])[] = [
  ['evaluate', evaluate([1, 0, -2], 3), 7],
  ['normalPdf', normalPdf(0), 0.3989422804014327],
  ['stirlingError', stirlingError(10), 0.008330563433362871],
  ['logSaddlePointTerm', logSaddlePointTerm(1, 1, 0.5, 0.5), -Math.LN2],
  ['logPoissonTerm', logPoissonTerm(0, 2), -2],
  ['gammaTails', gammaTails(1, 2).upper, 0.1353352832366127],
  ['logBeta', logBeta(2, 3), -2.4849066497880004],
  ['betaLogTails', betaLogTails(0.5, 1, 2000).logUpper, -1386.2943611198905],
  ['betaTails', betaTails(0.5, 2, 3).lower, 0.6875],
  ['betaPoint', betaPoint('lower', 0.5, 1, 1).x, 0.5],
  ['logBinomialCoefficient', logBinomialCoefficient(5, 2), Math.LN10],
  ['hypergeometricSf', hypergeometricSf(9, 16, 10, 9), 0.0008741258741258741],
  ['studentTCdf', studentTCdf(-2, 5), 0.05096973941492918],
];

test.each(EXAMPLES)('the example of %s holds', (_, got, expected) => {
  expect(off(got, expected)).toBeLessThan(1e-13);
});

describe('the normal distribution', () => {
  test('has a quantile that is the inverse of its lower tail, down to 1e-300', () => {
    fc.assert(
      fc.property(fc.double({ min: -300, max: -0.31, noNaN: true }), (exponent) => {
        const p = 10 ** exponent;
        const x = normalQuantile(p);
        expect(off(normalCdf(x), p)).toBeLessThan(1e-14 * (1 + x * x));
        expect(normalSf(-x)).toBe(normalCdf(x));
      }),
    );
  });

  test('has limits at the ends and no value outside them', () => {
    expect([normalQuantile(0), normalQuantile(1), normalQuantile(0.5)]).toEqual([-Infinity, Infinity, 0]);
    expect([normalQuantile(-0.1), normalQuantile(1.1), normalQuantile(Number.NaN)]).toEqual([NaN, NaN, NaN]);
    expect([normalCdf(Infinity), normalSf(Infinity), normalPdf(Infinity)]).toEqual([1, 0, 0]);
    expect([normalCdf(-Infinity), normalLogSf(Infinity), normalCdf(Number.NaN)]).toEqual([0, -Infinity, NaN]);
  });

  test('has a log tail that is the logarithm of the tail where both exist', () => {
    fc.assert(
      fc.property(fc.double({ min: -5, max: 37, noNaN: true }), (x) => {
        expect(normalLogSf(x)).toBeCloseTo(Math.log(normalSf(x)), 10);
      }),
    );
  });
});

describe('the gamma function', () => {
  test('obeys its recurrence', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (x) => {
        const size = 1 + Math.abs(logGamma(x)) + Math.abs(Math.log(x));
        expect(Math.abs(logGamma(x + 1) - logGamma(x) - Math.log(x)) / size).toBeLessThan(2e-15);
      }),
    );
  });

  test('is infinite at 0, zero at 1 and 2, and undefined below 0', () => {
    expect([logGamma(0), logGamma(1), logGamma(2), logGamma(-1)]).toEqual([Infinity, 0, 0, NaN]);
  });

  test('gives binomial coefficients from 1 to far beyond the range of a number', () => {
    expect(off(Math.exp(logBinomialCoefficient(52, 5)), 2598960)).toBeLessThan(1e-13);
    expect(off(logBinomialCoefficient(1e9, 1), Math.log(1e9))).toBeLessThan(1e-14);
    expect(off(logBinomialCoefficient(1e9, 2), Math.log((1e9 * (1e9 - 1)) / 2))).toBeLessThan(1e-14);
    expect([logBinomialCoefficient(4, 0), logBinomialCoefficient(4, 4)]).toEqual([0, 0]);
    expect([logBinomialCoefficient(4, 5), logBinomialCoefficient(4, -1)]).toEqual([-Infinity, -Infinity]);
  });

  test('has incomplete forms that agree with the exponential series of whole shapes', () => {
    for (const shape of [1, 2, 5, 20]) {
      for (const x of [0.1, 1, shape, 3 * shape]) {
        let series = 0;
        for (let k = 0, term = Math.exp(-x); k < shape; k += 1, term *= x / k) series += term;
        expect(off(gammaTails(shape, x).upper, series)).toBeLessThan(1e-12);
      }
    }
    expect([gammaTails(2, 0).upper, gammaTails(2, Infinity).upper, chiSquareSf(-1, 3)]).toEqual([1, 0, 1]);
  });
});

test('the deviance is zero at the mean and keeps its digits near it', () => {
  expect(deviance(3, 3)).toBe(0);
  // x log(x / m) + m - x at x = m + d is d² / 2m - d³ / 6m² + ...
  expect(off(deviance(1e9 + 1, 1e9), 0.5e-9 - 1e-18 / 6)).toBeLessThan(1e-12);
});

describe('the beta distribution', () => {
  const shape = fc.double({ min: 1e-3, max: 1e6, noNaN: true });
  const share = fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true });

  test('has a quantile that is the inverse of its distribution', () => {
    fc.assert(
      fc.property(share, shape, shape, (p, a, b) => {
        const { x, y } = betaPoint('lower', p, a, b);
        expect(x + y).toBeCloseTo(1, 14);
        if (x < 1e-290 || y < 1e-290) return;
        expect(off(betaTails(x, a, b, y).lower, p)).toBeLessThan(1e-8);
      }),
    );
  });

  test('has tails that mirror when the sides change places', () => {
    fc.assert(
      fc.property(share, shape, shape, (x, a, b) => {
        const { lower, upper } = betaTails(x, a, b);
        const mirrored = betaTails(1 - x, b, a, x);
        expect(lower + upper).toBeCloseTo(1, 13);
        expect(Math.abs(mirrored.upper - lower)).toBeLessThanOrEqual(1e-9 * lower + 1e-300);
      }),
    );
  });

  test('has exact ends and refuses impossible arguments', () => {
    expect([betaCdf(0, 2, 3), betaCdf(1, 2, 3), betaQuantile(0, 2, 3), betaQuantile(1, 2, 3)]).toEqual([
      0, 1, 0, 1,
    ]);
    expect([betaCdf(0.5, -1, 2), betaQuantile(2, 1, 1), logBeta(0, 1)]).toEqual([NaN, NaN, NaN]);
    expect(betaLogTails(0, 1, 1)).toEqual({ logLower: -Infinity, logUpper: 0 });
    expect(betaLogTails(1, 1, 1)).toEqual({ logLower: 0, logUpper: -Infinity });
  });
});

describe('the binomial distribution', () => {
  test('has tails that are the sums of its probabilities', () => {
    const place = fc.record({ n: fc.integer({ min: 0, max: 60 }), k: fc.integer({ min: -1, max: 61 }) });
    fc.assert(
      fc.property(place, fc.double({ min: 0, max: 1, noNaN: true }), ({ n, k }, p) => {
        let below = 0;
        for (let x = 0; x <= Math.min(k, n); x += 1) below += binomialPmf(x, n, p);
        expect(binomialCdf(k, n, p)).toBeCloseTo(below, 11);
        expect(binomialSf(k + 1, n, p)).toBeCloseTo(1 - below, 11);
      }),
    );
  });

  // scipy.stats.binom.ppf of SciPy
  test.each([
    [0.975, 100, 0.3, 39],
    [0.025, 100, 0.3, 21],
    [0.5, 1, 0.5, 0],
    [0.0001, 10, 0.5, 0],
    [1, 10, 0.5, 10],
    [0.001, 1_000_000, 0.02, 19_569],
    [0.999, 1_000_000, 0.02, 20_434],
    [0.5, 0, 0.3, 0],
    [0.3, 7, 0, 0],
    [0.3, 7, 1, 7],
    [0.1, 5, 0.1, 0],
    [1.1, 5, 0.1, Number.NaN],
  ])('has the %d quantile of %d draws at %d at %d', (probability, n, p, quantile) => {
    expect(binomialQuantile(probability, n, p)).toBe(quantile);
  });

  test('is certain at the ends and nothing outside its support', () => {
    expect([binomialPmf(0, 0, 0.3), binomialPmf(0, 5, 0), binomialPmf(5, 5, 1)]).toEqual([1, 1, 1]);
    expect([binomialPmf(6, 5, 0.5), binomialPmf(1.5, 5, 0.5), binomialPmf(1, 5, 0)]).toEqual([0, 0, 0]);
    expect([
      binomialCdf(-1, 5, 0.5),
      binomialCdf(5, 5, 0.5),
      binomialSf(0, 5, 0.5),
      binomialSf(6, 5, 0.5),
    ]).toEqual([0, 1, 1, 0]);
    expect([binomialPmf(1, 5, 1.5), binomialCdf(1, -1, 0.5), binomialSf(1, 5, Number.NaN)]).toEqual([
      NaN,
      NaN,
      NaN,
    ]);
  });
});

describe("Student's t distribution", () => {
  test('has a quantile that is the inverse of its distribution at any degrees of freedom', () => {
    const df = fc.double({ min: 0.3, max: 1e8, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }), df, (p, degrees) => {
        expect(off(studentTCdf(studentTQuantile(p, degrees), degrees), p)).toBeLessThan(1e-7);
      }),
    );
  });

  test('becomes the normal distribution and has limits at the ends', () => {
    expect(studentTSf(1.5, Infinity)).toBe(normalSf(1.5));
    expect(off(studentTSf(1.5, 1e12), normalSf(1.5))).toBeLessThan(1e-9);
    expect([studentTQuantile(0, 3), studentTQuantile(0.5, 3), studentTQuantile(1, 3)]).toEqual([
      -Infinity,
      0,
      Infinity,
    ]);
    expect([studentTSf(Infinity, 3), studentTSf(-Infinity, 3), studentTSf(0, 3)]).toEqual([0, 1, 0.5]);
    expect([studentTSf(1, 0), studentTQuantile(0.5, -1)]).toEqual([NaN, NaN]);
  });

  test('is the Cauchy distribution at one degree of freedom', () => {
    for (const t of [1e-8, 0.3, 1, 40, 1e12]) {
      expect(off(studentTSf(t, 1), Math.atan(1 / t) / Math.PI)).toBeLessThan(1e-13);
    }
  });
});

describe('the hypergeometric distribution', () => {
  const urn = fc.integer({ min: 0, max: 60 }).chain((total) =>
    fc.record({
      total: fc.constant(total),
      marked: fc.integer({ min: 0, max: total }),
      drawn: fc.integer({ min: 0, max: total }),
    }),
  );

  test('has probabilities of binomial coefficients and tails that are their sums', () => {
    fc.assert(
      fc.property(urn, ({ total, marked, drawn }) => {
        let below = 0;
        for (let x = -1; x <= drawn + 1; x += 1) {
          const logs =
            logBinomialCoefficient(marked, x) +
            logBinomialCoefficient(total - marked, drawn - x) -
            logBinomialCoefficient(total, drawn);
          expect(hypergeometricPmf(x, total, marked, drawn)).toBeCloseTo(Math.exp(logs), 11);
          expect(hypergeometricSf(x, total, marked, drawn)).toBeCloseTo(1 - below, 11);
          below += hypergeometricPmf(x, total, marked, drawn);
          expect(hypergeometricCdf(x, total, marked, drawn)).toBeCloseTo(below, 11);
        }
      }),
    );
  });
});
