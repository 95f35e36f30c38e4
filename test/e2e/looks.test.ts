/** Looking again and again at growing fresh cases, by the built command; and in small, what that costs. */

import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DEFAULT_POLICY, type Policy } from '../../src/config/index.ts';
import { judge } from '../../src/gate/index.ts';
import { logEDrop } from '../../src/stats/index.ts';
import { randomStream } from '../generators/index.ts';
import { evidenceOf } from '../slice-evidence.ts';
import { comparison, jsonLines, slicewise, workFolder } from './cli.ts';
import { gateIn, sliceOf } from './gate-run.ts';

const TABLE = comparison([
  { slice: 'refund_flow', kept: 36, lost: 9, gained: 0, failed: 2 },
  { slice: 'invoice_parse', kept: 170, lost: 6, gained: 9, failed: 25 },
]).files;
const GATE = ['gate', 'old.jsonl', 'new.jsonl'];

/** Appends cases of one day to both runs; of each slice so many are lost. */
function addDay(cwd: string, day: number, cases: number, lost: number): void {
  for (const [file, fails] of [
    ['old.jsonl', 0],
    ['new.jsonl', lost],
  ] as const) {
    const rows = Array.from({ length: cases }, (_, i) => ({
      case_id: `day-${day}/${i}`,
      segment: i % 2 === 0 ? 'a' : 'b',
      passed: i % 2 === 1 || i / 2 >= fails,
    }));
    appendFileSync(join(cwd, file), jsonLines(rows));
  }
}

describe('always-valid looks', () => {
  test('test by e-values and Holm, and say that the error holds at every look', async () => {
    const cwd = workFolder(TABLE);
    const { report, stdout } = await gateIn(cwd, [...GATE, '--always-valid', '--multiplicity', 'bh']);
    const slice = sliceOf(report, 'refund_flow');
    const p = Math.exp(-logEDrop(9, 0));
    expect(slice).toMatchObject({ test: 'beta-mixture e-process', verdict: 'BLOCK' });
    expect(slice.pValue).toBeCloseTo(p, 14);
    expect(slice.adjustedPValue).toBeCloseTo(2 * p, 14);
    expect(report.policy).toMatchObject({
      looks: 'always-valid',
      multiplicity: 'Holm',
      controls:
        'family-wise error at every look: of unchanged releases at most 5% BLOCK, 25% BLOCK or REVIEW',
    });
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('family-wise error at every look');
  });

  test('cost more than one look: what a single look blocks may need more cases', async () => {
    const cwd = workFolder(
      comparison([{ slice: 'refund_flow', kept: 36, lost: 6, gained: 0, failed: 5 }]).files,
    );
    const once = await gateIn(cwd, GATE);
    expect([once.code, once.report.policy.looks]).toEqual([1, 'fixed']);
    expect(once.report.policy.controls).not.toContain('every look');
    const often = await gateIn(cwd, [...GATE, '--always-valid']);
    expect(often.code).toBe(3);
  });

  test('the flag and the policy say the same, and the run hash tells the two modes apart', async () => {
    const cwd = workFolder({ ...TABLE, 'slicewise.yaml': 'policy: { looks: always-valid }\n' });
    const file = (await gateIn(cwd, GATE)).report;
    const flag = (await gateIn(cwd, [...GATE, '--no-config', '--always-valid'])).report;
    expect(file.slices).toEqual(flag.slices);
    expect(file.runHash).toBe(flag.runHash);
    const fixed = (await gateIn(cwd, [...GATE, '--no-config'])).report;
    expect(fixed.runHash).not.toBe(flag.runHash);
  });

  test('a floor is looked at in the same way', async () => {
    const cwd = workFolder(TABLE);
    const floorOf = async (args: readonly string[]) =>
      sliceOf((await gateIn(cwd, [...GATE, '--floor', '0.9', ...args])).report, 'refund_flow').floorPValue!;
    expect(await floorOf(['--always-valid'])).toBeGreaterThan(3 * (await floorOf([])));
  });

  test('are refused for runs without common cases, where they do not hold', async () => {
    const rows = (from: string) =>
      jsonLines(
        Array.from({ length: 40 }, (_, i) => ({ case_id: `${from}${i}`, segment: 'a', passed: i > 4 })),
      );
    const cwd = workFolder({ 'old.jsonl': rows('a'), 'new.jsonl': rows('b') });
    const ended = await slicewise([...GATE, '--always-valid'], { cwd });
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain('the always-valid mode compares the same cases in both runs');
  });
});

