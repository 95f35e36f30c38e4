import { describe, expect, test } from 'vitest';
import { slice } from '../../test/report-fixtures.ts';
import { worstFirst } from './ranking.ts';
import type { SliceReport } from './report.ts';

const names = (slices: readonly SliceReport[]): readonly string[] =>
  worstFirst(slices).map(({ value }) => value);

/** A slice of a single run, as its raw rate. */
const alone = (value: string, passed: number, n: number): SliceReport =>
  slice(value, n, passed, 0, 0, {
    baseline: null,
    delta: null,
    adjustedPValue: null,
    verdict: 'UNTESTED',
    grade: null,
  });

describe('a comparison', () => {
  test('is read by verdict, then grade, then adjusted p, then size of the drop', () => {
    const rows = [
      slice('proven', 100, 90, 9, 0, { grade: 'non-inferior', adjustedPValue: 0.4 }),
      slice('small', 100, 90, 2, 0),
      slice('large', 100, 90, 8, 0),
      slice('likely', 100, 90, 4, 0, { adjustedPValue: 0.3 }),
      slice('review', 100, 90, 9, 0, { verdict: 'REVIEW', grade: 'suspected', adjustedPValue: 0.2 }),
      slice('block', 100, 90, 9, 0, { verdict: 'BLOCK', grade: 'confirmed', adjustedPValue: 0.01 }),
      slice('shown', 100, 90, 90, 0, { role: 'shown', verdict: null, grade: null }),
    ];
    const order = ['block', 'review', 'likely', 'large', 'small', 'proven', 'shown'];
    expect(names(rows)).toEqual(order);
    expect(names(rows.toReversed())).toEqual(order);
  });
});

describe('a single run', () => {
  const large = [alone('a', 180, 200), alone('b', 160, 200), alone('c', 120, 200), alone('d', 170, 200)];

  test('puts a large bad slice before a tiny one with a worse raw rate', () => {
    const tiny = alone('tiny', 1, 2);
    expect(names([...large, tiny])).toEqual(['c', 'tiny', 'b', 'd', 'a']);
    expect(tiny.candidate!.estimate!).toBeLessThan(large[2]!.candidate!.estimate!);
  });

  test('keeps raw rates where there are too few slices to learn their spread from', () => {
    expect(names([alone('tiny', 1, 2), ...large.slice(1, 3)])).toEqual(['tiny', 'c', 'b']);
  });

  test('orders slices that differ no more than chance by their excess of failures', () => {
    const same = [alone('p', 80, 100), alone('q', 79, 100), alone('r', 81, 100), alone('s', 3, 4)];
    expect(names(same)).toEqual(['q', 's', 'p', 'r']);
  });

  test('prints raw rates', () => {
    expect(worstFirst(large).map(({ candidate }) => candidate?.estimate)).toEqual([0.6, 0.8, 0.85, 0.9]);
  });
});
