/** Waivers and debt by the built command: exceptions that name a run or an end, and what becomes of them. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { clockAt, comparison, slicewise, workFolder } from './cli.ts';
import { type GateRun, gateIn, opening, sliceOf } from './gate-run.ts';

const BLOCK = comparison([
  { slice: 'refund_flow', kept: 36, lost: 9, gained: 0, failed: 2 },
  { slice: 'invoice_parse', kept: 170, lost: 6, gained: 21, failed: 13 },
]).files;
const TWO = comparison([
  { slice: 'refund_flow', kept: 36, lost: 9, gained: 0, failed: 2 },
  { slice: 'invoice_parse', kept: 170, lost: 27, gained: 0, failed: 13 },
]).files;
/** Below a floor of .9 in both runs, without a loss. */
const DEBT = comparison([
  { slice: 'refund_flow', kept: 36, lost: 1, gained: 1, failed: 9 },
  { slice: 'invoice_parse', kept: 190, lost: 2, gained: 3, failed: 5 },
]).files;
const GATE = ['gate', 'old.jsonl', 'new.jsonl', '--waivers', 'waivers.yaml'];
const TODAY = clockAt('2026-02-01T23:30:00Z');

/** One entry of the file, in flow style. */
function waiver(runHash: string, changes: Readonly<Record<string, string>> = {}): string {
  const entry = {
    slice: 'segment=refund_flow',
    reason: 'refunds are declined on purpose',
    owner: 'ana',
    reviewer: 'bo',
    date: '2026-01-12',
    expires: '2026-02-12',
    runHash,
    ...changes,
  };
  const pairs = Object.entries(entry).filter(([, value]) => value !== '');
  return `- { ${pairs.map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join(', ')} }\n`;
}

const debt = (changes: Readonly<Record<string, string>> = {}) =>
  waiver('', { kind: 'debt', runHash: '', reviewer: '', date: '', ...changes });

/** Gates with this waiver file. */
function gateWith(
  cwd: string,
  waivers: string,
  args: readonly string[] = [],
  clock = TODAY,
): Promise<GateRun> {
  writeFileSync(join(cwd, 'waivers.yaml'), waivers);
  return gateIn(cwd, [...GATE, ...args], clock);
}

async function hashOf(cwd: string): Promise<string> {
  return (await gateWith(cwd, '')).report.runHash;
}

