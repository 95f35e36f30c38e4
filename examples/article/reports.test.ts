/** The reports of the article's files, end to end: the files beside this test are what a reader sees. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { gate } from '../../src/pipeline.ts';
import { type Format, renderReport } from '../../src/reports/index.ts';
import { prepareRequest } from '../../src/request/index.ts';

/** Set SLICEWISE_UPDATE_GOLDENS=1 to write what is rendered now; review the difference like code. */
const UPDATE = process.env.SLICEWISE_UPDATE_GOLDENS === '1';
const FOLDER = new URL('./reports/', import.meta.url);
const cwd = fileURLToPath(new URL('.', import.meta.url));

async function reportOf(configFile: string | null) {
  const flags = { baseline: ['before.jsonl'], candidate: ['after.jsonl'] };
  const request = await prepareRequest({ flags, configFile }, cwd);
  return gate(request, { cwd, now: () => new Date('2026-01-12T00:00:00Z'), progress: () => undefined });
}

describe("the article's reports", () => {
  it.each<[string, string | null, Format]>([
    ['segments.txt', null, 'terminal'],
    ['segments.md', null, 'markdown'],
    ['policy.txt', 'eval_config.yaml', 'terminal'],
    ['policy.md', 'eval_config.yaml', 'markdown'],
  ])('%s reads as it was reviewed', async (file, configFile, format) => {
    const text = renderReport(await reportOf(configFile), format, { columns: 80 });
    const path = new URL(file, FOLDER);
    if (UPDATE) writeFileSync(path, text);
    expect(existsSync(path)).toBe(true);
    expect(text).toBe(readFileSync(path, 'utf8'));
  });

  it('opens with the segment that the mean hid', async () => {
    const { ship, belief } = await reportOf(null);
    expect(ship.text).toBe('BLOCK: refund_flow lost 7 of 47 (-14.9 points, adjusted p .023)');
    expect(belief.text).toMatch(/^Belief: \d+ of \d+ checks could run; 17 slices undecided; /);
  });

  it("names the policy's missing segment beside the segment that blocks, in one short line", async () => {
    const { ship } = await reportOf('eval_config.yaml');
    expect(ship.text).toBe(
      "BLOCK: refund_flow lost 7 of 47 (-14.9 points, adjusted p .022); no case has segment 'escalation_routing'",
    );
  });
});
