/** The article's comparison with numbers: verdicts on its table, agreement with A/A, planted losses that are caught. */

import { expect, test } from 'vitest';
import { articleTable, pairSlices } from '../../../test/generators/index.ts';
import { runAa, runStrategies } from '../index.ts';
import { reversed, studyFolder, studyOf } from '../test-study.ts';

const ask = { runs: 200, drop: 0.14, sliceValue: null };
const article = (flags = {}) => studyFolder(articleTable({ others: 'one' }), flags);

test("on the article's table the mean passes, and every look at slices finds the loss", async () => {
  const { config, ports } = article({ floor: ['0.85'] });
  const { strategies } = await runStrategies({ config, ...ask, runs: 20 }, ports);
  expect(strategies.map(({ id, verdict }) => [id, verdict])).toEqual([
    ['weighted-mean', 'PASS'],
    ['weighted-mean-floor', 'PASS'],
    ['unweighted-mean', 'BLOCK'],
    ['raw-minimum', 'BLOCK'],
    ['slice-drop-review', 'REVIEW'],
    ['uncorrected-test', 'BLOCK'],
    ['holm', 'BLOCK'],
    ['this-gate', 'BLOCK'],
  ]);
});

test('a bar that slices never met blocks every release, also when nothing changed', async () => {
  const { config, ports } = article({ floor: ['0.85'] });
  const { strategies } = await runStrategies({ config, ...ask }, ports);
  const rate = (id: string) => strategies.find((strategy) => strategy.id === id)?.falseBlocks.rate ?? -1;
  expect(rate('raw-minimum')).toBeGreaterThan(0.9);
  expect(rate('this-gate')).toBeLessThan(0.08);
});

test('its false alarms are those of the A/A run on the same data', async () => {
  const { config, ports } = article();
  const { strategies } = await runStrategies({ config, ...ask }, ports);
  const [swap] = (await runAa({ config, runs: ask.runs }, ports)).modes;
  const ours = strategies.at(-1);
  expect(ours?.id).toBe('this-gate');
  expect([ours?.falseBlocks, ours?.falseReviews]).toEqual([swap?.blocked, swap?.reviewed]);
});

test('a large planted loss is caught in its slice, not in the mean', async () => {
  const { config, ports } = studyOf([
    { slice: 'large', n: 2000, before: 1700, lost: 20, gained: 20 },
    { slice: 'small', n: 60, before: 54, lost: 2, gained: 2 },
  ]);
  const { strategies, targets } = await runStrategies(
    { config, ...ask, drop: 0.3, sliceValue: 'small' },
    ports,
  );
  expect(targets).toMatchObject([
    { kind: 'average', slice: null, slices: 2 },
    { kind: 'smallest', slice: { value: 'small', n: 60 } },
    { kind: 'chosen', slice: { value: 'small', n: 60 } },
  ]);
  const caught = (id: string) => strategies.find((strategy) => strategy.id === id)?.catches[1];
  expect(caught('this-gate')?.blocked.rate).toBeGreaterThan(0.95);
  expect(caught('weighted-mean')?.blocked.rate).toBeLessThan(0.5);
  expect(caught('slice-drop-review')).toMatchObject({ blocked: { count: 0 }, flagged: { count: 200 } });
});

test('the same seed gives the same bytes, whatever the order of rows', async () => {
  const pair = articleTable();
  const run = async (runs: typeof pair) => {
    const { config, ports } = studyFolder(runs);
    return JSON.stringify(await runStrategies({ config, ...ask, runs: 40 }, ports));
  };
  expect(await run(reversed(pair))).toBe(await run(pair));
});

test('slices that overlap are planted case by case', async () => {
  const { baseline, candidate } = pairSlices([{ slice: 'a', n: 300, before: 250, lost: 15, gained: 15 }], {
    seed: 2,
  });
  const tag = (rows: typeof baseline) =>
    rows.map((row) => ({ ...row, half: Number(row.case_id.slice(-1)) % 2 === 0 ? 'even' : 'odd' }));
  const { config, ports } = studyFolder(
    { baseline: tag(baseline), candidate: tag(candidate) },
    { slice: ['segment', 'half'] },
  );
  const { strategies, method } = await runStrategies({ config, ...ask, runs: 30, drop: 0.4 }, ports);
  expect(method).toBe('draws of single cases');
  expect(strategies.at(-1)?.catches.every(({ blocked }) => blocked.count === 30)).toBe(true);
});

test.each([
  [{ runs: 0 }, '--runs is 0'],
  [{ drop: 0 }, '--drop is 0, must be above 0 and at most 1'],
  [{ sliceValue: 'nowhere' }, '--slice-value nowhere is no gated slice with enough cases'],
  [{ sliceValue: 'refund_flow', drop: 0.99 }, 'it cannot lose that much'],
])('%j is refused', async (wrong, message) => {
  const { config, ports } = article();
  await expect(runStrategies({ config, ...ask, ...wrong }, ports)).rejects.toThrow(message);
});

test('one run alone, and metrics without a pass rate, cannot be compared', async () => {
  const { candidate } = articleTable();
  const alone = studyFolder({ candidate });
  await expect(runStrategies({ config: alone.config, ...ask }, alone.ports)).rejects.toThrow(
    'there is one run only',
  );
  const errors = article({ metric: ['errorRate'] });
  await expect(runStrategies({ config: errors.config, ...ask }, errors.ports)).rejects.toThrow(
    'no pass rate is among the metrics',
  );
});
