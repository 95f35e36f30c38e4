/** Allocation, designs and estimates: literals, properties, and the coverage of reweighted rates. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../stats/index.ts';
import {
  allocate,
  casesForMargin,
  certainty,
  type Draw,
  drawProportional,
  drawSimple,
  drawStratified,
  marginOfError,
  permanentNumber,
  rateOfSample,
  unionOf,
} from './index.ts';

/** Traffic of customers by Zipf's law with exponent 1.1. */
function zipf(customers: number, rows: number): { key: string; available: number; existing: number }[] {
  const weights = Array.from({ length: customers }, (_, i) => 1 / (i + 1) ** 1.1);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight, i) => ({
    key: `c${String(i).padStart(2, '0')}`,
    available: Math.round((weight / total) * rows),
    existing: 0,
  }));
}

describe('allocation', () => {
  it('brings all of 40 customers with Zipf traffic to 20 within 1,200 cases', () => {
    const strata = zipf(40, 100_000);
    const uniform = strata.map(({ available }) => (1_200 * available) / 100_000);
    expect(uniform.filter((n) => n < 20).length).toBe(28);
    const plan = allocate(strata, 1_200, 20, 'proportional');
    expect(plan.reduce((sum, { draw }) => sum + draw, 0)).toBe(1_200);
    expect(Math.min(...plan.map(({ draw }) => draw))).toBeGreaterThanOrEqual(20);
    expect(plan.every(({ floor }) => floor === 'reached')).toBe(true);
  });

  it('says that three calls cannot reach a floor of 20', () => {
    const plan = allocate(
      [
        { key: 'big', available: 900, existing: 0 },
        { key: 'tiny', available: 3, existing: 0 },
      ],
      100,
      20,
      'proportional',
    );
    expect(plan).toEqual([
      { key: 'big', draw: 97, forFloor: 20, floor: 'reached' },
      { key: 'tiny', draw: 3, forFloor: 3, floor: 'impossible' },
    ]);
  });

  it('raises the smallest first where the budget does not reach all floors', () => {
    const plan = allocate(
      [
        { key: 'a', available: 50, existing: 15 },
        { key: 'b', available: 50, existing: 0 },
        { key: 'c', available: 50, existing: 3 },
      ],
      20,
      20,
      'proportional',
    );
    expect(plan.map(({ draw }) => draw)).toEqual([0, 12, 8]);
    expect(plan.map(({ floor }) => floor)).toEqual(['short', 'short', 'short']);
  });

  it('gives Neyman more to strata with more spread, after the floor', () => {
    const strata = [
      { key: 'sure', available: 1_000, existing: 0, spread: 0.1 },
      { key: 'torn', available: 1_000, existing: 0, spread: 0.4 },
    ];
    expect(allocate(strata, 100, 0, 'neyman').map(({ draw }) => draw)).toEqual([20, 80]);
    expect(allocate(strata, 100, 30, 'neyman').map(({ draw }) => draw)).toEqual([38, 62]);
  });

  it('levels with the rule equal', () => {
    const plan = allocate(
      [
        { key: 'a', available: 5, existing: 0 },
        { key: 'b', available: 500, existing: 0 },
        { key: 'c', available: 50, existing: 0 },
      ],
      31,
      0,
      'equal',
    );
    expect(plan.map(({ draw }) => draw)).toEqual([5, 13, 13]);
  });

  it('never draws more than there is, spends the budget, and meets every floor that it can', () => {
    const stratum = fc.record({
      available: fc.nat(60),
      existing: fc.nat(30),
      size: fc.nat(1_000),
      spread: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.array(stratum, { minLength: 1, maxLength: 8 }),
        fc.nat(200),
        fc.nat(40),
        fc.constantFrom('proportional' as const, 'neyman' as const, 'equal' as const),
        (parts, budget, floor, rule) => {
          const strata = parts.map((part, i) => ({ key: `s${i}`, ...part }));
          const plan = allocate(strata, budget, floor, rule);
          const all = strata.reduce((sum, { available }) => sum + available, 0);
          expect(plan.reduce((sum, { draw }) => sum + draw, 0)).toBe(Math.min(budget, all));
          plan.forEach(({ draw, forFloor }, i) => {
            expect(draw).toBeLessThanOrEqual(strata[i]!.available);
            expect(forFloor).toBeLessThanOrEqual(draw);
          });
          const need = strata.reduce(
            (sum, { available, existing }) => sum + Math.min(available, Math.max(0, floor - existing)),
            0,
          );
          if (need <= budget) expect(plan.map((part) => part.floor)).not.toContain('short');
        },
      ),
    );
  });

  it('refuses numbers that mean nothing', () => {
    const one = [{ key: 'a', available: 1, existing: 0 }];
    expect(() => allocate(one, 1.5, 0, 'equal')).toThrow('budget is 1.5');
    expect(() => allocate(one, 1, -1, 'equal')).toThrow('floor is -1');
    expect(() => allocate(one, 1, 0, 'neyman')).toThrow('a has no spread');
    expect(() => allocate([{ ...one[0]!, size: Number.NaN }], 1, 0, 'equal')).toThrow('size of a is NaN');
  });
});

