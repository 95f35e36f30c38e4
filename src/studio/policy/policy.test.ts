import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { gate } from '../../pipeline.ts';
import { prepareRequest } from '../../request/index.ts';
import { tryPolicy } from '../../studies/index.ts';
import type { PolicySetting } from '../contract/index.ts';
import { policyServices } from '../services/policy.ts';
import type { StudioSession } from '../session.ts';
import { madeSessions } from '../testing/made-sessions.ts';

const { folder, ports, openRequest } = madeSessions('2026-03-01T00:00:00Z');
let session: StudioSession;

const CONFIG = `inputs:
  runs: { baseline: before.jsonl, candidate: after.jsonl }
slices:
  - segment
ledger: ledger.db
policy:
  margin: 0.05 # five points
`;

beforeAll(async () => {
  cpSync(fileURLToPath(new URL('../../../examples/article', import.meta.url)), folder, { recursive: true });
  writeFileSync(join(folder, 'slicewise.yaml'), CONFIG);
  const request = await prepareRequest({ flags: {}, configFile: 'slicewise.yaml' }, folder);
  await gate(request, ports);
  session = await openRequest(request);
});

const start = () => policyServices.policy.answer({}, session);
const trial = async (change: Partial<PolicySetting>, releases = 200) =>
  policyServices['policy-trial'].answer(
    { ...(await start()).setting, ...change, releases, drop: 0.15 },
    session,
  );

test('it starts from the configured rules, with the largest slices first', async () => {
  const { setting, slices, past, whyNot, configFile } = await start();
  expect(setting).toEqual({
    margin: 0.05,
    blockBudget: 0.05,
    reviewBudget: 0.25,
    minCases: 20,
    critical: [],
  });
  expect(slices.map(({ value, n }) => [value, n]).slice(0, 2)).toEqual([
    ['invoice_parse', 210],
    ['contract_review', 156],
  ]);
  expect({ past, whyNot, configFile }).toEqual({ past: 1, whyNot: null, configFile: 'slicewise.yaml' });
});

test('a run without a baseline has nothing to tune', async () => {
  const alone = await openRequest(
    await prepareRequest(
      { flags: { candidate: ['after.jsonl'], slice: ['segment'] }, configFile: null },
      folder,
    ),
  );
  const { whyNot } = await policyServices.policy.answer({}, alone);
  expect(whyNot).toContain('There is no baseline');
});

test('the configured rules give the verdict of the gate and change nothing', async () => {
  const { outcome, changed, falseBlocks } = await trial({});
  expect(outcome).toBe('BLOCK');
  expect(changed).toEqual([]);
  expect(falseBlocks.releases).toBe(200);
  expect(falseBlocks.lower).toBeLessThan(0.05);
});

test('a margin above the loss lets the release pass, and misses more', async () => {
  const [strict, lax] = [await trial({}), await trial({ margin: 0.2 })];
  expect(lax.outcome).toBe('PASS');
  expect(lax.changed).toMatchObject([{ value: 'refund_flow', before: 'BLOCK', after: 'PASS' }]);
  const missed = ({ misses }: typeof lax) => misses.find(({ target }) => target === 'average')!.missed.count;
  expect(missed(lax)).toBeGreaterThan(missed(strict));
});

test('a smaller block budget turns the block into a review', async () => {
  expect((await trial({ blockBudget: 0.01 })).outcome).toBe('REVIEW');
});

test('a critical slice has most of the budget for itself', async () => {
  const { slices } = await start();
  const refund = slices.find(({ value }) => value === 'refund_flow')!;
  const { outcome } = await trial({ blockBudget: 0.02, critical: [refund.id] });
  expect(outcome).toBe('BLOCK');
  expect((await trial({ blockBudget: 0.02 })).outcome).toBe('REVIEW');
});

