import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { comparison, slicewise, workFolder } from './cli.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const { files } = comparison([
  { slice: 'refund_flow', kept: 36, lost: 7, gained: 0, failed: 4 },
  { slice: 'invoice_parse', kept: 170, lost: 6, gained: 21, failed: 13 },
]);

/** The package as its users import it. */
const library: typeof import('../../src/index.ts') = await import(join(ROOT, 'dist/index.js'));

function schema(name: 'config' | 'report') {
  return new Ajv2020({ strict: false }).compile(
    JSON.parse(readFileSync(join(ROOT, `schema/${name}.json`), 'utf8')),
  );
}

describe('the library', () => {
  const inFolder = (folder: string) => ({
    baseline: join(folder, 'old.jsonl'),
    candidate: join(folder, 'new.jsonl'),
  });

  it('gives the same verdict and slices as the command', async () => {
    const cwd = workFolder(files);
    const { stdout } = await slicewise(
      ['gate', 'old.jsonl', 'new.jsonl', '--slice', 'segment', '--format', 'json'],
      { cwd },
    );
    const report = await library.runGate({ ...inFolder(cwd), slices: ['segment'] });
    const printed = JSON.parse(stdout);
    expect(report).toMatchObject({ verdict: 'BLOCK', exitCode: 1 });
    expect(JSON.parse(JSON.stringify(report.slices))).toEqual(printed.slices);
    expect(report.runHash).toBe(printed.runHash);
    expect(library.renderReport(report, 'terminal')).toMatch(/^Ship\? +BLOCK: refund_flow lost 7 of 47/);
  });

  it('reads rows in memory as the command reads the same objects in a file', async () => {
    const row = (i: number, passed: boolean) => ({
      case_id: i % 3 === 0 ? i : `case ${i}`,
      passed: i % 2 === 0 ? passed : passed ? 'yes' : 'no',
      score: i === 7 ? null : i / 8,
      tags: { customer: i % 4 === 0 ? ['acme', 'zeta'] : 'acme', tier: i % 2 },
      input: `question "${i}"\n\u2028\ud83d`,
      note: i % 5 === 0 ? undefined : new Date(Date.UTC(2026, 0, 1 + i)),
    });
    const old = Array.from({ length: 80 }, (_, i) => row(i, i > 5));
    const next = Array.from({ length: 80 }, (_, i) => row(i, i > 15));
    const lines = (rows: readonly object[]) => rows.map((one) => `${JSON.stringify(one)}\n`).join('');
    const cwd = workFolder({ 'old.jsonl': lines(old), 'new.jsonl': lines(next) });
    const args = ['gate', 'old.jsonl', 'new.jsonl', '--slice', 'tags.customer', '--format', 'json'];
    const printed = JSON.parse((await slicewise(args, { cwd })).stdout);
    const report = JSON.parse(
      JSON.stringify(
        await library.runGate({
          baseline: { rows: old },
          candidate: { rows: next },
          slices: ['tags.customer'],
        }),
      ),
    );
    for (const part of ['verdict', 'runHash', 'slices', 'overall', 'counts', 'findings', 'policy', 'notes']) {
      expect(report[part], part).toEqual(printed[part]);
    }
    expect(report.baseline).toEqual({ ...printed.baseline, files: ['rows of the baseline'] });
    expect(report.next[0].command).toContain(' OLD_RESULTS NEW_RESULTS ');
    const mixed = await library.runGate({
      ...inFolder(cwd),
      candidate: { rows: next },
      slices: ['tags.customer'],
    });
    expect(mixed.runHash).toBe(printed.runHash);
  });

  it('names the rows that cannot be read', async () => {
    const rows = [
      { id: 'a', passed: true },
      { id: 'b', passed: Number.NaN },
      { id: 'a', passed: 1 },
    ];
    const failure = library.runGate({ candidate: { rows } });
    await expect(failure).rejects.toThrow(library.DataError);
    await expect(failure).rejects.toThrow(
      '"passed" is NaN, which JSON cannot hold (rows of the candidate:2)',
    );
    await expect(library.runGate({ candidate: { rows: rows.toSpliced(1, 1) } })).rejects.toThrow(
      'rows of the candidate',
    );
    await expect(library.runGate({ candidate: { rows: [] } })).rejects.toThrow('there are no rows');
  });

  it('measures the churn of a rerun in memory, and records rows in a ledger', async () => {
    const rows = (fails: number) =>
      Array.from({ length: 60 }, (_, i) => ({ case_id: `c${i}`, segment: 'a', passed: i >= fails }));
    const path = join(workFolder(), 'ledger.db');
    const options = { baseline: { rows: rows(3) }, candidate: { rows: rows(5) }, ledger: path };
    const report = await library.runGate({ ...options, rerun: { rows: rows(4) } });
    expect(report.overall[0]?.rerunBand).toBeGreaterThan(0);
    const again = await library.runGate({
      ...options,
      baseline: 'ledger:main',
      candidate: { rows: rows(6) },
    });
    expect(again.overall[0]).toMatchObject({ lost: 1, gained: 0 });
  });

  it('takes rules, and refuses what a file would not be allowed to say', async () => {
    const options = inFolder(workFolder(files));
    const report = await library.runGate({ ...options, policy: { minCases: 48, errorBudget: 0.5 } });
    expect(report.policy).toMatchObject({ minCases: 48, errorBudget: 0.5, margin: 0.05 });
    expect(report.exitCode).toBe(0);
    await expect(library.runGate({ ...options, policy: { margin: 5 } })).rejects.toThrow(
      'policy.margin is 5, must be at most 1',
    );
    await expect(library.runGate({ baseline: options.baseline })).rejects.toThrow(
      'no candidate run is named',
    );
  });

  it('opens a ledger', async () => {
    const cwd = workFolder(files);
    const path = join(cwd, 'ledger.db');
    await library.runGate({ ...inFolder(cwd), ledger: path, recordAs: 'next' });
    const ledger = await library.openLedger(path, { now: () => new Date(), create: false });
    try {
      expect((await ledger.history({ slice: 'refund_flow' })).series[0]?.points).toHaveLength(1);
      expect((await ledger.resolveBaseline('baseline@latest')).name).toBe('baseline');
    } finally {
      await ledger.close();
    }
  });
});

describe('the published schemas', () => {
  it('the report that is printed is valid, and one with a foreign field is not', async () => {
    const { stdout } = await slicewise(['old.jsonl', 'new.jsonl', '--format', 'json'], {
      cwd: workFolder(files),
    });
    const isReport = schema('report');
    expect(isReport(JSON.parse(stdout)), JSON.stringify(isReport.errors)).toBe(true);
    expect(isReport({ ...JSON.parse(stdout), foreign: 1 })).toBe(false);
  });

  it('the configuration that init writes is valid, and a misspelled key is not', async () => {
    const cwd = workFolder(files);
    await slicewise(['init', 'old.jsonl', 'new.jsonl'], { cwd });
    const isConfig = schema('config');
    const written = parse(readFileSync(join(cwd, 'slicewise.yaml'), 'utf8'));
    expect(isConfig(written), JSON.stringify(isConfig.errors)).toBe(true);
    expect(isConfig({ ...written, polcy: {} })).toBe(false);
  });
});
