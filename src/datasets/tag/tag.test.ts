import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runTag, type TagRequest } from './run-tag.ts';
import { tagAccuracy } from './tag-accuracy.ts';
import { renderTags } from './tag-page.ts';

let cwd = '';
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'slicewise-tag-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const RULES = `name: domain
version: 2
match: first
rules:
  - { tag: card, words: [card, cards, "pin code"] }
  - { tag: code, pattern: '(?i)\\bpin\\b' }
  - { tag: long, where: words(input) > 6 }
  - { tag: code, words: [password] }
`;

const INPUTS: Readonly<Record<string, string>> = {
  a: 'Where is my CARD?',
  b: 'My PIN code is lost',
  c: 'my Pin, please',
  d: 'one two three four five six seven',
  e: 'discard the cardboard',
  f: 'password of the card',
  g: 'the password',
};

function write(name: string, text: string): void {
  writeFileSync(join(cwd, name), text);
}

function writeRun(name: string, rows: readonly object[]): void {
  write(name, `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`);
}

const rowsOf = () =>
  Object.entries(INPUTS).map(([id, input]) => ({ id, input, passed: true, n: 3, tokens: '007' }));

function run(changes: Partial<TagRequest> = {}) {
  return runTag({
    files: ['run.jsonl'],
    cwd,
    run: null,
    mapping: {},
    rules: 'rules.yaml',
    as: null,
    output: null,
    check: null,
    sample: null,
    ...changes,
  });
}

const lines = (name: string) =>
  readFileSync(join(cwd, name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('tagging', () => {
  beforeEach(() => {
    write('rules.yaml', RULES);
    writeRun('run.jsonl', rowsOf());
  });

  it('gives the tag of the first rule that matches, or none', async () => {
    await run({ output: 'out.jsonl' });
    expect(lines('out.jsonl').map(({ id, domain }) => [id, domain])).toEqual([
      ['a', 'card'],
      ['b', 'card'],
      ['c', 'code'],
      ['d', 'long'],
      ['e', undefined],
      ['f', 'card'],
      ['g', 'code'],
    ]);
  });

  it('gives every tag that matches where the rules say so', async () => {
    write('rules.yaml', RULES.replace('first', 'all'));
    await run({ output: 'out.jsonl', as: 'topics' });
    expect(lines('out.jsonl').map(({ topics }) => topics)).toEqual([
      ['card'],
      ['card', 'code'],
      ['code'],
      ['long'],
      [],
      ['card', 'code'],
      ['code'],
    ]);
  });

  it.each([
    ['first', 'rest'],
    ['all', ['rest']],
  ])('gives what the rules call everything else (%s)', async (match, expected) => {
    write('rules.yaml', RULES.replace('match: first', `match: ${match}\notherwise: rest`));
    await run({ output: 'out.jsonl' });
    expect(lines('out.jsonl')[4].domain).toEqual(expected);
  });

  it('keeps the other columns as they are spelled, and replaces one of its own name', async () => {
    writeRun(
      'run.jsonl',
      rowsOf().map((row) => ({ ...row, domain: 'old', tags: ['x', 'y'] })),
    );
    await run({ output: 'out.jsonl' });
    expect(lines('out.jsonl')[0]).toEqual({
      id: 'a',
      input: INPUTS.a,
      passed: true,
      n: 3,
      tokens: '007',
      tags: ['x', 'y'],
      domain: 'card',
    });
  });

  it('writes Parquet that reads back the same, and reads Parquet', async () => {
    await run({ output: 'out.parquet' });
    const again = await run({ files: ['out.parquet'], output: 'again.jsonl' });
    await run({ output: 'out.jsonl' });
    expect(again.counts).toEqual((await run()).counts);
    expect(lines('again.jsonl')).toEqual(lines('out.jsonl'));
  });

  it('keeps the definition beside the rows, with a hash that the spelling of the file does not change', async () => {
    const first = await run({ output: 'out.jsonl' });
    expect(JSON.parse(readFileSync(join(cwd, 'out.jsonl.definition.json'), 'utf8'))).toEqual(first);
    write(
      'rules.yaml',
      `# a comment\n${RULES.replace('[card, cards, "pin code"]', "['card', Cards, pin-code]")}`,
    );
    expect((await run()).rulesHash).toBe(first.rulesHash);
    write('rules.yaml', RULES.replace('> 6', '> 7'));
    expect((await run()).rulesHash).not.toBe(first.rulesHash);
  });

  it('counts cases, not rows, and says which of them have rows with different tags', async () => {
    writeRun('run.jsonl', [
      { id: 'a', trial: 1, input: 'card', kind: 'x', passed: true },
      { id: 'a', trial: 2, input: 'card', kind: 'x', passed: false },
      { id: 'b', trial: 1, input: 'one', kind: 'x', passed: true },
      { id: 'b', trial: 2, input: 'one', kind: 'long', passed: true },
    ]);
    write('rules.yaml', RULES.replace('words(input) > 6', "kind == 'long'"));
    const report = await run();
    expect(report).toMatchObject({ rows: 4, cases: 2, changedCases: 1, unused: ['code', 'long'] });
    expect(report.counts).toEqual([
      { tag: 'card', cases: 1 },
      { tag: '(none)', cases: 1 },
    ]);
  });

  it('looks at what the messages of a conversation say', async () => {
    writeRun('run.jsonl', [{ id: 'a', input: [{ role: 'user', content: 'my card' }], passed: true }]);
    expect((await run()).counts).toEqual([{ tag: 'card', cases: 1 }]);
  });
});

