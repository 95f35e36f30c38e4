import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ColumnMapping, ResultChunk } from '../cases/index.ts';
import { DataError } from '../errors.ts';
import { openRun } from './index.ts';

type Content = string | Buffer;

interface Opened {
  readonly rows: readonly string[];
  readonly chunks: readonly ResultChunk[];
  readonly run: Awaited<ReturnType<typeof openRun>>;
}

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'slicewise-sources-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let counter = 0;

/** A new folder with these files. */
function folderWith(files: Readonly<Record<string, Content>>): string {
  counter += 1;
  const cwd = join(folder, `${counter}`);
  mkdirSync(cwd);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), content);
  }
  return cwd;
}

/** Opens and reads everything; a row reads `id/trial status passed`. */
async function read(
  files: Readonly<Record<string, Content>>,
  names: readonly string[] = Object.keys(files),
  options: { mapping?: ColumnMapping; run?: string; stdin?: Content } = {},
): Promise<Opened> {
  const { stdin } = options;
  const run = await openRun({
    files: names,
    run: options.run ?? null,
    mapping: options.mapping ?? {},
    cwd: folderWith(files),
    ...(stdin === undefined ? {} : { stdin: streamOf(stdin) }),
  });
  const chunks: ResultChunk[] = [];
  if (run.source.kind === 'rows') for await (const chunk of run.source.chunks) chunks.push(chunk);
  const rows = chunks.flatMap((chunk) =>
    chunk.caseId.map((id, row) => `${id}/${chunk.trial[row]} ${chunk.status[row]} ${chunk.passed[row]}`),
  );
  return { rows, chunks, run };
}

async function* streamOf(content: Content): AsyncGenerator<Uint8Array> {
  yield Buffer.from(content);
}

const CSV = 'id,passed\na,1\nb,0\n';
const JSONL = '{"id":"a","passed":true}\n{"id":"b","passed":false}\n';
const AB = ['a/ scored 1', 'b/ scored 0'];

