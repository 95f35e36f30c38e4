/** `slicewise report` as a user runs it: what it catches, what it leaves alone, and hostile files. */

import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { jsonLines, slicewise, workFolder } from './cli.ts';

type Row = Readonly<Record<string, unknown>>;

async function report(
  files: Readonly<Record<string, readonly Row[] | string | Uint8Array>>,
  ...args: string[]
) {
  const cwd = workFolder(
    Object.fromEntries(
      Object.entries(files).map(([name, rows]) => [
        name,
        Array.isArray(rows) ? jsonLines(rows) : (rows as string),
      ]),
    ),
  );
  return slicewise(['report', ...args, '--quiet'], { cwd });
}

const cases = (count: number, of: (i: number) => Row): readonly Row[] =>
  Array.from({ length: count }, (_, i) => ({ id: `c${i}`, ...of(i) }));

describe('one file with both runs side by side', () => {
  const rows = (old: string, next: string) =>
    cases(200, (i) => ({
      team: i % 2 === 0 ? 'a' : 'b',
      label: i % 4 < 2 ? 'x' : 'y',
      [old]: i % 4 < 2 ? 'x' : 'y',
      [next]: i % 4 < 2 && i >= 40 ? 'x' : 'y',
    }));

  test('is both runs without a flag, for the report and the gate alike', async () => {
    const cwd = workFolder({ 'both.jsonl': jsonLines(rows('pred_before', 'pred_after')) });
    const page = await slicewise(['report', 'both.jsonl', '--quiet'], { cwd });
    expect(page.stdout).toContain('200 compared in two runs');
    expect(page.stdout.replace(/\s+/g, ' ')).toContain(
      'both runs are in one file: of the baseline are "pred_before"',
    );
    const gate = await slicewise(['both.jsonl', '--slice', 'team', '--quiet'], { cwd });
    const twice = await slicewise(['both.jsonl', 'both.jsonl', '--slice', 'team', '--quiet'], { cwd });
    expect([gate.code, twice.code]).toEqual([1, 1]);
    expect(gate.stdout.split('\n')[0]).toBe(twice.stdout.split('\n')[0]);
  });

  test('is refused where the names may mean something else, with the command that reads it so', async () => {
    const cwd = workFolder({ 'both.jsonl': jsonLines(rows('pred_a', 'pred_b')) });
    for (const command of [['report'], ['gate']]) {
      const { code, stderr } = await slicewise([...command, 'both.jsonl', '--quiet'], { cwd });
      expect(code).toBe(2);
      expect(stderr).toContain('slicewise report both.jsonl both.jsonl; then "pred_a" are of the old run');
    }
    const { stdout } = await slicewise(['report', 'both.jsonl', 'both.jsonl', '--quiet'], { cwd });
    expect(stdout).toContain('200 compared in two runs');
  });
});

describe('classes that accuracy hides (B-7)', () => {
  test('30 classes of 100, three of which are lost: accuracy 0.900, and the three are named', async () => {
    const rows = cases(3000, (i) => ({
      expected: `k${i % 30}`,
      predicted: i % 30 < 3 ? 'k29' : `k${i % 30}`,
    }));
    const { code, stdout } = await report({ 'new.jsonl': rows }, 'new.jsonl', '--all');
    expect(code).toBe(0);
    expect(stdout).toContain('Accuracy  0.900');
    expect(stdout.replace(/\s+/g, ' ')).toContain("3 of 30 classes have recall 0: 'k0' (0 of 100)");
    expect(stdout.split('\n').filter((line) => / 0\.000 \.00-\.04 +0\.000/.test(line))).toHaveLength(3);
  });

  test('10 frauds of 10,000 and a constant "no": recall 0 of 10 with its interval, the banner, and INVALID-METRIC', async () => {
    const rows = cases(10_000, (i) => ({ expected: i < 10 ? 'fraud' : 'no', predicted: 'no' }));
    const { stdout } = await report({ 'new.jsonl': rows }, 'new.jsonl');
    const said = stdout.replace(/\s+/g, ' ');
    expect(said).toContain("always answering 'no' would score 99.9%");
    expect(said).toContain("1 of 2 classes has recall 0: 'fraud' (0 of 10); 1 of them below 20 cases");
    expect(said).toContain('INVALID-METRIC');
    expect(stdout).toMatch(/^fraud +- +0\.000 \.000-\.278 +0\.000 +10$/m);
  });

  test('a balanced task of two classes has no banner', async () => {
    const rows = cases(400, (i) => ({
      expected: `${i % 2}`,
      predicted: `${(i % 2) ^ (i % 10 === 0 ? 1 : 0)}`,
    }));
    const { stdout } = await report({ 'new.jsonl': rows }, 'new.jsonl');
    expect(stdout).not.toContain('Beware');
    expect(stdout).not.toContain('INVALID-METRIC');
  });
});