describe('what cannot be tagged', () => {
  beforeEach(() => {
    write('rules.yaml', RULES);
    writeRun('run.jsonl', rowsOf());
  });

  it.each([
    ['where: lenght == 3', /the rules name the column "lenght".*\(rules.yaml:7:25\)/],
    ['where: passed == true', /the rules look at "passed", which says what a run did with a case \(passed\)/],
  ])('is refused: %s', async (rule, message) => {
    write('rules.yaml', RULES.replace('where: words(input) > 6', rule));
    await expect(run({ output: 'out.jsonl' })).rejects.toThrow(message);
    expect(readdirSync(cwd).sort()).toEqual(['rules.yaml', 'run.jsonl']);
  });

  it('is a run without an input, where rules look for words', async () => {
    writeRun('run.jsonl', [{ id: 'a', passed: true }]);
    await expect(run()).rejects.toThrow(/no column is known as the input/);
    writeRun('run.jsonl', [{ id: 'a', words_of: 'my card', passed: true }]);
    write('rules.yaml', `column: words_of\n${RULES.replace(/.*where.*\n/, '')}`);
    expect((await run()).counts).toEqual([{ tag: 'card', cases: 1 }]);
  });

  it('is a dimension that would take the place of an outcome', async () => {
    await expect(run({ as: 'passed' })).rejects.toThrow(/"passed" is the run's column for the passed/);
  });

  it('leaves no file behind where the run is broken', async () => {
    write('run.jsonl', '{"id":"a","input":"x","passed":true}\n{"id":\n');
    await expect(run({ output: 'out.jsonl' })).rejects.toThrow(/run.jsonl:2/);
    expect(readdirSync(cwd).sort()).toEqual(['rules.yaml', 'run.jsonl']);
  });

  it('names files that are not there, and endings that are none', async () => {
    await expect(run({ rules: 'no.yaml' })).rejects.toThrow('the file of rules does not exist (no.yaml)');
    await expect(run({ output: 'out.txt' })).rejects.toThrow(/the ending of .*out.txt names no format/);
  });
});

describe('checking by hand', () => {
  beforeEach(() => {
    write('rules.yaml', RULES);
    const many = Array.from({ length: 300 }, (_, index) => ({
      id: `c${String(index).padStart(3, '0')}`,
      input: index % 10 === 0 ? `my card ${index}` : index % 10 === 1 ? `=pin "${index}"` : `other ${index}`,
      passed: true,
    }));
    writeRun('run.jsonl', many);
  });

  const sample = (file: string, size = 60, seed = 1) => ({ size, seed, file });

  it('draws half of the cases evenly over the tags, and says how likely each was drawn', async () => {
    const report = await run({ sample: sample('sheet.jsonl') });
    expect(report.worksheet).toEqual({ file: 'sheet.jsonl', cases: 60, seed: 1 });
    const rows = lines('sheet.jsonl');
    expect(rows).toHaveLength(60);
    const weights = rows.reduce((sum, { inclusion_probability: probability }) => sum + 1 / probability, 0);
    expect(weights).toBeCloseTo(300, 6);
    const cards = rows.filter(({ text }) => text.startsWith('my card'));
    expect(cards.length).toBeGreaterThanOrEqual(10);
    expect(Object.keys(rows[0])).toEqual(['case_id', 'text', 'label', 'inclusion_probability']);
  });

  it('draws the same cases for the same seed in any order of rows, and others for another', async () => {
    await run({ sample: sample('one.csv') });
    writeRun('run.jsonl', lines('run.jsonl').reverse());
    await run({ sample: sample('two.csv') });
    await run({ sample: sample('three.csv', 60, 2) });
    const [one, two, three] = ['one.csv', 'two.csv', 'three.csv'].map((name) =>
      readFileSync(join(cwd, name), 'utf8'),
    );
    expect(two).toBe(one);
    expect(three).not.toBe(one);
  });

  it('reads labels back with precision and recall, weighted by the draw', async () => {
    await run({ sample: sample('sheet.jsonl') });
    // Truth: what the rules call code is right; of the cards only those with an even number are.
    const label = (text: string) =>
      text.startsWith('=pin') ? 'code' : /card \d*[02468]0$/.test(text) ? 'card' : '(none)';
    const rows = lines('sheet.jsonl');
    writeRun(
      'labels.jsonl',
      rows.map((row, index) => ({ ...row, label: index === 0 ? null : label(row.text) })),
    );
    const report = await run({ check: 'labels.jsonl', output: 'out.jsonl' });
    expect(report.checked?.cases).toBe(59);
    expect(report.notes).toContain('1 rows of labels.jsonl have no label yet');
    const byTag = new Map(report.checked?.accuracy.map((one) => [one.tag, one]));
    expect([...byTag.keys()]).toEqual(['card', 'code', '(none)']);
    expect(byTag.get('code')?.precision).toMatchObject({ estimate: 1, upper: 1 });
    expect(byTag.get('code')?.recall.estimate).toBe(1);
    expect(byTag.get('card')?.precision.estimate).toBeLessThan(0.8);
    expect(byTag.get('card')?.recall.estimate).toBe(1);
    expect(byTag.get('(none)')?.recall.estimate).toBeLessThan(1);
    expect(renderTags(report, 'terminal')).toContain('precision');
    expect(renderTags(report, 'csv').split('\r\n')[0]).toBe(
      'tag,cases,precision,precision_lower,precision_upper,precision_n,recall,recall_lower,recall_upper,recall_n',
    );
  });

  it('says that recall needs the draw, and which labels no rule gives', async () => {
    writeRun('labels.jsonl', [
      { id: 'c000', label: 'card' },
      { id: 'c001', label: 'kode' },
      { id: 'zzz', label: 'card' },
    ]);
    const { notes } = await run({ check: 'labels.jsonl' });
    expect(notes.join('\n')).toMatch(/recall holds only for a plain random sample/);
    expect(notes).toContain('labels that no rule gives: "kode"');
    expect(notes).toContain('1 labelled cases of labels.jsonl are not in the run');
  });

  it.each([
    [[{ id: 'c000', tag: 'x' }], /has no column label/],
    [
      [
        { id: 'c000', label: 'card' },
        { id: 'c000', label: 'code' },
      ],
      /case "c000" is labelled twice \(labels.jsonl:2\)/,
    ],
    [
      [{ id: 'c000', label: 'card', inclusion_probability: 0 }],
      /must be a number above 0 and at most 1 \(labels.jsonl:1\)/,
    ],
    [[{ id: 'zzz', label: 'card' }], /labels no case of this run \(1 other cases, 0 open\)/],
  ])('refuses labels that fit nothing: %j', async (rows, message) => {
    writeRun('labels.jsonl', rows);
    await expect(run({ check: 'labels.jsonl', output: 'out.jsonl' })).rejects.toThrow(message);
    expect(existsSync(join(cwd, 'out.jsonl'))).toBe(false);
  });
});

describe('precision and recall', () => {
  const one = (found: string, truth: string, probability = 1) => ({
    found: found === '' ? [] : found.split('+'),
    truth: truth === '' ? [] : truth.split('+'),
    probability,
  });

  it('are shares with Wilson intervals', () => {
    const cases = [
      ...Array.from({ length: 40 }, () => one('a', 'a')),
      ...Array.from({ length: 7 }, () => one('a', 'b')),
    ];
    const [a, b] = tagAccuracy(cases);
    // Wilson: 40 of 47 is 0.8511 from 0.7231 to 0.9259.
    expect(a?.precision).toMatchObject({ n: 47, estimate: 40 / 47 });
    expect(a?.precision.lower).toBeCloseTo(0.7231, 4);
    expect(a?.precision.upper).toBeCloseTo(0.9259, 4);
    expect(a?.recall).toMatchObject({ n: 40, estimate: 1 });
    expect(b?.precision).toMatchObject({ n: 0, estimate: null });
    expect(b?.recall).toMatchObject({ n: 7, estimate: 0 });
  });

  it('count a tag among several, and no tag as one', () => {
    const [a, b, none] = tagAccuracy([one('a+b', 'a'), one('', ''), one('', 'b')]);
    expect([a?.precision.estimate, b?.precision.estimate, none?.precision.estimate]).toEqual([1, 0, 0.5]);
    expect(none?.tag).toBe('(none)');
  });

  it('weigh cases by how likely they were drawn', () => {
    const [a] = tagAccuracy([one('a', 'a', 0.5), one('a', 'b', 0.25), one('b', 'a', 0.1)]);
    expect(a?.precision.estimate).toBeCloseTo(2 / 6, 12);
    expect(a?.recall.estimate).toBeCloseTo(2 / 12, 12);
    expect(a?.precision.n).toBeCloseTo(36 / 20, 12);
  });
});
