import { describe, expect, test } from 'vitest';
import { cellBootstrap } from '../stats/index.ts';
import { exactBootstrap } from './exact-bootstrap.ts';

describe('the exact percentile bootstrap of flips', () => {
  // Cumulative probabilities by summing the multinomial: P(net <= 8) = .0158, P(<= 9) = .0283, P(<= 26) = .9619, P(<= 27) = .9755.
  test('is +1.1 to +3.2 points for 20 gained and 2 lost of 840', () => {
    expect(exactBootstrap({ lost: 2, gained: 20, n: 840 }, 0.95)).toEqual({
      lower: 9 / 840,
      upper: 27 / 840,
    });
  });

  test('is -1.4 to +5.7 points for 126 gained and 108 lost of 840', () => {
    expect(exactBootstrap({ lost: 108, gained: 126, n: 840 }, 0.95)).toEqual({
      lower: -12 / 840,
      upper: 48 / 840,
    });
  });

  test('turns around with the direction', () => {
    const one = exactBootstrap({ lost: 7, gained: 0, n: 47 }, 0.95);
    const other = exactBootstrap({ lost: 0, gained: 7, n: 47 }, 0.95);
    expect(one.upper).toBeLessThan(0);
    expect(Math.abs(one.lower + other.upper)).toBeLessThanOrEqual(1 / 47);
  });

  test.each([
    [7, 0, 47],
    [20, 17, 1940],
    [3, 5, 20],
    [20, 0, 20],
    [0, 3, 25],
    [300, 250, 1000],
  ])('lies within one case of 10,000 drawn resamples for %i lost and %i gained of %i', (lost, gained, n) => {
    const drawn = cellBootstrap({
      counts: [lost, n - lost - gained, gained],
      resamples: 10_000,
      seed: 7,
      level: 0.95,
      method: 'percentile',
      statistic: (counts) => (counts[2]! - counts[0]!) / n,
    });
    const exact = exactBootstrap({ lost, gained, n }, 0.95);
    const step = Math.max(1, 0.05 * Math.sqrt(lost + gained)) / n + 1e-12;
    if (drawn.lower === null || drawn.upper === null) {
      expect(exact).toEqual({ lower: (gained - lost) / n, upper: (gained - lost) / n });
      return;
    }
    expect(Math.abs(exact.lower - drawn.lower)).toBeLessThanOrEqual(step);
    expect(Math.abs(exact.upper - drawn.upper)).toBeLessThanOrEqual(step);
  });
});