describe('confused pairs (B-14)', () => {
  /** 300 cases of P; 12, then 36, are taken for Q; another confusion makes up for it. */
  const run = (asQ: number, asR: number) =>
    cases(600, (i) => {
      if (i < 300) return { expected: 'P', predicted: i < asQ ? 'Q' : i < asQ + asR ? 'R' : 'P' };
      return { expected: i % 2 === 0 ? 'Q' : 'R', predicted: i % 2 === 0 ? 'Q' : 'R' };
    });

  test('12 to 36 of 300 is an alarm, while accuracy is level', async () => {
    const files = { 'old.jsonl': run(12, 24), 'new.jsonl': run(36, 0) };
    const { stdout } = await report(files, 'old.jsonl', 'new.jsonl');
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      '1 pair confused at least twice as often: P > Q (12 to 36)',
    );
    expect(stdout).toMatch(/^P > Q +300 +12 +36 +\S+ !$/m);
    expect(stdout).toContain('0.940 before; change 0.000');
  });

  test('the same rate is none', async () => {
    const files = { 'old.jsonl': run(12, 24), 'new.jsonl': run(12, 24) };
    expect((await report(files, 'old.jsonl', 'new.jsonl')).stdout).not.toContain('twice as often');
  });
});

describe('costs (B-8)', () => {
  /** 100 positives of 1,000; so many found, and so many false alarms. */
  const run = (found: number, alarms: number) =>
    cases(1000, (i) => ({
      expected: i < 100 ? 'fraud' : 'ok',
      predicted: i < found || (i >= 100 && i < 100 + alarms) ? 'fraud' : 'ok',
    }));
  const files = { 'old.jsonl': run(70, 8), 'new.jsonl': run(90, 39) };

  test('at 100 : 1 the run with more false alarms is cheaper, though F1 is level, and the ratio is said', async () => {
    const { stdout } = await report(
      files,
      ...['old.jsonl', 'new.jsonl', '--positive', 'fraud', '--cost', 'miss=100,false-alarm=1'],
    );
    const said = stdout.replace(/\s+/g, ' ');
    expect(said).toContain('Cost 1,039 per 1,000 cases, 3,008 before');
    expect(said).toContain('cost and F1 do not rank the runs alike');
    expect(said).toContain('the cheaper run changes where a miss costs 1.55 false alarms');
  });

  test('at 1 : 1 nothing is said of the ranking', async () => {
    const { stdout } = await report(
      files,
      ...['old.jsonl', 'new.jsonl', '--positive', 'fraud', '--cost', 'miss=1,false-alarm=1'],
    );
    expect(stdout).not.toContain('do not rank');
  });

  test('without a positive class it says which labels there are', async () => {
    const { code, stderr } = await report(files, 'old.jsonl', 'new.jsonl', '--cost', 'miss=1,false-alarm=1');
    expect(code).toBe(2);
    expect(stderr).toContain('--positive LABEL');
  });
});