const ids = Array.from({ length: 1_000 }, (_, i) => `case-${i}`);
const taken = (draw: Draw): string[] => ids.filter((_, i) => draw.selected[i] === 1);

describe('designs', () => {
  it('draw the same from the same seed whatever the order of rows, and keep most when rows come', () => {
    const first = taken(drawSimple(ids, 100, 7, 'random'));
    const reversed = ids.toReversed();
    const again = drawSimple(reversed, 100, 7, 'random');
    expect(reversed.filter((_, i) => again.selected[i] === 1).toSorted()).toEqual(first.toSorted());
    const more = [...ids, ...Array.from({ length: 100 }, (_, i) => `new-${i}`)];
    const later = drawSimple(more, 100, 7, 'random');
    const kept = more.filter((id, i) => later.selected[i] === 1 && first.includes(id));
    expect(kept.length).toBeGreaterThan(80);
    expect(taken(drawSimple(ids, 100, 8, 'random'))).not.toEqual(first);
  });

  it('give permanent numbers that are uniform', () => {
    const counts = new Int32Array(10);
    for (const id of ids) counts[Math.floor(permanentNumber(3, 'x', id) * 10)]! += 1;
    const chiSquare = counts.reduce((sum, count) => sum + (count - 100) ** 2 / 100, 0);
    expect(chiSquare).toBeLessThan(27.9);
  });

  it('take all of a stratum that is smaller than its sample, and say so in the probability', () => {
    const stratum = ids.map((_, i) => (i < 3 ? 1 : 0));
    const draw = drawStratified(ids, stratum, [10, 20], 1, 's');
    expect(Array.from(draw.probability.slice(0, 4))).toEqual([1, 1, 1, 10 / 997]);
    expect(taken(draw).length).toBe(13);
  });

  it('draw in proportion to a measure with exactly the stated probabilities', () => {
    const small = ids.slice(0, 12);
    const measure = small.map((_, i) => (i === 0 ? 100 : i));
    const hits = new Float64Array(12);
    for (let seed = 0; seed < 4_000; seed += 1) {
      const draw = drawProportional(small, measure, 5, seed, 'd');
      expect(draw.selected.reduce((sum, one) => sum + one, 0)).toBe(5);
      draw.selected.forEach((one, i) => {
        hits[i]! += one;
      });
    }
    const { probability } = drawProportional(small, measure, 5, 0, 'd');
    expect(probability[0]).toBe(1);
    hits.forEach((count, i) => {
      const p = probability[i]!;
      expect(Math.abs(count / 4_000 - p)).toBeLessThan(4.5 * Math.sqrt((p * (1 - p)) / 4_000) + 1e-12);
    });
  });

  it('join: an item stays out only if every design leaves it out', () => {
    const draws = [drawSimple(ids, 500, 1, 'a'), drawSimple(ids, 500, 1, 'b'), certainty(ids, [9, 5], 1)];
    const both = unionOf(draws);
    expect(both.probability[0]).toBe(1);
    expect(both.probability[1]).toBe(0.75);
    expect(both.selected[0]).toBe(1);
    const size = taken(both).length;
    expect(size).toBeGreaterThan(690);
    expect(size).toBeLessThan(810);
  });

  it('take the largest for certain, ties by id, never NaN', () => {
    const five = ids.slice(0, 5);
    const draw = certainty(five, Float64Array.from([1, Number.NaN, 3, 3, 2]), 3);
    expect(five.filter((_, i) => draw.selected[i] === 1)).toEqual(['case-2', 'case-3', 'case-4']);
  });
});

