import { describe, expect, test } from 'vitest';
import { createRandom } from '../stats/index.ts';
import { vectorsFrom } from './embed.ts';
import { createNearestSearch } from './nearest-search.ts';
import { nearestNeighbours } from './neighbours.ts';

const random = createRandom(3);
const listsOf = (count: number) =>
  Array.from({ length: count }, () => Array.from({ length: 7 }, () => random.nextFloat() - 0.5));

describe('points that stream by', () => {
  test('are the neighbours that a search over all at once finds, over several blocks', () => {
    const [points, queries] = [vectorsFrom(listsOf(2_500)), vectorsFrom(listsOf(40))];
    const search = createNearestSearch<number>(queries);
    for (let at = 0; at < points.count; at++) search.add(points.values.subarray(at * 7, at * 7 + 7), at);
    const all = nearestNeighbours(points, queries, 1);
    const found = search.finish();
    expect(found.items).toEqual([...all.indices]);
    expect([...found.similarities]).toEqual([...all.similarities]);
  });

  test('leave a query without a neighbour where none came, and the earlier of equal ones stands', () => {
    const queries = vectorsFrom([[1, 0]]);
    expect(createNearestSearch(queries).finish().items).toEqual([null]);
    const search = createNearestSearch<number>(queries);
    for (let at = 0; at < 1_500; at++) search.add(Float32Array.of(at === 0 ? 0 : 1, at === 0 ? 1 : 0), at);
    expect(search.finish().items).toEqual([1]);
    expect(() => search.add(Float32Array.of(1), 0)).toThrow(RangeError);
  });
});