describe('files that can be read', () => {
  const good: readonly [string, Record<string, Content>, string, readonly string[]][] = [
    ['CSV', { 'r.csv': CSV }, 'csv', AB],
    ['CSV with CRLF', { 'r.csv': CSV.replaceAll('\n', '\r\n') }, 'csv', AB],
    ['CSV without a last line end', { 'r.csv': CSV.trimEnd() }, 'csv', AB],
    ['CSV with a byte order mark', { 'r.csv': `\ufeff${CSV}` }, 'csv', AB],
    ['CSV with blank lines', { 'r.csv': '\n\nid,passed\na,1\n\nb,0\n  \n' }, 'csv', AB],
    ['CSV with quotes', { 'r.csv': '"id","passed"\n"a","1"\n"b",0' }, 'csv', AB],
    ['CSV with semicolons', { 'r.csv': CSV.replaceAll(',', ';') }, 'csv', AB],
    ['CSV that declares its separator', { 'r.csv': `sep=;\r\n${CSV.replaceAll(',', ';')}` }, 'csv', AB],
    ['CSV without an extension', { results: CSV }, 'csv', AB],
    ['TSV', { 'r.tsv': CSV.replaceAll(',', '\t') }, 'tsv', AB],
    ['TSV named CSV', { 'r.csv': CSV.replaceAll(',', '\t') }, 'tsv', AB],
    ['CSV named JSON', { 'r.json': CSV }, 'csv', AB],
    ['JSON lines', { 'r.jsonl': JSONL }, 'jsonl', AB],
    [
      'JSON lines with CRLF and blanks',
      { 'r.jsonl': `\n ${JSONL.replaceAll('\n', ' \r\n\r\n')}` },
      'jsonl',
      AB,
    ],
    ['JSON lines with a byte order mark', { 'r.jsonl': `\ufeff${JSONL}` }, 'jsonl', AB],
    ['JSON lines named .json', { 'r.json': JSONL }, 'jsonl', AB],
    ['JSON lines named .csv', { 'r.csv': JSONL }, 'jsonl', AB],
    ['a JSON array', { 'r.json': `[${JSONL.trim().replace('\n', ',')}]` }, 'json', AB],
    [
      'a pretty JSON array named .jsonl',
      {
        'r.jsonl': JSON.stringify(
          JSONL.trim()
            .split('\n')
            .map((line) => JSON.parse(line)),
          null,
          2,
        ),
      },
      'json',
      AB,
    ],
    ['a single JSON line', { 'r.jsonl': '{"id":"a","passed":true}' }, 'jsonl', [AB[0]!]],
    ['gzip', { 'r.csv.gz': gzipSync(CSV) }, 'csv', AB],
    [
      'gzip of several members',
      { 'r.csv.gz': Buffer.concat([gzipSync('id,passed\na,1\n'), gzipSync('b,0\n')]) },
      'csv',
      AB,
    ],
    ['gzip without the extension', { 'r.jsonl': gzipSync(JSONL) }, 'jsonl', AB],
    ['Zstandard', { 'r.jsonl.zst': zstdCompressSync(JSONL) }, 'jsonl', AB],
    [
      'Zstandard of several frames',
      { 'r.csv.zst': Buffer.concat([zstdCompressSync('id,passed\na,1\n'), zstdCompressSync('b,0\n')]) },
      'csv',
      AB,
    ],
    [
      'two files of different formats',
      { 'x.csv': 'id,passed\na,1\n', 'y.jsonl': '{"id":"b","passed":false}' },
      'mixed',
      AB,
    ],
  ];
  it.each(good)('reads %s', async (_name, files, format, rows) => {
    const opened = await read(files);
    expect(opened.run.format).toBe(format);
    expect(opened.rows).toEqual(rows);
  });

  it('reads standard input in any format', async () => {
    for (const stdin of [CSV, JSONL, gzipSync(CSV)]) {
      const { rows, run } = await read({}, ['-'], { stdin });
      expect(rows).toEqual(AB);
      expect(run.files).toEqual(['standard input']);
    }
  });

  it('reads a run as often as wanted, with the same rows', async () => {
    const { run, rows } = await read({}, ['-'], { stdin: CSV });
    const again: string[] = [];
    if (run.source.kind === 'rows') for await (const chunk of run.source.chunks) again.push(...chunk.caseId);
    expect(again).toHaveLength(rows.length);
  });

  it('orders files by their bytes, whatever the order in which they are given, and reads each once', async () => {
    const files = {
      'b.csv': 'id,passed\nb,1\n',
      'a.csv': 'id,passed\na,1\n',
      'é.csv': 'id,passed\ne,1\n',
      'Z.csv': 'id,passed\nz,1\n',
    };
    const expected = ['Z.csv', 'a.csv', 'b.csv', 'é.csv'];
    expect((await read(files, ['b.csv', 'é.csv', 'a.csv', 'Z.csv'])).run.files).toEqual(expected);
    const globbed = await read(files, ['*.csv', './a.csv']);
    expect(globbed.run.files).toEqual(expected);
    expect(globbed.rows.map((row) => row[0])).toEqual(['z', 'a', 'b', 'e']);
    expect(globbed.run.notes).toContain('a.csv was named more than once and is read once');
  });

  it('takes a path that exists as it is, even when it looks like a pattern', async () => {
    const { run } = await read({ 'a[1]*.csv': CSV, 'a1.csv': CSV }, ['a[1]*.csv']);
    expect(run.files).toEqual(['a[1]*.csv']);
  });

  it('cuts long files into chunks of 10,000 rows with the right lines', async () => {
    const lines = Array.from({ length: 25_000 }, (_, index) => `c${index},${index % 2}`);
    const { chunks } = await read({ 'r.csv': `id,passed\n${lines.join('\n')}\n` });
    expect(chunks.map((chunk) => chunk.lines.length)).toEqual([10_000, 10_000, 5_000]);
    expect(chunks[2]!.lines[0]).toBe(20_002);
    expect(chunks[2]!.caseId[4_999]).toBe('c24999');
  });

  it('finds a role column that first shows up after many rows', async () => {
    const lines = Array.from({ length: 12_000 }, (_, index) => `{"id":${index},"passed":true}`);
    lines.push('{"id":"late","passed":null,"error":{"message":"boom"}}');
    const { run, chunks } = await read({ 'r.jsonl': lines.join('\n') });
    expect(run.mapping.error).toBe('error.message');
    expect(chunks.flatMap((chunk) => chunk.status.filter((status) => status === 'error'))).toHaveLength(1);
    expect(chunks[0]!.attributes.has('error.message')).toBe(false);
  });

  it('keeps hostile values and names as they are', async () => {
    const names = [
      'a"b',
      'a,b',
      'a\nb',
      '=SUM(A1)',
      '<script>alert(1)</script>',
      "'; drop table x; --",
      '__proto__',
      'x'.repeat(5_000),
      ' \u202e ',
      '空',
    ];
    const row = Object.fromEntries([
      ['id', 'x\u0000y'],
      ['passed', 'true'],
      ...names.map((name) => [name, name]),
    ]);
    const { chunks } = await read({ 'r.jsonl': JSON.stringify(row) });
    const attributes = chunks[0]!.attributes;
    for (const name of names) expect(attributes.get(name)).toEqual([name]);
    expect(chunks[0]!.caseId).toEqual(['x\u0000y']);
  });

  it('reads the schema of Parquet and leaves its rows to the engine', async () => {
    const file = Buffer.from(
      parquetWriteBuffer({
        columnData: [
          { name: 'case_id', data: ['a', 'b'] },
          { name: 'passed', data: [true, false] },
        ],
      }),
    );
    const { run } = await read({ 'r.data': file });
    expect(run).toMatchObject({
      format: 'parquet',
      columns: ['case_id', 'passed'],
      mapping: { caseId: 'case_id', passed: 'passed' },
      bytes: file.length,
    });
    expect(run.source).toMatchObject({ kind: 'parquet', run: null });
  });

  it('says what it noticed about the columns', async () => {
    const { run } = await read({ 'a.csv': 'id,uid,pass\n1,2,1\n', 'b.csv': 'id,uid\n3,4\n' });
    expect(run.notes).toEqual([
      'column "id" is taken as case id; "uid" would do too (--map caseId=COLUMN chooses)',
      'the passed column "pass" is missing from "b.csv"',
    ]);
  });

  it('tells cases apart by their input where there is no case id', async () => {
    const { rows, run } = await read({ 'r.csv': 'question,passed\nhow?,1\n' });
    expect(rows).toEqual(['how?/ scored 1']);
    expect(run.notes[0]).toBe(
      'no case id column: cases are told apart by their input text (column "question")',
    );
  });
});

