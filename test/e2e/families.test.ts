/** `slicewise families suggest` and `slicewise discover --adopt` by the built command: what they write, and what a gate makes of it. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FamiliesResult } from '../../src/studies/index.ts';
import { plantedRegression, toJsonl } from '../generators/index.ts';
import { clockAt, jsonLines, slicewise, workFolder } from './cli.ts';
import { gateIn } from './gate-run.ts';

const WORDS = {
  bank: ['invoice', 'payment', 'refund', 'charge'],
  law: ['contract', 'clause', 'court', 'appeal'],
  travel: ['flight', 'hotel', 'ticket', 'boarding'],
} as const;

/** Six customers of each kind with twelve cases, and one customer of 150. */
function customers(passed: (i: number) => boolean): string {
  const kinds = Object.entries(WORDS).flatMap(([kind, words]) =>
    Array.from({ length: 6 }, (_, customer) => ({ name: `${kind}-${customer}`, words, cases: 12 })),
  );
  const all = [...kinds, { name: 'large "one", of many', words: WORDS.law, cases: 150 }];
  let id = 0;
  return jsonLines(
    all.flatMap(({ name, words, cases }) =>
      Array.from({ length: cases }, (_, i) => ({
        case_id: `c${id++}`,
        customer: name,
        input: `${words[i % 4]} and ${words[(i * 3 + 1) % 4]} please help me ${i}`,
        passed: passed(id),
      })),
    ),
  );
}

describe('families', () => {
  test('segments with the same words are proposed together, with the reasons, and never by outcome', async () => {
    const cwd = workFolder({
      'a.jsonl': customers((i) => i % 3 > 0),
      'b.jsonl': customers((i) => i % 7 > 2),
    });
    const results = await Promise.all(
      ['a', 'b'].map(async (name) => {
        const { code, stderr } = await slicewise(
          ['families', 'suggest', `${name}.jsonl`, '--by', 'customer', '--out', `${name}.json`],
          { cwd },
        );
        expect(code, stderr).toBe(0);
        return JSON.parse(readFileSync(join(cwd, `${name}.json`), 'utf8')) as FamiliesResult;
      }),
    );
    expect(results[1]).toEqual(results[0]);
    const { families, large, alone } = results[0]!;
    expect(families.map(({ members }) => members.map((name) => name.split('-')[0]))).toEqual([
      Array.from({ length: 6 }, () => 'bank'),
      Array.from({ length: 6 }, () => 'law'),
      Array.from({ length: 6 }, () => 'travel'),
    ]);
    expect(families[0]!.words.map(({ word }) => word)).toContain('refund');
    expect([large, alone]).toEqual([1, []]);
  });

  test('--write puts them into the configuration, where the gate uses them', async () => {
    const cwd = workFolder({
      'new.jsonl': customers((i) => i % 9 > 0),
      'slicewise.yaml': '# ours\nslices:\n  - customer # all of them\n',
    });
    const written = await slicewise(['families', 'suggest', 'new.jsonl', '--by', 'customer', '--write'], {
      cwd,
    });
    expect(written.code, written.stderr).toBe(0);
    expect(readFileSync(join(cwd, 'slicewise.yaml'), 'utf8')).toContain('# ours');
    const { report } = await gateIn(cwd, ['gate', 'new.jsonl']);
    expect(report.slices.filter(({ role }) => role === 'gated').length).toBeGreaterThanOrEqual(3);
    const again = await slicewise(['families', 'suggest', 'new.jsonl', '--by', 'customer', '--write'], {
      cwd,
    });
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('families already');
  });

  test('the block to paste is YAML', async () => {
    const cwd = workFolder({ 'new.jsonl': customers((i) => i % 9 > 0) });
    const { stdout } = await slicewise(['families', 'suggest', 'new.jsonl', '--by', 'customer'], { cwd });
    const block = stdout.slice(stdout.indexOf('slices:'), stdout.indexOf('- families are made'));
    writeFileSync(join(cwd, 'pasted.yaml'), block);
    const { code, stderr } = await slicewise(['gate', 'new.jsonl', '--config', 'pasted.yaml'], { cwd });
    expect(code, stderr).not.toBe(2);
  });

  test('what cannot be done is said', async () => {
    const cwd = workFolder({ 'new.jsonl': customers((i) => i % 9 > 0) });
    const stderrOf = async (...args: string[]) => (await slicewise(['families', ...args], { cwd })).stderr;
    expect(await stderrOf('guess', 'new.jsonl')).toContain(
      '"guess" is nothing that slicewise families does; it knows suggest',
    );
    expect(await stderrOf('suggest', 'new.jsonl')).toContain('add --by COLUMN');
    expect(await stderrOf('suggest', 'new.jsonl', '--by', 'nope')).toContain('no such column');
    expect(await stderrOf('suggest', 'new.jsonl', '--by', 'customer', '--write')).toContain(
      'no configuration was read',
    );
  });
});

