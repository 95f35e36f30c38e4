/** Parquet files as people write them: typed columns, nested ones, hostile names, several files, and rows that cannot be read. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { parquetWriteFile } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ColumnMapping, createProblemLog, interpretRows } from '../../cases/index.ts';
import type { Grouping } from '../../slices/index.ts';
import type { Engine } from '../contract.ts';
import { openDuckDb } from './open.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'slicewise-parquet-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes what a query gives; returns the file. */
async function written(name: string, query: string): Promise<string> {
  const file = join(folder, `${name}.parquet`);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (${query}) TO '${file}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  return file;
}

function open(files: readonly string[], mapping: ColumnMapping, run: string | null = null): Promise<Engine> {
  return openDuckDb({ baseline: null, candidate: { kind: 'parquet', files, mapping, run } }, { threads: 1 });
}

async function withEngine<T>(opened: Promise<Engine>, use: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await opened;
  try {
    return await use(engine);
  } finally {
    await engine.close();
  }
}

/** Slices of one column with their number of cases. */
async function slices(engine: Engine, column: string): Promise<readonly string[]> {
  const grouping: Grouping = { kind: 'column', id: 'g', column };
  const counts = await engine.count({ groupings: [grouping] });
  return counts.map(({ state, value, cells }) => {
    const cases = cells.reduce((sum, cell) => sum + cell.cases, 0);
    return `${state === 'value' ? JSON.stringify(value) : state} ${cases}`;
  });
}

describe('typed columns', () => {
  test.each([
    ['integers', 'CAST(7 AS BIGINT)', ['"7" 1']],
    ['doubles', 'CAST(1 AS DOUBLE)', ['"1.0" 1']],
    ['floats', 'CAST(0.1 AS FLOAT)', ['"0.1" 1']],
    ['decimals', 'CAST(1.5 AS DECIMAL(6, 3))', ['"1.500" 1']],
    ['booleans', 'TRUE', ['"true" 1']],
    ['dates', "DATE '2024-02-29'", ['"2024-02-29" 1']],
    ['timestamps', "TIMESTAMP '2024-02-29 23:30:00'", ['"2024-02-29 23:30:00" 1']],
    ['timestamps with a zone', "TIMESTAMPTZ '2024-02-29 23:30:00+02'", ['"2024-02-29 21:30:00+00" 1']],
    ['raw bytes', "CAST('abc' AS BLOB)", ['"abc" 1']],
    ['enums', "CAST('a' AS ENUM ('a', 'b'))", ['"a" 1']],
    ['nulls', 'CAST(NULL AS VARCHAR)', ['missing 1']],
    ['lists of texts', "['b', 'a', NULL, 'b']", ['"a" 1', '"b" 1']],
    ['empty lists', 'CAST([] AS VARCHAR[])', ['untagged 1']],
    ['lists of numbers', '[1, 2]', ['"[1,2]" 1']],
    ['lists of lists', "[['a']]", ['"[[\\"a\\"]]" 1']],
    ['maps', "MAP {'k': 1}", ['"{\\"k\\":1}" 1']],
  ])('%s are read as text', async (_, sql, wanted) => {
    const file = await written('typed', `SELECT '1' AS id, TRUE AS passed, ${sql} AS x`);
    await withEngine(open([file], { caseId: 'id', passed: 'passed' }), async (engine) => {
      expect(await slices(engine, 'x')).toEqual(wanted);
    });
  });

  test('structs are columns with dotted names, and hours are those of the zone UTC', async () => {
    const query = `SELECT 7 AS id, {'ok': 1} AS result, {'lang': 'en', 'who': {'tier': 'gold'}} AS tags, TIMESTAMP '2024-02-29 23:30:00' AS at`;
    const file = await written('nested', query);
    await withEngine(open([file], { caseId: 'id', passed: 'result.ok' }), async (engine) => {
      expect(await engine.caseIds()).toEqual(['7']);
      expect(await slices(engine, 'tags.who.tier')).toEqual(['"gold" 1']);
      const hours: Grouping = { kind: 'time', id: 'h', column: 'at', by: 'hour' };
      const [hour] = await engine.count({ groupings: [hours] });
      expect(hour).toMatchObject({ value: '23', cells: [{ candidate: { passed: 1 } }] });
      const { columns } = await engine.profile();
      expect(columns.map(({ name }) => name)).toEqual([
        'at',
        'id',
        'result.ok',
        'tags.lang',
        'tags.who.tier',
      ]);
    });
  });

  test('numbers of typed columns are those of their text', async () => {
    const file = await written(
      'numbers',
      `SELECT CAST(i AS VARCHAR) AS id, CAST(i AS INTEGER) AS a, i / 10.0::DOUBLE AS b, CAST(i / 10 AS FLOAT) AS c, CAST('nan' AS DOUBLE) AS d FROM range(3) AS t(i)`,
    );
    await withEngine(open([file], { caseId: 'id' }), async (engine) => {
      const values = async (column: string): Promise<readonly number[]> => {
        const plan = { groupings: [], measure: { kind: 'number', column }, onlyDiscordant: false } as const;
        return [...(await engine.units(plan)).candidate];
      };
      expect(await values('a')).toEqual([0, 1, 2]);
      expect(await values('b')).toEqual([0, 0.1, 0.2]);
      expect(await values('c')).toEqual([0, 0.1, 0.2]);
      expect(await values('d')).toEqual([Number.NaN, Number.NaN, Number.NaN]);
      const { columns } = await engine.profile();
      expect(columns.map(({ name, numericRows }) => [name, numericRows])).toEqual([
        ['a', 3],
        ['b', 3],
        ['c', 3],
        ['d', 0],
        ['id', 3],
      ]);
    });
  });
});