test('critical slices hold unchanged releases up, and the answer says how often', async () => {
  const { slices } = await start();
  const plain = await trial({});
  const all = await trial({ critical: slices.map(({ id }) => id) });
  expect(plain.undecidedCritical.count).toBe(0);
  expect(all.undecidedCritical.count).toBeGreaterThan(100);
  expect(all.falseAlarms.count).toBe(all.falseBlocks.count + all.falseReviews.count);
  expect(all.falseAlarms.count + all.undecidedCritical.count).toBeLessThanOrEqual(200);
});

test('a larger minimum misses more: losses stay planted in the slices that it no longer tests', async () => {
  const [configured, large] = [await trial({}), await trial({ minCases: 150 })];
  const missed = ({ misses }: typeof large, of: string) =>
    misses.find(({ target }) => target === of)!.missed.rate;
  expect(large.tested).toBeLessThan(configured.tested);
  expect(missed(large, 'average')).toBeGreaterThan(missed(configured, 'average'));
  expect(missed(large, 'smallest')).toBe(1);
});

test('more releases go on from the first ones, and come to what they come to at one go', async () => {
  const asked = { ...(await start()).setting, margin: 0.031 };
  const first = await trial({ margin: 0.031 }, 20);
  expect(first.falseBlocks.releases).toBe(20);
  const more = await trial({ margin: 0.031 }, 120);
  expect(more.falseBlocks.releases).toBe(120);
  const { study: _, ...whole } = await tryPolicy(
    session.release,
    { setting: asked, drop: 0.15, releases: 120 },
    ports,
  );
  expect(more).toMatchObject(whole);
});

test('a newer setting stops the simulation of an older one, but never that of the configured rules', async () => {
  const older = trial({ margin: 0.032 }, 2000);
  const configured = trial({}, 300);
  const newer = trial({ margin: 0.033 }, 30);
  await expect(older).rejects.toThrow('another setting was asked about');
  expect((await newer).falseBlocks.releases).toBe(30);
  expect((await configured).falseBlocks.releases).toBe(300);
  expect((await trial({ margin: 0.032 }, 20)).falseBlocks.releases).toBeGreaterThanOrEqual(20);
});

test('a recorded release comes to what it came to, and to something else under other rules', async () => {
  const { setting } = await start();
  const under = (change: Partial<PolicySetting>) =>
    policyServices['policy-past'].answer({ ...setting, ...change }, session);
  expect((await under({})).releases).toMatchObject([
    { recorded: 'BLOCK', underOwn: 'BLOCK', underTried: 'BLOCK', named: ['segment=refund_flow'], why: null },
  ]);
  expect((await under({ margin: 0.2 })).releases).toMatchObject([{ underOwn: 'BLOCK', underTried: 'PASS' }]);
});

test('a setting is written into the file, which then gives the tried verdict; comments stay', async () => {
  const { setting, slices } = await start();
  const refund = slices.find(({ value }) => value === 'refund_flow')!;
  const written = await policyServices['policy-write'].answer(
    { ...setting, margin: 0.2, critical: [refund.id] },
    session,
  );
  expect(written.before).toBe(CONFIG);
  expect(readFileSync(join(folder, 'slicewise.yaml'), 'utf8')).toBe(written.after);
  expect(written.after).toContain('margin: 0.2 # five points');
  const request = await prepareRequest({ flags: {}, configFile: 'slicewise.yaml' }, folder);
  const report = await gate({ ...request, config: { ...request.config, ledger: null } }, ports);
  expect(report.slices.find(({ value }) => value === 'refund_flow')).toMatchObject({
    critical: true,
    margin: 0.2,
  });
});

test('a slice that is not gated cannot be made critical, and a review budget below the block budget is refused', async () => {
  const { setting } = await start();
  await expect(
    policyServices['policy-write'].answer({ ...setting, critical: ['/segment=nobody'] }, session),
  ).rejects.toThrow('"/segment=nobody" is no gated slice');
  const parsed = policyServices['policy-past'].params.safeParse({ ...setting, reviewBudget: 0.01 });
  expect(parsed.success).toBe(false);
});
