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
  expect(lowN.shown.reduce((sum, row) => sum + row.cases, 0)).toBe(counts.lowNCases);
  expect(belief).toContain('2 slices (20 cases) too small to gate');
  expect(parts.reduce((sum, part) => sum + part.cases, 0)).toBe(cases);
});