describe('one run of several in a file', () => {
  const file = { 'r.csv': 'id,model,passed\n1,old,1\n1,new,0\n2,old,1\n' };

  it('keeps the rows of the run that was asked for', async () => {
    expect((await read(file, ['r.csv'], { run: 'old' })).rows).toEqual(['1/ scored 1', '2/ scored 1']);
    const chosen = await read(file, ['r.csv'], { run: 'new', mapping: { run: 'model' } });
    expect(chosen.rows).toEqual(['1/ scored 0']);
    expect(chosen.chunks[0]!.lines).toEqual([3]);
    expect(chosen.chunks[0]!.attributes.get('model')).toEqual(['new']);
  });

  it('names the runs when none or a wrong one was asked for', async () => {
    await expect(read(file, ['r.csv'], { mapping: { run: 'model' } })).rejects.toThrow(
      'column "model" holds 2 runs, expected one: "new" (1 row), "old" (2 rows) (r.csv)\n  hint: choose one with --candidate-run new',
    );
    await expect(read(file, ['r.csv'], { run: 'newer' })).rejects.toThrow(
      'no row has the run "newer" in column "model"; the runs are "new" (1 row), "old" (2 rows)',
    );
    await expect(read({ 'r.csv': CSV }, ['r.csv'], { run: 'x' })).rejects.toThrow(
      'the run "x" was asked for, but no column is known as the run; the columns are "id", "passed"',
    );
  });
});