describe('a waiver', () => {
  test('of exactly this run passes it; the slice keeps its BLOCK and shows who took it on', async () => {
    const cwd = workFolder(BLOCK);
    const hash = await hashOf(cwd);
    const { report, code, stdout } = await gateWith(cwd, waiver(hash));
    expect([code, report.verdict]).toEqual([0, 'PASS']);
    expect(report.runHash).toBe(hash);
    expect(opening(stdout)[0]).toMatch(/^Ship\? PASS with 1 waiver: /);
    expect(sliceOf(report, 'refund_flow')).toMatchObject({
      verdict: 'BLOCK',
      grade: 'confirmed',
      waiver: {
        kind: 'waiver',
        reason: 'refunds are declined on purpose',
        owner: 'ana',
        reviewer: 'bo',
        expires: '2026-02-12',
        expired: false,
      },
    });
    expect(stdout).toContain('ana');
    expect(stdout).toContain('refunds are declined on purpose');
  });

  test.each([
    ['its value alone', { slice: 'refund_flow' }],
    ['its id', { slice: 'passRate/segment=refund_flow' }],
  ])('may name the slice by %s', async (_, changes) => {
    const cwd = workFolder(BLOCK);
    expect((await gateWith(cwd, waiver(await hashOf(cwd), changes))).code).toBe(0);
  });

  test('of one of two slices leaves the other', async () => {
    const cwd = workFolder(TWO);
    const hash = await hashOf(cwd);
    const one = await gateWith(cwd, waiver(hash));
    expect(one.code).toBe(1);
    expect(one.report.ship.text).toMatch(/^BLOCK with 1 waiver: invoice_parse lost 27 of 210/);
    const both = await gateWith(cwd, waiver(hash) + waiver(hash, { slice: 'invoice_parse' }));
    expect([both.code, both.report.ship.text.split(':')[0]]).toEqual([0, 'PASS with 2 waivers']);
  });

  test('holds through its last day and not longer, and an expired one is said to be', async () => {
    const cwd = workFolder(BLOCK);
    const hash = await hashOf(cwd);
    expect((await gateWith(cwd, waiver(hash, { expires: '2026-02-01' }))).code).toBe(0);
    const { report, code, stdout } = await gateWith(cwd, waiver(hash, { expires: '2026-01-31' }));
    expect([code, report.verdict]).toEqual([1, 'BLOCK']);
    expect(sliceOf(report, 'refund_flow').waiver).toMatchObject({ expires: '2026-01-31', expired: true });
    expect(report.notes.join('\n')).toContain('expired 2026-01-31');
    expect(stdout).toContain('expired');
    expect(report.ship.text).not.toContain('waiver');
  });

  test('that names nothing is said to', async () => {
    const cwd = workFolder(BLOCK);
    const { report, code } = await gateWith(cwd, waiver(await hashOf(cwd), { slice: 'refnud_flow' }));
    expect(code).toBe(1);
    expect(report.notes).toContain('waiver for refnud_flow names nothing in this run: not applied');
  });

  test('of another run is not applied, and a note says so', async () => {
    const cwd = workFolder(BLOCK);
    const { report, code } = await gateWith(cwd, waiver('feedfeedfeedfeed'));
    expect(code).toBe(1);
    expect(sliceOf(report, 'refund_flow').waiver).toBeNull();
    expect(report.notes).toContain(
      `waiver for segment=refund_flow is for run feedfeedfeedfeed, this is run ${report.runHash}: not applied`,
    );
  });

  test.each([
    ['other results', async (cwd: string) => writeFileSync(join(cwd, 'new.jsonl'), TWO['new.jsonl'])],
    ['other rules', async () => {}],
  ])('is void with %s', async (what, change) => {
    const cwd = workFolder(BLOCK);
    const hash = await hashOf(cwd);
    await change(cwd);
    const { code, report } = await gateWith(
      cwd,
      waiver(hash),
      what === 'other rules' ? ['--margin', '0.04'] : [],
    );
    expect(code).toBe(1);
    expect(report.runHash).not.toBe(hash);
  });

  test('outlives another order of rows, another path and another day', async () => {
    const cwd = workFolder(BLOCK);
    const hash = await hashOf(cwd);
    const turned = BLOCK['new.jsonl'].trimEnd().split('\n').reverse().join('\n');
    writeFileSync(join(cwd, 'moved.jsonl'), `${turned}\n`);
    writeFileSync(join(cwd, 'waivers.yaml'), waiver(hash));
    const args = GATE.map((word) => (word === 'new.jsonl' ? 'moved.jsonl' : word));
    const { code, report } = await gateIn(cwd, args, clockAt('2026-02-10T00:00:00Z'));
    expect([code, report.runHash]).toEqual([0, hash]);
  });

  test('of a check covers its finding', async () => {
    const [first, ...others] = BLOCK['old.jsonl'].split(/(?<=\n)/);
    const cwd = workFolder({
      'old.jsonl': others.join('').replaceAll('"passed":false', '"passed":true'),
      'new.jsonl': others.slice(5).join('').replaceAll('"passed":false', '"passed":true'),
    });
    expect(first).toBeDefined();
    const before = await gateWith(cwd, '');
    expect([before.code, before.report.verdict]).toEqual([3, 'REVIEW']);
    const { code, report } = await gateWith(
      cwd,
      waiver(before.report.runHash, { slice: '', check: 'pairing' }),
    );
    expect([code, report.ship.text.split(':')[0]]).toEqual([0, 'PASS with 1 waiver']);
    expect(report.findings.find(({ check }) => check === 'pairing')).toMatchObject({ verdict: 'REVIEW' });
  });

  test('needs no file before the first: one that does not exist yet counts as empty, and one line says so', async () => {
    const cwd = workFolder(BLOCK);
    const { code, report, stdout } = await gateIn(cwd, GATE, TODAY);
    expect([code, report.verdict]).toEqual([1, 'BLOCK']);
    expect(
      report.notes.filter((note) => note.includes('does not exist yet and counts as empty')),
    ).toHaveLength(1);
    expect(stdout).toContain('the waiver file "waivers.yaml" does not exist yet');
    const plain = await gateIn(cwd, GATE.slice(0, 3), TODAY);
    expect(plain.report.runHash).toBe(report.runHash);
  });

  test.each([
    ['no end', { expires: '' }, 'expires'],
    ['no reviewer', { reviewer: '' }, 'is a waiver without reviewer'],
    ['no run', { runHash: '' }, 'is a waiver without runHash'],
    ['a day that does not exist', { expires: '2026-02-30' }, 'must be a date such as 2026-01-31'],
    ['neither slice nor check', { slice: '' }, 'names neither a slice nor a check'],
  ])('with %s is refused, and nothing is gated', async (_, changes, message) => {
    const cwd = workFolder({ ...BLOCK, 'waivers.yaml': waiver('feedfeedfeedfeed', changes) });
    const ended = await slicewise(GATE, { cwd });
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain(message);
    expect(ended.stderr).toContain('waivers.yaml:1:');
  });
});

describe('debt', () => {
  const FLOOR = ['--floor', '0.9'];

  test('without an entry has no owner, and does not block', async () => {
    const { report, code } = await gateWith(workFolder(DEBT), '', FLOOR);
    expect(code).toBe(0);
    expect(sliceOf(report, 'refund_flow')).toMatchObject({
      verdict: 'DEBT',
      waiver: null,
      reason: expect.stringContaining('no owner'),
    });
  });

  test('with an entry names its owner and its day', async () => {
    const { report, code, stdout } = await gateWith(workFolder(DEBT), debt(), FLOOR);
    expect(code).toBe(0);
    expect(sliceOf(report, 'refund_flow')).toMatchObject({
      verdict: 'DEBT',
      reason: 'below the floor in both runs; debt 2026-02-12, owner ana',
      waiver: { kind: 'debt', owner: 'ana', expired: false },
    });
    // A standing exception is no waiver of this run.
    expect(report.ship.text).not.toContain('waiver');
    expect(stdout).toContain('owner ana');
  });

  test('whose entry expired blocks', async () => {
    const { report, code } = await gateWith(workFolder(DEBT), debt({ expires: '2026-01-31' }), FLOOR);
    expect([code, report.verdict]).toEqual([1, 'BLOCK']);
    expect(report.ship.text).toContain('refund_flow');
    expect(report.ship.text).toContain('debt entry expired 2026-01-31, owner ana');
    expect(sliceOf(report, 'refund_flow')).toMatchObject({
      verdict: 'DEBT',
      waiver: { kind: 'debt', expired: true },
    });
  });

  test('covers no loss: a slice in debt that loses more blocks', async () => {
    const cwd = workFolder(
      comparison([
        { slice: 'refund_flow', kept: 26, lost: 12, gained: 0, failed: 9 },
        { slice: 'invoice_parse', kept: 190, lost: 2, gained: 3, failed: 5 },
      ]).files,
    );
    expect((await gateWith(cwd, debt(), FLOOR)).code).toBe(1);
  });
});
