/** Files that are no results: what was found, where, what was expected, what to do; exit code 2 and nothing written. */

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readXml } from '../read-xml.ts';
import { jsonLines, slicewise, workFolder } from './cli.ts';
import { gateIn, sliceOf } from './gate-run.ts';

const ROWS = Array.from({ length: 30 }, (_, i) => ({ case_id: `c${i}`, segment: 'a', passed: i % 3 !== 0 }));
const GOOD = jsonLines(ROWS);
const after = (line: string) => `${GOOD}${line}\n`;
const csv = (...lines: string[]) => `case_id,segment,passed\n${lines.join('\n')}\n`;

/** Name and content of the file, and everything that standard error must say, in order. */
const BAD: readonly (readonly [
  what: string,
  file: string,
  content: string | Uint8Array,
  says: readonly string[],
])[] = [
  [
    'malformed JSON',
    'new.jsonl',
    after('{"case_id": "x", passed: true}'),
    ['found "passed", expected a text in double quotes (new.jsonl:31:18)'],
  ],
  ['a truncated line', 'new.jsonl', `${GOOD}{"case_id": "x", "pas`, ['does not end (new.jsonl:31:18)']],
  [
    'a truncated array',
    'new.json',
    '[{"case_id":"a","passed":true},',
    ['(new.json:1', 'hint: the file may be cut off'],
  ],
  ['a truncated archive', 'new.jsonl.gz', gzipSync(GOOD).subarray(0, 60), ['new.jsonl.gz']],
  ['an archive that is none', 'new.csv.gz', 'case_id,passed', ['new.csv.gz']],
  [
    'wrong types, all of them',
    'new.jsonl',
    after(
      '{"case_id":"t1","segment":"a","passed":"maybe"}\n{"case_id":"t2","segment":"a","passed":2}\n[1,2]',
    ),
    [
      '"passed" is "maybe" or "2", expected true or false, 1 or 0',
      '(new.jsonl:31, and line 32)',
      'hint: say which texts mean that a case passed with --pass-words',
      'found "[", expected a JSON object (new.jsonl:33:1)',
      'hint: each row is one object',
    ],
  ],
  [
    'duplicate ids, all of them with both lines',
    'new.jsonl',
    after(jsonLines([ROWS[3]!, ROWS[4]!]).trimEnd()),
    [
      'case "c3" has 2 rows in the candidate, expected one: new.jsonl:4, new.jsonl:31',
      'case "c4" has 2 rows in the candidate, expected one: new.jsonl:5, new.jsonl:32',
      'hint: give repeats of a case different trials',
    ],
  ],
  [
    'Latin-1 among UTF-8',
    'new.jsonl',
    Buffer.concat([Buffer.from(GOOD), Buffer.from('{"case_id":"caf\xe9","passed":true}\n', 'latin1')]),
    ['(0xE9) is not UTF-8 (new.jsonl:31)', 'hint: save the file as UTF-8'],
  ],
  [
    'UTF-16',
    'new.jsonl',
    Buffer.from(`\ufeff${GOOD}`, 'utf16le'),
    ['UTF-16', '(new.jsonl:1)', 'hint: save the file as UTF-8'],
  ],
  [
    'NaN in JSON',
    'new.jsonl',
    after('{"case_id":"n","passed":NaN}'),
    ['"passed": NaN is no number (new.jsonl:31', 'hint: write null'],
  ],
  [
    'NaN in CSV',
    'new.csv',
    'case_id,segment,score\nc1,a,0.5\nc2,a,nan\n',
    ['"score" is "nan": NaN is no number', '(new.csv:3)'],
  ],
  ['infinity', 'new.csv', 'case_id,segment,score\nc1,a,Infinity\n', ['"score" is "Infinity"', '(new.csv:2)']],
  [
    'an empty file',
    'new.jsonl',
    '',
    ['the file is empty, expected rows (new.jsonl)', 'hint: check the program that wrote it'],
  ],
  [
    'a header alone',
    'new.csv',
    'case_id,segment,passed\n',
    ['the file has no rows, expected at least one (new.csv)'],
  ],
  [
    'a binary file',
    'new.jsonl',
    Uint8Array.from({ length: 3000 }, (_, i) => (i * 97 + 128) % 256),
    ['(new.jsonl:1)'],
  ],
  [
    'Parquet that is none',
    'new.parquet',
    `PAR1${'x'.repeat(100)}`,
    ['not a whole Parquet file', '(new.parquet)', 'hint: make or copy'],
  ],
  [
    'CSV rows of other lengths, and a quote that never ends',
    'new.csv',
    csv('c1,a,true', 'c2,a', 'c3,a,true,more', 'c4,"a,true'),
    [
      'the row has 2 fields, expected 3 as in the header (new.csv:3)',
      'the row has 4 fields, expected 3 as in the header (new.csv:4)',
      'a double quote is opened here and never closed (new.csv:5:4)',
    ],
  ],
  [
    'a column named twice',
    'new.csv',
    'case_id,passed,passed\n1,true,false\n',
    ['the header names "passed" twice', '(new.csv:1)'],
  ],
  [
    'no id and no input',
    'new.jsonl',
    '{"segment":"a","passed":true}\n',
    ['no column is known as the case id', 'hint: name the column', '--map caseId=COLUMN'],
  ],
  [
    'nothing to measure',
    'new.jsonl',
    '{"case_id":"c1","segment":"a"}\n',
    ['there is nothing to measure', 'hint: map one with --map passed=COLUMN'],
  ],
];

