import { describe, expect, it } from 'vitest';
import { type ClassTally, drawnHits, mostFrequent, trivialLift } from '../index.ts';

const RULES = { k: 1, level: 0.95, share: 0.95 };

function classes(table: Readonly<Record<string, readonly [passed: number, failed: number]>>): ClassTally[] {
  return Object.entries(table).map(([label, [passed, failed]]) => ({
    label,
    values: [
      { value: 0, cases: failed },
      { value: 1, cases: passed },
    ],
  }));
}

describe('a constant guess', () => {
  it.each([
    [1, ['b']],
    [2, ['b', 'a']],
    [9, ['b', 'a', 'c']],
  ])('of %i labels takes the most frequent, the earlier of a tie', (k, guess) => {
    const counts = [
      { label: 'a', cases: 2 },
      { label: 'b', cases: 5 },
      { label: 'c', cases: 2 },
    ];
    expect(mostFrequent(counts, k)).toEqual(guess);
  });

  it('drawn at random hits by its exact mean', () => {
    const counts = [
      { label: 'a', cases: 3 },
      { label: 'b', cases: 1 },
    ];
    expect([...drawnHits(counts, 1).values()]).toEqual([0.75, 0.25]);
    expect([...drawnHits(counts, 2).values()]).toEqual([0.9375, 0.4375]);
  });
});

describe('the lift', () => {
  it('of a model at .91 top-3 accuracy over shares .45, .30, .15 and a tail is too small', () => {
    const set = classes({ a: [420, 30], b: [280, 20], c: [130, 20], d: [30, 10], e: [30, 10], f: [20, 0] });
    const found = trivialLift(set, { ...RULES, k: 3 });
    expect(found).toMatchObject({ n: 1000, classes: 6, fails: 'share' });
    expect(found.baselines[0]).toEqual({ name: 'top-k', guess: ['a', 'b', 'c'], score: 0.9 });
    expect(found.reached).toBeCloseTo(0.9 / 0.91, 12);
  });

  it('of a constant answer on 10 frauds in 10,000 is nothing', () => {
    const found = trivialLift(classes({ fraud: [0, 10], no: [9990, 0] }), RULES);
    expect(found).toMatchObject({ reached: 1, fails: 'share', lift: { estimate: 0 } });
  });

  it('of a model at .91 over a majority of .34 is .57', () => {
    const found = trivialLift(classes({ a: [310, 30], b: [300, 30], c: [300, 30] }), RULES);
    expect(found.fails).toBeNull();
    expect(found.lift.estimate).toBeCloseTo(0.57, 12);
    expect(found.lift.lower!).toBeGreaterThan(0.5);
  });

  it('may be nothing where there are few cases, although the share is kept', () => {
    expect(trivialLift(classes({ a: [8, 4], b: [6, 4] }), RULES)).toMatchObject({ fails: 'bound' });
  });

  it('of shares of trials is that of their means', () => {
    const graded: ClassTally[] = [
      {
        label: 'a',
        values: [
          { value: 0.5, cases: 10 },
          { value: 1, cases: 10 },
        ],
      },
      { label: 'b', values: [{ value: 0.5, cases: 10 }] },
    ];
    const found = trivialLift(graded, RULES);
    expect(found.model).toMatchObject({ method: 't', n: 30 });
    expect(found.lift.estimate).toBeCloseTo(20 / 30 - 20 / 30, 12);
  });

  it('of no case is undefined', () => {
    expect(trivialLift([], RULES)).toMatchObject({ n: 0, fails: null, lift: { estimate: null } });
  });
});
