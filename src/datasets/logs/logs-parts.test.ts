/** The parts of an audit of logs: columns, times, periods, scores. */

import { describe, expect, it } from 'vitest';
import { periodFor, periodOf, topicTraffic } from './periods.ts';
import { columnFor, localeColumn } from './side-columns.ts';
import { addRow, emptyFacts, scoreOf } from './slice-facts.ts';
import { timeText } from './time-text.ts';

describe('times', () => {
  for (const [cell, time] of [
    ['2026-01-01T03:00:00+02:00', '2026-01-01T03:00:00+02:00'],
    ['1767225600', '2026-01-01T00:00:00.000Z'],
    ['1767225600.75', '2026-01-01T00:00:00.750Z'],
    ['1767225600000', '2026-01-01T00:00:00.000Z'],
    ['1767225600000000', '2026-01-01T00:00:00.000Z'],
    ['1767225600000000000', '2026-01-01T00:00:00.000Z'],
    ['12', null],
    ['yesterday', null],
    [null, null],
  ] as const) {
    it(`${cell} reads ${time}`, () => expect(timeText(cell)).toBe(time));
  }
});

describe('columns', () => {
  it('are found under the prefixes that tools use', () => {
    expect(columnFor('customer', ['id', 'tags.customer'])).toBe('tags.customer');
    expect(columnFor('tags.customer', ['customer'])).toBe('customer');
    expect(columnFor('customer', ['a.b.customer'])).toBe('a.b.customer');
    expect(columnFor('customer', ['a.customer', 'b.customer'])).toBeNull();
    expect(columnFor('language', ['id'])).toBe('derived.language');
    expect(localeColumn(['tags.lang'])).toBe('tags.lang');
  });
});

describe('periods', () => {
  it('fit the span', () => {
    expect(periodFor(['2026-01-01', '2026-01-22'])).toBe('day');
    expect(periodFor(['2026-01-01', '2026-01-23'])).toBe('week');
    expect(periodFor(['2026-05-01', '2026-01-01'])).toBe('month');
  });

  it('of a week begin on its Monday, over the end of a year too', () => {
    expect(periodOf('2026-01-04', 'week')).toBe('2025-12-29');
    expect(periodOf('2026-01-05', 'week')).toBe('2026-01-05');
  });

  it('gather days, and keep topics that only the set has', () => {
    const days = new Map([
      ['2026-01-31', new Map([['a', 2]])],
      [
        '2026-02-01',
        new Map([
          ['a', 1],
          ['b', 4],
        ]),
      ],
    ]);
    const traffic = topicTraffic(days, new Map([['c', 3]]), 'month');
    expect(traffic.periods).toEqual(['2026-01', '2026-02']);
    expect([...traffic.rows]).toEqual([
      ['c', [0, 0]],
      ['a', [2, 1]],
      ['b', [0, 4]],
    ]);
  });
});

describe('scores', () => {
  const factsOf = (scores: readonly number[]) => {
    const facts = emptyFacts();
    for (const score of scores) addRow(facts, { score, tokens: null, cost: null, latency: null });
    return facts;
  };

  it('of passes are a rate with Wilson, of grades a mean with t', () => {
    expect(scoreOf(factsOf([1, 1, 0]), 0.95)).toMatchObject({ estimate: 2 / 3, method: 'wilson', n: 3 });
    const graded = scoreOf(factsOf([1, 2, 3]), 0.95)!;
    expect(graded).toMatchObject({ estimate: 2, method: 't', n: 3 });
    expect(graded.upper).toBeCloseTo(4.4841377118, 9);
    expect(scoreOf(factsOf([]), 0.95)).toBeNull();
  });
});
