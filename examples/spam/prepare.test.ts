import { beforeAll, describe, expect, it } from 'vitest';
import { type DemoResults, makeResults } from './prepare.ts';

interface Row {
  readonly case_id: string;
  readonly group: string;
  readonly passed: boolean;
  readonly expected: string;
  readonly predicted: string;
  readonly score: number;
  readonly input: string;
  readonly timestamp: string | null;
}

describe('the two spam filters on the held-out mails', () => {
  let results: DemoResults;
  let baseline: readonly Row[];
  let candidate: readonly Row[];

  beforeAll(() => {
    results = makeResults(() => {});
    baseline = readRows(results.baseline);
    candidate = readRows(results.candidate);
  });

  it('lets the mean rise while hard ham falls from 94 % to 78 %', () => {
    const table = ['easy-ham-1', 'easy-ham-2', 'hard-ham-1', 'spam-1', 'spam-2'].map((group) => tally(group));
    expect(table).toEqual([
      { group: 'easy-ham-1', n: 1302, before: 1301, after: 1301, lost: 0, gained: 0 },
      { group: 'easy-ham-2', n: 721, before: 721, after: 720, lost: 1, gained: 0 },
      { group: 'hard-ham-1', n: 125, before: 118, after: 98, lost: 20, gained: 0 },
      { group: 'spam-1', n: 255, before: 247, after: 252, lost: 0, gained: 5 },
      { group: 'spam-2', n: 713, before: 667, after: 691, lost: 0, gained: 24 },
    ]);
  });

  it('records the same mails in both files, each once', () => {
    expect(results.heldOut).toBe(3116);
    expect(baseline.map((row) => row.case_id)).toEqual(candidate.map((row) => row.case_id));
    expect(new Set(baseline.map((row) => row.case_id)).size).toBe(3116);
    expect(baseline.map((row) => row.input)).toEqual(candidate.map((row) => row.input));
  });

  it('says of each row what its own fields say', () => {
    for (const row of [...baseline, ...candidate]) {
      expect(row.passed).toBe(row.expected === row.predicted);
      expect(row.predicted).toBe(row.score >= 0.5 ? 'spam' : 'ham');
      expect(row.expected).toBe(row.group.startsWith('spam') ? 'spam' : 'ham');
    }
  });

  it('writes one well-formed line of JSON per mail, whatever the mail holds', () => {
    expect(results.baseline.isWellFormed()).toBe(true);
    expect(results.baseline.split('\n')).toHaveLength(3117);
    expect([...results.baseline].filter((c) => c < ' ' && c !== '\n')).toEqual([]);
  });

  function tally(group: string) {
    const pairs = baseline.map((before, i) => ({ before, after: candidate[i]! }));
    const of = pairs.filter(({ before }) => before.group === group);
    return {
      group,
      n: of.length,
      before: of.filter(({ before }) => before.passed).length,
      after: of.filter(({ after }) => after.passed).length,
      lost: of.filter(({ before, after }) => before.passed && !after.passed).length,
      gained: of.filter(({ before, after }) => !before.passed && after.passed).length,
    };
  }
});

function readRows(lines: string): readonly Row[] {
  return lines
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
}
