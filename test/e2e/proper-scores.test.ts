/** B-9 by the built command: probabilities give a second opinion, and broken ones are named instead of used. */

import { describe, expect, test } from 'vitest';
import { offInOneSegment, overconfident, type ProbabilityPair } from '../generators/probabilities.ts';
import { slicewise, workFolder } from './cli.ts';
import { type GateRun, gateIn } from './gate-run.ts';

const lines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

function folderOf({
  baseline,
  candidate,
}: {
  baseline: readonly object[];
  candidate: readonly object[];
}): string {
  return workFolder({ 'old.jsonl': lines(baseline), 'new.jsonl': lines(candidate) });
}

const gateOf = (pair: ProbabilityPair, ...args: readonly string[]): Promise<GateRun> =>
  gateIn(folderOf(pair), ['gate', 'old.jsonl', 'new.jsonl', '--slice', 'segment', ...args]);

const opinions = ({ report }: GateRun) => report.findings.filter(({ check }) => check === 'proper-scores');

describe('catch', () => {
  test('equal accuracy at .5, one overconfident: Brier and log score separate them', async () => {
    const run = await gateOf(overconfident(1, 600, 3));
    const [overall] = opinions(run);
    expect(overall).toMatchObject({ kind: 'evaluation', verdict: null, status: 'checked', source: 'B-9' });
    expect(overall?.reason).toMatch(
      /^RANK CONFLICT: the accuracies are level within their interval, the Brier score prefers the baseline; 600 cases: Brier score \(0 to 1\) 0\.16\d to 0\.18\d \(change 0\.0\d+ to 0\.0\d+, p 0\.000\d+\); log loss 0\.[45]\d\d to \d\.\d\d\d \(change .*, p below \.0001\); accuracy 0\.\d\d\d to 0\.\d\d\d \(change -0\.00\d+ to 0\.00\d+, p 1\.0\); AUC/,
    );
    expect(overall?.reason).toMatch(/calibration slope 0\.3\d\d \(/);
    expect(overall?.method).toContain('2^-52');
    expect(overall?.hides).toContain('opposite directions');
    // Accuracy alone sees nothing, so the release is not held: the opinion stands beside it.
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('RANK CONFLICT');
  });

  test('the same difference blocks where the Brier score or the log loss is gated', async () => {
    const cwd = folderOf(overconfident(2, 600, 3));
    for (const metric of ['mean:derived.brier', 'mean:derived.log_loss']) {
      const { code, report } = await gateIn(cwd, [
        ...['gate', 'old.jsonl', 'new.jsonl', '--slice', 'segment'],
        ...['--metric', metric, '--margin', `${metric}=0.02`],
      ]);
      expect(code).toBe(1);
      expect(report.slices[0]).toMatchObject({ metric, verdict: 'BLOCK' });
    }
  });

  test('a segment whose probabilities promise too much is named, and no other', async () => {
    const found = opinions(await gateOf(offInOneSegment(3, 1_600)));
    const slices = found.filter(({ slice }) => slice !== null);
    expect(slices.map(({ slice }) => slice)).toEqual(['calibration/segment=off']);
    expect(slices[0]?.reason).toMatch(
      /^the probabilities promise more right answers in 'off' than there are: \d+\.\d% \(\d+\.\d% to \d+\.\d%\) over 400 cases \(baseline -?\d\.\d% .*\), Holm-adjusted p .* over 4 slices/,
    );
    expect(found[0]?.reason).toContain('Brier score (0 to 2)');
  });
});

describe('quiet', () => {
  test('no probabilities: not checkable, not a failure', async () => {
    const { baseline, candidate } = overconfident(4, 200, 3);
    const bare = (rows: ProbabilityPair['baseline']) => rows.map(({ probabilities: _, ...rest }) => rest);
    const run = await gateIn(folderOf({ baseline: bare(baseline), candidate: bare(candidate) }), [
      ...['gate', 'old.jsonl', 'new.jsonl', '--slice', 'segment'],
    ]);
    expect(opinions(run)).toMatchObject([{ status: 'not checkable', verdict: null }]);
    expect(run.code).toBe(0);
  });

  test('the same calibrated probabilities twice: figures, but no conflict and no slice', async () => {
    const found = opinions(await gateOf(overconfident(5, 900, 1)));
    expect(found).toHaveLength(1);
    expect(found[0]?.reason).toMatch(/^900 cases: /);
    expect(found[0]?.remedy).toBeNull();
  });
});

describe('slices cut by the label', () => {
  test('are counted and not accused', async () => {
    const pair = overconfident(9, 600, 1);
    const cut = (rows: ProbabilityPair['baseline']) =>
      rows.map((row) => ({ ...row, segment: `mails of ${row.label}` }));
    const run = await gateOf({ baseline: cut(pair.baseline), candidate: cut(pair.candidate) });
    const found = opinions(run);
    expect(found).toHaveLength(1);
    expect(found[0]?.reason).toMatch(/; not tested for calibration: 2 slices of one label$/);
  });
});

describe('hostile probabilities', () => {
  const { baseline, candidate } = overconfident(6, 120, 1);

  test('sums beside 1, negative ones, lists of a wrong length and NaN are counted and named by line', async () => {
    const broken = candidate.map((row, i) => {
      if (i < 7) return { ...row, probabilities: { ham: 0.5, spam: 0.4 } };
      if (i < 9) return { ...row, probabilities: { ham: -0.2, spam: 1.2 } };
      return row;
    });
    const found = opinions(
      await gateIn(folderOf({ baseline, candidate: broken }), ['gate', 'old.jsonl', 'new.jsonl']),
    );
    expect(found.map(({ reason }) => reason.split(';')[0])).toEqual([
      'the probabilities of 7 rows of the candidate do not sum to 1 (within 0.001)',
      'the probabilities of 2 rows of the candidate are not all from 0 to 1',
      expect.stringMatching(/^111 cases: /),
    ]);
    expect(found[0]?.reason).toContain(
      '(new.jsonl:1, new.jsonl:2, new.jsonl:3, new.jsonl:4, new.jsonl:5 and more)',
    );
    expect(found[2]?.reason).toContain('; 9 cases without');
  });

  test('NaN in a table', async () => {
    const rows = candidate.map(
      (row, i) => `${row.case_id},${row.label},${i < 3 ? 'NaN' : row.probabilities.spam},${row.passed}`,
    );
    const cwd = workFolder({ 'new.csv': `id,label,p_spam,passed\n${rows.join('\n')}\n` });
    const run = await gateIn(cwd, ['gate', 'new.csv', 'new.csv', '--map', 'probabilities=p_spam']);
    expect(opinions(run).map(({ reason }) => reason)).toEqual([
      expect.stringMatching(
        /3 rows of the baseline hold something that is no number; .*\(new\.csv:2, new\.csv:3, new\.csv:4\)$/,
      ),
      expect.stringContaining('3 rows of the candidate hold something that is no number'),
      expect.stringMatching(/^117 cases: .*; 3 cases without$/),
    ]);
  });

  test('one class only: no AUC and no slope, and both say so', async () => {
    const one = (rows: ProbabilityPair['baseline']) => rows.filter(({ label }) => label === 'spam');
    const run = await gateIn(folderOf({ baseline: one(baseline), candidate: one(candidate) }), [
      'gate',
      'old.jsonl',
      'new.jsonl',
    ]);
    const [overall] = opinions(run);
    expect(overall?.reason).toContain('AUC undefined to undefined');
    expect(overall?.reason).toContain('calibration slope undefined: only one class');
    expect(run.code).toBe(0);
  });

  test('a number of an unknown label is not guessed', async () => {
    const rows = candidate.map(
      (row) => `${row.case_id},${row.label},${row.probabilities.spam},${row.passed}`,
    );
    const cwd = workFolder({ 'new.csv': `id,label,p,passed\n${rows.join('\n')}\n` });
    const guess = await gateIn(cwd, ['gate', 'new.csv', 'new.csv', '--map', 'probabilities=p']);
    const [first] = opinions(guess);
    expect(first?.reason).toContain('are one number, and it is not said of which label');
    expect(first?.remedy).toContain('p_spam');
  });

  test('a metric that needs what is not there is refused with a hint', async () => {
    const cwd = workFolder({ 'new.csv': 'id,passed\na,1\nb,0\n' });
    const { code, stderr } = await slicewise(
      ['gate', 'new.csv', 'new.csv', '--metric', 'mean:derived.brier', '--margin', 'mean:derived.brier=0.1'],
      { cwd },
    );
    expect(code).toBe(2);
    expect(stderr).toContain('derived.brier needs probabilities and a column known as the expected answer');
    expect(stderr).toContain('--map probabilities=COLUMN');
  });
});

test('both runs side by side, with a column of probabilities each', async () => {
  const { baseline, candidate } = overconfident(7, 400, 3);
  const rows = baseline.map((row, i) =>
    [
      row.case_id,
      row.label,
      row.passed,
      candidate[i]!.passed,
      row.probabilities.spam,
      candidate[i]!.probabilities.spam,
    ].join(','),
  );
  const cwd = workFolder({
    'both.csv': `id,label,pass_before,pass_after,p_spam_before,p_spam_after\n${rows.join('\n')}\n`,
  });
  const maps = [
    'baseline.passed=pass_before',
    'candidate.passed=pass_after',
    'baseline.probabilities=p_spam_before',
    'candidate.probabilities=p_spam_after',
  ];
  const run = await gateIn(cwd, [
    ...['gate', 'both.csv', 'both.csv', ...maps.flatMap((map) => ['--map', map])],
    ...['--metric', 'mean:derived.log_loss', '--margin', 'mean:derived.log_loss=0.05'],
  ]);
  expect(opinions(run)[0]?.reason).toContain('RANK CONFLICT');
  expect(run.code).toBe(1);
});

test('a table with p_before and p_after needs no mapping, and classes 1 and 2 are not two runs', async () => {
  const { baseline, candidate } = overconfident(8, 300, 3);
  const rows = baseline.map((row, i) => {
    const [before, after] = [row.probabilities.spam!, candidate[i]!.probabilities.spam!];
    return `${row.case_id},${row.label === 'spam' ? 1 : 0},${before},${after},${before >= 0.5 ? 1 : 0},${after >= 0.5 ? 1 : 0}`;
  });
  const pairs = workFolder({
    'both.csv': `id,label,p_before,p_after,pred_before,pred_after\n${rows.join('\n')}\n`,
  });
  const run = await gateIn(pairs, ['gate', 'both.csv', 'both.csv']);
  expect(opinions(run)[0]?.reason).toMatch(/^RANK CONFLICT.* 300 cases: Brier score \(0 to 1\) 0\.1\d\d to /);
  const lone = workFolder({
    'one.csv': `id,label,p_1,p_2,passed\n${rows.map((row) => row.replace(/,[^,]*$/, '')).join('\n')}\n`,
  });
  expect(opinions(await gateIn(lone, ['gate', 'one.csv', 'one.csv']))).toMatchObject([
    { status: 'not checkable' },
  ]);
});

test('an answer that ended in an error has no probability, in Parquet as in text', async () => {
  const rows = Array.from({ length: 200 }, (_, at) => {
    const chance = 0.05 + (0.9 * ((at * 37) % 101)) / 100;
    return {
      case_id: `c${at}`,
      expected: (at * 53) % 97 < 97 * chance ? 'a' : 'b',
      predicted: chance > 0.5 ? 'a' : 'b',
      probabilities: { a: chance, b: 1 - chance },
      error: at % 10 === 0 ? 'timeout' : null,
      segment: at % 2 === 0 ? 'x' : 'y',
    };
  });
  const cwd = workFolder({
    'run.jsonl': rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
    'tags.yaml':
      'name: kind\nversion: 1\nmatch: first\nrules:\n  - { tag: s, where: "segment == \'x\'" }\notherwise: o\n',
  });
  const tagged = await slicewise(['tag', 'run.jsonl', '--rules', 'tags.yaml', '-o', 'run.parquet'], { cwd });
  expect(tagged.code, tagged.stderr).toBe(0);
  const reasons = await Promise.all(
    ['run.jsonl', 'run.parquet'].map(async (file) => {
      const { stdout } = await slicewise(['gate', '--candidate', file, '--no-config', '--format', 'json'], {
        cwd,
      });
      const { findings } = JSON.parse(stdout) as { findings: readonly { check: string; reason: string }[] };
      return findings.find(({ check }) => check === 'proper-scores')!.reason;
    }),
  );
  expect(reasons[0]).toMatch(/^180 cases: /);
  expect(reasons[1]).toBe(reasons[0]);
});
