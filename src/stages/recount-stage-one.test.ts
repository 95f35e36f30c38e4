/** A second stage believes of the report of the first what its files say. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Config, configFromFlags } from '../config/index.ts';
import type { Report } from '../gate/index.ts';
import { gate } from '../pipeline.ts';
import { confirm } from './confirm.ts';

let cwd = '';
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'slicewise-recount-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

/** Cases of a slice: kept, lost, gained, failed. */
type Counts = readonly [number, number, number, number];

function writeRuns(slices: Readonly<Record<string, Counts>>, from: string): void {
  const rows = Object.entries(slices).flatMap(([segment, counts]) =>
    counts.flatMap((count, kind) =>
      Array.from({ length: count }, (_, at) => ({
        id: `${from}${segment}/${kind}/${at}`,
        segment,
        before: kind === 0 || kind === 1,
        after: kind === 0 || kind === 2,
      })),
    ),
  );
  for (const side of ['before', 'after'] as const) {
    const lines = rows.map(({ id, segment, ...passed }) =>
      JSON.stringify({ id, segment, input: `question ${id}`, passed: passed[side] }),
    );
    writeFileSync(join(cwd, `${from}${side}.jsonl`), `${lines.join('\n')}\n`);
  }
}

function rulesFor(from: string): Config {
  const config = configFromFlags({
    baseline: [`${from}before.jsonl`],
    candidate: [`${from}after.jsonl`],
    by: ['segment'],
  } as never);
  const confirmation = { casesPerNominee: 150, directBudget: 0.02, confirmBudget: 0.03, nominateMidP: 0.1 };
  return { ...config, policy: { ...config.policy, confirmation } as Config['policy'] };
}

const ports = () => ({ cwd, now: () => new Date(0), progress: () => {} });
const request = (config: Config) => ({ config, waivers: [], inputs: '', rules: '' });

/** Runs stage one, changes its report, and runs stage two. */
async function secondAfter(
  change: (report: Report) => object,
  rules: (config: Config) => Config = (one) => one,
) {
  writeRuns({ refund: [36, 5, 1, 5], lost: [60, 30, 0, 10], other: [400, 8, 8, 34] }, 'one-');
  writeRuns({ refund: [115, 20, 3, 12] }, 'fresh-');
  const report = await gate({ ...request(rulesFor('one-')), recordAs: 'main' }, ports());
  writeFileSync(join(cwd, 'one.json'), JSON.stringify(change(report)));
  return confirm({ ...request(rules(rulesFor('fresh-'))), stageOne: 'one.json' }, ports());
}

/** The report with one slice changed. */
const withSlice = (value: string, change: object) => (report: Report) => ({
  ...report,
  slices: report.slices.map((slice) =>
    slice.value === value && slice.role === 'gated' ? { ...slice, ...change } : slice,
  ),
});

test('says what was counted and decided again, and what was taken as written', async () => {
  const report = await secondAfter((one) => one);
  expect(report.confirmation?.nominees.map(({ settled }) => settled)).toEqual(['confirmed']);
  expect(report.notes).toContainEqual(
    expect.stringMatching(
      /^3 gated slices of stage one were counted and decided again in its files; taken as its report says: \d+ findings of checks, its waivers$/,
    ),
  );
});

test.each([
  [
    'a nominee with other counts',
    withSlice('refund', { lost: 9 }),
    '"refund" has 47 cases, 9 lost, 1 gained in the report and 47 cases, 5 lost, 1 gained in the files',
  ],
  ['another slice with other counts', withSlice('other', { n: 449 }), '"other" has 449 cases'],
  [
    'a block that was made a pass',
    withSlice('lost', { verdict: 'PASS' }),
    '"lost" reads PASS in the report and BLOCK by its files',
  ],
  ['another difference', withSlice('other', { delta: { estimate: 0.2 } }), '"other" has another difference'],
])('refuses %s', async (_, change, message) => {
  await expect(secondAfter(change)).rejects.toThrow(message);
});

test('refuses a nominee that was taken out, beside one that is left', async () => {
  writeRuns({ refund: [36, 5, 1, 5], invoice: [40, 4, 0, 6], other: [400, 8, 8, 34] }, 'one-');
  writeRuns({ refund: [115, 20, 3, 12] }, 'fresh-');
  const report = await gate({ ...request(rulesFor('one-')), recordAs: 'main' }, ports());
  const changed = withSlice('invoice', { verdict: 'PASS', grade: 'non-inferior' })(report);
  writeFileSync(join(cwd, 'one.json'), JSON.stringify(changed));
  await expect(confirm({ ...request(rulesFor('fresh-')), stageOne: 'one.json' }, ports())).rejects.toThrow(
    '"invoice" is nominated by its files and not in the report',
  );
});

test('refuses a report whose files hold other results', async () => {
  await expect(
    secondAfter((report) => {
      const path = join(cwd, 'one-after.jsonl');
      writeFileSync(path, readFileSync(path, 'utf8').replace('"passed":true', '"passed":false'));
      return report;
    }),
  ).rejects.toThrow('the files of stage one changed since it ran');
});

test('names every field of a report that is none', async () => {
  await expect(
    secondAfter((report) => ({ ...report, slices: report.slices.map((slice) => ({ ...slice, n: 'many' })) })),
  ).rejects.toThrow('slices[0].n');
});
