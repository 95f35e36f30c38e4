/** Intervals of single parts: the case is the unit, and the same cases are compared in both runs. */

import { expect, test } from 'vitest';
import { tangoInterval, wilsonInterval } from '../../stats/index.ts';
import { cellParts, partCases } from './part-cases.ts';

const run = (cells: readonly (readonly string[])[], kind: 'list' | 'spans' = 'list') => ({
  given: cellParts(cells, kind),
  present: Uint8Array.from(cells, () => 1),
  failed: Uint8Array.from(cells, () => 0),
});

test('a part that a case has once is compared case by case, with closed forms', () => {
  const cells = (lost: number) => Array.from({ length: 50 }, (_, i) => (i < lost ? ['x'] : ['a']));
  const expected = cellParts(cells(0), 'list');
  const { parts } = partCases(expected, { baseline: run(cells(5)), candidate: run(cells(15)) }, null, 0.95);
  const { recall } = parts.find(({ part }) => part === 'a')!;
  expect(recall.candidate).toEqual(wilsonInterval(35, 50, 0.95));
  expect(recall.delta).toEqual(
    tangoInterval({ both: 35, candidateOnly: 0, baselineOnly: 10, neither: 5 }, 0.95),
  );
  expect(recall.pValue).toBeCloseTo(2 ** -9, 12);
});

test('ten parts of one case that fall together are one observation, not ten', () => {
  const cells = (lost: number) =>
    Array.from({ length: 40 }, (_, i) => new Array<string>(10).fill(i < lost ? 'x' : 'a'));
  const expected = cellParts(cells(0), 'list');
  const { parts } = partCases(expected, { baseline: run(cells(8)), candidate: run(cells(16)) }, null, 0.95);
  const { recall } = parts.find(({ part }) => part === 'a')!;
  const width = recall.candidate.upper! - recall.candidate.lower!;
  const ofCases = wilsonInterval(24, 40, 0.95);
  const ofParts = wilsonInterval(240, 400, 0.95);
  expect(recall.candidate.estimate).toBe(0.6);
  expect(width).toBeGreaterThan(0.85 * (ofCases.upper! - ofCases.lower!));
  expect(width).toBeGreaterThan(2 * (ofParts.upper! - ofParts.lower!));
  expect(recall.delta).toMatchObject({ estimate: expect.closeTo(-0.2, 12) });
  expect(recall.delta!.upper).toBeLessThan(0);
});

test('parts that are always right are not certain', () => {
  const cells = Array.from({ length: 5 }, () => ['a', 'a']);
  const { parts } = partCases(
    cellParts(cells, 'list'),
    { baseline: null, candidate: run(cells) },
    null,
    0.95,
  );
  expect(parts[0]!.recall.candidate).toEqual(wilsonInterval(5, 5, 0.95));
});

test('spans match where they overlap, if that is asked for', () => {
  const expected = cellParts([['0-5:name'], ['10-20:place']], 'spans');
  const runs = { baseline: null, candidate: run([['3-8:name'], ['10-20:name']], 'spans') };
  const recalls = (match: 'exact' | 'overlap') =>
    partCases(expected, runs, null, 0.95, 1, match).parts.map(({ part, recall, precision }) => [
      part,
      recall.candidate.estimate,
      precision.candidate.estimate,
    ]);
  expect(recalls('exact')).toEqual([
    ['name', 0, 0],
    ['place', 0, null],
  ]);
  expect(recalls('overlap')).toEqual([
    ['name', 1, 0.5],
    ['place', 0, null],
  ]);
});
