import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
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