/** The head of a tar archive: its mark stands at byte 257. */
const TAR = Buffer.concat([Buffer.alloc(257, 'r'), Buffer.from('ustar'), Buffer.alloc(250)]);

describe('files that cannot be read', () => {
  const bad: readonly [string, Record<string, Content>, readonly string[]][] = [
    ['an empty file', { 'r.csv': '' }, ['the file is empty, expected rows (r.csv)']],
    ['a blank file', { 'r.jsonl': '\n \n' }, ['the file is empty, expected rows (r.jsonl)']],
    ['a header alone', { 'r.csv': 'id,passed\n' }, ['the file has no rows', '(r.csv)']],
    ['an empty array', { 'r.json': '[]' }, ['the file has no rows', '(r.json)']],
    [
      'Latin-1',
      { 'r.csv': Buffer.from('id,passed\nok,1\ncafé,1\n', 'latin1') },
      ['byte 19 of the file (0xE9) is not UTF-8 (r.csv:3)', 'Latin-1'],
    ],
    [
      'UTF-8 that is cut off',
      { 'r.csv': Buffer.from('id,passed\né').subarray(0, 11) },
      ['byte 11 of the file (0xC3) is not UTF-8 (r.csv:2)'],
    ],
    ['UTF-16', { 'r.csv': Buffer.from(`\ufeff${CSV}`, 'utf16le') }, ['UTF-16', 'byte 1', '(r.csv:1)']],
    ['a NUL byte', { 'r.csv': 'id,passed\na\0,1\n' }, ['byte 12 of the file is NUL', '(r.csv:2)']],
    ['a ZIP archive', { 'r.xlsx': Buffer.from('PK\x03\x04 and more') }, ['ZIP archive', 'expected rows']],
    ['compressed Parquet', { 'r.parquet.gz': gzipSync('PAR1xxxxPAR1') }, ['compressed Parquet']],
    [
      'a compressed log of Inspect',
      { 'x.eval.gz': gzipSync('PK\x03\x04 and more') },
      ['is a ZIP archive within gzip', 'unpack it once', '(.eval) are read without'],
    ],
    ['gzip twice', { 'r.csv.gz': gzipSync(gzipSync(CSV)) }, ['is gzip data within gzip', 'unpack it once']],
    ['bzip2', { 'r.csv.bz2': Buffer.from('BZh91AY') }, ['bzip2 data', 'bunzip2', 'gzip (.gz)']],
    ['tar', { 'r.tar': TAR }, ['is a tar archive', 'tar -xf']],
    ['compressed tar', { 'r.tgz': gzipSync(TAR) }, ['is a tar archive within gzip', 'tar -xf']],
    ['damaged Parquet', { 'r.parquet': 'PAR1xxxxxxxxxx' }, ['not a whole Parquet file', '(r.parquet)']],
    [
      'gzip that is cut off',
      { 'r.csv.gz': gzipSync(CSV).subarray(0, 15) },
      ['the gzip data are damaged or cut off', '(r.csv.gz)'],
    ],
    [
      'Zstandard that is damaged',
      { 'r.csv.zst': Buffer.concat([zstdCompressSync(CSV).subarray(0, 9), Buffer.from('xxxxxxxxxx')]) },
      ['the zstd data are damaged or cut off'],
    ],
    ['carriage returns alone', { 'r.csv': CSV.replaceAll('\n', '\r') }, ['carriage return alone']],
    [
      'Parquet beside text',
      {
        'a.csv': CSV,
        'b.parquet': Buffer.from(parquetWriteBuffer({ columnData: [{ name: 'id', data: ['a'] }] })),
      },
      ['b.parquet is Parquet and a.csv is text'],
    ],
    [
      'a big object that no tool is known to write',
      { 'r.json': '{\n  "evalId": "x",\n  "samples": []\n}' },
      ['one JSON object with the keys "evalId", "samples"', 'expected rows', '--from'],
    ],
    [
      'a log of Inspect that is cut off',
      { 'r.eval': Buffer.from('PK\x03\x04 and more') },
      ['the ZIP archive is damaged or cut off', '(r.eval)'],
    ],
    [
      'results of another tool in one line',
      { 'r.json': '{"results":[{"id":1}]}' },
      ['one JSON object with the keys "results"', 'expected rows'],
    ],
    [
      'an object over several lines',
      { 'r.json': '{\n "a": 1\n}\n{\n "a": 2\n}' },
      ['a JSON object that goes over several lines, with the keys "a"'],
    ],
    [
      'an object that is cut off before its first key',
      { 'r.json': '{' },
      ['a JSON object that goes over several lines, expected rows'],
    ],
    [
      'header names that occur twice or are missing',
      { 'r.csv': 'id,passed,id,\na,1,2,3\nb\n' },
      [
        'the header names "id" twice, as columns 1 and 3 (r.csv:1)',
        'column 4 of the header has no name',
        'the row has 1 field, expected 4 as in the header (r.csv:3)',
      ],
    ],
    [
      'rows that are too short or too long',
      { 'r.csv': 'id,passed\na,1\nb\n"c\n\nc",1,2\nd,1,2\n' },
      [
        'the row has 1 field, expected 2 as in the header (r.csv:3)',
        'the row has 3 fields, expected 2 as in the header (r.csv:4, and line 7)',
      ],
    ],
    [
      'a quote that is not closed',
      { 'r.csv': 'id,passed\na,1\nb,"1\nc,1\n' },
      ['a double quote is opened here and never closed (r.csv:3:3)'],
    ],
    [
      'text after a closing quote',
      { 'r.csv': 'id,passed\n"a" ,1\n' },
      ['there is text after a closing quote', '(r.csv:2:4)'],
    ],
    [
      'a line that is no JSON',
      { 'r.jsonl': `${JSONL}oops\n` },
      ['found "oops", expected a JSON object (r.jsonl:3:1)'],
    ],
    [
      'a line that is no object',
      { 'r.jsonl': `${JSONL}[1]\n` },
      ['found "[", expected a JSON object (r.jsonl:3:1)'],
    ],
    [
      'a line that ends early',
      { 'r.jsonl': `${JSONL}{"id":"c","pass` },
      ['a text in quotes does not end (r.jsonl:3:11)'],
    ],
    [
      'a bare NaN',
      { 'r.jsonl': `${JSONL}{"id":"c","score":NaN}` },
      ['"score": NaN is no number (r.jsonl:3:19)'],
    ],
    [
      'a bare Infinity',
      { 'r.jsonl': `${JSONL}{"id":"c","score":-Infinity}` },
      ['"score": -Infinity is no number'],
    ],
    [
      'a key that occurs twice',
      { 'r.jsonl': `${JSONL}{"id":"c","tags":{"x":1},"tags":{"y":1}}` },
      ['"tags": the key occurs twice in one object (r.jsonl:3:26)'],
    ],
    [
      'a dotted key beside a nested one',
      { 'r.jsonl': `${JSONL}{"a.b":1,"a":{"b":2}}` },
      ['"a.b": there are two values of this name'],
    ],
    [
      'too many different keys',
      {
        'r.jsonl': Array.from({ length: 300 }, (_, row) =>
          JSON.stringify(Object.fromEntries(Array.from({ length: 10 }, (__, key) => [`k${row}-${key}`, 1]))),
        ).join('\n'),
      },
      ['more than 2000 different columns'],
    ],
    [
      'nesting without end',
      { 'r.jsonl': `${JSONL}{"id":"c","x":${'['.repeat(5_000)}${']'.repeat(5_000)}}` },
      ['"x": nested deeper than 1000 levels'],
    ],
    [
      'an array with an element that is no object',
      { 'r.json': '[{"id":1,"passed":true},\n 7,\n"x"]' },
      ['found "7", expected a JSON object (r.json:2:1)', 'found "\\"", expected a JSON object (r.json:3:1)'],
    ],
    [
      'an array with stray commas',
      { 'r.json': '[{"id":1,"passed":true},,{"id":2,"passed":true}\n{"id":3,"passed":true},]' },
      [
        'a comma without a row before it (r.json:1:25)',
        'no comma between two rows of the array (r.json:2:1)',
        'a comma before the end of the array',
      ],
    ],
    [
      'an array that does not end',
      { 'r.json': '[{"id":1,"passed":true},\n{"id":2' },
      ['the JSON array does not end: the file stops inside row 2', '(r.json:2:1)'],
    ],
    [
      'text after an array',
      { 'r.json': '[{"id":1,"passed":true}]\n]' },
      ['text after the end of the JSON array (r.json:2:1)'],
    ],
    [
      'an error inside an object over several lines',
      { 'r.json': '[\n {\n  "id": 1,\n  "passed": tru\n }\n]' },
      ['"passed": found "tru", expected a value (r.json:4:13)'],
    ],
    [
      'no case id',
      { 'r.csv': 'name,passed\na,1\n' },
      [
        'no column is known as the case id or the input',
        'the columns are "name", "passed" (r.csv)',
        '--map caseId=COLUMN',
      ],
    ],
    [
      'a case id that is empty',
      { 'r.csv': 'id,passed\na,1\n,1\n  ,0\n' },
      ['case id is missing: column "id" is empty (r.csv:3, and line 4)'],
    ],
    [
      'a passed text that means nothing',
      { 'r.csv': 'id,passed\na,1\nb,maybe\n' },
      ['"passed" is "maybe", expected true or false', '(r.csv:3)'],
    ],
    [
      'a graded passed column',
      { 'r.csv': 'id,passed\na,1\nb,0.7\n' },
      ['"passed" is "0.7"', '--metric mean:passed', '(r.csv:3)'],
    ],
    [
      'numbers that are none',
      { 'r.csv': 'id,passed,score,latency_ms\na,1,nan,1\nb,1,1,Infinity\nc,1,1e999,-inf\n' },
      [
        '"score" is "nan": NaN is no number; leave it empty for unscored (r.csv:2)',
        '"latency_ms" is "Infinity" or "-inf": an infinite value',
        '(r.csv:3, and line 4)',
        '"score" is "1e999": the number is too large',
      ],
    ],
    [
      'a score that is no number',
      { 'r.csv': 'id,score\na,0.5\nb,good\n' },
      ['"score" is "good", expected a decimal number, or empty for unscored (r.csv:3)'],
    ],
    [
      'problems in two files',
      { 'a.csv': 'id,passed\na,x\n', 'b.csv': 'id,passed\nb\nc,1\n' },
      ['"passed" is "x"', '(a.csv:2)', '(b.csv:2)'],
    ],
  ];
  it.each(bad)('refuses %s and says where', async (_name, files, parts) => {
    const error = await read(files).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DataError);
    for (const part of parts) expect((error as DataError).message).toContain(part);
  });

  it('names every missing file, directory and pattern without files at once', async () => {
    const cwd = { 'result.csv': CSV, 'dir/x.csv': CSV };
    const error = await read(cwd, ['results.csv', 'dir', '*.jsonl', '-']).catch((thrown: unknown) => thrown);
    expect((error as DataError).message).toBe(
      [
        'the file does not exist (results.csv)\n  hint: did you mean "result.csv"?',
        'found a directory, expected a file (dir)\n  hint: name its files, for example with the pattern dir/*.jsonl',
        'no file matches the pattern "*.jsonl"\n  hint: check the pattern and the folder in which the command runs',
        '"-" stands for standard input, which is not available here\n  hint: name a file',
      ].join('\n'),
    );
  });

  it('refuses a device, which has no size, and links that lead nowhere', async () => {
    const cwd = folderWith({ 'a.csv': CSV });
    symlinkSync('none', join(cwd, 'lost.csv'));
    const refusal = async (files: readonly string[]) =>
      String(await openRun({ files, run: null, mapping: {}, cwd }).catch((thrown: unknown) => thrown));
    expect(await refusal(['/dev/null'])).toMatch(
      /found a pipe or a device, expected a file \(.*dev\/null\)\n {2}hint: write it to a file, or send it to standard input and name it -/,
    );
    expect(await refusal(['*.csv'])).toContain('the file does not exist (lost.csv)');
    expect(await refusal(['lost.csv'])).toMatch(/the file does not exist \(lost\.csv\)$/);
  });

  it('reads links to files in a folder of another tool, and refuses those that lead nowhere', async () => {
    const cwd = folderWith({
      'real.json': '{"results":{"version":3,"prompts":[],"results":[]}}',
      'dir/a.txt': '',
    });
    symlinkSync('../real.json', join(cwd, 'dir/link.json'));
    const open = (): ReturnType<typeof openRun> => openRun({ files: ['dir'], run: null, mapping: {}, cwd });
    expect((await open()).files).toEqual(['dir/link.json']);
    symlinkSync('none', join(cwd, 'dir/lost.json'));
    await expect(open()).rejects.toThrow('the file does not exist (dir/lost.json)');
  });

  it('does not call a file empty of which it has seen the beginning only', async () => {
    const error = await read({ 'a.jsonl': `${'\n'.repeat(3_000_000)}{"id":"a","passed":true}\n` }).catch(
      (thrown: unknown) => thrown,
    );
    expect((error as DataError).message).toMatch(
      /^the first \d+ characters are blank, expected rows \(a.jsonl\)/,
    );
  });

  it('says once what many rows have, and hands on no row after the first', async () => {
    const rows = Array.from({ length: 30_000 }, (_, index) => `c${index},${index >= 15_000 ? 'x' : 1}`);
    const cwd = folderWith({ 'r.csv': `id,passed\n${rows.join('\n')}` });
    const { source } = await openRun({ files: ['r.csv'], run: null, mapping: {}, cwd });
    let handedOn = 0;
    const error = await (async () => {
      if (source.kind === 'rows') for await (const chunk of source.chunks) handedOn += chunk.lines.length;
    })().catch((thrown: unknown) => thrown);
    expect(handedOn).toBe(10_000);
    const { problems } = error as DataError;
    expect(problems).toHaveLength(1);
    expect(problems[0]!.where).toEqual({ file: 'r.csv', line: 15_002, field: 'passed', rows: 15_000 });
    expect((error as DataError).message).toContain('(15,000 rows, first at r.csv:15002)');
  });

  it('names near columns for a mapping that does not exist', async () => {
    await expect(read({ 'r.csv': CSV }, ['r.csv'], { mapping: { passed: 'pased' } })).rejects.toThrow(
      'passed is mapped to the column "pased", which does not exist; the columns are "id", "passed" (r.csv)\n  hint: did you mean "passed"? (--map passed=COLUMN)',
    );
  });

  it.skipIf(process.getuid?.() === 0)(
    'says when a file may not be read (skipped for root, who may)',
    async () => {
      const cwd = folderWith({ 'r.csv': CSV });
      chmodSync(join(cwd, 'r.csv'), 0);
      await expect(openRun({ files: ['r.csv'], run: null, mapping: {}, cwd })).rejects.toThrow(
        'the file may not be read (permission denied) (r.csv)',
      );
    },
  );
});