describe('hostile input', () => {
  const labels = ['<script>alert(1)</script>', '=cmd|calc', 'a\nb', '\u001b[31mred', '\u202eevil', ' '];
  const rows = cases(300, (i) => ({
    expected: labels[i % 6],
    predicted: labels[(i * i) % 6],
    team: labels[i % 5],
  }));

  test('labels and slices show as themselves in every format', async () => {
    const page = await report({ 'new.jsonl': rows }, 'new.jsonl');
    expect(page.code).toBe(0);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
    expect(page.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    const markdown = await report({ 'new.jsonl': rows }, 'new.jsonl', '--format', 'markdown');
    expect(markdown.stdout).not.toContain('<script');
    const csv = await report({ 'new.jsonl': rows }, 'new.jsonl', '--format', 'csv');
    const table = parse(csv.stdout, { columns: true }) as Record<string, string>[];
    expect(table.map((row) => row.class).filter((label) => label?.startsWith('='))).toEqual([]);
    const json = await report({ 'new.jsonl': rows }, 'new.jsonl', '--format', 'json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      study: 'report',
      schemaVersion: '1.0',
      flow: { cases: 300 },
    });
  });

  test('one class only, and no case with a label', async () => {
    const one = await report(
      { 'new.jsonl': cases(30, () => ({ expected: 'a', predicted: 'a' })) },
      'new.jsonl',
    );
    expect(one.stdout).toContain('Accuracy  1.000');
    const none = await report(
      { 'new.jsonl': cases(30, () => ({ expected: null, predicted: null })) },
      'new.jsonl',
    );
    expect(none.code).toBe(0);
    expect(none.stdout).toContain('no case has a true or a predicted label');
  });

  test('a different label for every case is read as text', async () => {
    const many = cases(20_000, (i) => ({ expected: `l${i}`, predicted: `l${i + (i % 2)}` }));
    const { code, stdout } = await report({ 'new.jsonl': many }, 'new.jsonl');
    expect(code).toBe(0);
    expect(stdout.replace(/\s+/g, ' ')).toContain('they are read as texts, not as classes');
  });

  test('probabilities that are no numbers, or outside of 0 to 1, are counted by fault', async () => {
    const bad = cases(200, (i) => ({
      expected: `${i % 2}`,
      predicted: `${i % 2}`,
      probabilities: i % 10 === 0 ? 'NaN' : i % 10 === 1 ? 1.5 : (i % 9) / 10,
    }));
    const { code, stdout } = await report({ 'new.jsonl': bad }, 'new.jsonl');
    expect(code).toBe(0);
    expect(stdout.match(/20 rows without usable\s+probabilities/g)).toHaveLength(2);
    expect(stdout).toContain('n = 160');
  });

  test('one long text, text that is no UTF-8, and runs without a common case', async () => {
    const long = cases(30, (i) => ({
      expected: 'a',
      predicted: 'a',
      input: 'x'.repeat(i === 7 ? 20_000_000 : 3),
    }));
    expect((await report({ 'new.jsonl': long }, 'new.jsonl')).code).toBe(0);
    const latin = Buffer.from('id,expected,predicted\nc1,caf\u00e9,b\n', 'latin1');
    const broken = await report({ 'new.csv': latin }, 'new.csv');
    expect(broken.code).toBe(2);
    expect(broken.stderr).toContain('is not UTF-8 (new.csv:2)');
    const old = cases(60, (i) => ({ expected: `${i % 2}`, predicted: `${i % 2}` })).map((row, i) => ({
      ...row,
      id: `o${i}`,
    }));
    const next = cases(60, (i) => ({ expected: `${i % 2}`, predicted: '1' }));
    const { stdout } = await report({ 'old.jsonl': old, 'new.jsonl': next }, 'old.jsonl', 'new.jsonl');
    expect(stdout).toContain('the runs share no case: 60 in the old run, 60 in the new run');
  });
});

describe('answers with parts', () => {
  test('whole cases stand beside the parts, and the slice that loses them first', async () => {
    const run = (broken: number) =>
      cases(200, (i) => ({
        region: i % 2 === 0 ? 'eu' : 'us',
        expected: ['a', 'b'],
        predicted: i % 2 === 0 && i < broken ? ['a'] : ['b', 'a'],
      }));
    const { stdout } = await report(
      { 'old.jsonl': run(0), 'new.jsonl': run(60) },
      ...['old.jsonl', 'new.jsonl', '--parts', 'list'],
    );
    expect(stdout).toMatch(/^whole case +1\.000 +0\.850 +-0\.150/m);
    expect(stdout).toMatch(/^recall +1\.000 +0\.925 +-0\.075/m);
    expect(stdout).toMatch(/^region=eu +100 .* 1\.000 +0\.700 +-0\.300/m);
  });

  test('rankings at the depths that are asked for', async () => {
    const rows = cases(50, (i) => ({
      expected: ['d1', 'd2'],
      found: i % 2 === 0 ? ['d1', 'd9', 'd2'] : ['d2', 'd1'],
    }));
    const { stdout } = await report({ 'new.jsonl': rows }, 'new.jsonl', '--ranking', 'found', '--k', '1,2');
    expect(stdout).toMatch(/^all in top 2 +0\.500/m);
    expect(stdout).toMatch(/^recall@1 +0\.500/m);
    expect(stdout).toMatch(/^recall@2 +0\.750/m);
    expect(stdout).toMatch(/^mrr +1\.000/m);
  });
});

