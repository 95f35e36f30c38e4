/** Draws case by case: they hang on the case alone, in every slice and metric. */

import { expect, test } from 'vitest';
import type { UnitTable } from '../../counts/index.ts';
import { dealUnits, markPlaces, placesOf, swapUnits, usableMembers } from './unit-draws.ts';

function table(ids: readonly string[], baseline: readonly number[], candidate: readonly number[]): UnitTable {
  return {
    ids,
    baseline: Float64Array.from(baseline),
    candidate: Float64Array.from(candidate),
    cluster: null,
    weight: new Float64Array(ids.length).fill(1),
    slices: [{ grouping: 'g', state: 'value', value: 'a' }],
    members: [Int32Array.from(ids, (_, i) => i)],
  };
}

const nan = Number.NaN;
const all = table(['a', 'b', 'c', 'd'], [1, 0, 1, nan], [0, 1, 1, 1]);
const some = table(['b', 'd'], [5, 6], [7, nan]);

test('a case has one place in all tables, by the order of ids', () => {
  const places = placesOf([some, all], false);
  expect(places.size).toBe(4);
  expect([...(places.of.get(all) ?? [])]).toEqual([0, 1, 2, 3]);
  expect([...(places.of.get(some) ?? [])]).toEqual([1, 3]);
});

test('cases of a cluster share their place', () => {
  const clustered = { ...all, cluster: Int32Array.from([1, 0, 1, 2]) };
  const places = placesOf([clustered], true);
  expect(places.size).toBe(3);
  expect([...(places.of.get(clustered) ?? [])]).toEqual([1, 0, 1, 2]);
});

test('marks come at their rate, and a place keeps its mark whatever stands behind it', () => {
  const marks = markPlaces(40_000, 0.3, 7, 12);
  const share = marks.reduce((sum, mark) => sum + mark, 0) / marks.length;
  expect(Math.abs(share - 0.3)).toBeLessThan(4 * Math.sqrt(0.21 / 40_000));
  expect([...markPlaces(10, 0.3, 7, 12)]).toEqual([...marks.slice(0, 10)]);
  expect([...markPlaces(10, 0.3, 7, 13)]).not.toEqual([...marks.slice(0, 10)]);
});

test('marked cases of both runs swap, others stay', () => {
  const swapped = swapUnits(all, Int32Array.of(0, 1, 2, 3), Uint8Array.of(1, 0, 1, 1));
  expect([...swapped.baseline]).toEqual([0, 0, 1, nan]);
  expect([...swapped.candidate]).toEqual([1, 1, 1, 1]);
});

test('dealt cases are in exactly one run', () => {
  const dealt = dealUnits(all, Int32Array.of(0, 1, 2, 3), Uint8Array.of(1, 0, 1, 0), (i) => i + 10);
  expect([...dealt.baseline]).toEqual([10, nan, 12, nan]);
  expect([...dealt.candidate]).toEqual([nan, 11, nan, 13]);
});

test('usable members have a value in the candidate, and in both runs where pairs count', () => {
  const [slice] = all.slices;
  expect([...usableMembers(all, slice, true)]).toEqual([0, 1, 2]);
  expect([...usableMembers(all, slice, false)]).toEqual([0, 1, 2, 3]);
});
