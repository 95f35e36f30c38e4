import { describe, expect, test } from 'vitest';
import { type ClassOptions, classFigures } from './index.ts';
import { type TestCell, testCounts } from './test-slices.ts';

const OPTIONS: ClassOptions = { pairing: 'paired', multiLabel: false, level: 0.95, resamples: 500, seed: 1 };

function figuresOf(cells: readonly TestCell[], options: Partial<ClassOptions> = {}) {
  const { labels, slices, hasLists } = testCounts(cells, options.multiLabel);
  return classFigures(slices[0]!, labels, { ...OPTIONS, multiLabel: hasLists, ...options });
}

const CELLS: readonly TestCell[] = [
  ['spam', 'spam', 'spam', 30],
  ['spam', 'spam', 'ham', 7],
  ['spam', 'ham', 'spam', 0],
  ['spam', null, null, 3],
  ['ham', 'ham', 'ham', 50],
  ['ham', 'spam', 'ham', 5],
  ['ham', 'ham', 'spam', 4],
];

describe('figures of a slice', () => {
  test('count every case once', () => {
    const figures = figuresOf([
      ...CELLS,
      [null, 'spam', 'spam', 2],
      ['ham', 'ham', undefined, 6],
      ['ham', undefined, 'ham', 8],
    ]);
    expect(figures).toMatchObject({ n: 99, unlabelled: 2, onlyBaseline: 6, onlyCandidate: 8, edited: 0 });
    expect(figures.abstained).toEqual({ baseline: 3, candidate: 3 });
  });

  test('have Wilson per run, Tango and exact McNemar for the change of recall', () => {
    const spam = figuresOf(CELLS).classes.find(({ label }) => label === 'spam')!;
    expect(spam.support).toBe(40);
    expect(spam.recall.baseline).toMatchObject({ estimate: 37 / 40, method: 'wilson', n: 40 });
    expect(spam.recall.candidate.estimate).toBe(0.75);
    expect(spam.recall.delta).toMatchObject({ estimate: -7 / 40, method: 'tango' });
    expect(spam.recall.pValue).toBe(0.015625);
    expect(spam.specificity.delta!.estimate).toBeCloseTo(1 / 59, 12);
  });

  test('have a bootstrap for precision, F and averages, with a swap p', () => {
    const figures = figuresOf(CELLS);
    const spam = figures.classes.find(({ label }) => label === 'spam')!;
    expect(spam.precision.baseline).toMatchObject({ estimate: 37 / 42, method: 'wilson' });
    expect(spam.precision.delta!.estimate).toBeCloseTo(30 / 34 - 37 / 42, 12);
    expect(spam.fScore.candidate.estimate).toBeCloseTo((2 * 30) / (40 + 34), 12);
    expect(spam.fScore.candidate.lower!).toBeLessThan(spam.fScore.candidate.estimate!);
    expect(spam.fScore.pValue!).toBeGreaterThan(0);
    expect(figures.averages.map(({ average }) => average)).toEqual(['macro', 'micro', 'weighted']);
    expect(figures.mcc.delta).not.toBeNull();
  });

  test('without resamples have the same estimates and say that limits were not asked for', () => {
    const quick = figuresOf(CELLS, { resamples: 0 });
    const full = figuresOf(CELLS);
    expect(quick.kappa.candidate).toMatchObject({ lower: null, method: 'none', reason: 'not resampled' });
    expect(quick.kappa.candidate.estimate).toBe(full.kappa.candidate.estimate);
    expect(quick.classes.map(({ recall }) => recall)).toEqual(full.classes.map(({ recall }) => recall));
  });

  test('of unpaired runs compare different cases by score interval and Fisher', () => {
    const apart = CELLS.flatMap(([truth, before, after, cases]): TestCell[] => [
      [truth, before, undefined, cases],
      [truth, undefined, after, cases],
    ]);
    const figures = figuresOf(apart, { pairing: 'unpaired' });
    const spam = figures.classes.find(({ label }) => label === 'spam')!;
    expect(figures).toMatchObject({ n: 99, onlyBaseline: 99, onlyCandidate: 0 });
    expect(spam.recall.delta!.estimate).toBeCloseTo(-7 / 40, 12);
    expect(spam.recall.delta!.lower!).toBeLessThan(-0.3);
    expect(spam.recall.pValue!).toBeGreaterThan(0.05);
    expect(spam.fScore.pValue).toBeNull();
  });

  test('of one run alone have neither baseline nor change', () => {
    const figures = figuresOf(
      CELLS.map(([truth, , after, cases]) => [truth, undefined, after, cases]),
      { pairing: 'single run' },
    );
    expect(figures.n).toBe(99);
    expect(figures.accuracy).toMatchObject({ baseline: null, delta: null, pValue: null });
    expect(figures.abstained).toEqual({ baseline: null, candidate: 3 });
  });

  test('of clustered cases are all resampled by cluster', () => {
    const cells = Array.from(
      { length: 20 },
      (_, cluster): TestCell => ['a', 'a', cluster < 5 ? 'b' : 'a', 4, cluster],
    );
    const figures = figuresOf([...cells, ['b', 'b', 'b', 30, 20]], { resamples: 1000 });
    const a = figures.classes.find(({ label }) => label === 'a')!;
    expect(a.recall.candidate).toMatchObject({ estimate: 0.75, n: 21 });
    // Wilson on 80 cases would be 0.65 to 0.83.
    expect(a.recall.candidate.lower!).toBeLessThan(0.6);
    expect(figures.accuracy.delta!.method).not.toBe('tango');
  });

  test('of sets of labels count each label, and have no MCC', () => {
    const figures = figuresOf(
      [
        ['["a","b"]', 'a', '["a","b"]', 12],
        ['a', 'a', '["a","b"]', 8],
        ['[]', '[]', '[]', 3],
      ],
      { multiLabel: true },
    );
    expect(figures.classes.map(({ label, support }) => [label, support])).toEqual([
      ['a', 20],
      ['b', 12],
    ]);
    expect(figures.accuracy.baseline!.estimate).toBe(11 / 23);
    expect(figures.classes[1]!.precision.candidate.estimate).toBe(0.6);
    expect(figures.mcc.candidate.estimate).toBeNull();
  });

  test('of one class only have no MCC, and of an absent prediction no precision', () => {
    const one = figuresOf([['a', 'a', 'a', 30]]);
    expect(one.mcc.candidate.estimate).toBeNull();
    expect(one.accuracy.candidate.estimate).toBe(1);
    const absent = figuresOf([
      ['a', 'a', 'a', 30],
      ['b', 'b', 'a', 5],
    ]).classes[1]!;
    expect(absent.precision.candidate).toMatchObject({ estimate: null, reason: '0/0: no such case' });
    expect(absent.fScore.candidate.estimate).toBe(0);
  });

  test('resample each class on its own table where kinds of answers are very many, to the same estimates', () => {
    // Every combination of 18 labels, half of the cases right in both runs.
    const cells = Array.from({ length: 18 ** 3 }, (_, i): TestCell => {
      const truth = `c${i % 18}`;
      return [truth, `c${Math.floor(i / 18) % 18}`, `c${Math.floor(i / 324)}`, 1 + (i % 4)];
    });
    for (let i = 0; i < 18; i++) cells.push([`c${i}`, `c${i}`, `c${i}`, 800]);
    const heavy = figuresOf(cells, { resamples: 1800 });
    const light = figuresOf(cells, { resamples: 300 });
    expect(heavy.averages[0]!.fScore.delta!.method).toBe('jackknife');
    expect(light.averages[0]!.fScore.delta!.method).toBe('bca');
    expect(heavy.classes[3]!.fScore.delta!.estimate).toBeCloseTo(
      light.classes[3]!.fScore.delta!.estimate!,
      12,
    );
    const wide = light.classes[3]!.fScore.delta!;
    expect(Math.abs(heavy.classes[3]!.fScore.delta!.lower! - wide.lower!)).toBeLessThan(
      0.15 * (wide.upper! - wide.lower!),
    );
  });
});
