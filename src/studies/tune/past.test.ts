import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Flags } from '../../config/index.ts';
import type { Report } from '../../gate/index.ts';
import { gate } from '../../pipeline.ts';
import { prepareRequest } from '../../request/index.ts';
import { judgePast } from './past.ts';

const folder = mkdtempSync(join(tmpdir(), 'slicewise-past-'));
const ports = { cwd: folder, now: () => new Date('2026-03-01T00:00:00Z'), progress: () => {} };

/** 100 cases of each of two segments, all passing before; of b so many are lost, and so many of these to a crash. */
function write(name: string, lost: number, crashed: number): void {
  const rows = (after: boolean) =>
    Array.from({ length: 200 }, (_, i) => {
      const [segment, at] = [i % 2 === 0 ? 'a' : 'b', Math.floor(i / 2)];
      const isLost = after && segment === 'b' && at < lost;
      const error = isLost && at < crashed ? { error: 'crash' } : {};
      return JSON.stringify({ case_id: `k${i}`, segment, group: at, passed: !isLost, ...error });
    }).join('\n');
  writeFileSync(join(folder, `${name}-before.jsonl`), rows(false));
  writeFileSync(join(folder, `${name}-after.jsonl`), rows(true));
}

beforeAll(() => {
  write('lost', 20, 0);
  write('crashed', 20, 18);
  write('mixed', 40, 2);
  write('mild', 4, 0);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const requested = (name: string, flags: Partial<Flags>) =>
  prepareRequest(
    {
      flags: {
        ...{ baseline: [`${name}-before.jsonl`], candidate: [`${name}-after.jsonl`], slice: ['segment'] },
        ...flags,
      },
      configFile: null,
    },
    folder,
  );

/** What a release that was gated with `then` comes to in a studio that was started with `now`. */
async function judged(name: string, then: Partial<Flags>, now: Partial<Flags> = {}, minCases = 20) {
  const report: Report = await gate(await requested(name, then), ports);
  const { config } = await requested('lost', now);
  const { margin, blockBudget, reviewBudget } = config.policy;
  const setting = { margin, blockBudget, reviewBudget, minCases, critical: [] };
  const recorded = { id: '1', at: '2026-03-01T00:00:00Z', candidateName: null, unchanged: false, report };
  const { underOwn, underTried, why } = judgePast(recorded, setting, config);
  return { recorded: report.verdict, underOwn, underTried, why };
}

test.each([
  ['lost', {}],
  ['mixed', {}],
  ['lost', { floor: ['0.9'] }],
  ['lost', { multiplicity: 'holm' }],
  ['lost', { critical: ['segment=a'], requireEvidence: true }],
  ['lost', { errors: 'exclude' }],
] satisfies readonly (readonly [string, Partial<Flags>])[])(
  '%s, gated with %o, comes to what was recorded, whatever the rules are now',
  async (name, then) => {
    const now = { floor: ['0.99'], multiplicity: 'by', requireEvidence: true } as const;
    const { recorded, underOwn, why } = await judged(name, then, now);
    expect({ underOwn, why }).toEqual({ underOwn: recorded, why: null });
  },
);

test('a floor of today takes no part in releases that had none, and theirs stays', async () => {
  expect(await judged('mild', {}, { floor: ['0.99'] })).toMatchObject({
    underOwn: 'PASS',
    underTried: 'PASS',
  });
  const { recorded, underOwn, underTried } = await judged('lost', { floor: ['0.9'], margin: ['0.5'] });
  expect({ recorded, underOwn, underTried }).toEqual({
    ...{ recorded: 'BLOCK', underOwn: 'BLOCK', underTried: 'BLOCK' },
  });
});

test('a block that may rest on errors alone is not told; one that errors cannot explain is', async () => {
  const crashed = await judged('crashed', {});
  expect(crashed).toMatchObject({ recorded: 'REVIEW', underOwn: null, underTried: null });
  expect(crashed.why).toContain('errors may be behind its losses');
  expect(await judged('mixed', {})).toMatchObject({ underOwn: 'BLOCK', underTried: 'BLOCK', why: null });
  // Below the minimum nothing blocks, so that errors do not matter.
  expect(await judged('crashed', {}, {}, 150)).toMatchObject({ underOwn: 'REVIEW', underTried: 'nothing' });
});

test('clusters need more than counts', async () => {
  const clustered = await judged('lost', { map: ['cluster=group'] });
  expect(clustered).toMatchObject({ recorded: 'BLOCK', underOwn: null, underTried: null });
  expect(clustered.why).toContain('its test was');
});
