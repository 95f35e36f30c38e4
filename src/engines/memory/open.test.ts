/** Expected numbers, written by hand: the memory engine is what the others are held to, so it is itself held to these. */

import { describe, expect, test } from 'vitest';
import type { ColumnMapping } from '../../cases/index.ts';
import type { SideOutcome } from '../../counts/index.ts';
import type { Grouping } from '../../slices/index.ts';
import type { Engine } from '../contract.ts';
import { sideOf, type TestRow } from '../test-tables.ts';
import { openMemory } from './open.ts';

const ALL: Grouping = { kind: 'all', id: 'all' };
const TAG: Grouping = { kind: 'column', id: 'tag', column: 'tag' };

function open(
  baseline: readonly TestRow[] | null,
  candidate: readonly TestRow[],
  mapping?: ColumnMapping,
): Promise<Engine> {
  return openMemory({
    baseline: baseline === null ? null : sideOf(baseline, mapping),
    candidate: sideOf(candidate, mapping),
  });
}

function outcome(passed: number, failed: number, errors = 0, unscored = 0): SideOutcome {
  return { passed, failed, errors, unscored };
}

describe('counts', () => {
  test('ten repeats of five cases are five cases', async () => {
    const rows = (fails: number): TestRow[] =>
      Array.from({ length: 50 }, (_, i) => ({
        id: `c${i % 5}`,
        trial: String(Math.floor(i / 5)),
        passed: Math.floor(i / 5) < fails ? 0 : 1,
      }));
    const engine = await open(rows(0), rows(3));
    expect(await engine.count({ groupings: [ALL] })).toEqual([
      {
        grouping: 'all',
        state: 'value',
        value: '(all)',
        cells: [{ baseline: outcome(10, 0), candidate: outcome(7, 3), edited: false, cases: 5 }],
      },
    ]);
    const { candidate } = await engine.profile();
    expect(candidate).toMatchObject({ rows: 50, cases: 5, scored: 50, maxTrials: 10 });
    const units = await engine.units({
      groupings: [ALL],
      measure: { kind: 'outcome', of: { kind: 'passRate' }, errors: 'fail' },
      onlyDiscordant: true,
    });
    expect(units.ids).toEqual(['c0', 'c1', 'c2', 'c3', 'c4']);
    expect([...units.candidate]).toEqual([0.7, 0.7, 0.7, 0.7, 0.7]);
  });

  test('one success and nine errors is one tenth, or one where errors are left out', async () => {
    const rows: TestRow[] = Array.from({ length: 10 }, (_, i) => ({
      id: 'a',
      trial: String(i),
      ...(i === 0 ? { passed: 1 as const } : { status: 'error' as const }),
    }));
    const engine = await open(null, rows);
    const [all] = await engine.count({ groupings: [ALL] });
    expect(all!.cells).toEqual([{ baseline: null, candidate: outcome(1, 0, 9), edited: false, cases: 1 }]);
    const value = async (errors: 'fail' | 'exclude'): Promise<number> => {
      const plan = {
        groupings: [],
        measure: { kind: 'outcome', of: { kind: 'passRate' }, errors },
        onlyDiscordant: false,
      } as const;
      return (await engine.units(plan)).candidate[0]!;
    };
    expect(await value('fail')).toBe(0.1);
    expect(await value('exclude')).toBe(1);
  });

  test('a case with other input or expected text is edited, and its flip is none', async () => {
    const mapping = { caseId: 'id', input: 'q', expected: 'gold' };
    const row = (id: string, q: string | null, gold: string | null, passed: 0 | 1): TestRow => ({
      id,
      passed,
      cells: { q, gold },
    });
    const sha = 'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    const engine = await open(
      [
        row('q', 'abc', '1', 1),
        row('gold', 'abc', '1', 1),
        row('same', 'abc', '1', 1),
        row('hash', sha, '1', 1),
        row('gone', 'abc', '1', 1),
      ],
      [
        row('q', 'abd', '1', 0),
        row('gold', 'abc', '2', 0),
        row('same', 'abc', '1', 0),
        row('hash', 'abc', '1', 0),
        row('gone', null, null, 0),
      ],
      mapping,
    );
    expect(await engine.profile()).toMatchObject({
      paired: 5,
      edited: 2,
      editedIds: ['gold', 'q'],
      editsVisible: true,
    });
    const [all] = await engine.count({ groupings: [ALL] });
    expect(all!.cells).toEqual([
      { baseline: outcome(1, 0), candidate: outcome(0, 1), edited: false, cases: 3 },
      { baseline: outcome(1, 0), candidate: outcome(0, 1), edited: true, cases: 2 },
    ]);
    const flips = await engine.flips({
      groupings: [ALL],
      measure: { kind: 'outcome', of: { kind: 'passRate' }, errors: 'fail' },
      limit: 9,
    });
    expect(flips.map(({ id, direction, input }) => [id, direction, input])).toEqual([
      ['gone', 'lost', 'abc'],
      ['hash', 'lost', 'abc'],
      ['same', 'lost', 'abc'],
    ]);
  });

  test('a list puts a case into several slices; empty, missing and changed ones have their own', async () => {
    const before: TestRow[] = [
      { id: '1', passed: 1, cells: { tag: ['a', 'b'] } },
      { id: '2', passed: 1, cells: { tag: ['b', 'b'] } },
      { id: '3', passed: 1, cells: { tag: 'a' } },
      { id: '4', passed: 1, cells: { tag: [] } },
      { id: '5', passed: 1, cells: { tag: null } },
      { id: '6', passed: 1, cells: { tag: ['a'] } },
      { id: '7', passed: 1, cells: { tag: ['a'] } },
    ];
    const after: TestRow[] = before.map((row) => ({ ...row, passed: 0 }));
    after[0] = { id: '1', passed: 0, cells: { tag: ['b', 'a', 'a'] } };
    after[5] = { id: '6', passed: 0, cells: { tag: ['b'] } };
    after[6] = { id: '7', passed: 0, cells: { tag: null } };
    const engine = await open(before, after);
    const slices = await engine.count({ groupings: [TAG] });
    expect(slices.map(({ state, value, cells }) => [state, value, cells[0]!.cases])).toEqual([
      ['value', 'a', 3],
      ['value', 'b', 2],
      ['missing', '', 1],
      ['untagged', '', 1],
      ['changed', '', 1],
    ]);
    const { columns } = await engine.profile();
    expect(columns).toEqual([
      {
        name: 'tag',
        inBaseline: true,
        inCandidate: true,
        distinct: 2,
        missingCases: 1,
        changedCases: 1,
        numericRows: 0,
        filledRows: 11,
        isList: true,
        top: [
          { value: 'a', cases: 3 },
          { value: 'b', cases: 2 },
        ],
      },
    ]);
  });

  test('cases of one run only and cases without a verdict are counted apart', async () => {
    const engine = await open(
      [
        { id: 'b', passed: 1 },
        { id: 'both', passed: null },
      ],
      [
        { id: 'both', passed: 1 },
        { id: 'c', passed: null },
      ],
    );
    const [all] = await engine.count({ groupings: [ALL] });
    expect(all!.cells).toEqual([
      { baseline: outcome(0, 0, 0, 1), candidate: outcome(1, 0), edited: false, cases: 1 },
      { baseline: outcome(1, 0), candidate: null, edited: false, cases: 1 },
      { baseline: null, candidate: outcome(0, 0, 0, 1), edited: false, cases: 1 },
    ]);
    expect(await engine.profile()).toMatchObject({
      paired: 1,
      onlyBaselineIds: ['b'],
      onlyCandidateIds: ['c'],
      candidate: { rows: 2, scored: 1, unscored: 1 },
    });
    expect(await engine.caseIds()).toEqual(['b', 'both', 'c']);
  });
});

