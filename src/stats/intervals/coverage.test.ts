import { describe, expect, test } from 'vitest';
import type { Estimate } from '../estimate.ts';
import { binomialPmf } from '../special/index.ts';
import {
  bonettPriceInterval,
  clopperPearsonInterval,
  clopperPearsonMidPInterval,
  jeffreysInterval,
  meeInterval,
  miettinenNurminenInterval,
  newcombePairedInterval,
  newcombeUnpairedInterval,
  tangoInterval,
  waldInterval,
  wilsonInterval,
} from './index.ts';

// Exact coverage: every outcome is enumerated with its probability, nothing is simulated.

interface Coverage {
  readonly mean: number;
  readonly least: number;
}

function summary(values: readonly number[]): Coverage {
  return { mean: values.reduce((sum, value) => sum + value, 0) / values.length, least: Math.min(...values) };
}

const holds = ({ lower, upper }: Estimate, truth: number) =>
  lower! <= truth + 1e-12 && truth - 1e-12 <= upper!;

function proportionCoverage(interval: typeof wilsonInterval, n: number): Coverage {
  const intervals = Array.from({ length: n + 1 }, (_, successes) => interval(successes, n));
  return summary(
    Array.from({ length: 499 }, (_, index) => {
      const rate = (index + 1) / 500;
      return intervals.reduce(
        (sum, estimate, successes) => sum + (holds(estimate, rate) ? binomialPmf(successes, n, rate) : 0),
        0,
      );
    }),
  );
}

describe('coverage of 95% intervals for one proportion, over rates from 0.002 to 0.998', () => {
  test.each([5, 10, 20, 50])('with %i cases', (n) => {
    const wilson = proportionCoverage(wilsonInterval, n);
    const jeffreys = proportionCoverage(jeffreysInterval, n);
    const exact = proportionCoverage(clopperPearsonInterval, n);
    const midP = proportionCoverage(clopperPearsonMidPInterval, n);
    const wald = proportionCoverage(waldInterval, n);
    // Brown, Cai and DasGupta 2001: Wilson and Jeffreys are right on average, with dips near 0 and 1.
    expect(wilson.mean).toBeGreaterThan(0.949);
    expect(wilson.mean).toBeLessThan(0.957);
    expect(wilson.least).toBeGreaterThan(0.83);
    expect(jeffreys.mean).toBeGreaterThan(0.949);
    expect(jeffreys.mean).toBeLessThan(0.96);
    // The guarantee of the exact interval, and what it costs.
    expect(exact.least).toBeGreaterThanOrEqual(0.95);
    expect(exact.mean).toBeGreaterThan(midP.mean);
    expect(midP.mean).toBeGreaterThan(0.95);
    expect(midP.least).toBeGreaterThan(0.92);
    // Why Wald is not offered for anything but comparison.
    expect(wald.least).toBeLessThan(0.1);
  });
});

function pairedCoverage(interval: typeof tangoInterval, n: number): Coverage {
  const coverages: number[] = [];
  for (const churn of [0.05, 0.1, 0.2, 0.4, 0.6]) {
    for (const gainShare of [0.5, 0.7, 0.9]) {
      const truth = churn * (2 * gainShare - 1);
      let coverage = 0;
      for (let changed = 0; changed <= n; changed += 1) {
        for (let gains = 0; gains <= changed; gains += 1) {
          const counts = {
            both: n - changed,
            candidateOnly: gains,
            baselineOnly: changed - gains,
            neither: 0,
          };
          if (!holds(interval(counts), truth)) continue;
          coverage += binomialPmf(changed, n, churn) * binomialPmf(gains, changed, gainShare);
        }
      }
      coverages.push(coverage);
    }
  }
  return summary(coverages);
}

describe('coverage of 95% intervals for a paired difference, over churn from 5% to 60%', () => {
  test.each([10, 20])('with %i cases', (n) => {
    const tango = pairedCoverage(tangoInterval, n);
    expect(tango.least).toBeGreaterThan(0.94);
    expect(tango.mean).toBeLessThan(0.985);
    expect(pairedCoverage(newcombePairedInterval, n).least).toBeGreaterThan(0.925);
    expect(pairedCoverage(bonettPriceInterval, n).least).toBeGreaterThan(0.95);
  });
});

function unpairedCoverage(
  interval: typeof meeInterval,
  candidateCases: number,
  baselineCases: number,
): Coverage {
  const coverages: number[] = [];
  const estimates = Array.from({ length: candidateCases + 1 }, (_, candidatePasses) =>
    Array.from({ length: baselineCases + 1 }, (_, baselinePasses) =>
      interval({ candidatePasses, candidateCases, baselinePasses, baselineCases }),
    ),
  );
  for (let i = 1; i < 20; i += 1) {
    for (let j = 1; j < 20; j += 1) {
      const truth = (i - j) / 20;
      let coverage = 0;
      estimates.forEach((row, candidatePasses) => {
        const weight = binomialPmf(candidatePasses, candidateCases, i / 20);
        row.forEach((estimate, baselinePasses) => {
          if (holds(estimate, truth)) coverage += weight * binomialPmf(baselinePasses, baselineCases, j / 20);
        });
      });
      coverages.push(coverage);
    }
  }
  return summary(coverages);
}

describe('coverage of 95% intervals for an unpaired difference, over rates from 5% to 95%', () => {
  test.each([
    [10, 10],
    [15, 8],
  ])('with %i and %i cases', (candidateCases, baselineCases) => {
    const score = unpairedCoverage(miettinenNurminenInterval, candidateCases, baselineCases);
    expect(score.mean).toBeGreaterThan(0.95);
    expect(score.mean).toBeLessThan(0.962);
    expect(score.least).toBeGreaterThan(0.92);
    expect(unpairedCoverage(meeInterval, candidateCases, baselineCases).mean).toBeGreaterThan(0.95);
    const newcombe = unpairedCoverage(newcombeUnpairedInterval, candidateCases, baselineCases);
    expect(newcombe.mean).toBeGreaterThan(0.95);
    expect(newcombe.least).toBeGreaterThan(0.905);
  });
});
