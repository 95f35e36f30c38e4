/** Section 3 and B-19 by the built command: derived slices, their cache, tags by rule, and clusters across a refit. */

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { slicewise, workFolder } from './cli.ts';

const lines = (rows: readonly object[]) => `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`;

const ENGLISH = 'Where is the new card that I ordered from you last week?';
const GERMAN = 'Wo ist die neue Karte, die ich letzte Woche bei euch bestellt habe?';

/** English stays as it was, German loses half of its cases. */
function twoLanguages(after: boolean) {
  return Array.from({ length: 200 }, (_, index) => ({
    id: `c${index}`,
    input: `${index % 4 === 0 ? GERMAN : ENGLISH} (${index})`,
    passed: !(after && index % 8 === 0),
  }));
}

const files = () => ({ 'old.jsonl': lines(twoLanguages(false)), 'new.jsonl': lines(twoLanguages(true)) });

async function gate(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { code, stdout, stderr } = await slicewise(['old.jsonl', 'new.jsonl', '--format', 'json', ...args], {
    cwd,
    env,
  });
  return { code, stderr, report: stdout === '' ? null : JSON.parse(stdout) };
}

type Slice = {
  dimension: string;
  value: string;
  verdict: string;
  n: number;
  delta: unknown;
  definition: string | null;
};

describe('a slice that nobody recorded', () => {
  test('is found, gated and defined', async () => {
    const { code, report } = await gate(workFolder(files()), ['--slice', 'derived.language']);
    expect(code).toBe(1);
    const slices = (report.slices as Slice[]).map(({ value, verdict, n }) => [value, verdict, n]);
    expect(slices).toEqual([
      ['de', 'BLOCK', 50],
      ['en', 'PASS', 150],
    ]);
    expect(report.slices[0].definition).toMatch(/^language of the input by eld/);
  });

  test('is the same from the cache, without it, and where it is damaged', async () => {
    const cwd = workFolder(files());
    const cache = join(cwd, 'cache');
    const args = ['--slice', 'derived.language', '--slice', 'derived.cluster'];
    const first = await gate(cwd, args, { SLICEWISE_CACHE: cache });
    const kept = readdirSync(join(cache, 'derived'));
    expect(kept).toHaveLength(2);
    expect(await gate(cwd, args, { SLICEWISE_CACHE: cache })).toMatchObject({ report: first.report });
    for (const name of kept) writeFileSync(join(cache, 'derived', name), 'damaged');
    expect(await gate(cwd, args, { SLICEWISE_CACHE: cache })).toMatchObject({ report: first.report });
    expect(await gate(cwd, args, { SLICEWISE_CACHE: 'off' })).toMatchObject({ report: first.report });
  });

  test('that cannot be ends in an error that says what to add', async () => {
    const { code, stderr } = await gate(workFolder(files()), ['--slice', 'derived.hour']);
    expect(code).toBe(2);
    expect(stderr).toContain('derived.hour needs a column known as the timestamp, and there is none');
  });
});

describe('B-19', () => {
  const clustered = (sample: string, after: boolean) =>
    twoLanguages(after).map((row, index) => ({
      ...row,
      topic_cluster: `0${(index % 4) + 1} card`,
      topic_cluster_definition: `k-means, sample ${sample}`,
      topic: `t${index % 2}`,
    }));
  const pair = (before: string, after: string) => ({
    'old.jsonl': lines(clustered(before, false)),
    'new.jsonl': lines(clustered(after, true)),
  });
  const args = ['--slice', 'topic_cluster', '--slice', 'topic'];

  test('catch: cluster slices that share names but not the sample hash print no delta', async () => {
    const { report } = await gate(workFolder(pair('aaaa', 'bbbb')), args);
    const slices = report.slices as Slice[];
    const clusters = slices.filter(({ dimension }) => dimension === 'topic_cluster');
    expect(clusters).toHaveLength(4);
    for (const { delta, verdict } of clusters) expect([delta, verdict]).toEqual([null, 'INVALID']);
    const found = report.findings.filter(({ check }: { check: string }) => check === 'cluster-definitions');
    expect(found).toHaveLength(1);
    expect(found[0].reason).toMatch(/^NOT COMPARABLE: the clusters of topic_cluster differ/);
  });

  test('quiet: topics, and clusters with the same hash, are compared', async () => {
    const refit = (await gate(workFolder(pair('aaaa', 'bbbb')), args)).report.slices as Slice[];
    for (const { delta } of refit.filter(({ dimension }) => dimension === 'topic'))
      expect(delta).not.toBeNull();
    const { report } = await gate(workFolder(pair('aaaa', 'aaaa')), args);
    for (const { delta } of report.slices as Slice[]) expect(delta).not.toBeNull();
    expect(report.findings.filter(({ check }: { check: string }) => check === 'cluster-definitions')).toEqual(
      [],
    );
  });
});

