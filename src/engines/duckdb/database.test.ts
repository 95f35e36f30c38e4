import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from './database.ts';

test('a database spills into a folder of its own, loads no extension by itself, and leaves nothing', async () => {
  const database = await openDatabase({ threads: 1, memoryLimit: '40MB' });
  const [[folder = ''] = []] = await database.rows("SELECT current_setting('temp_directory')");
  const name = String(folder).slice(tmpdir().length + 1);
  expect(readdirSync(tmpdir())).toContain(name);
  expect(
    await database.rows(
      "SELECT current_setting('autoinstall_known_extensions'), current_setting('autoload_known_extensions'), current_setting('threads')",
    ),
  ).toEqual([[false, false, 1]]);
  // 6 million numbers do not fit in 40 MB, so sorting them has to spill.
  const [[sum] = []] = await database.rows(
    'SELECT sum(i) FROM (SELECT i FROM range(6000000) AS t(i) ORDER BY hash(i) LIMIT 5000000)',
  );
  expect(sum).toBeGreaterThan(0);
  database.close();
  expect(readdirSync(tmpdir())).not.toContain(name);
});

test('a failing statement is an engine error with the first line of what DuckDB says', async () => {
  const database = await openDatabase({ threads: 1 });
  await expect(database.rows('SELECT nothing')).rejects.toMatchObject({
    code: 'ENGINE',
    problems: [{ message: expect.stringMatching(/^DuckDB: Binder Error: .*"nothing"/) }],
  });
  database.close();
});

test('a confined database reads its own files and no other, and nothing sets it free again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'slicewise-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const database = await openDatabase({ threads: 1, memoryLimit: '40MB' });
  onTestFinished(() => database.close());
  const ours = join(folder, "it's [1] ours?.parquet");
  const other = join(folder, 'other.parquet');
  for (const file of [ours, other]) {
    await database.run(`COPY (SELECT 7 AS x) TO '${file.replaceAll("'", "''")}' (FORMAT parquet)`);
  }
  writeFileSync(join(folder, 'secret.csv'), 'a\n1\n');
  mkdirSync(join(folder, 'extensions'));
  await database.confine([ours]);

  expect(await database.rows(`SELECT x FROM read_parquet(['${ours.replaceAll("'", "''")}'])`)).toEqual([[7]]);
  // It still spills, and writes into its own folder.
  await database.rows(
    'SELECT sum(i) FROM (SELECT i FROM range(6000000) AS t(i) ORDER BY hash(i) LIMIT 5000000)',
  );
  await database.run(`COPY (SELECT 1 AS x) TO '${database.folder}/own.parquet' (FORMAT parquet)`);
  await database.numbers('SELECT CAST(1 AS DOUBLE)', 1, 'scanned');

  for (const statement of [
    `SELECT * FROM read_parquet('${other}')`,
    `SELECT * FROM read_parquet('${folder}/*.parquet')`,
    `SELECT * FROM read_parquet('${database.folder}/../${folder.slice(tmpdir().length + 1)}/other.parquet')`,
    `SELECT * FROM '${folder}/secret.csv'`,
    `SELECT * FROM read_text('/etc/hostname')`,
    `SELECT * FROM glob('${folder}/*')`,
    `SELECT * FROM read_csv('http://127.0.0.1:1/a.csv')`,
    `COPY (SELECT 1) TO '${folder}/new.parquet' (FORMAT parquet)`,
    `ATTACH '${folder}/new.db'`,
    'INSTALL httpfs',
    'LOAD httpfs',
    `LOAD '${folder}/extensions/evil.duckdb_extension'`,
    'SET enable_external_access = true',
    'SET lock_configuration = false',
    "SET allowed_directories = ['/']",
    "SET allowed_configs = ['memory_limit']",
    "SET memory_limit = '100GB'",
    `SET temp_directory = '${folder}'`,
    `SET profiling_output = '${folder}/profile.json'`,
    `PRAGMA enable_profiling = 'json'`,
    `EXPORT DATABASE '${folder}/all'`,
    `IMPORT DATABASE '${folder}/all'`,
  ]) {
    await expect(database.rows(statement), statement).rejects.toMatchObject({ code: 'ENGINE' });
  }
  expect(readdirSync(folder).sort()).toEqual([
    'extensions',
    "it's [1] ours?.parquet",
    'other.parquet',
    'secret.csv',
  ]);
});
