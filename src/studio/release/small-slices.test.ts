import { expect, test } from 'vitest';
import { madeSessions } from '../testing/made-sessions.ts';
import { releaseAnswer } from './release-answer.ts';

const { openPrepared, write } = madeSessions('2026-03-01T00:00:00Z');

test('a slice without one usable case is among those that are too small, as the report counts them', async () => {
  const rows = Array.from({ length: 100 }, (_, i) => {
    const segment = i < 40 ? 'a' : i < 80 ? 'b' : i < 90 ? 'few' : 'unscored';
    return { case_id: `k${i}`, segment, passed: segment === 'unscored' ? null : i % 7 > 0 };
  });
  const run = write('run.jsonl', rows);
  const session = await openPrepared({ baseline: run, candidate: run, slice: ['segment'] });
  const { lowN, counts, belief, cases, parts } = releaseAnswer(session.release);
  expect(lowN.shown.map(({ value, n, cases }) => [value, n, cases]).toSorted()).toEqual([
    ['few', 10, 10],
    ['unscored', 0, 10],
  ]);
  expect(lowN.total).toBe(counts.lowN);
  expect(lowN.fewerThan).toBe('20 cases');
  expect(lowN.shown.reduce((sum, row) => sum + row.cases, 0)).toBe(counts.lowNCases);
  expect(belief).toContain('2 slices (20 cases) too small to gate');
  expect(parts.reduce((sum, part) => sum + part.cases, 0)).toBe(cases);
});

test('a quantile says how many cases it needs, which may be more than the policy asks for', async () => {
  const rowsAt = (slower: number) =>
    Array.from({ length: 220 }, (_, i) => ({
      ...{ case_id: `k${i}`, segment: i % 2 === 0 ? 'even' : 'odd', passed: true },
      latency_ms: 100 + ((i * 37) % 101) + slower,
    }));
  const session = await openPrepared({
    baseline: write('fast.jsonl', rowsAt(0)),
    candidate: write('slow.jsonl', rowsAt(500)),
    slice: ['segment'],
    metric: ['p95:latency_ms:lower'],
    margin: ['p95:latency_ms=20'],
  });
  const { lowN } = releaseAnswer(session.release);
  expect([lowN.total, lowN.fewerThan]).toEqual([2, '200 cases']);
  await session.close();
});
