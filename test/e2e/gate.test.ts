import { linkSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { comparison, slicewise, workFolder } from './cli.ts';

const BLOCK = comparison([
  { slice: 'refund_flow', kept: 36, lost: 7, gained: 0, failed: 4 },
  { slice: 'invoice_parse', kept: 170, lost: 6, gained: 21, failed: 13 },
]).files;
const REVIEW = comparison([
  { slice: 'refund_flow', kept: 50, lost: 5, gained: 0, failed: 5 },
  { slice: 'invoice_parse', kept: 170, lost: 6, gained: 21, failed: 13 },
]).files;
const PASS = comparison([{ slice: 'refund_flow', kept: 41, lost: 1, gained: 3, failed: 2 }]).files;

describe('exit codes', () => {
  it.each([
    ['0 for PASS', PASS, ['old.jsonl', 'new.jsonl'], 0, 'PASS'],
    ['1 for BLOCK', BLOCK, ['old.jsonl', 'new.jsonl'], 1, 'BLOCK: refund_flow lost 7 of 47'],
    ['3 for REVIEW', REVIEW, ['old.jsonl', 'new.jsonl'], 3, 'REVIEW: refund_flow'],
    ['4 for one run alone', PASS, ['new.jsonl'], 4, 'UNTESTED'],
  ])('%s', async (_, files, args, code, start) => {
    const ended = await slicewise(args, { cwd: workFolder(files) });
    expect(ended.stdout.replace(/^Ship\? +/, '').slice(0, start.length)).toBe(start);
    expect(ended).toMatchObject({ code, stderr: '' });
  });
});

describe('the files', () => {
  it('one of them may be standard input', async () => {
    const cwd = workFolder(BLOCK);
    const ended = await slicewise(['-', 'new.jsonl'], { cwd, stdin: BLOCK['old.jsonl'] });
    expect(ended).toMatchObject({ code: 1, stderr: '' });
    expect(ended.stdout).toMatch(/\nBefore +standard input\nAfter +new\.jsonl\n/);
  });

  it('a file that is named like a command works with ./', async () => {
    const cwd = workFolder({ gate: BLOCK['old.jsonl'], init: BLOCK['new.jsonl'] });
    expect(await slicewise(['./gate', './init'], { cwd })).toMatchObject({ code: 1, stderr: '' });
  });

  it('hostile names are compared, and the next steps can be pasted', async () => {
    const name = "it's $(touch pwned) \u001b[31m\n.jsonl";
    const cwd = workFolder({ [name]: BLOCK['old.jsonl'], 'new.jsonl': BLOCK['new.jsonl'] });
    const { code, stdout } = await slicewise([name, 'new.jsonl'], { cwd });
    expect(code).toBe(1);
    expect(stdout).not.toContain(String.fromCharCode(27));
    expect(stdout).toContain("slicewise gate $'it\\'s $(touch pwned) \\033[31m\\012.jsonl' new.jsonl");
  });

  it('runs in several files and in a column of one file give the same report but for the files', async () => {
    const [head, ...tail] = BLOCK['old.jsonl'].split(/(?<=\n)/);
    const mark = (text: string, run: string) => text.replaceAll('{"case_id"', `{"run":"${run}","case_id"`);
    const cwd = workFolder({
      ...BLOCK,
      'part-1.jsonl': head!,
      'part-2.jsonl': tail.join(''),
      'both.jsonl': mark(BLOCK['old.jsonl'], 'v1') + mark(BLOCK['new.jsonl'], 'v2'),
    });
    const reports = await Promise.all(
      [
        ['old.jsonl', 'new.jsonl'],
        ['--baseline', 'part-1.jsonl', 'part-2.jsonl', '--candidate', 'new.jsonl'],
        ['--baseline', 'part-*.jsonl', '--candidate', 'new.jsonl'],
        [
          '--baseline',
          'both.jsonl',
          '--baseline-run',
          'v1',
          '--candidate',
          'both.jsonl',
          '--candidate-run',
          'v2',
        ],
      ].map(async (args) =>
        JSON.parse((await slicewise(['gate', ...args, '--format', 'json'], { cwd })).stdout),
      ),
    );
    for (const report of reports) {
      expect(report.ship).toEqual(reports[0].ship);
      expect(report.slices).toEqual(reports[0].slices);
    }
  });
});

describe('output', () => {
  const run = ['old.jsonl', 'new.jsonl'];

  it('json is the document alone, the same every time', async () => {
    const cwd = workFolder(BLOCK);
    const first = await slicewise([...run, '--format', 'json'], { cwd });
    expect(first).toMatchObject({ code: 1, stderr: '' });
    expect(JSON.parse(first.stdout)).toMatchObject({ schemaVersion: '1.0', verdict: 'BLOCK', exitCode: 1 });
    expect(await slicewise([...run, '--format', 'json'], { cwd })).toEqual(first);
  });

  it('one --out with --format takes the place of standard output; the two answers go to standard error', async () => {
    const cwd = workFolder(BLOCK);
    const { code, stdout, stderr } = await slicewise([...run, '--format', 'json', '--out', 'r'], { cwd });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^Ship\? +BLOCK: .*\n( .*\n)*Believe it\? .*\n( .*\n)*$/);
    expect(JSON.parse(readFileSync(join(cwd, 'r'), 'utf8'))).toMatchObject({ verdict: 'BLOCK' });
    expect((await slicewise([...run, '--format', 'json', '--out', 'r', '--quiet'], { cwd })).stderr).toBe('');
  });

  it('several --out are one gate in the formats of their endings, beside the report for the terminal', async () => {
    const cwd = workFolder(BLOCK);
    const names = ['r.md', 'r.json', 'r.xml', 'r.sarif', 'r.csv', 'r.txt'];
    const plain = await slicewise(run, { cwd });
    const ended = await slicewise([...run, ...names.flatMap((name) => ['--out', name])], { cwd });
    expect(ended).toEqual(plain);
    const starts = names.map((name) => readFileSync(join(cwd, name), 'utf8').slice(0, 5));
    expect(starts).toEqual(['<!-- ', '{\n  "', '<?xml', '{\n  "', expect.any(String), 'Ship?']);
    expect(readdirSync(cwd).sort()).toEqual(['new.jsonl', 'old.jsonl', ...names].sort());
  });

  it('github prints annotations and appends the report to the summary of the step', async () => {
    const cwd = workFolder({ ...BLOCK, 'summary.md': 'before\n' });
    const env = { GITHUB_STEP_SUMMARY: join(cwd, 'summary.md') };
    const { code, stdout } = await slicewise([...run, '--format', 'github'], { cwd, env });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^::error title=slicewise::BLOCK: refund_flow/);
    expect(readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8')).toMatch(/^before\n[\s\S]*refund_flow/);
  });

  it('a summary that cannot be written is no verdict', async () => {
    const cwd = workFolder(BLOCK);
    const env = { GITHUB_STEP_SUMMARY: join(cwd, 'none/summary.md') };
    const { code, stdout, stderr } = await slicewise([...run, '--format', 'github'], { cwd, env });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('could not be written (ENOENT)');
  });

  it('an input is not written over, whatever it is called', async () => {
    const cwd = workFolder(BLOCK);
    symlinkSync('old.jsonl', join(cwd, 'link.json'));
    linkSync(join(cwd, 'new.jsonl'), join(cwd, 'hard.json'));
    for (const name of ['link.json', 'hard.json', './old.jsonl']) {
      const ended = await slicewise(
        ['gate', '--baseline', 'ol*.jsonl', '--candidate', 'new.jsonl', '--format', 'json', '--out', name],
        { cwd },
      );
      expect(ended).toMatchObject({ code: 2, stdout: '' });
      expect(ended.stderr).toContain('is an input');
    }
    expect(readFileSync(join(cwd, 'old.jsonl'), 'utf8')).toBe(BLOCK['old.jsonl']);
  });

  it('a file behind a link is replaced, and the link stays', async () => {
    const cwd = workFolder({ ...PASS, 'real/report.json': 'old' });
    symlinkSync('real/report.json', join(cwd, 'report.json'));
    expect(await slicewise([...run, '--out', 'report.json'], { cwd })).toMatchObject({ code: 0 });
    expect(JSON.parse(readFileSync(join(cwd, 'real/report.json'), 'utf8')).verdict).toBe('PASS');
    expect(readdirSync(join(cwd, 'real'))).toEqual(['report.json']);
  });

  it('a device is written to and not replaced', async () => {
    const ended = await slicewise([...run, '--format', 'csv', '--out', '/dev/null'], {
      cwd: workFolder(PASS),
    });
    expect(ended).toMatchObject({ code: 0, stdout: '' });
  });

  it('there is no colour without a terminal; FORCE_COLOR brings it, NO_COLOR and --no-color forbid it', async () => {
    const cwd = workFolder(BLOCK);
    const plain = (await slicewise(run, { cwd })).stdout;
    const start = `${String.fromCharCode(27)}[`;
    expect(plain).not.toContain(start);
    expect((await slicewise(run, { cwd, env: { FORCE_COLOR: '1' } })).stdout).toContain(start);
    expect((await slicewise(run, { cwd, env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).stdout).toBe(plain);
    expect((await slicewise([...run, '--no-color'], { cwd, env: { FORCE_COLOR: '1' } })).stdout).toBe(plain);
  });

  it('the report is 80 columns wide, --columns widens it, and --ascii draws with ASCII only', async () => {
    const cwd = workFolder(BLOCK);
    const width = (text: string) => Math.max(...text.split('\n').map((line) => [...line].length));
    expect(width((await slicewise(run, { cwd })).stdout)).toBeLessThanOrEqual(80);
    expect(width((await slicewise([...run, '--columns', '120'], { cwd })).stdout)).toBeGreaterThan(80);
    expect((await slicewise([...run, '--ascii'], { cwd })).stdout).toMatch(/^[\n -~]*$/);
  });
});

describe('a configuration', () => {
  const yaml = 'inputs: { runs: { baseline: old.jsonl, candidate: new.jsonl } }\npolicy: { minCases: 48 }\n';

  it('is read by gate where it lies, and flags win over it', async () => {
    const cwd = workFolder({ ...BLOCK, 'slicewise.yaml': yaml });
    expect((await slicewise(['gate'], { cwd })).code).toBe(0);
    expect((await slicewise(['gate', '--min-cases', '20'], { cwd })).code).toBe(1);
    expect((await slicewise(['gate', '--no-config', 'old.jsonl', 'new.jsonl'], { cwd })).code).toBe(1);
  });

  it('is left alone by OLD NEW, which says so', async () => {
    const { code, stdout } = await slicewise(['old.jsonl', 'new.jsonl'], {
      cwd: workFolder({ ...BLOCK, 'slicewise.yaml': yaml }),
    });
    expect(code).toBe(1);
    expect(stdout).toContain('- slicewise.yaml was not read; slicewise gate reads it');
  });

  it('names files from its own folder, and flags from the working folder', async () => {
    const cwd = workFolder({
      'evals/slicewise.yaml': yaml,
      'evals/old.jsonl': BLOCK['old.jsonl'],
      'other/new.jsonl': BLOCK['new.jsonl'],
      'evals/new.jsonl': BLOCK['old.jsonl'],
    });
    const args = ['gate', '--config', 'evals/slicewise.yaml', '--min-cases', '20'];
    expect((await slicewise(args, { cwd })).code).toBe(0);
    const { code, stdout } = await slicewise([...args, '--candidate', 'other/new.jsonl'], { cwd });
    expect(code).toBe(1);
    expect(stdout).toMatch(/\nBefore +evals\/old\.jsonl\nAfter +other\/new\.jsonl\n/);
  });

  it('with mistakes is refused with all of them and their places', async () => {
    const cwd = workFolder({ ...BLOCK, 'slicewise.yaml': 'policy:\n  minCases: -3\n  margin: 7\n' });
    const { code, stdout, stderr } = await slicewise(['gate'], { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.split('\n').filter((line) => line.startsWith('slicewise: '))).toEqual([
      'slicewise: policy.minCases is -3, must be at least 1 (slicewise.yaml:2:13)',
      'slicewise: policy.margin is 7, must be at most 1 (slicewise.yaml:3:11)',
    ]);
  });
});

describe('init', () => {
  it('writes a file that gate runs at once, with the same answer', async () => {
    const cwd = workFolder(BLOCK);
    const before = await slicewise(['old.jsonl', 'new.jsonl', '--format', 'json'], { cwd });
    const init = await slicewise(['init', 'old.jsonl', 'new.jsonl'], { cwd });
    expect(init).toMatchObject({ code: 0, stderr: '' });
    expect(init.stdout).toContain('gated      segment (2 values)');
    expect(init.stdout).toMatch(/Next: slicewise gate\n$/);
    const after = await slicewise(['gate', '--format', 'json'], { cwd });
    expect(after).toMatchObject({ code: 1, stderr: '' });
    expect(JSON.parse(after.stdout).ship).toEqual(JSON.parse(before.stdout).ship);
  });

  it('does not replace a file unless told', async () => {
    const cwd = workFolder({ ...BLOCK, 'slicewise.yaml': '# mine\n' });
    expect(await slicewise(['init', 'old.jsonl', 'new.jsonl'], { cwd })).toEqual({
      code: 2,
      stdout: '',
      stderr: 'slicewise: slicewise.yaml exists already\n  hint: add --force to replace it, or edit it\n',
    });
    expect(readFileSync(join(cwd, 'slicewise.yaml'), 'utf8')).toBe('# mine\n');
    expect((await slicewise(['init', 'old.jsonl', 'new.jsonl', '--force'], { cwd })).code).toBe(0);
    expect((await slicewise(['gate'], { cwd })).code).toBe(1);
  });

  it('keeps run selections, and names flags that the file does not hold', async () => {
    const mark = (text: string, run: string) => text.replaceAll('{"case_id"', `{"run":"${run}","case_id"`);
    const cwd = workFolder({ 'both.jsonl': mark(BLOCK['old.jsonl'], 'v1') + mark(BLOCK['new.jsonl'], 'v2') });
    const { code, stdout } = await slicewise(
      ['init', 'both.jsonl', 'both.jsonl', '--baseline-run', 'v1', '--candidate-run', 'v2', '--floor', '0.8'],
      { cwd },
    );
    expect(code).toBe(0);
    expect(stdout).toContain('Not written, add by hand: --floor');
    expect((await slicewise(['gate'], { cwd })).code).toBe(1);
  });

  it('works on one run', async () => {
    const cwd = workFolder(PASS);
    expect((await slicewise(['init', 'new.jsonl'], { cwd })).code).toBe(0);
    expect((await slicewise(['gate'], { cwd })).code).toBe(4);
    expect((await slicewise(['gate', '--baseline', 'old.jsonl'], { cwd })).code).toBe(0);
  });
});

describe('the ledger', () => {
  it('is written by gates, shown by history, and anchored', async () => {
    const cwd = workFolder(BLOCK);
    const ledger = ['--ledger', 'ledger.db'];
    expect(
      (await slicewise(['old.jsonl', 'new.jsonl', ...ledger, '--record-as', 'main'], { cwd })).code,
    ).toBe(1);
    const history = await slicewise(['history', 'refund_flow', ...ledger], { cwd });
    expect(history).toMatchObject({ code: 0, stderr: '' });
    expect(history.stdout).toContain('refund_flow');
    const all = await slicewise(['history', ...ledger, '--format', 'json'], { cwd });
    expect(JSON.parse(all.stdout).gates).toBe(1);
    const anchor = await slicewise(['anchor', ...ledger, '--reason', 'meant', '--who', 'ana'], { cwd });
    expect(anchor).toMatchObject({ code: 0, stderr: '' });
    expect(anchor.stdout).toMatch(/^Drift of main is counted from \d{4}-\d\d-\d\d on \(ana: meant\)\.\n$/);
    const gate = ['gate', '--baseline', 'ledger:main@latest', '--candidate', 'new.jsonl', ...ledger];
    expect((await slicewise(gate, { cwd })).code).toBe(0);
  });

  it('that does not exist is not made by commands that read', async () => {
    const cwd = workFolder();
    const { code, stderr } = await slicewise(['history', '--ledger', 'none.db'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^slicewise: .*none\.db/);
    expect(readdirSync(cwd)).toEqual([]);
  });
});

describe('the process', () => {
  it('ends quietly with its verdict when nobody reads on', async () => {
    const cwd = workFolder(BLOCK);
    const ended = await slicewise(['old.jsonl', 'new.jsonl'], { cwd, closeStdout: true });
    expect(ended).toMatchObject({ code: 1, stderr: '' });
  });

  it('ends with 130 on Ctrl-C, having said after a second what it waits for', async () => {
    const cwd = workFolder(BLOCK);
    const ended = await slicewise(['-', 'new.jsonl', '--out', 'r.json'], { cwd, interruptAt: 'reading\n' });
    expect(ended).toEqual({ code: 130, stdout: '', stderr: 'slicewise: reading\n' });
    expect(readdirSync(cwd).sort()).toEqual(['new.jsonl', 'old.jsonl']);
  });
});
