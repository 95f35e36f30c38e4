import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CURVES, curvePoints } from '../../../test/generators/experiments.ts';
import { curveNoise, describeCurve, learningCurve, overfittingGap, reduceCurve, theilSen } from './index.ts';

const steps = (n: number) => Array.from({ length: n }, (_, i) => i);
const curve = (kind: keyof typeof CURVES, points: number, noise: number, seed: number) => ({
  steps: steps(points),
  values: curvePoints(kind, points, noise, seed),
});

describe('theilSen', () => {
  it('gives the slope and interval of scipy.stats.theilslopes', () => {
    const y = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8];
    const found = theilSen(steps(12), y, 0.95);
    expect(found.estimate).toBeCloseTo(0.3666666666666667, 12);
    expect([found.lower, found.upper]).toEqual([0, 0.8]);
    const wave = steps(50).map((i) => Math.sin(i * 12.9898) * 3 + 0.1 * i);
    const large = theilSen(steps(50), wave, 0.95);
    expect(large.estimate).toBeCloseTo(0.0978653262492769, 12);
    expect(large.lower).toBeCloseTo(0.04941899764006005, 12);
    expect(large.upper).toBeCloseTo(0.13231303174271702, 12);
  });

  it('has no limits for four points, and the extremes for five', () => {
    expect(theilSen([1, 2, 3, 4], [1, 2, 3, 5], 0.95)).toMatchObject({
      lower: null,
      reason: 'too few points',
    });
    expect(theilSen([1, 2, 3, 4, 5], [1, 2, 4, 7, 11], 0.95)).toMatchObject({ lower: 1, upper: 4 });
  });

  it('is undefined where no two points differ in x, and refuses what is no number', () => {
    expect(theilSen([1, 1], [1, 2], 0.95)).toMatchObject({ estimate: null });
    expect(() => theilSen([1, 2], [1, Number.NaN], 0.95)).toThrow(RangeError);
  });

  it('turns with the curve and scales with the axes', () => {
    const value = fc.integer({ min: -1000, max: 1000 });
    fc.assert(
      fc.property(fc.array(value, { minLength: 5, maxLength: 40 }), (y) => {
        const own = theilSen(steps(y.length), y, 0.95);
        const turned = theilSen(
          steps(y.length),
          y.map((v) => -v),
          0.95,
        );
        expect(turned.estimate! + own.estimate!).toBeCloseTo(0, 10);
        expect(turned.lower! + own.upper!).toBeCloseTo(0, 10);
        expect(own.lower!).toBeLessThanOrEqual(own.estimate!);
        expect(own.upper!).toBeGreaterThanOrEqual(own.estimate!);
      }),
    );
  });
});

describe('reduceCurve', () => {
  it('takes the median of each block and keeps short curves', () => {
    expect([...reduceCurve({ steps: [1, 2, 3, 4], values: [5, 7, 1, 1] }, 2).values]).toEqual([6, 1]);
    expect([...reduceCurve({ steps: [1, 2], values: [5, 7] }, 4).values]).toEqual([5, 7]);
  });

  it('measures noise where a trend and a spike stand beside it', () => {
    const values = curvePoints('falling', 2_000, 0.1, 5).map((value, i) => (i === 700 ? 90 : value));
    expect(curveNoise(values)).toBeGreaterThan(0.09);
    expect(curveNoise(values)).toBeLessThan(0.11);
  });
});