describe('baselines (B-10)', () => {
  /** Long mails are spam; in team b nearly all are good, and the run says good. */
  const mails = cases(200, (i) => {
    const spam = i % 2 === 0 ? i % 4 === 0 : i % 40 === 1;
    return {
      team: i % 2 === 0 ? 'a' : 'b',
      input: spam ? `win money now ${'x '.repeat(40)}` : `see you at ${i % 12}`,
      expected: spam ? 'spam' : 'good',
      predicted: spam && i % 2 === 0 ? 'spam' : 'good',
    };
  });

  test('the gate and the report say the same of constant answers and of configured baselines', async () => {
    const people = mails.map(({ id, expected }) => ({ id, predicted: expected }));
    const cwd = workFolder({
      'new.jsonl': jsonLines(mails),
      'people.jsonl': jsonLines(people),
      'slicewise.yaml': [
        'slices: [{ column: team }]',
        'baselines:',
        '  - length-only',
        '  - bag-of-words',
        '  - { name: support team, kind: human, files: people.jsonl }',
        '',
      ].join('\n'),
    });
    const { code, stdout, stderr } = await slicewise(['report', 'new.jsonl', '--quiet'], { cwd });
    expect(code, stderr).toBe(0);
    const said = stdout.replace(/\s+/g, ' ');
    expect(said).toContain("always answering 'good' scores 72.5%, lift 25.0 points");
    expect(said).toContain('hardly better than a constant answer in 1 of 2 slices');
    expect(said).toContain('INVALID-METRIC: length-only comes too close');
    expect(said).toContain('not shown to be better than bag-of-words, support team');
    expect(said).toContain('not compared with a previous run');
    expect(stdout).toMatch(/^team=b: good +100 +0\.950 +0\.950 +0\.000 .*!$/m);
    const gate = await slicewise(['gate', 'new.jsonl', '--quiet'], { cwd });
    const gateSaid = gate.stdout.replace(/\s+/g, ' ');
    const lift = /lift (25\.0 points \([0-9. to]+\))/.exec(said)![1]!;
    expect(gateSaid).toContain(lift);
  });

  test('without any it names what is missing, and nothing is marked where the run is far above', async () => {
    const rows = mails.map((row) => ({ ...row, team: 'a', predicted: row.expected }));
    const { stdout } = await report({ 'new.jsonl': rows }, 'new.jsonl', '--slice', 'team');
    const said = stdout.replace(/\s+/g, ' ');
    expect(said).toContain(
      'not compared with a simple model (slicewise baseline train), a previous run, people or another system',
    );
    expect(said).not.toContain('INVALID-METRIC');
    expect(said).not.toContain('a lift with a mark');
  });
});

describe('questions of their own', () => {
  test('--outcome compares two framings on what both lead to', async () => {
    const truth = (i: number) => ['card', 'cash', 'login', 'bug', 'idea'][i % 5]!;
    const old = cases(100, (i) => ({ expected: truth(i), predicted: i % 5 === 0 ? 'cash' : truth(i) }));
    const next = cases(100, (i) => ({
      expected: truth(i),
      predicted: i < 10 ? 'poem' : i % 5 < 2 ? 'money' : 'tech',
    }));
    const map = {
      ...{ card: 'PAY', cash: 'PAY', login: 'HELP', bug: 'HELP', idea: 'HELP' },
      candidate: { money: 'PAY', tech: 'HELP' },
    };
    const { code, stdout } = await report(
      { 'old.jsonl': old, 'new.jsonl': next, 'map.json': JSON.stringify(map) },
      ...['old.jsonl', 'new.jsonl', '--outcome', 'map.json'],
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Outcome +0\.900 .*1\.000 before; change -0\.100/m);
    expect(stdout).toContain('answers of the new run without an outcome: poem');
  });

  test('--metric cost lists the cost per case of every slice', async () => {
    const rows = cases(200, (i) => ({
      team: i % 2 === 0 ? 'a' : 'b',
      expected: i % 4 === 0 ? 'fraud' : 'ok',
      predicted: i % 8 === 0 ? 'fraud' : 'ok',
    }));
    const { code, stdout, stderr } = await report(
      { 'new.jsonl': rows },
      ...['new.jsonl', '--slice', 'team', '--metric', 'cost', '--positive', 'fraud'],
      ...['--cost', 'miss=100,false-alarm=1', '--format', 'csv'],
    );
    expect(code, stderr).toBe(0);
    const table = parse(stdout, { columns: true }) as Record<string, string>[];
    // 25 of 200 are missed frauds at 100 each, all of them in team a.
    const costs = table.filter(({ metric }) => metric === 'cost').map((row) => [row.value, row.candidate]);
    expect(costs).toEqual([
      ['(all)', '12.5'],
      ['a', '25'],
      ['b', '0'],
    ]);
  });

  test('--span-match overlap takes a span that shares a character', async () => {
    const rows = cases(40, () => ({
      expected: [{ start: 0, end: 5, label: 'name' }],
      predicted: [{ start: 3, end: 9, label: 'name' }],
    }));
    const spans = ['new.jsonl', '--parts', 'spans'];
    const exact = await report({ 'new.jsonl': rows }, ...spans);
    expect(exact.stdout).toMatch(/^recall +0\.000/m);
    const overlap = await report({ 'new.jsonl': rows }, ...spans, '--span-match', 'overlap');
    expect(overlap.stdout).toMatch(/^recall +1\.000/m);
    // The whole is right only where every span matches exactly.
    expect(overlap.stdout).toMatch(/^whole case +0\.000/m);
    const alone = await report({ 'new.jsonl': rows }, 'new.jsonl', '--span-match', 'overlap');
    expect([alone.code, alone.stderr.includes('add --parts spans')]).toEqual([2, true]);
  });
});
