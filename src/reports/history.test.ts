import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Ledger, openLedger } from '../ledger/index.ts';
import { CONTEXT, makeGate, makeRun, makeSlice } from '../ledger/ledger.contract.ts';
import { renderHistory } from './history.ts';
import { cellWidth } from './terminal/width.ts';

let folder: string;
let ledger: Ledger;
let clock = new Date(0);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slicewise-history-'));
  ledger = await openLedger(join(folder, 'ledger.db'), { now: () => clock });
});
afterEach(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true });
});

/** Weekly releases of these slices: passed of 1,200, beginning with the baseline of the first gate. */
async function record(slices: Readonly<Record<string, readonly number[]>>, judges: readonly string[] = []) {
  const weeks = Math.max(...Object.values(slices).map((passed) => passed.length));
  for (let week = 1; week < weeks; week += 1) {
    clock = new Date(Date.UTC(2026, 0, 5 + 7 * week));
    const judge = judges[week] === undefined ? [] : [judges[week]];
    const run = await ledger.recordRun(
      makeRun('main', `r${week}`, { instruments: { judge, dataset: [], prompt: [] } }),
    );
    const rows = Object.entries(slices).map(([value, passed]) =>
      makeSlice(value, passed[week - 1]!, passed[week]!, 1200),
    );
    await ledger.recordGate(makeGate(`r${week - 1}`, `r${week}`, rows), {
      ...CONTEXT,
      candidateRunId: run.id,
    });
  }
}

const PLAIN = { columns: 80, color: false };

test('a slow slide reads as one, gate by gate, in 80 columns', async () => {
  await record({ refund_flow: [1116, 1104, 1092, 1080, 1068, 1056, 1044] });
  expect(renderHistory(await ledger.history({ slice: 'refund_flow' }), PLAIN)).toMatchInlineSnapshot(`
    "intent=refund_flow  pass rate
    SLIDE (REVIEW): -6.0 points since the baseline of the first gate (2026-01-12),
    interval -8.4..-3.6, unpaired

    date              n    rate  85.0%               93.4%  change  verdict   drift
    2026-01-12    1,200   92.0%                 ━━━━━●━━━━    -1.0  PASS        -1.0
    2026-01-19    1,200   91.0%              ━━━━━●━━━━       -1.0  PASS        -2.0
    2026-01-26    1,200   90.0%           ━━━━━●━━━━━         -1.0  PASS       -3.0!
    2026-02-02    1,200   89.0%        ━━━━━●━━━━━            -1.0  PASS       -4.0!
    2026-02-09    1,200   88.0%     ━━━━━━●━━━━━              -1.0  PASS       -5.0!
    2026-02-16    1,200   87.0%  ━━━━━━●━━━━━                 -1.0  PASS       -6.0!

    1 slide in 1 slice (0.025 expected by chance at 95%); 6 of 6 gates shown. Drift
    counts from the last anchor, else from the first gate's baseline, and anew where
    judge or data set changed; ! where the loss excludes 0.
    "
  `);
});

test('many slices get a line each, slides first', async () => {
  await record({
    steady: [1116, 1109, 1121, 1113],
    refund_flow: [1116, 1090, 1070, 1044],
    rising: [1000, 1040, 1060, 1090],
    'a very long name of a slice that fits no column of any table': [600, 610, 590, 605],
  });
  expect(renderHistory(await ledger.history(), PLAIN)).toMatchInlineSnapshot(`
    "slice                   gates                 now   drift        interval
    intent=refund_flow      █▅▁                 87.0%    -6.0      -8.4..-3.6  SLIDE
    intent=steady           ▁█▃                 92.8%    -0.3      -2.3..+1.8
    intent=rising           ▁▄█                 90.8%    +7.5     +4.8..+10.2
    intent=a ve… any table  █▁▆                 50.4%    +0.4      -3.6..+4.4

    1 slide in 4 slices (0.10 expected by chance at 95%); 3 of 3 gates shown. Drift
    counts from the last anchor, else from the first gate's baseline, and anew where
    judge or data set changed; ! where the loss excludes 0.
    "
  `);
});

test('a change of judge stands between the gates, and a rerun is marked', async () => {
  await record({ refund_flow: [1116, 1110, 900, 904] }, ['j1', 'j1', 'j2', 'j2']);
  clock = new Date('2026-02-02T00:00:00.000Z');
  await ledger.recordGate(makeGate('r3', 'r3', [makeSlice('refund_flow', 904, 906, 1200)]), {
    ...CONTEXT,
    unchanged: true,
  });
  const text = renderHistory(await ledger.history(), PLAIN);
  expect(text).toMatch(/^── the judge changed: not comparable with the gates above ─+$/m);
  expect(text).toMatch(/^2026-02-02 .* rerun {4}/m);
  expect(text).toContain('since 2026-01-19, when the judge changed');
});

test('an anchor is named with who set it and why', async () => {
  await record({ refund_flow: [1116, 1080] });
  await ledger.recordAnchor({ name: 'main', reason: 'lower bar was agreed', who: 'Ada' });
  clock = new Date('2026-02-02T00:00:00.000Z');
  await ledger.recordGate(makeGate('x', 'y', [makeSlice('refund_flow', 1080, 1079, 1200)]), CONTEXT);
  expect(renderHistory(await ledger.history(), PLAIN)).toContain(
    'no slide shown: -0.1 points since the anchor of 2026-01-12 (Ada: lower bar was\nagreed), interval',
  );
});

test.each([60, 80, 100, 132])('no line is wider than %d columns, whatever the names', async (columns) => {
  const hostile = [
    '\u001b[31mred',
    '\u202ereversed',
    'a\nb',
    '日本語'.repeat(40),
    'x'.repeat(300),
    '"; drop',
  ];
  await record(Object.fromEntries(hostile.map((name) => [name, [1116, 1080, 1000]])), ['j1', 'j1', 'j2']);
  for (const history of [
    await ledger.history(),
    ...(await Promise.all(hostile.map((slice) => ledger.history({ slice })))),
  ]) {
    const text = renderHistory(history, { columns, color: false });
    for (const line of text.split('\n')) expect(cellWidth(line)).toBeLessThanOrEqual(columns);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: no control character may reach the terminal
    expect(text.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
    const plain = renderHistory(history, { columns, color: false, ascii: true });
    for (const line of plain.split('\n')) expect(cellWidth(line)).toBeLessThanOrEqual(columns);
  }
});

test('colour changes nothing but colour', async () => {
  await record({ refund_flow: [1116, 1104, 1000] }, ['j1', 'j1', 'j2']);
  const history = await ledger.history();
  const colored = renderHistory(history, { columns: 80, color: true });
  expect(colored).toContain('\u001b[');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: taking colours out again
  expect(colored.replace(/\u001b\[[0-9;]*m/g, '')).toBe(renderHistory(history, PLAIN));
});

test('an empty ledger says how gates get into it', async () => {
  expect(renderHistory(await ledger.history(), PLAIN)).toContain('No gates are recorded yet.');
});