describe('single cases', () => {
  const mapping = { caseId: 'id', cluster: 'group', weight: 'w', output: 'answer' };
  const rows = (scores: readonly (string | null)[]): TestRow[] =>
    scores.map((score, i) => ({
      id: `c${i}`,
      passed: 1,
      cells: {
        score,
        group: i === 2 ? null : `g${i % 2}`,
        w: i === 1 ? 'heavy' : `${i}.50`,
        answer: `says ${score}`,
      },
    }));

  test('numbers are read as text, what is no number is missing, clusters are dense and weights per case', async () => {
    const engine = await open(rows(['1e1', 'x', '2', null]), rows(['4.0', '3', '2.0', '1']), mapping);
    const measure = { kind: 'number', column: 'score' } as const;
    const units = await engine.units({ groupings: [TAG], measure, onlyDiscordant: false });
    expect([...units.baseline]).toEqual([10, Number.NaN, 2, Number.NaN]);
    expect([...units.candidate]).toEqual([4, 3, 2, 1]);
    expect([...units.cluster!]).toEqual([0, 1, 2, 1]);
    expect([...units.weight]).toEqual([0.5, Number.NaN, 2.5, 3.5]);
    expect(units.members.map((cases) => [...cases])).toEqual([[0, 1, 2, 3]]);
    const discordant = await engine.units({ groupings: [], measure, onlyDiscordant: true });
    expect(discordant.ids).toEqual(['c0']);
    expect(await engine.flips({ groupings: [TAG], measure, limit: 1 })).toEqual([
      {
        grouping: 'tag',
        state: 'missing',
        value: '',
        id: 'c0',
        direction: 'lost',
        input: null,
        baselineOutput: 'says 1e1',
        candidateOutput: 'says 4.0',
      },
    ]);
  });
});

