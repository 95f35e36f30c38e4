/** Results of other tools: imported and gated by the built command, from real files and from files made here. */

import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { zipOf } from '../../src/sources/importers/zip/test-zip.ts';
import { sharedPath } from '../shared-folder.ts';
import { jsonLines, slicewise, workFolder } from './cli.ts';
import { gateIn, sliceOf } from './gate-run.ts';

const SHARED = sharedPath('importers');
const CASES = 60;

/** A promptfoo export with two providers; the second one loses most refund cases. */
function promptfooExport(): string {
  const results = Array.from({ length: CASES }, (_, test) =>
    ['old', 'new'].map((provider, index) => {
      const customer = test % 3 === 0 ? 'refunds' : 'other';
      const pass = provider === 'old' || customer === 'other' || test % 9 === 0;
      return {
        id: `${test}-${provider}`,
        testIdx: test,
        promptIdx: index,
        promptId: `p${index}`,
        provider: { id: provider, label: '' },
        prompt: { raw: `Answer: question ${test}`, label: 'Answer: {{question}}' },
        vars: { question: `question ${test}` },
        testCase: { vars: { question: `question ${test}` }, metadata: { customer } },
        response: { output: pass ? 'good' : 'bad' },
        success: pass,
        score: pass ? 1 : 0,
        failureReason: pass ? 0 : 1,
        namedScores: {},
        latencyMs: 10,
        cost: 0,
      };
    }),
  ).flat();
  const stats = { successes: results.filter(({ success }) => success).length, failures: 0, errors: 0 };
  return JSON.stringify({
    evalId: 'eval-1',
    results: { version: 3, timestamp: '2026-01-01T00:00:00.000Z', prompts: [], results, stats },
    config: {},
    shareableUrl: null,
  });
}

const RUNS = [
  '--baseline',
  'r.json',
  '--baseline-run',
  'old',
  '--candidate',
  'r.json',
  '--candidate-run',
  'new',
];

