/** `slicewise discover` by the built command: what is planted is found and explained, and what is not there is not. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { DiscoverResult } from '../../src/studies/index.ts';
import {
  breakingCurve,
  longInputs,
  lowSource,
  lowTopic,
  plantedRegression,
  type ResultRow,
  type RunPair,
  randomColumns,
  shuffledTopics,
  toCsv,
  toJsonl,
} from '../generators/index.ts';
import { type Finished, jsonLines, slicewise, workFolder } from './cli.ts';

interface Discovered extends Finished {
  readonly cwd: string;
  readonly result: DiscoverResult;
}

async function discoverIn(cwd: string, args: readonly string[]): Promise<Discovered> {
  const finished = await slicewise(['discover', ...args, '--out', 'found.json'], {
    cwd,
    env: { SLICEWISE_CACHE: 'off' },
  });
  expect(finished.code, finished.stderr).toBe(0);
  return {
    ...finished,
    cwd,
    result: JSON.parse(readFileSync(join(cwd, 'found.json'), 'utf8')) as DiscoverResult,
  };
}

/** The candidate of a pair alone, as JSON Lines. */
function discoverRows({ candidate }: RunPair, args: readonly string[] = []): Promise<Discovered> {
  return discoverIn(workFolder({ 'new.jsonl': toJsonl(candidate) }), ['new.jsonl', ...args]);
}

const confirmed = ({ slices }: DiscoverResult) => slices.filter(({ state }) => state === 'confirmed');

describe('B-13, metadata correlation', () => {
  test('catch: one source 14 points low (n = 120) among 30 dimensions is confirmed', async () => {
    const { result, stdout } = await discoverRows(lowSource(1));
    expect(confirmed(result).map(({ name }) => name)).toEqual(['source=scans']);
    expect(result.slices[0]).toMatchObject({
      cases: 120,
      share: 0.05,
      predicate: "source == 'scans'",
      sql: `"source" = 'scans'`,
    });
    expect(result.columns).toBe(30);
    expect(result.modes[0]!.levels.map(({ level }) => level)).toEqual([1, 2, 3]);
    expect(stdout).toContain('exploratory: a found slice never gates by itself');
    expect(stdout).toMatch(/140 \+\s+[\d,]+ \+ [\d,]+ enumerated by level/);
  });

  test('quiet: 200 columns of noise confirm nothing in at least 95 of 100 tables', async () => {
    const seeds = Array.from({ length: 10 }, (_, seed) => seed + 1);
    const found = await Promise.all(
      seeds.map(async (seed) =>
        confirmed((await discoverRows(randomColumns(seed, 200, 300), ['--level', '2'])).result),
      ),
    );
    expect(found.filter(({ length }) => length > 0).length).toBeLessThanOrEqual(1);
  }, 240_000);
});

describe('B-15, discovered slices', () => {
  test('catch: a topic at .55 against .85 is confirmed with its words, as exploratory', async () => {
    const { result, stdout } = await discoverRows(lowTopic(1));
    const [first] = confirmed(result);
    expect(first!.conditions[0]!.column).toBe('derived.cluster');
    const words = first!.words!.map(({ token }) => token);
    expect(
      words.filter((word) =>
        ['contract', 'clause', 'court', 'liability', 'tenant', 'lawyer', 'statute', 'appeal'].includes(word),
      ).length,
    ).toBeGreaterThanOrEqual(4);
    expect(first!.conditions[0]!.definition).toMatch(/k-means .* sample [0-9a-f]{16} of 900 texts/);
    expect(first!.lost!.cases[0]!.nearestPassing).not.toBeNull();
    expect(stdout).toContain('exploratory');
  });

  test('quiet: shuffled outcomes confirm no cluster in at least 95 of 100 tables', async () => {
    const found = await Promise.all(
      Array.from({ length: 8 }, (_, seed) => seed + 1).map(
        async (seed) => confirmed((await discoverRows(shuffledTopics(seed, 500))).result).length,
      ),
    );
    expect(found.filter((count) => count > 0).length).toBeLessThanOrEqual(1);
  }, 240_000);
});

describe('A-4 and B2', () => {
  test('the dimension that explains more than the gated one is marked', async () => {
    const { candidate } = longInputs();
    const cwd = workFolder({ 'new.jsonl': toJsonl(candidate), 'slicewise.yaml': 'slices: [segment]\n' });
    const { result } = await discoverIn(cwd, ['new.jsonl']);
    const [first] = result.dimensions;
    expect(first).toMatchObject({ name: 'tokens', gated: false, proposed: true });
    expect(result.dimensions.find(({ name }) => name === 'segment')).toMatchObject({
      gated: true,
      proposed: false,
    });
  });

  test('catch: .90 up to 2,048 tokens and .70 beyond has its change point between the right buckets', async () => {
    const { result, stdout } = await discoverRows(breakingCurve(1, false));
    expect(result.lengths[0]).toMatchObject({
      column: 'tokens',
      confirmed: true,
      between: ['1024-2048', '2048-4096'],
    });
    expect(stdout.replace(/\s+/g, ' ')).toContain('between 1024-2048 and 2048-4096 tokens');
  });

  test('quiet: a flat curve has none in at least 95 of 100 tables', async () => {
    const found = await Promise.all(
      Array.from({ length: 8 }, (_, seed) => seed + 1).map(async (seed) => {
        const { result } = await discoverRows(breakingCurve(seed, true, 600));
        return result.lengths[0]!.confirmed || confirmed(result).length > 0;
      }),
    );
    expect(found.filter(Boolean).length).toBeLessThanOrEqual(1);
  }, 120_000);
});

