/** A-4 by the built command: the dimension that should have been gated is proposed, and columns of noise are not. */

import { expect, test } from 'vitest';
import { longInputs, randomColumns } from '../generators/index.ts';
import { gatePair } from './gate-run.ts';

test('catch: level segments, and inputs over 8,192 tokens at 0.60, print one line', async () => {
  const { report, stdout, code } = await gatePair(longInputs(), ['--slice', 'segment']);
  expect(code).toBe(0);
  const proposals = report.findings.filter(({ check }) => check === 'wrong-dimension');
  expect(proposals).toHaveLength(1);
  expect(proposals[0]).toMatchObject({
    verdict: null,
    status: 'checked',
    slice: 'passRate/tokens=8192-16384',
  });
  expect(proposals[0]?.reason).toMatch(
    /^tokens is not gated and explains \d+\.\d% of how cases differ \(segment: 0\.\d%\); lowest is 8192-16384 with 60\.0% of 80 cases$/,
  );
  expect(proposals[0]?.remedy).toContain('slices: [{ bins: { column: "tokens", edges: [2, 4,');
  expect(stdout).toContain('tokens is not gated and explains');
});

test('quiet: 200 columns without any effect propose nothing in at least 95 of 100 tables', async () => {
  const tables = Array.from({ length: 24 }, (_, seed) => randomColumns(seed + 1, 200, 300));
  const proposals = await Promise.all(
    tables.map(async (pair) => {
      const { report } = await gatePair(pair, ['--slice', 'segment']);
      return report.findings.some(({ check, status }) => check === 'wrong-dimension' && status === 'checked');
    }),
  );
  expect(proposals.filter(Boolean).length).toBeLessThanOrEqual(2);
}, 240_000);