test('duplicates are all named at once, with their lines', async () => {
  const rows: TestRow[] = [
    { id: 'a', trial: '1' },
    { id: 'b' },
    { id: 'a', trial: '2' },
    { id: 'a', trial: '1' },
    { id: 'b' },
    { id: 'b' },
  ];
  await expect(open(null, rows)).rejects.toMatchObject({
    code: 'DATA',
    problems: [
      {
        message: 'case "a", trial "1" has 2 rows in the candidate, expected one: test.jsonl:1, test.jsonl:4',
        where: { file: 'test.jsonl', line: 1 },
      },
      {
        message:
          'case "b" has 3 rows in the candidate, expected one: test.jsonl:2, test.jsonl:5, test.jsonl:6',
        where: { file: 'test.jsonl', line: 2 },
      },
    ],
  });
  const often = Array.from({ length: 7 }, () => ({ id: 'a' }));
  await expect(open(null, often)).rejects.toMatchObject({
    problems: [{ message: expect.stringMatching(/has 7 rows .*: test.jsonl:1, .*, test.jsonl:4, 3 more$/) }],
  });
  const many = Array.from({ length: 60 }, (_, i) => ({ id: String(i % 25).padStart(2, '0') }));
  await expect(open(null, many)).rejects.toMatchObject({
    problems: [
      {
        message:
          '25 cases have several rows in the candidate, expected one each, such as case "00" (test.jsonl:1, test.jsonl:26, test.jsonl:51), case "01" (test.jsonl:2, test.jsonl:27, test.jsonl:52), case "02" (test.jsonl:3, test.jsonl:28, test.jsonl:53)',
        hint: expect.stringContaining('--map trial=COLUMN'),
      },
    ],
  });
});

test('the fingerprint is the documented one', async () => {
  // printf 'a\x1f1\x1fscored\x1f1\x1f0.5' | md5sum, the bytes of each half turned round
  const rows: TestRow[] = [{ id: 'a', trial: '1', passed: 1, cells: { s: '0.5' } }];
  const engine = await open(null, rows, { caseId: 'id', score: 's' });
  expect(await engine.fingerprint('candidate')).toBe('539e8e36d5d5ee9e2fa8f890ec76cec2');
});
