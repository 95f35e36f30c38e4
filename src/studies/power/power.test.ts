/** What each slice could see: the catalogue's numbers end to end, small and blind slices, single runs. */

import { expect, test } from 'vitest';
import { articleTable, pairSlices } from '../../../test/generators/index.ts';
import { runPower } from '../index.ts';
import { reversed, studyFolder, studyOf } from '../test-study.ts';

const ask = { drop: null, churn: null };
const article = () => studyFolder(articleTable({ others: 'one' }));

test('a slice alone has the whole budget: 47 pairs with 3 % churn each way see 15 points with power .65', async () => {
  const { config, ports } = studyOf([{ slice: 'refund_flow', n: 47, before: 40, lost: 2, gained: 2 }]);
  const { slices } = await runPower({ config, drop: 0.15, churn: 0.06 }, ports);
  expect(slices[0]).toMatchObject({ n: 47, share: 0.05, casesForDrop: 63, churn: 0.06, gains: 0.03 });
  expect(slices[0]?.powerAtDrop).toBeCloseTo(0.65, 2);
});

test('five slices share the budget out evenly, and lend each other what few flips cannot use', async () => {
  const { config, ports } = article();
  const { slices, thresholds } = await runPower({ config, ...ask }, ports);
  expect(slices.map(({ value }) => value)).toEqual([
    'refund_flow',
    'escalation_route',
    'contract_review',
    'invoice_parse',
    'other',
  ]);
  for (const { share, drop, margin } of slices) expect([share, drop, margin]).toEqual([0.01, 0.15, 0.05]);
  const [refund] = slices;
  expect(refund).toMatchObject({ n: 47, lost: 7, gained: 0, churn: 7 / 47, gains: 0, blind: false });
  expect(refund?.powerAtDrop).toBeCloseTo(0.467, 3);
  expect(refund?.bestPowerAtDrop).toBeGreaterThan(refund?.powerAtDrop ?? 1);
  expect(refund?.minimumDetectableDrop).toBeCloseTo(0.2195, 4);
  expect(refund?.casesForDrop).toBe(75);
  expect(thresholds.critical).toBeNull();
  expect(thresholds.other).toBeGreaterThan(0.01);
  expect(thresholds.other).toBeLessThanOrEqual(0.05);
});

test('a slice with so few flips that it could never block is named, one that blocks never is', async () => {
  const { config, ports } = studyOf([
    { slice: 'blocks', n: 60, before: 50, lost: 9, gained: 0 },
    { slice: 'busy', n: 200, before: 150, lost: 20, gained: 20 },
    { slice: 'still', n: 60, before: 50, lost: 1, gained: 1 },
    { slice: 'tiny', n: 12, before: 6, lost: 1, gained: 1 },
  ]);
  const { slices, small } = await runPower({ config, ...ask }, ports);
  const blind = new Map(slices.map((slice) => [slice.value, slice.blind]));
  expect(blind.get('still')).toBe(true);
  expect(blind.get('blocks')).toBe(false);
  expect(small).toMatchObject([{ value: 'tiny', n: 12, lacks: 8 }]);
});

test('critical slices have their own share and threshold', async () => {
  const { config, ports } = studyFolder(articleTable({ others: 'one' }), {
    slice: ['segment'],
    critical: ['segment=refund_flow'],
  });
  const { slices, thresholds } = await runPower({ config, ...ask }, ports);
  const refund = slices.find(({ value }) => value === 'refund_flow');
  expect(refund).toMatchObject({ critical: true });
  expect(refund?.share).toBeCloseTo(0.04, 12);
  expect(slices.find(({ value }) => value === 'other')?.share).toBeCloseTo(0.0025, 12);
  // Alone in its family with 7 flips: p-values are multiples of 2^-7, and 8 of them are above .04.
  expect(thresholds.critical).toBeCloseTo(0.04, 2);
});

test('one run alone gets an assumed churn, and says so', async () => {
  const { candidate } = articleTable({ others: 'one' });
  const { config, ports } = studyFolder({ candidate });
  const result = await runPower({ config, ...ask }, ports);
  expect(result).toMatchObject({ pairing: 'single run', assumedChurn: 0.1 });
  expect(result.slices.find(({ value }) => value === 'refund_flow')).toMatchObject({
    n: 47,
    churn: 0.1,
    gains: 0.05,
    blind: null,
    casesForDrop: 114,
  });
});

test('runs without a common case are asked for two samples', async () => {
  const { baseline, candidate } = pairSlices([{ slice: 'a', n: 100, before: 85, lost: 5, gained: 5 }], {
    seed: 1,
  });
  const { config, ports } = studyFolder({
    baseline,
    candidate: candidate.map((row) => ({ ...row, case_id: `new ${row.case_id}` })),
  });
  const [slice] = (await runPower({ config, drop: 0.14, churn: null }, ports)).slices;
  expect(slice).toMatchObject({ churn: null, gains: null });
  expect(slice?.powerAtDrop).toBeGreaterThan(0.7);
  expect(slice?.powerAtDrop).toBeLessThan(0.85);
});

test('the order of rows changes nothing', async () => {
  const pair = articleTable();
  const one = studyFolder(pair);
  const other = studyFolder(reversed(pair));
  expect(JSON.stringify(await runPower({ config: other.config, ...ask }, other.ports))).toBe(
    JSON.stringify(await runPower({ config: one.config, ...ask }, one.ports)),
  );
});

test.each([
  [{ drop: 0, churn: null }, '--drop is 0, must be above 0, such as 0.15 for 15 points'],
  [{ drop: null, churn: 1.5 }, '--churn is 1.5, must be from 0 to 1'],
])('%j is refused', async (wrong, message) => {
  const { config, ports } = article();
  await expect(runPower({ config, ...wrong }, ports)).rejects.toThrow(message);
});