test('column names that SQL cannot tell apart or spell keep their own cells', async () => {
  const file = join(folder, 'hostile.parquet');
  const names = [
    'id',
    'Tag',
    'tag',
    '',
    'a"; DROP TABLE cases; --',
    'filename',
    'file_row_number',
    'side',
    'code',
    'r',
  ];
  parquetWriteFile({
    filename: file,
    columnData: names.map((name) => ({ name, data: [`${name}1`, `${name}2`], type: 'STRING' as const })),
  });
  await withEngine(open([file], { caseId: 'id' }), async (engine) => {
    for (const name of names) {
      expect(await slices(engine, name)).toEqual([
        `${JSON.stringify(`${name}1`)} 1`,
        `${JSON.stringify(`${name}2`)} 1`,
      ]);
    }
    const copy = join(folder, 'copy.parquet');
    const mapping = await engine.writeRows('candidate', copy, { texts: true });
    await withEngine(open([copy], mapping), async (again) => {
      for (const name of names) expect(await slices(again, name)).toEqual(await slices(engine, name));
    });
  });
});

test('files with other columns, orders and types are one run', async () => {
  const files = [
    await written('one', `SELECT 'a' AS id, TRUE AS passed, 'x' AS tag, 1 AS n`),
    await written('two', `SELECT 2.5 AS n, ['x', 'y'] AS tag, 'b' AS id, 'pass' AS passed`),
    await written('three', `SELECT 'c' AS id, 0 AS passed`),
  ];
  await withEngine(open(files, { caseId: 'id', passed: 'passed' }), async (engine) => {
    expect(await slices(engine, 'tag')).toEqual(['"x" 2', '"y" 1', 'missing 1']);
    expect(await slices(engine, 'n')).toEqual(['"1" 1', '"2.5" 1', 'missing 1']);
    expect((await engine.profile()).candidate).toMatchObject({ rows: 3, scored: 3 });
  });
  await expect(open([files[0]!, files[0]!], { caseId: 'id' })).rejects.toMatchObject({
    code: 'DATA',
    problems: [
      { message: `case "a" has 2 rows in the candidate, expected one: ${files[0]}:1, ${files[0]}:1` },
    ],
  });
});

describe('runs in one file', () => {
  const query = `SELECT i // 2 AS id, CASE WHEN i % 2 = 0 THEN 'old' ELSE 'new' END AS run, i % 2 = 0 AS passed FROM range(6) AS t(i)`;
  const mapping = { caseId: 'id', run: 'run', passed: 'passed' };

  test('one is taken by its name', async () => {
    const file = await written('runs', query);
    const side = (run: string) => ({ kind: 'parquet', files: [file], mapping, run }) as const;
    await withEngine(openDuckDb({ baseline: side('old'), candidate: side('new') }), async (engine) => {
      expect(await engine.profile()).toMatchObject({
        paired: 3,
        baseline: { rows: 3 },
        candidate: { rows: 3 },
      });
      const [all] = await engine.count({ groupings: [{ kind: 'all', id: 'all' }] });
      expect(all!.cells).toMatchObject([{ baseline: { passed: 1 }, candidate: { failed: 1 }, cases: 3 }]);
    });
  });

  test.each([
    [null, 'column "run" holds 2 runs, expected one: "new" (3 rows), "old" (3 rows)'],
    ['newer', 'no row has the run "newer" in column "run"; the runs are "new" (3 rows), "old" (3 rows)'],
  ])('%j is refused', async (run, message) => {
    const file = await written('runs', query);
    await expect(open([file], mapping, run)).rejects.toMatchObject({ code: 'DATA', problems: [{ message }] });
  });
});

