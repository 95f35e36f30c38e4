/** The audits of an eval set against production: shares, hours, seasons. */

import { describe, expect, it } from 'vitest';
import { createRandom, multinomialDraw } from '../../stats/index.ts';
import { auditSeasons } from './seasons.ts';
import { auditShares } from './shares.ts';
import { auditWindow, type Mix } from './window.ts';

describe('shares', () => {
  const tally = (slices: Record<string, number>, missing = 0) => ({
    slices: new Map(Object.entries(slices)),
    missing,
  });

  it('name every state and every missing key', () => {
    const audit = auditShares(
      'customer',
      tally({ acme: 700, beta: 200, gamma: 60, tiny: 3, small: 3 }, 34),
      tally({ acme: 180, beta: 5, small: 1, gone: 14 }),
    );
    expect(audit.rows.map(({ value, state }) => [value, state])).toEqual([
      ['acme', 'covered'],
      ['beta', 'under floor'],
      ['gamma', 'absent'],
      ['small', 'cannot reach'],
      ['tiny', 'cannot reach'],
      ['gone', 'not in production'],
    ]);
    expect(audit.alarms).toBe(2);
    expect(audit.missing).toEqual({ production: 34, cases: 0, alarm: true });
    expect(audit.rows[0]?.productionShare.estimate).toBe(0.7);
    expect(audit.rows[0]?.weight).toBeCloseTo(0.7 / 0.9, 12);
    expect(audit.rows.reduce((sum, { production }) => sum + production, 34)).toBe(audit.productionRows);
  });

  it('keep quiet about 2 % of missing keys and about exactly the floor', () => {
    const audit = auditShares('customer', tally({ a: 980 }, 20), tally({ a: 20 }));
    expect(audit.missing.alarm).toBe(false);
    expect(audit.alarms).toBe(0);
  });
});

describe('the sampling window', () => {
  const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));
  const traffic = hours.map((_, hour) => (hour === 3 ? 12_000 : 88_000 / 23));

  it('alarms where all 5,000 traces come from 03:00 with 12 % of the traffic and no revenue', () => {
    const sample = hours.map((_, hour) => (hour === 3 ? 5_000 : 0));
    const value = hours.map((_, hour) => (hour === 3 ? 0 : 1_000));
    const audit = auditWindow({ buckets: hours, sample, traffic, value });
    expect(audit).toMatchObject({ quiet: ['03'], sampleShare: 1, valueShare: 0, alarm: true });
    expect(audit?.trafficShare).toBeCloseTo(0.12, 10);
  });

  it('alarms by revenue where the quiet hour has much traffic', () => {
    const busy = hours.map((_, hour) => (hour === 3 ? 50 : 50 / 23));
    const sample = hours.map((_, hour) => (hour === 3 ? 60 : 40 / 23));
    const value = hours.map((_, hour) => (hour === 3 ? 1 : 10));
    const audit = auditWindow({ buckets: hours, sample: sample.map(Math.round), traffic: busy, value });
    expect(audit).toMatchObject({ quiet: ['03'], alarm: true });
    expect(
      auditWindow({ buckets: hours, sample: sample.map(Math.round), traffic: busy, value: null })?.alarm,
    ).toBe(false);
  });

  it('raises an alarm in at most 2 % of samples that follow traffic, however small', () => {
    const random = createRandom(2);
    for (const size of [10, 20, 60, 400]) {
      let alarms = 0;
      for (let round = 0; round < 100; round += 1) {
        const sample = Array.from(multinomialDraw(random, size, traffic, new Float64Array(24)));
        const mix: Mix = { buckets: hours, sample, traffic, value: null };
        if (auditWindow(mix, round)?.alarm) alarms += 1;
      }
      expect(alarms).toBeLessThanOrEqual(2);
    }
  });

  it('says nothing without rows', () => {
    expect(auditWindow({ buckets: ['00'], sample: [0], traffic: [5], value: null })).toBeNull();
  });
});

describe('seasons', () => {
  const periods = ['2026-10', '2026-11'];

  it('find the topic that came with the season', () => {
    const audit = auditSeasons({
      periods,
      rows: new Map([
        ['billing', [700, 650]],
        ['gifts', [4, 150]],
        ['rare', [0, 6]],
        ['returns', [96, 94]],
      ]),
      cases: new Map([
        ['billing', 300],
        ['returns', 40],
      ]),
    });
    expect(audit.gaps.map(({ topic, period, cases }) => [topic, period, cases])).toEqual([
      ['gifts', '2026-11', 0],
    ]);
    expect(audit.gaps[0]?.share.estimate).toBeCloseTo(150 / 900, 12);
    expect(audit.gaps[0]?.before.estimate).toBeCloseTo(4 / 800, 12);
    expect(audit.topics.map(({ topic }) => topic)).toEqual(['billing', 'returns', 'gifts', 'rare']);
  });

  it('keep quiet about a season that the set knows', () => {
    const audit = auditSeasons({
      periods,
      rows: new Map([
        ['billing', [700, 650]],
        ['gifts', [4, 150]],
      ]),
      cases: new Map([
        ['billing', 300],
        ['gifts', 55],
      ]),
    });
    expect(audit.gaps).toEqual([]);
  });
});
