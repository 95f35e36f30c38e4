import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { prepareRequest } from '../../request/index.ts';
import { openSession } from '../session.ts';
import { releaseAnswer } from './release-answer.ts';

const folder = mkdtempSync(join(tmpdir(), 'slicewise-small-'));
const ports = { cwd: folder, now: () => new Date('2026-03-01T00:00:00Z'), progress: () => {} };
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a slice without one usable case is among those that are too small, as the report counts them', async () => {
  const rows = Array.from({ length: 100 }, (_, i) => {
    const segment = i < 40 ? 'a' : i < 80 ? 'b' : i < 90 ? 'few' : 'unscored';
    return JSON.stringify({ case_id: `k${i}`, segment, passed: segment === 'unscored' ? null : i % 7 > 0 });
  });
  writeFileSync(join(folder, 'run.jsonl'), rows.join('\n'));
  const flags = { baseline: ['run.jsonl'], candidate: ['run.jsonl'], slice: ['segment'] };
  const session = await openSession(await prepareRequest({ flags, configFile: null }, folder), ports);
  const { lowN, counts, belief, cases, parts } = releaseAnswer(session.release);
  await session.close();
  expect(lowN.shown.map(({ value, n, cases }) => [value, n, cases]).toSorted()).toEqual([
    ['few', 10, 10],
    ['unscored', 0, 10],
  ]);
  expect(lowN.total).toBe(counts.lowN);
  expect(lowN.shown.reduce((sum, row) => sum + row.cases, 0)).toBe(counts.lowNCases);
  expect(belief).toContain('2 slices (20 cases) too small to gate');
  expect(parts.reduce((sum, part) => sum + part.cases, 0)).toBe(cases);
});