describe('a promptfoo file with two runs', () => {
  test('is gated run against run, slice by slice', async () => {
    const cwd = workFolder({ 'r.json': promptfooExport() });
    const { code, report, stdout } = await gateIn(cwd, ['gate', ...RUNS]);
    expect(code).toBe(1);
    expect(report.verdict).toBe('BLOCK');
    expect(sliceOf(report, 'refunds', 'tags.customer')).toMatchObject({ n: 20, verdict: 'BLOCK' });
    expect(sliceOf(report, 'other', 'tags.customer').verdict).toBe('PASS');
    expect(report.notes.join('\n')).toContain('r.json: promptfoo, run "new", 60 rows');
    expect(stdout).toContain('BLOCK');
  });

  test('gives the same verdict and numbers from Parquet and JSON lines that import wrote', async () => {
    const cwd = workFolder({ 'r.json': promptfooExport() });
    const direct = (await gateIn(cwd, ['gate', ...RUNS])).report;
    for (const ending of ['parquet', 'jsonl', 'jsonl.gz', 'jsonl.zst']) {
      for (const run of ['old', 'new']) {
        const imported = await slicewise(['import', 'r.json', '--run', run, '-o', `${run}.${ending}`], {
          cwd,
        });
        expect(imported.code, imported.stderr).toBe(0);
        expect(imported.stdout).toContain(`60 rows to ${run}.${ending}`);
      }
      const { report } = await gateIn(cwd, ['gate', `old.${ending}`, `new.${ending}`]);
      expect(report.verdict).toBe(direct.verdict);
      expect(report.slices.map(({ value, n, delta, verdict }) => ({ value, n, delta, verdict }))).toEqual(
        direct.slices.map(({ value, n, delta, verdict }) => ({ value, n, delta, verdict })),
      );
    }
    const lines = readFileSync(join(cwd, 'new.jsonl'), 'utf8');
    expect(gunzipSync(readFileSync(join(cwd, 'new.jsonl.gz'))).toString()).toBe(lines);
    expect(zstdDecompressSync(readFileSync(join(cwd, 'new.jsonl.zst'))).toString()).toBe(lines);
    expect(readdirSync(cwd).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('is compared with rows of one’s own', async () => {
    const rows = Array.from({ length: CASES }, (_, test) => ({
      test,
      customer: test % 3 === 0 ? 'refunds' : 'other',
    }));
    const cwd = workFolder({ 'r.json': promptfooExport() });
    await slicewise(['import', 'r.json', '--run', 'old', '-o', 'old.jsonl'], { cwd });
    const ids = readFileSync(join(cwd, 'old.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { case_id: string }).case_id);
    writeFileSync(
      join(cwd, 'mine.jsonl'),
      jsonLines(rows.map(({ test, customer }) => ({ id: ids[test], ok: true, tags: { customer } }))),
    );
    const { report } = await gateIn(cwd, ['gate', 'mine.jsonl', 'r.json', '--candidate-run', 'new']);
    expect(report.verdict).toBe('BLOCK');
    expect(sliceOf(report, 'refunds', 'tags.customer').n).toBe(20);
  });

  test('asks which run is meant and prints a command that works', async () => {
    const cwd = workFolder({ 'r.json': promptfooExport() });
    const { code, stderr } = await slicewise(['gate', 'r.json'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain(
      'the file holds 2 runs, expected one: "old" (60 rows), "new" (60 rows) (r.json)',
    );
    const command = /slicewise (gate --baseline .*)$/m.exec(stderr)![1]!;
    expect((await slicewise(command.split(' '), { cwd })).code).toBe(1);
  });

  test('reads the same with --from, from a configuration and from standard input', async () => {
    const text = promptfooExport();
    const run = (name: string) => `{ file: r.json, run: ${name}, from: promptfoo, score: score }`;
    const cwd = workFolder({
      'r.json': text,
      'slicewise.yaml': `inputs: { runs: { baseline: ${run('old')}, candidate: ${run('new')} } }\n`,
    });
    const plain = (await gateIn(cwd, ['gate', ...RUNS, '--no-config'])).report.candidate.fingerprint;
    const configured = (await gateIn(cwd, ['gate'])).report;
    expect(configured.candidate.fingerprint).toBe(plain);
    const piped = await slicewise(
      ['gate', '-', '--candidate-run', 'new', '--no-config', '--format', 'json'],
      {
        cwd,
        stdin: text,
      },
    );
    expect(JSON.parse(piped.stdout).candidate.fingerprint).toBe(plain);
  });
});

describe('what import says', () => {
  test('counts, metrics and what differs in four formats', async () => {
    const cwd = workFolder({ 'r.json': promptfooExport() });
    const json = await slicewise(['import', 'r.json', '--format', 'json'], { cwd });
    expect(json.code).toBe(0);
    expect(JSON.parse(json.stdout)).toMatchObject({
      document: 'import',
      format: 'promptfoo',
      rows: 120,
      usableRows: 120,
      tags: expect.arrayContaining(['customer']),
      runs: [
        { run: 'old', rows: 60, cases: 60, maxTrials: 1, scored: 60, errors: 0, unscored: 0, passed: 60 },
        { run: 'new', rows: 60, scored: 60, passed: 47 },
      ],
    });
    expect((await slicewise(['import', 'r.json', '--format', 'csv'], { cwd })).stdout).toContain(
      'old,60,60,1,60,0,0,60\r\n',
    );
    expect((await slicewise(['import', 'r.json', '--format', 'markdown'], { cwd })).stdout).toContain(
      '| `old` | 60 | 60 | 1 | 60 | 0 | 0 | 60 |',
    );
    expect((await slicewise(['import', 'r.json', '--check'], { cwd })).stdout).toBe(
      'r.json: promptfoo, 2 runs, 120 rows, 120 usable\n',
    );
  });

  test('plain rows, unknown tools and inputs as outputs are refused', async () => {
    const cwd = workFolder({ 'rows.jsonl': '{"id":"a","passed":true}\n', 'r.json': promptfooExport() });
    const rows = await slicewise(['import', 'rows.jsonl'], { cwd });
    expect([rows.code, rows.stderr]).toEqual([
      2,
      expect.stringContaining(
        'the file holds plain rows and no results of a tool that is known (rows.jsonl)',
      ),
    ]);
    expect((await slicewise(['import', 'r.json', '--from', 'promtfoo'], { cwd })).stderr).toContain(
      '--from promtfoo is no format; there are rows, promptfoo, inspect',
    );
    const over = await slicewise(['import', 'r.json', '-o', './r.json'], { cwd });
    expect([over.code, over.stderr]).toEqual([2, expect.stringContaining('is an input')]);
    const ending = await slicewise(['import', 'r.json', '-o', 'r.xlsx'], { cwd });
    expect([ending.code, ending.stderr]).toEqual([2, expect.stringContaining('.parquet, .jsonl')]);
    expect(readFileSync(join(cwd, 'r.json'), 'utf8')).toBe(promptfooExport());
  });

  test('a file that is cut off is refused with its place, and nothing is written', async () => {
    const text = promptfooExport();
    const cwd = workFolder({ 'r.json': text.slice(0, text.length / 2) });
    const { code, stderr } = await slicewise(['import', 'r.json', '-o', 'rows.parquet'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(/the JSON document does not end: .* \(r\.json:1:[0-9]+\)/);
    expect(existsSync(join(cwd, 'rows.parquet'))).toBe(false);
  });
});

describe.skipIf(SHARED === null)('real files', () => {
  /** Path, exit code of import --check, and its one line without the files. */
  const FILES: readonly (readonly [path: string, code: number, line: string])[] = [
    ['promptfoo/sample-export.json', 0, 'promptfoo, 2 runs, 4 rows, 4 usable'],
    ['promptfoo/empty_run.json', 4, 'promptfoo, 0 runs, 0 rows, 0 usable'],
    ['inspect/log_formats.json', 0, 'Inspect, 1 run, 1 row, 1 usable'],
    ['inspect/popularity_3samples.json', 0, 'Inspect, 1 run, 3 rows, 3 usable'],
    ['inspect/no_samples.json', 4, 'Inspect, 0 runs, 0 rows, 0 usable'],
    ['inspect/log_tool_call_error.json', 4, 'Inspect, 1 run, 1 row, 0 usable'],
    ['inspect/eee_arc_qwen.json', 0, 'Inspect, 1 run, 3 rows, 3 usable'],
    ['lm-eval', 0, 'lm-evaluation-harness, 1 run, 10 rows, 10 usable'],
    ['deepeval/test_run_sample.json', 0, 'DeepEval, 1 run, 1 row, 1 usable'],
    ['helm', 0, 'HELM, 1 run, 10 rows, 10 usable'],
    ['every-eval-ever', 0, 'Every Eval Ever, 1 run, 1 row, 1 usable'],
    ['open-multi-agent', 0, 'open-multi-agent, 1 run, 2 rows, 2 usable'],
    ['langfuse-traces', 4, 'Langfuse, 1 run, 2 rows, 0 usable'],
  ];

  function withShared(...folders: readonly string[]): string {
    const cwd = workFolder();
    for (const folder of folders) cpSync(join(SHARED!, folder), join(cwd, folder), { recursive: true });
    return cwd;
  }

  test.each(FILES)('%s', async (path, code, line) => {
    const cwd = withShared(path.split('/')[0]!);
    const checked = await slicewise(['import', '--check', path], { cwd });
    expect([checked.code, checked.stderr]).toEqual([code, '']);
    expect(checked.stdout).toMatch(new RegExp(`: ${line}\n$`));
    // Written rows read back as the same rows.
    if (code !== 0) return;
    const written = await slicewise(['import', path, '-o', 'rows.jsonl'], { cwd });
    expect(written.code, written.stderr).toBe(0);
    const rows = Number(/, ([0-9]+) rows?,/.exec(line)![1]);
    expect(readFileSync(join(cwd, 'rows.jsonl'), 'utf8').trimEnd().split('\n')).toHaveLength(rows);
  });

  test.each(['promptfoo/empty_run.json', 'inspect/no_samples.json', 'inspect/log_tool_call_error.json'])(
    '%s is no evidence: the gate answers INVALID',
    async (path) => {
      const cwd = withShared(path.split('/')[0]!);
      const { code, report } = await gateIn(cwd, ['gate', path]);
      expect([code, report.verdict]).toEqual([4, 'INVALID']);
      expect(report.notes.join('\n')).toMatch(/no usable row|no evidence|unscored/);
    },
  );

  test.each(['deflate', 'zstd'] as const)(
    'an Inspect archive with %s members: 2 cases, 2 epochs',
    async (method) => {
      const cwd = withShared('inspect');
      const folder = join(cwd, 'inspect', 'log_streaming.eval.members');
      const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
        name.endsWith('.json'),
      );
      const members = names.map((name) => ({
        name,
        content: readFileSync(join(folder, name), 'utf8'),
        method,
      }));
      writeFileSync(join(cwd, 'log.eval'), zipOf(members));
      const { code, stdout } = await slicewise(['import', 'log.eval', '--format', 'json'], { cwd });
      expect(code).toBe(0);
      expect(JSON.parse(stdout).runs).toMatchObject([
        { rows: 4, cases: 2, maxTrials: 2, scored: 4, passed: 3 },
      ]);
      // One candidate alone is too small to gate, and says so instead of passing.
      expect((await slicewise(['gate', 'log.eval'], { cwd })).code).toBe(4);
    },
  );

  test.each(FILES.filter(([path]) => path.endsWith('.json') && !path.includes('empty')))(
    '%s cut off in the middle is refused with its place',
    async (path) => {
      const text = readFileSync(join(SHARED!, path), 'utf8');
      const cwd = workFolder({ 'cut.json': text.slice(0, Math.floor(text.length * 0.6)) });
      const { code, stderr } = await slicewise(['import', 'cut.json'], { cwd });
      expect(code).toBe(2);
      expect(stderr).toMatch(/\(cut\.json:[0-9]+(?::[0-9]+)?\)/);
    },
  );
});