describe('slicewise tag', () => {
  const RULES = `name: domain
version: 1
match: first
otherwise: other
rules:
  - { tag: german, words: [karte] }
  - { tag: cards, pattern: '(?i)\\bcards?\\b' }
`;

  test('writes a worksheet, measures the labels that come back, and its column gates', async () => {
    const cwd = workFolder({ ...files(), 'rules.yaml': RULES });
    const sheet = await slicewise(['tag', 'new.jsonl', '--rules', 'rules.yaml', '--sample', '30'], { cwd });
    expect(sheet).toMatchObject({ code: 0 });
    expect(sheet.stdout).toContain('30 cases in worksheet.csv, seed 1');
    const [header, ...rows] = readFileSync(join(cwd, 'worksheet.csv'), 'utf8').trim().split('\r\n');
    expect(header).toBe('case_id,text,label,inclusion_probability');
    const labelled = rows.map((row) => row.replace(/,,/, row.includes('Karte') ? ',german,' : ',cards,'));
    writeFileSync(join(cwd, 'labels.csv'), [header, ...labelled].join('\n'));
    for (const name of ['old', 'new']) {
      const args = [
        'tag',
        `${name}.jsonl`,
        '--rules',
        'rules.yaml',
        '--check',
        'labels.csv',
        '-o',
        `${name}-tagged.jsonl`,
      ];
      const { code, stdout } = await slicewise(args, { cwd });
      expect(code).toBe(0);
      expect(stdout).toMatch(/german +\d+ +100\.0%/);
    }
    const definition = JSON.parse(readFileSync(join(cwd, 'new-tagged.jsonl.definition.json'), 'utf8'));
    expect(definition).toMatchObject({
      name: 'domain',
      version: '1',
      counts: [
        { tag: 'cards', cases: 150 },
        { tag: 'german', cases: 50 },
      ],
    });
    expect(definition.checked.accuracy[0].precision.estimate).toBe(1);
    const gated = await slicewise(
      ['old-tagged.jsonl', 'new-tagged.jsonl', '--slice', 'domain', '--format', 'json'],
      { cwd },
    );
    expect(gated.code).toBe(1);
    expect(JSON.parse(gated.stdout).slices[0]).toMatchObject({ value: 'german', verdict: 'BLOCK', n: 50 });
  });

  test('names every fault of the rules with its place, and writes nothing', async () => {
    const broken = RULES.replace('words: [karte]', 'words: ["!"]').replace("'(?i)", "'(");
    const cwd = workFolder({ ...files(), 'rules.yaml': broken });
    const { code, stderr } = await slicewise(
      ['tag', 'new.jsonl', '--rules', 'rules.yaml', '-o', 'out.jsonl'],
      { cwd },
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(/rules\[0\]\.words\[0\] is "!".*\(rules.yaml:6:28\)/);
    expect(stderr).toMatch(/rules\[1\]\.pattern: .*\(rules.yaml:7:\d+\)/);
    expect(existsSync(join(cwd, 'out.jsonl'))).toBe(false);
  });
});
