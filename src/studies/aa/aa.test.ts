/** A/A: the default policy keeps its promises on null data, the same seed gives the same bytes, and causes are told apart. */

import { describe, expect, test } from 'vitest';
import { articleTable, pairSlices, type ResultRow, smallReleases } from '../../../test/generators/index.ts';
import { readSelfCheck } from '../../stages/index.ts';
import { runAa } from '../index.ts';
import { reversed, studyFolder, studyOf } from '../test-study.ts';

const article = (flags = {}) => studyFolder(articleTable({ others: 'one' }), flags);

describe('the default policy on null data', () => {
  test.each([
    [1, 5],
    [1, 100],
    [12, 20],
    [12, 100],
    [50, 5],
    [50, 20],
  ])('%i slices of %i cases stay within both budgets, paired and unpaired', async (slices, n) => {
    const sizes = Array.from({ length: slices }, () => n);
    const [pair] = smallReleases({ sizes, rate: 0.85, churn: 0.1, seed: slices * n }, 1);
    const { config, ports } = studyFolder(pair ?? { candidate: [] });
    const { modes } = await runAa({ config, runs: 300 }, ports);
    expect(modes.map(({ mode, pairing }) => [mode, pairing])).toEqual([
      ['label swap', 'paired'],
      ['split halves', 'unpaired'],
    ]);
    for (const mode of modes) {
      expect(mode.aboveBlockBudget, `${mode.mode} ${mode.blocked.rate}`).toBe(false);
      expect(mode.aboveReviewBudget, `${mode.mode} ${mode.flagged.rate}`).toBe(false);
    }
  });
});

test('a policy without correction is told that it is above its budget', async () => {
  const sizes = Array.from({ length: 30 }, () => 100);
  const [pair] = smallReleases({ sizes, rate: 0.8, churn: 0.2, seed: 5 }, 1);
  const { config, ports } = studyFolder(pair ?? { candidate: [] }, {
    multiplicity: 'none',
    margin: ['0.01'],
  });
  const [swap] = (await runAa({ config, runs: 200 }, ports)).modes;
  expect(swap?.aboveBlockBudget).toBe(true);
  expect(swap?.blockedBy.loss).toBe(swap?.blocked.count);
});

test('the same seed gives the same bytes, whatever the order of rows; another seed does not', async () => {
  const pair = articleTable();
  const run = async (runs: typeof pair, seed: string) => {
    const { config, ports } = studyFolder(runs, { seed });
    return runAa({ config, runs: 100 }, ports);
  };
  const text = JSON.stringify(await run(pair, '11'));
  expect(JSON.stringify(await run(reversed(pair), '11'))).toBe(text);
  expect((await run(pair, '12')).modes).not.toEqual(JSON.parse(text).modes);
});

test('the summary is kept for exactly these results and this policy', async () => {
  const { config, ports } = article();
  const { runHash, modes } = await runAa({ config, runs: 50 }, ports);
  expect(await readSelfCheck(ports.cwd, runHash)).toEqual({
    releases: 50,
    blocked: modes[0]?.blocked.count,
    reviewed: modes[0]?.reviewed.count,
    method: `A/A by label swap, 50 releases, seed ${config.policy.seed}`,
  });
  expect(await readSelfCheck(ports.cwd, 'another')).toBeNull();
});

test('slices that overlap are drawn case by case, and stay within the budgets', async () => {
  const rows = (seed: number): ResultRow[] =>
    Array.from({ length: 240 }, (_, i) => ({
      case_id: `c${i}`,
      segment: 'abcd'[i % 4] ?? '',
      lang: ['en', 'fr', 'de'][i % 3] ?? '',
      passed: (Math.imul(i + seed, 2_654_435_761) >>> 8) % 10 < 8,
    }));
  const flags = { slice: ['segment', 'lang'] };
  const { config, ports } = studyFolder({ baseline: rows(1), candidate: rows(991) }, flags);
  const { modes } = await runAa({ config, runs: 60 }, ports);
  expect(modes.map(({ method }) => method)).toEqual(['draws of single cases', 'draws of single cases']);
  for (const mode of modes) expect([mode.aboveBlockBudget, mode.aboveReviewBudget]).toEqual([false, false]);
  expect(modes[0]?.testedSlices).toBe(7);
});

