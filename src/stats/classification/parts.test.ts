import { describe, expect, test } from 'vitest';
import {
  matchJson,
  matchLists,
  matchSpans,
  ndcgAtK,
  partRates,
  precisionAtK,
  recallAtK,
  reciprocalRank,
  topKHit,
} from './index.ts';

describe('parts', () => {
  test('of lists count repeats, not order', () => {
    expect(matchLists(['a', 'a', 'b'], ['b', 'a', 'c'])).toEqual({
      ...{ expected: 3, given: 3, givenRight: 2, expectedFound: 2, whole: false },
    });
    expect(matchLists(['a', 'b'], ['b', 'a']).whole).toBe(true);
  });

  test('of spans match exactly or by a character in common, under the same label', () => {
    const expected = [
      { start: 0, end: 5, label: 'name' },
      { start: 10, end: 15, label: 'city' },
    ];
    const given = [
      { start: 0, end: 5, label: 'name' },
      { start: 14, end: 20, label: 'city' },
      { start: 15, end: 16, label: 'city' },
      { start: 0, end: 5, label: 'city' },
    ];
    expect(matchSpans(expected, given, 'exact')).toMatchObject({ givenRight: 1, expectedFound: 1 });
    expect(matchSpans(expected, given, 'overlap')).toMatchObject({
      givenRight: 2,
      expectedFound: 2,
      whole: false,
    });
  });

  test('of JSON are its leaves with their paths; order of a list does not count, 1 is not "1"', () => {
    expect(matchJson({ a: 1, b: ['x', 'y'] }, { b: ['y', 'x'], a: 1 }).whole).toBe(true);
    expect(matchJson({ a: 1, b: { c: null } }, { a: '1', b: { c: null }, d: 2 })).toEqual({
      ...{ expected: 2, given: 3, givenRight: 1, expectedFound: 1, whole: false },
    });
    expect(matchJson({ 'a.b': 1 }, { a: { b: 1 } }).givenRight).toBe(0);
    expect(matchJson([], {}).givenRight).toBe(0);
  });

  test('have rates beside the share of cases that are right as a whole', () => {
    const cases = [matchLists(['a', 'b'], ['a', 'b']), matchLists(['a'], ['a', 'c']), matchLists(['x'], [])];
    const rates = partRates(cases);
    expect(rates).toMatchObject({ precision: 0.75, recall: 0.75, f1: 0.75, cases: 3, wholeRight: 1 });
    expect(partRates([matchLists(['x'], [])])).toMatchObject({ precision: null, recall: 0, f1: 0 });
    expect(partRates([matchLists([], [])])).toMatchObject({ f1: null, wholeRight: 1 });
  });
});

describe('rankings', () => {
  const ranking = {
    ranked: ['d', 'a', 'a', 'c'],
    relevance: new Map([
      ['a', 3],
      ['b', 2],
      ['c', 1],
      ['d', 0],
    ]),
  };

  test('have the values of their definitions', () => {
    expect(recallAtK(ranking, 3)).toBe(2 / 3);
    expect(precisionAtK(ranking, 2)).toBe(0.5);
    expect(precisionAtK(ranking, 10)).toBe(0.2);
    expect(reciprocalRank(ranking)).toBe(0.5);
    // By hand: (3 / log2(3) + 1 / log2(4)) over (3 + 2 / log2(3) + 1 / log2(4)).
    expect(ndcgAtK(ranking, 3)).toBeCloseTo(2.392789 / 4.76186, 5);
    expect(ndcgAtK(ranking, 3, 'exponential')).toBeCloseTo(
      (7 / Math.log2(3) + 0.5) / (7 + 3 / Math.log2(3) + 0.5),
      12,
    );
    expect(topKHit(['x', 'x', 'y'], 'y', 2)).toBe(true);
  });

  test('are null where nothing is relevant, and 0 where nothing relevant is found', () => {
    const none = { ranked: ['a'], relevance: new Map([['a', 0]]) };
    expect([recallAtK(none, 1), reciprocalRank(none), ndcgAtK(none, 1)]).toEqual([null, null, null]);
    const missed = { ranked: [], relevance: new Map([['a', 1]]) };
    expect([
      recallAtK(missed, 1),
      precisionAtK(missed, 1),
      reciprocalRank(missed),
      ndcgAtK(missed, 1),
    ]).toEqual([0, 0, 0, 0]);
    expect(() => recallAtK(none, 0)).toThrow('k is 0');
  });
});