describe('describeCurve', () => {
  const share = (kind: keyof typeof CURVES, is: (facts: ReturnType<typeof describeCurve>) => boolean) =>
    steps(40).filter((seed) => is(describeCurve(curve(kind, 200, 0.05, seed)))).length / 40;

  it.each([
    ['diverging', 'diverged', 1],
    ['falling', 'stillFalling', 1],
    ['converged', 'stillFalling', 0.1],
    ['converged', 'diverged', 0],
    ['falling', 'diverged', 0],
  ] as const)('%s curves are %s in a share of about %d', (kind, what, wanted) => {
    const found = share(kind, (facts) => facts[what]);
    if (wanted === 1) expect(found).toBe(1);
    else expect(found).toBeLessThanOrEqual(wanted);
  });

  it('finds since when a curve stands still', () => {
    const { plateauSince, stillFalling } = describeCurve(curve('converged', 400, 0.01, 3));
    expect(stillFalling).toBe(false);
    expect(plateauSince).toBeGreaterThan(120);
    expect(plateauSince).toBeLessThan(260);
  });

  it('names the first step that is no number, and judges the rest', () => {
    const values = [...curvePoints('falling', 40, 0.01, 1), Number.NaN, Number.POSITIVE_INFINITY];
    expect(describeCurve({ steps: steps(42), values })).toMatchObject({
      notFinite: { step: 40, count: 2 },
      diverged: true,
      points: 40,
    });
    expect(describeCurve({ steps: [0, 1], values: [Number.NaN, Number.NaN] })).toMatchObject({
      points: 0,
      diverged: true,
      start: null,
    });
  });

  it('finds planted spikes and no others', () => {
    for (const kind of ['converged', 'falling', 'diverging'] as const) {
      const plain = curve(kind, 300, 0.02, 8);
      expect(describeCurve(plain).spikes).toEqual([]);
      const values = plain.values.map((value, i) => (i === 100 || i === 210 ? value + 3 : value));
      expect(describeCurve({ ...plain, values }).spikes).toEqual([100, 210]);
    }
  });

  it('says nothing of two points, and nothing wrong of a constant', () => {
    expect(describeCurve({ steps: [0, 1], values: [2, 1] })).toMatchObject({
      lateSlope: null,
      stillFalling: false,
      diverged: false,
    });
    expect(describeCurve({ steps: steps(50), values: new Array<number>(50).fill(1) })).toMatchObject({
      stillFalling: false,
      diverged: false,
      rise: null,
      spikes: [],
      plateauSince: null,
    });
  });
});

describe('overfittingGap', () => {
  it('finds the best step where validation turns and training falls on', () => {
    const training = curve('falling', 100, 0.02, 1);
    const found = overfittingGap(training, curve('rising', 100, 0.02, 2))!;
    expect(found.found).toBe(true);
    expect(found.best.step).toBeGreaterThan(33);
    expect(found.best.step).toBeLessThan(47);
    expect(overfittingGap(training, curve('falling', 100, 0.02, 2))).toBeNull();
  });

  it('is quiet where validation stands still, for 38 of 40 curves', () => {
    const quiet = steps(40).filter((seed) => {
      const gap = overfittingGap(curve('falling', 60, 0.05, seed), curve('converged', 60, 0.05, seed + 100));
      return gap?.found !== true;
    });
    expect(quiet.length).toBeGreaterThanOrEqual(38);
  });
});

describe('learningCurve', () => {
  it('continues a line in the log-odds by one doubling', () => {
    // Rates .5, .6, .7 and .78 at 100, 200, 400 and 800 rows, nested: who is right with fewer rows stays right.
    const patterns = new Map([
      [0b1111, 500],
      [0b1110, 100],
      [0b1100, 100],
      [0b1000, 80],
      [0, 220],
    ]);
    const found = learningCurve([100, 200, 400, 800], patterns, 1)!;
    expect(found.observed).toEqual([0.5, 0.6, 0.7, 0.78]);
    expect(found.atTwice.estimate).toBeCloseTo(0.84376593, 8);
    expect(found.atTwice.lower).toBeLessThan(0.8438);
    expect(found.atTwice.upper).toBeGreaterThan(0.8438);
    expect(found).toEqual(learningCurve([100, 200, 400, 800], patterns, 1));
  });

  it('needs two sizes and a case', () => {
    expect(learningCurve([100], new Map([[1, 5]]), 1)).toBeNull();
    expect(learningCurve([100, 200], new Map(), 1)).toBeNull();
  });
});