describe('rows that cannot be read', () => {
  const rows: readonly (readonly [string | null, string | null, string | null, string | null])[] = [
    ['a', 'Passed', null, '1'],
    [null, 'ok', null, '1'],
    ['  ', 'no', null, '1'],
    ['b', '0.7', null, '1'],
    ['c', 'maybe', 'Timeout', '1'],
    ['d', ' FAIL ', 'None', 'NaN'],
    ['e', '', '0', '1e999'],
    ['f', 'Yes', 'false', null],
    ['g', null, ' null ', '-inf'],
    ['h', 'maybe', '', 'fast'],
  ];
  const names = ['id', 'passed', 'error', 'latency'] as const;
  const mapping = { caseId: 'id', passed: 'passed', error: 'error', latency: 'latency' };

  test('are named as the readers of text files name them', async () => {
    const file = join(folder, 'bad.parquet');
    parquetWriteFile({
      filename: file,
      columnData: names.map((name, i) => ({
        name,
        data: rows.map((row) => row[i]!),
        type: 'STRING' as const,
      })),
    });
    const log = createProblemLog();
    const columns = new Map(names.map((name, i) => [name, rows.map((row) => row[i]!)]));
    const chunk = { file, lines: rows.map((_, i) => i + 1), columns };
    for await (const _ of interpretRows([chunk], { mapping, run: null }, log));
    const problemsOf = (work: () => unknown): unknown => {
      try {
        return work();
      } catch (error) {
        return (error as { problems: unknown }).problems;
      }
    };
    const wanted = problemsOf(() => log.throwIfAny());
    const found = await open([file], mapping).catch(
      (error: unknown) => (error as { problems: unknown }).problems,
    );
    expect(found).toEqual(wanted);
    expect(wanted).toHaveLength(5);
  });

  test('are one problem where all of them have the same, and counted beyond those that are looked at', async () => {
    const file = await written('many', "SELECT i AS id, 'perhaps' AS passed FROM range(15000) AS t(i)");
    const problems = await open([file], { caseId: 'id', passed: 'passed' }).catch(
      (error: unknown) => (error as { problems: readonly { message: string }[] }).problems,
    );
    expect(problems).toMatchObject([{ where: { rows: 10_000 } }, { message: 'and 5000 more problems' }]);
  });

  test('scores that are no number are named, and numbers make rows scored', async () => {
    const good = await written(
      'scores',
      'SELECT i AS id, CASE WHEN i > 0 THEN i / 4.0 END AS score FROM range(3) AS t(i)',
    );
    await withEngine(open([good], { caseId: 'id', score: 'score' }), async (engine) => {
      const { candidate } = await engine.profile();
      expect(candidate).toMatchObject({ rows: 3, scored: 2, unscored: 1, hasPassed: false });
    });
    const bad = await written('words', "SELECT i AS id, 'good' AS score FROM range(2) AS t(i)");
    await expect(open([bad], { caseId: 'id', score: 'score' })).rejects.toMatchObject({
      problems: [{ where: { file: bad, line: 1, field: 'score', lines: [1, 2] } }],
    });
  });

  test('a file that is not Parquet is a data error', async () => {
    const file = join(folder, 'cut.parquet');
    writeFileSync(file, 'PAR1 and then nothing');
    await expect(open([file], { caseId: 'id' })).rejects.toMatchObject({
      code: 'DATA',
      problems: [{ where: { file } }],
    });
  });
});

test('a case id that every second row repeats ends in an error, not in a join without end', async () => {
  const file = await written(
    'repeats',
    "SELECT CASE WHEN i % 2 = 0 THEN 'none' ELSE CAST(i AS VARCHAR) END AS id FROM range(100000) AS t(i)",
  );
  const side = { kind: 'parquet', files: [file], mapping: { caseId: 'id' }, run: null } as const;
  await expect(openDuckDb({ baseline: side, candidate: side })).rejects.toMatchObject({
    problems: [{ message: expect.stringContaining('case "none" has 50000 rows in the baseline') }],
  });
});