describe('a file that is no run of results', () => {
  test.each(BAD)('%s', async (_what, file, content, says) => {
    const cwd = workFolder({ 'old.jsonl': GOOD, [file]: content });
    const before = readdirSync(cwd);
    const { code, stdout, stderr } = await slicewise(
      ['old.jsonl', file, '--out', 'report.json', '--out', 'report.md'],
      { cwd },
    );
    expect(code, stderr).toBe(2);
    expect(stdout).toBe('');
    let from = 0;
    for (const part of says) {
      const at = stderr.indexOf(part, from);
      expect(at, `${part} in\n${stderr}`).toBeGreaterThanOrEqual(0);
      from = at;
    }
    expect(stderr).not.toMatch(/should not have happened|\n\s+at /);
    expect(stderr.split('\n').every((line) => line === '' || /^(slicewise: | {2})/.test(line))).toBe(true);
    expect(readdirSync(cwd)).toEqual(before);
  });

  test('a directory', async () => {
    const cwd = workFolder({ 'old.jsonl': GOOD });
    mkdirSync(join(cwd, 'runs'));
    const { code, stderr } = await slicewise(['old.jsonl', 'runs'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('found a directory, expected a file (runs)');
    expect(stderr).toContain('runs/*.jsonl');
  });

  test('a pattern without files', async () => {
    const cwd = workFolder({ 'old.jsonl': GOOD });
    const { code, stderr } = await slicewise(['old.jsonl', 'none-*.jsonl'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('no file matches the pattern "none-*.jsonl"');
  });
});

describe('columns and rules that do not fit', () => {
  const cwd = () => workFolder({ 'old.jsonl': GOOD, 'new.jsonl': GOOD });

  test.each([
    [
      ['--slice', 'segmnt'],
      ["needs column 'segmnt'", 'columns: case_id, passed, segment', "did you mean 'segment'?"],
    ],
    [
      ['--slice', 'x', '--slice', 'y'],
      ["column 'x'", "column 'y'"],
    ],
    [
      ['--metric', 'mean:tokens', '--margin', 'mean:tokens=5'],
      ["metric 'mean:tokens' needs column 'tokens'"],
    ],
    [
      ['--metric', 'mean:segment', '--margin', 'mean:segment=5'],
      ["metric 'mean:segment' needs numbers", 'holds no number in any of its 60 rows'],
    ],
    [
      ['--map', 'passed=pased'],
      ['"pased", which does not exist', 'did you mean "passed"'],
    ],
    [['--map', 'baseline.wat=passed'], ['"wat" is no role']],
    [['--where', 'long: length(input'], ['long']],
    [['--floor', '1.5'], ['1.5']],
    [['--metric', 'mean:passed'], ['mean:passed']],
  ])('%j', async (args, says) => {
    const folder = cwd();
    const { code, stdout, stderr } = await slicewise(
      ['gate', 'old.jsonl', 'new.jsonl', ...args, '--format', 'json', '--out', 'report.json'],
      { cwd: folder },
    );
    expect(code, stderr).toBe(2);
    expect(stdout).toBe('');
    for (const part of says) expect(stderr).toContain(part);
    expect(readdirSync(folder).toSorted()).toEqual(['new.jsonl', 'old.jsonl']);
  });

  test('every mistake of a configuration is told at once, with line and column', async () => {
    const folder = workFolder({
      'old.jsonl': GOOD,
      'new.jsonl': GOOD,
      'slicewise.yaml': 'policy:\n  minCases: -3\n  margin: lots\nslices:\n  - colum: x\n',
    });
    const { code, stdout, stderr } = await slicewise(['gate', 'old.jsonl', 'new.jsonl'], { cwd: folder });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('policy.minCases is -3, must be at least 1 (slicewise.yaml:2:13)');
    expect(stderr).toContain('policy.margin is "lots", must be a number (slicewise.yaml:3:11)');
    expect(stderr).toContain('slices[0].colum is unknown (slicewise.yaml:5:5)');
    expect(stderr).toContain('did you mean "column"?');
  });

  test('YAML that does not parse is told with line and column', async () => {
    const folder = workFolder({
      'old.jsonl': GOOD,
      'new.jsonl': GOOD,
      'p.yaml': 'policy:\n  margin: [1\nslices: {',
    });
    const { code, stdout, stderr } = await slicewise(
      ['gate', '--config', 'p.yaml', 'old.jsonl', 'new.jsonl'],
      {
        cwd: folder,
      },
    );
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/\(p\.yaml:3:\d+\)/);
  });
});

describe('what is unusual, and no mistake', () => {
  test('integers beyond 2^53 stay themselves as ids', async () => {
    const ids = Array.from({ length: 30 }, (_, i) => `${9007199254740993n + BigInt(i)}`);
    const text = (flip: boolean) =>
      ids.map((id, i) => `{"case_id": ${id}, "segment": "a", "passed": ${!(flip && i < 6)}}\n`).join('');
    const cwd = workFolder({ 'old.jsonl': text(false), 'new.jsonl': text(true) });
    const { report, code } = await gateIn(cwd, ['old.jsonl', 'new.jsonl']);
    expect(code).toBe(1);
    expect(report.counts.paired).toBe(30);
    expect(sliceOf(report, 'a').cases.lost.map(({ id }) => id)).toEqual(ids.slice(0, 6));
  });

  const HOSTILE = [
    'a "quoted", one',
    'line\nbreak',
    "=HYPERLINK('http://x')",
    '+1',
    '@cmd',
    '<script>alert(1)</script>',
    '../../etc/passwd',
    '..\\..\\x',
    'a=b=c',
    '| pipe | `tick` |',
    '\u202eevil',
    '名前 🙂',
    'x'.repeat(300),
    '__proto__',
    'constructor',
    '</testsuite>]]>',
  ];

  test('hostile ids and slice names keep their spelling, break no format and touch no other file', async () => {
    const rows = (flip: boolean) =>
      jsonLines(
        HOSTILE.flatMap((segment) =>
          Array.from({ length: 20 }, (_, i) => ({
            case_id: `${segment}/${i}`,
            segment,
            passed: !(flip && i < 12),
          })),
        ),
      );
    const cwd = workFolder({ 'run/old.jsonl': rows(false), 'run/new.jsonl': rows(true) });
    const folder = join(cwd, 'run');
    const formats = ['report.md', 'report.xml', 'report.sarif', 'report.csv', 'report.txt'];
    const { report, code, stdout } = await gateIn(folder, [
      'gate',
      'old.jsonl',
      'new.jsonl',
      '--critical',
      'segment=a=b=c',
      '--ledger',
      'ledger.db',
      '--record-as',
      'a name',
      ...formats.flatMap((file) => ['--out', file]),
    ]);
    expect(code).toBe(1);
    expect(report.slices.map(({ value }) => value).toSorted()).toEqual(HOSTILE.toSorted());
    for (const value of HOSTILE) {
      const slice = sliceOf(report, value);
      expect(slice).toMatchObject({ n: 20, lost: 12, verdict: 'BLOCK', critical: value === 'a=b=c' });
      expect(slice.cases.lost[0]?.id).toBe(`${value}/0`);
    }
    const file = (name: string) => readFileSync(join(folder, name), 'utf8');
    expect(() => readXml(file('report.xml'))).not.toThrow();
    expect(() => JSON.parse(file('report.sarif'))).not.toThrow();
    expect(file('report.md')).not.toContain('<script>');
    // A spreadsheet takes a field that begins with one of these for a formula.
    expect(file('report.csv')).not.toMatch(/(^|,)"?[=+@]/m);
    for (const text of [stdout, file('report.txt'), file('report.md')]) expect(text).not.toContain('\u202e');
    expect(readdirSync(cwd)).toEqual(['run']);
    expect(
      readdirSync(folder).filter((name) => !/^(old|new)\.jsonl$|^report\.|^ledger\.db/.test(name)),
    ).toEqual([]);
  });

  test('a byte order mark, CRLF and blank lines at the end are read over', async () => {
    const lines = ['case_id,segment,passed', ...ROWS.map(({ case_id, passed }) => `${case_id},a,${passed}`)];
    const cwd = workFolder({ 'old.csv': `\ufeff${lines.join('\r\n')}\r\n\r\n`, 'new.jsonl': GOOD });
    const { report, code } = await gateIn(cwd, ['old.csv', 'new.jsonl']);
    expect(code).toBe(0);
    expect(report.counts).toMatchObject({ paired: 30, onlyBaseline: 0, onlyCandidate: 0 });
  });

  test('the inputs are the same bytes afterwards', async () => {
    const cwd = workFolder({ 'old.jsonl': GOOD, 'new.jsonl': after('{"case_id": oops}') });
    const digest = () =>
      ['old.jsonl', 'new.jsonl'].map((name) =>
        createHash('sha256')
          .update(readFileSync(join(cwd, name)))
          .digest('hex'),
      );
    const before = digest();
    const refused = await slicewise(['old.jsonl', 'new.jsonl', '--out', './new.jsonl', '--format', 'json'], {
      cwd,
    });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('is an input');
    expect(digest()).toEqual(before);
  });
});
