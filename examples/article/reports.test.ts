/** The reports of the article's files, end to end: the files beside this test are what a reader sees. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Flags } from '../../src/config/index.ts';
import { gate } from '../../src/pipeline.ts';
import { type Format, renderReport } from '../../src/reports/index.ts';
import { prepareRequest } from '../../src/request/index.ts';

/** Set SLICEWISE_UPDATE_GOLDENS=1 to write what is rendered now; review the difference like code. */
const UPDATE = process.env.SLICEWISE_UPDATE_GOLDENS === '1';
const FOLDER = new URL('./reports/', import.meta.url);
const cwd = fileURLToPath(new URL('.', import.meta.url));

const BOTH = { baseline: ['before.jsonl'], candidate: ['after.jsonl'] };
const ALONE = { candidate: ['after.jsonl'], floor: ['0.85'] };

async function reportOf(flags: Flags, configFile: string | null) {
  const request = await prepareRequest({ flags, configFile }, cwd);
  return gate(request, { cwd, now: () => new Date('2026-01-12T00:00:00Z'), progress: () => undefined });
}

describe("the article's reports", () => {
  it.each<[string, Flags, string | null, Format]>([
    ['segments.txt', BOTH, null, 'terminal'],
    ['segments.md', BOTH, null, 'markdown'],
    ['policy.txt', BOTH, 'eval_config.yaml', 'terminal'],
    ['policy.md', BOTH, 'eval_config.yaml', 'markdown'],
    ['one-run.txt', ALONE, null, 'terminal'],
  ])('%s reads as it was reviewed', async (file, flags, configFile, format) => {
    const text = renderReport(await reportOf(flags, configFile), format, { columns: 80 });
    const path = new URL(file, FOLDER);
    if (UPDATE) writeFileSync(path, text);
    expect(existsSync(path)).toBe(true);
    expect(text).toBe(readFileSync(path, 'utf8'));
  });

  it('opens with the segment that the mean hid', async () => {
    const { ship, belief } = await reportOf(BOTH, null);
    expect(ship.text).toBe('BLOCK: refund_flow lost 7 of 47 (-14.9 points, adjusted p .023)');
    expect(belief.text).toMatch(/^Belief: \d+ of \d+ checks could run; 17 slices undecided; /);
  });

  it('says of a single run what a comparison on these cases could show at best', async () => {
    const { slices } = await reportOf(ALONE, null);
    expect(slices[0]).toMatchObject({ value: 'refund_flow', n: 47, casesNeeded: expect.any(Number) });
    // 22 slices share .04, so 10 of 47 must be lost: .5 ** 10 is below .04 / 22, .5 ** 9 is not.
    expect(slices[0]?.minimumDetectableDrop).toBeCloseTo(0.2562, 3);
  });

  it("names the policy's missing segment beside the segment that blocks, in one short line", async () => {
    const { ship } = await reportOf(BOTH, 'eval_config.yaml');
    expect(ship.text).toBe(
      "BLOCK: refund_flow lost 7 of 47 (-14.9 points, adjusted p .022); no case has segment 'escalation_routing'",
    );
  });
});