describe('two runs', () => {
  const pair = plantedRegression(1);

  test('the conjunction that lost is found, with what carries it, and its parts are folded under it', async () => {
    const cwd = workFolder({ 'old.jsonl': toJsonl(pair.baseline), 'new.jsonl': toJsonl(pair.candidate) });
    const { result } = await discoverIn(cwd, ['old.jsonl', 'new.jsonl']);
    const regressed = confirmed(result).filter(({ mode }) => mode === 'regressed');
    expect(regressed[0]).toMatchObject({
      name: 'device=phone & plan=free',
      beyondParents: true,
      shownOn: 'held-out half',
    });
    expect(regressed[0]!.folded.map(({ name }) => name)).toContain('plan=free');
    const sum = regressed[0]!.conditions.reduce((total, { contribution }) => total + contribution!, 0);
    expect(sum).toBeLessThan(-0.15);
    expect(confirmed(result).some(({ mode }) => mode === 'improved')).toBe(false);
    const { stdout } = await slicewise(['discover', 'old.jsonl', 'new.jsonl'], { cwd });
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  test('one file with both runs side by side gives the same slices', async () => {
    const both = pair.candidate.map(
      (row, i): ResultRow => ({
        ...row,
        before: pair.baseline[i]!.passed!,
        after: row.passed!,
        passed: null,
      }),
    );
    const rows = both.map(({ passed: _, ...row }) => row as unknown as ResultRow);
    const cwd = workFolder({
      'both.csv': toCsv(rows),
      'old.jsonl': toJsonl(pair.baseline),
      'new.jsonl': toJsonl(pair.candidate),
    });
    const maps = ['--map', 'baseline.passed=before', '--map', 'candidate.passed=after'];
    const side = await discoverIn(cwd, ['both.csv', ...maps]);
    const files = await discoverIn(cwd, ['old.jsonl', 'new.jsonl']);
    expect(side.result.slices).toEqual(files.result.slices);
  });

  test('runs without a common case: the new one is searched, and the mix of both is told', async () => {
    const other = pair.baseline.map((row) => ({ ...row, case_id: `old-${row.case_id}` }));
    const cwd = workFolder({
      'old.jsonl': toJsonl(other.slice(0, 2_000)),
      'new.jsonl': toJsonl(pair.candidate),
    });
    const { result } = await discoverIn(cwd, ['old.jsonl', 'new.jsonl']);
    expect(result.runs).toBe('one run');
    expect(confirmed(result)[0]!.mix).not.toBeNull();
    expect(result.notes.join()).toContain('the runs share no case');
  });
});

describe('the same answer', () => {
  const rows = plantedRegression(2, 1_200).candidate;

  test('whatever the order of the rows and the number of workers', async () => {
    const cwd = workFolder({ 'a.jsonl': toJsonl(rows), 'b.jsonl': toJsonl([...rows].reverse()) });
    const documents = await Promise.all(
      [['a.jsonl'], ['b.jsonl'], ['a.jsonl', '--threads', '2']].map(async (args, i) => {
        await slicewise(['discover', ...args, '--out', `${i}.json`], { cwd });
        return readFileSync(join(cwd, `${i}.json`), 'utf8');
      }),
    );
    expect(documents[1]).toBe(documents[0]);
    expect(documents[2]).toBe(documents[0]);
  });

  test.each(['holm', 'bh', 'by', 'tarone', 'level', 'joint', 'bonferroni'])(
    'on all cases, corrected by %s',
    async (method) => {
      const cwd = workFolder({ 'a.jsonl': toJsonl(rows) });
      const { result } = await discoverIn(cwd, ['a.jsonl', '--search', 'all', '--correct', method]);
      expect(confirmed(result)[0]).toMatchObject({
        name: 'device=phone & plan=free',
        shownOn: 'all cases',
        confirmedBy: 'all cases, corrected for every slice',
      });
    },
  );

  test('both ways', async () => {
    const cwd = workFolder({ 'a.jsonl': toJsonl(rows) });
    const { result } = await discoverIn(cwd, ['a.jsonl', '--search', 'cross-fit']);
    expect(confirmed(result)[0]!.name).toBe('device=phone & plan=free');
  });
});

describe('tables that are strange', () => {
  const hostile = '<script>alert(1)</script>';

  test('names with quotes, commas, line breaks, formulas and markup, and long values, stay text', async () => {
    const kinds = [`it's "x", y`, '=cmd()', hostile, 'a\nb', 'L'.repeat(10_000)];
    const rows = Array.from({ length: 400 }, (_, i) => ({
      case_id: `${i % 7 === 0 ? hostile : 'c'}${i}`,
      '=kind, "of"\n': kinds[i % kinds.length],
      input: `${hostile} ${kinds[i % 3]} =1+1`,
      passed: i % kinds.length === 2 ? i % 10 < 5 : i % 20 !== 4,
    }));
    const cwd = workFolder({ 'new.jsonl': jsonLines(rows) });
    const { result, stdout } = await discoverIn(cwd, [
      'new.jsonl',
      '--out',
      'found.md',
      '--out',
      'found.csv',
    ]);
    expect(confirmed(result)[0]!.conditions[0]!.value).toBe(hostile);
    expect(confirmed(result)[0]!.sql).toBe(`"=kind, ""of""\n" = '${hostile}'`);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    const markdown = readFileSync(join(cwd, 'found.md'), 'utf8');
    expect(markdown).not.toContain('<script>');
    // A cell that a spreadsheet would compute begins with an apostrophe.
    expect(readFileSync(join(cwd, 'found.csv'), 'utf8')).toContain(',"\'=kind, ');
  });

  test.each([
    [
      'no case fails',
      Array.from({ length: 60 }, (_, i) => ({ case_id: i, a: i % 3, passed: true })),
      'no case has an error',
    ],
    [
      'every case fails',
      Array.from({ length: 60 }, (_, i) => ({ case_id: i, a: i % 3, passed: false })),
      'every case has the same error',
    ],
    ['one column', Array.from({ length: 60 }, (_, i) => ({ passed: i % 2 === 0 })), ''],
    ['no column to search', Array.from({ length: 60 }, (_, i) => ({ case_id: i, passed: i % 2 === 0 })), ''],
    [
      'two cases',
      [
        { case_id: 'x', a: 1, passed: true },
        { case_id: 'y', a: 2, passed: false },
      ],
      '',
    ],
  ])('%s', async (_, rows, note) => {
    const { result, stdout } = await discoverIn(workFolder({ 'new.jsonl': jsonLines(rows) }), ['new.jsonl']);
    expect(confirmed(result)).toEqual([]);
    expect(result.notes.join()).toContain(note);
    expect(stdout).toContain('no slice is confirmed');
  });

  test('tags of a list are conditions', async () => {
    const rows = Array.from({ length: 400 }, (_, i) => ({
      case_id: i,
      tags: i % 4 === 0 ? ['slow', 'eu'] : ['eu'],
      other: i % 3,
      passed: i % 4 !== 0 || i % 8 === 0,
    }));
    const { result } = await discoverIn(workFolder({ 'new.jsonl': jsonLines(rows) }), ['new.jsonl']);
    expect(confirmed(result)[0]).toMatchObject({
      name: 'tags has slow',
      predicate: "tags == 'slow'",
      sql: `array_contains("tags", 'slow')`,
    });
  });

  test('graded values, cut numbers and a share for the least size', async () => {
    const rows = Array.from({ length: 1_000 }, (_, i) => ({
      case_id: i,
      ms: (i * 37) % 1_000,
      loss: ((i * 37) % 1_000 > 900 ? 2 : 0.5) + ((i * 13) % 10) / 100,
    }));
    const cwd = workFolder({ 'new.jsonl': jsonLines(rows) });
    const { result } = await discoverIn(cwd, [
      'new.jsonl',
      '--metric',
      'mean:loss:lower',
      '--min-cases',
      '5%',
    ]);
    expect(confirmed(result)[0]!.name).toBe('ms=>=800');
    expect(result.settings.minCases).toBe(50);
    expect(result.definitions[0]!.definition).toContain('200, 400, 600, 800');
  });

  test('options that mean nothing are refused, all at once', async () => {
    const cwd = workFolder({ 'new.jsonl': toJsonl(longInputs().candidate) });
    const { code, stderr } = await slicewise(
      ['discover', 'new.jsonl', '--level', '0', '--weight', '2', '--correct', 'tarone'],
      { cwd },
    );
    expect(code).toBe(2);
    expect(stderr).toContain('--level is 0');
    expect(stderr).toContain('--weight is 2');
    expect(stderr).toContain('--search all');
    const named = await slicewise(['discover', 'new.jsonl', '--exclude', 'nope'], { cwd });
    expect(named.stderr).toContain("--exclude names 'nope'");
    const mode = await slicewise(['discover', 'new.jsonl', '--mode', 'regressed'], { cwd });
    expect(mode.stderr).toContain('needs two runs of the same cases');
  });
});