describe('the count of looks', () => {
  const LEDGER = ['--ledger', 'ledger.db'];

  test('at growing cases of one candidate goes by its name', async () => {
    const cwd = workFolder({ 'old.jsonl': '', 'new.jsonl': '' });
    const looks: (number | null)[] = [];
    for (const day of [1, 2, 3]) {
      addDay(cwd, day, 60, 1);
      const args = [...GATE, ...LEDGER, '--always-valid', '--record-as', 'shadow'];
      const { report, stdout } = await gateIn(cwd, args);
      looks.push(report.counts.looks);
      expect(stdout).toContain(`${day} look${day === 1 ? '' : 's'} at this candidate`);
    }
    expect(looks).toEqual([1, 2, 3]);
    const other = await gateIn(cwd, [...GATE, ...LEDGER, '--always-valid', '--record-as', 'other']);
    expect(other.report.counts.looks).toBe(1);
  });

  test('in the fixed mode goes by the results: other rules are one more look, the same gate is none', async () => {
    const cwd = workFolder(TABLE);
    const looksOf = async (...args: string[]) =>
      (await gateIn(cwd, [...GATE, ...LEDGER, ...args])).report.counts.looks;
    expect(await looksOf()).toBe(1);
    expect(await looksOf()).toBe(1);
    expect(await looksOf('--margin', '0.1')).toBe(2);
    writeFileSync(join(cwd, 'new.jsonl'), TABLE['old.jsonl']);
    expect(await looksOf()).toBe(1);
    expect((await gateIn(cwd, GATE)).report.counts.looks).toBeNull();
  });
});

/** Daily looks at growing cases of slices in which nothing changed; whether any look blocks. */
function blocksSomeDay(random: () => number, policy: Policy, slices: number, days: number): boolean {
  const counts = Array.from({ length: slices }, () => ({ kept: 0, lost: 0, gained: 0, failed: 0 }));
  for (let day = 0; day < days; day++) {
    for (const slice of counts) {
      for (let i = 0; i < 10; i++) {
        const u = random();
        slice[u < 0.05 ? 'lost' : u < 0.1 ? 'gained' : u < 0.85 ? 'kept' : 'failed']++;
      }
    }
    const gated = counts.map((slice, i) => evidenceOf({ ...slice, value: `s${i}` }, { policy }));
    const options = { hasBaseline: true, disjoint: true, joint: null, beyondChurn: null };
    const { decisions } = judge(gated, policy, options);
    if ([...decisions.values()].some(({ verdict }) => verdict === 'BLOCK')) return true;
  }
  return false;
}

describe('thirty daily looks at data in which nothing changed', () => {
  const blocked = (looks: Policy['looks'], slices: number, releases: number) => {
    const random = randomStream(20_260_107);
    const policy: Policy = { ...DEFAULT_POLICY, looks, margin: 0.01 };
    return (
      Array.from({ length: releases }, () => blocksSomeDay(random, policy, slices, 30)).filter(Boolean)
        .length / releases
    );
  };

  test.each([
    [1, 300],
    [8, 100],
  ])(
    'block at most 5 % of releases of %i slices in the always-valid mode, and more in the fixed one',
    (slices, releases) => {
      const always = blocked('always-valid', slices, releases);
      const fixed = blocked('fixed', slices, releases);
      expect(always).toBeLessThanOrEqual(0.05);
      expect(fixed).toBeGreaterThan(0.08);
    },
  );
});