test('counts and single cases give the same rates', async () => {
  const specs = [
    { slice: 'a', n: 120, before: 90, lost: 14, gained: 14 },
    { slice: 'b', n: 80, before: 60, lost: 9, gained: 9 },
  ];
  const runs = 1000;
  const counted = studyOf(specs);
  const both = pairSlices(specs, { seed: 3 });
  // A cluster of its own for every case changes no null distribution, but asks for draws of single cases.
  const alone = (rows: readonly ResultRow[]) => rows.map((row) => ({ ...row, cluster: row.case_id }));
  const single = studyFolder(
    { baseline: alone(both.baseline), candidate: alone(both.candidate) },
    { map: ['cluster=cluster'], slice: ['segment'] },
  );
  const [a] = (await runAa({ config: counted.config, runs }, counted.ports)).modes;
  const [b] = (await runAa({ config: single.config, runs: 200 }, single.ports)).modes;
  expect(a?.method).toBe('binomial draws on counts');
  expect(b?.method).toBe('draws of single clusters');
  const spread = (rate: number) => 4 * Math.sqrt(rate * (1 - rate) * (1 / runs + 1 / 200));
  const flagged = a?.flagged.rate ?? 1;
  expect(Math.abs(flagged - (b?.flagged.rate ?? 0))).toBeLessThan(spread(Math.max(flagged, 0.02)));
});

test('one run is split into halves; two runs without common cases are also relabelled', async () => {
  const { baseline, candidate } = articleTable({ others: 'one' });
  const alone = studyFolder({ candidate });
  const [only, ...others] = (await runAa({ config: alone.config, runs: 50 }, alone.ports)).modes;
  expect([only?.mode, others]).toEqual(['split halves', []]);
  const apart = studyFolder({
    baseline,
    candidate: candidate.map((row) => ({ ...row, case_id: `new ${row.case_id}` })),
  });
  const { modes } = await runAa({ config: apart.config, runs: 200 }, apart.ports);
  expect(modes.map(({ mode }) => mode)).toEqual(['relabelled', 'split halves']);
  for (const mode of modes) expect(mode.aboveBlockBudget).toBe(false);
});

test('a floor is tested at the level of the baseline, and its alarms are told apart', async () => {
  const { config, ports } = article({ floor: ['0.85'] });
  const [swap] = (await runAa({ config, runs: 200 }, ports)).modes;
  expect(swap?.method).toContain('at the level of the baseline');
  expect(swap?.blockedBy.loss).toBeLessThanOrEqual(swap?.blocked.count ?? 0);
  expect(swap?.aboveBlockBudget).toBe(false);
});

test('a critical slice without evidence holds up releases, and that is no false alarm', async () => {
  const { config, ports } = article({ slice: ['segment'], critical: ['segment=refund_flow'] });
  const [swap] = (await runAa({ config, runs: 100 }, ports)).modes;
  expect(swap?.undecidedCritical.count).toBeGreaterThan(50);
  expect(swap?.aboveReviewBudget).toBe(false);
});

test('where no slice has enough cases nothing is tested, and nothing blocks', async () => {
  const { config, ports } = studyOf([{ slice: 'tiny', n: 10, before: 9, lost: 4, gained: 0 }]);
  const [swap] = (await runAa({ config, runs: 20 }, ports)).modes;
  expect([swap?.nothingTested.count, swap?.blocked.count]).toEqual([20, 0]);
});

test.each([0, 1.5, 2_000_000, Number.NaN])('%d runs are refused', async (runs) => {
  const { config, ports } = article();
  await expect(runAa({ config, runs }, ports)).rejects.toThrow('must be a whole number from 1 to 1000000');
});