describe('adopted slices', () => {
  const pair = plantedRegression(1);
  const next = plantedRegression(7);

  test('gate from the next data on, not on the data that they were found in', async () => {
    const yaml = '# ours\nslices:\n  - region # stays\n';
    const cwd = workFolder({
      'old.jsonl': toJsonl(pair.baseline),
      'new.jsonl': toJsonl(pair.candidate),
      'next.jsonl': toJsonl(next.candidate),
      'base.jsonl': toJsonl(next.baseline),
      'slicewise.yaml': yaml,
    });
    const options = { cwd, ...clockAt('2026-01-31T12:00:00Z') };
    const adopted = await slicewise(['discover', 'old.jsonl', 'new.jsonl', '--adopt'], options);
    expect(adopted.code, adopted.stderr).toBe(0);
    expect(adopted.stderr).toContain('adopted device=phone & plan=free');
    const written = readFileSync(join(cwd, 'slicewise.yaml'), 'utf8');
    expect(written).toContain('# ours');
    expect(written).toContain('- region # stays');
    expect(written).toContain('on 2026-01-31 in results');
    expect(written.match(/where: device == 'phone' and plan == 'free'/g)).toHaveLength(1);

    const same = await gateIn(cwd, ['gate', 'old.jsonl', 'new.jsonl']);
    const rolesOf = (run: typeof same) =>
      run.report.slices
        .filter(({ dimension }) => dimension === 'device=phone & plan=free')
        .flatMap(({ role }) => (role === 'remainder' ? [] : [role]));
    expect(rolesOf(same)).toEqual(['shown']);
    expect(same.report.notes.join()).toContain('found in these very results, so shown and not gated');

    const other = await gateIn(cwd, ['gate', 'base.jsonl', 'next.jsonl']);
    expect(rolesOf(other)).toEqual(['gated']);
    expect(other.report.verdict).toBe('BLOCK');

    const again = await slicewise(['discover', 'old.jsonl', 'new.jsonl', '--adopt'], options);
    expect(again.stderr).toContain('was not changed');
    expect(readFileSync(join(cwd, 'slicewise.yaml'), 'utf8')).toBe(written);
  });

  test('are refused without a configuration, and where it names no slices or has errors', async () => {
    const cwd = workFolder({
      'new.jsonl': toJsonl(pair.candidate),
      'empty.yaml': 'policy: { margin: 0.1 }\n',
      'wrong.yaml': 'slices: [\n',
    });
    const refused = async (...args: string[]) => {
      const { code, stderr } = await slicewise(['discover', 'new.jsonl', '--adopt', ...args], { cwd });
      expect(code).toBe(2);
      return stderr;
    };
    expect(await refused()).toContain('no configuration was read');
    expect(await refused('--config', 'empty.yaml')).toContain('names no slices');
    expect(await refused('--config', 'wrong.yaml')).toContain('wrong.yaml');
    expect(readFileSync(join(cwd, 'wrong.yaml'), 'utf8')).toBe('slices: [\n');
  });
});