describe('the rate of a sample', () => {
  it('is exact for a sample of everything', () => {
    const units = [1, 0, 0, 1].map((value) => ({ probability: 1, value }));
    expect(rateOfSample(units)).toMatchObject({ estimate: 0.5, lower: 0.5, upper: 0.5, n: 4 });
  });

  it('is null for no sample, and an interval for a single case', () => {
    expect(rateOfSample([])).toMatchObject({ estimate: null, lower: null, reason: 'nothing was drawn' });
    const one = rateOfSample([{ probability: 0.01, value: 1 }]);
    expect(one.lower).toBeCloseTo(0.2065, 4);
    expect(one.upper).toBe(1);
  });

  it('has the variance of the textbook for a simple random sample', () => {
    // 100 of 1,000 with 30 hits: (1 - f) p (1 - p) / (n - 1), Cochran (1977), equation 3.8, is that of 110 independent cases.
    const units = ids.slice(0, 100).map((_, i) => ({ probability: 0.1, value: i < 30 ? 1 : 0 }));
    const { lower, upper } = rateOfSample(units);
    const worth = 99 / 0.9;
    const z = 1.959963984540054;
    const centre = (0.3 + z ** 2 / (2 * worth)) / (1 + z ** 2 / worth);
    const half = (z * Math.sqrt((0.3 * 0.7) / worth + z ** 2 / (4 * worth ** 2))) / (1 + z ** 2 / worth);
    expect(lower).toBeCloseTo(centre - half, 12);
    expect(upper).toBeCloseTo(centre + half, 12);
  });

  it('refuses probabilities and values out of range', () => {
    expect(() => rateOfSample([{ probability: 0, value: 1 }])).toThrow('probability is 0');
    expect(() => rateOfSample([{ probability: 1, value: 2 }])).toThrow('value is 2');
  });

  it('covers the truth for a deliberately biased union of designs', () => {
    const random = createRandom(11);
    // 1,000 items, 2 % of a minority class in which half is wrong; wrongness grows with the measure elsewhere.
    const minority = ids.map((_, i) => (i < 20 ? 1 : 0));
    const measure = ids.map(() => random.nextFloat() ** 2);
    const wrong = ids.map((_, i) =>
      random.nextFloat() < (i < 20 ? 0.5 : 0.02 + 0.25 * measure[i]!) ? 1 : 0,
    );
    const truth = wrong.reduce<number>((sum, one) => sum + one, 0) / 1_000;
    let covered = 0;
    let naive = 0;
    let mean = 0;
    const rounds = 1_000;
    for (let seed = 0; seed < rounds; seed += 1) {
      const draw = unionOf([
        drawSimple(ids, 100, seed, 'random'),
        drawStratified(ids, minority, [40, 15], seed, 'class'),
        drawProportional(ids, measure, 80, seed, 'fringe'),
        certainty(ids, measure, 20),
      ]);
      const units = ids.flatMap((_, i) =>
        draw.selected[i] === 1 ? [{ probability: draw.probability[i]!, value: wrong[i]! }] : [],
      );
      const { estimate, lower, upper } = rateOfSample(units);
      mean += estimate! / rounds;
      naive += units.reduce((sum, { value }) => sum + value, 0) / units.length / rounds;
      if (lower! <= truth && truth <= upper!) covered += 1;
    }
    expect(Math.abs(mean - truth)).toBeLessThan(0.003);
    expect(naive - truth).toBeGreaterThan(0.03);
    expect(covered / rounds).toBeGreaterThan(0.935);
  });

  it('covers the truth for a stratified sample with a floor, where some strata never err', () => {
    const random = createRandom(5);
    const stratum = ids.map((_, i) => (i < 700 ? 0 : i < 950 ? 1 : 2));
    const rates = [0.01, 0.1, 0.4];
    const wrong = stratum.map((own) => (random.nextFloat() < rates[own]! ? 1 : 0));
    const truth = wrong.reduce<number>((sum, one) => sum + one, 0) / 1_000;
    let covered = 0;
    for (let seed = 0; seed < 1_000; seed += 1) {
      const draw = drawStratified(ids, stratum, [40, 25, 20], seed, 's');
      const units = ids.flatMap((_, i) =>
        draw.selected[i] === 1
          ? [{ probability: draw.probability[i]!, value: wrong[i]!, stratum: String(stratum[i]) }]
          : [],
      );
      const { lower, upper } = rateOfSample(units);
      if (lower! <= truth && truth <= upper!) covered += 1;
    }
    expect(covered / 1_000).toBeGreaterThan(0.935);
  });
});

describe('margins', () => {
  it('agree with the tables: 300 items give 5.7 points at worst', () => {
    expect(marginOfError(300)).toBeCloseTo(0.05658, 5);
    expect(casesForMargin(0.05)).toBe(385);
    expect(casesForMargin(0.05, { population: 1_000 })).toBe(278);
    expect(marginOfError(1_000, { population: 1_000 })).toBe(0);
    expect(() => casesForMargin(0)).toThrow('margin is 0');
  });
});
