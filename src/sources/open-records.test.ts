/** Rows and logs of any kind, opened leniently. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parquetWriteFile } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharedPath } from '../../test/shared-folder.ts';
import { type OpenedRecords, openRecords } from './open-records.ts';

const cwd = mkdtempSync(join(tmpdir(), 'slicewise-records-'));
afterAll(() => rmSync(cwd, { recursive: true }));
beforeAll(() => {
  mkdirSync(join(cwd, 'month'));
  writeFileSync(join(cwd, 'month/1.jsonl'), '{"n": 1.0}\n\n{"messages":"hi","ts":"1767225600"}\n');
  writeFileSync(join(cwd, 'month/2.csv.gz'), gzipSync('n,customer\n2,"a\nb"\n'));
  writeFileSync(join(cwd, 'month/3.json'), '[\n{"n":3},\n {"n":\n4}\n]');
  writeFileSync(join(cwd, 'month/notes.json'), '{\n "about": "these logs",\n "results": [1]\n}\n');
  parquetWriteFile({
    filename: join(cwd, 'month/4.parquet'),
    columnData: [
      { name: 'n', data: [5n, 6n], type: 'INT64' },
      { name: 'customer', data: ['x', null], type: 'STRING' },
    ],
  });
});

const open = (...files: string[]) => openRecords({ files, mapping: {}, cwd });

async function cellsOf(records: OpenedRecords, column: string) {
  const cells: unknown[] = [];
  for await (const { file, lines, columns } of records.rows()) {
    lines.forEach((line, row) => void cells.push([`${file}:${line}`, columns.get(column)?.[row] ?? null]));
  }
  return cells;
}

describe('open records', () => {
  it('reads files of several formats side by side, with the place of each row, as often as wanted', async () => {
    const records = await open('month/4.parquet', 'month/2.csv.gz', 'month/1.jsonl', 'month/3.json');
    const expected = [
      ['month/1.jsonl:1', '1.0'],
      ['month/1.jsonl:3', null],
      ['month/2.csv.gz:2', '2'],
      ['month/3.json:2', '3'],
      ['month/3.json:3', '4'],
      ['month/4.parquet:1', '5'],
      ['month/4.parquet:2', '6'],
    ];
    expect(await cellsOf(records, 'n')).toEqual(expected);
    expect(await cellsOf(records, 'n')).toEqual(expected);
    expect(records.mapping).toMatchObject({ input: 'messages', timestamp: 'ts' });
    expect(records.texts).toBeNull();
  });

  it('gives JSON rows as they are spelled', async () => {
    const records = await open('month/1.jsonl', 'month/3.json');
    const rows = [];
    for await (const row of records.texts!()) rows.push(row);
    expect(rows.map(({ file, line, text }) => [file, line, text])).toEqual([
      ['month/1.jsonl', 1, '{"n": 1.0}'],
      ['month/1.jsonl', 3, '{"messages":"hi","ts":"1767225600"}'],
      ['month/3.json', 2, '{"n":3}'],
      ['month/3.json', 3, '{"n":\n4}'],
    ]);
  });

  it('leaves out what stands in a folder and holds no rows, and says so', async () => {
    const records = await open('month');
    expect(records.files).toEqual(['month/1.jsonl', 'month/2.csv.gz', 'month/3.json', 'month/4.parquet']);
    expect(records.leftOut).toEqual(['month/notes.json']);
    await expect(open('month/notes.json')).rejects.toThrow(/notes\.json/);
  });

  it('throws every problem at the end of the rows, and names files that do not exist', async () => {
    writeFileSync(join(cwd, 'bad.jsonl'), '{"n":1}\n{"n":NaN}\n{"n":');
    const records = open('bad.jsonl').then((opened) => cellsOf(opened, 'n'));
    await expect(records).rejects.toThrow(/NaN is no number \(bad\.jsonl:2:6\)[\s\S]*bad\.jsonl:3/);
    await expect(open('none.jsonl')).rejects.toThrow('the file does not exist (none.jsonl)');
  });

  it('opens the traces of another tool', async (context) => {
    const path = sharedPath('importers/langfuse-traces');
    if (path === null) return context.skip();
    const records = await openRecords({ files: [path], mapping: {}, cwd });
    expect(records.tool?.name).toBe('langfuse');
    expect((await cellsOf(records, 'input')).length).toBe(2);
    expect(records.mapping.timestamp).toBe('timestamp');
  });
});
