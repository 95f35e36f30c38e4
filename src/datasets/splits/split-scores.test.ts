import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetWriteFile } from 'hyparquet-writer';
import { expect, test } from 'vitest';
import { readScores } from './split-scores.ts';

test('the scores of splits are those of the same rows, whether Parquet or JSON lines hold them', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'slicewise-splits-'));
  const rows = Array.from({ length: 60 }, (_, i) => ({
    id: `c${i}`,
    source: i % 3 === 0 ? 'shop' : 'internal',
    expected: i % 2 === 0 ? 'yes' : 'no',
    predicted: i % 5 === 0 ? 'no' : 'yes',
  }));
  writeFileSync(join(cwd, 'run.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const names = ['id', 'source', 'expected', 'predicted'] as const;
  parquetWriteFile({
    filename: join(cwd, 'run.parquet'),
    columnData: names.map((name) => ({ name, data: rows.map((row) => row[name]), type: 'STRING' as const })),
  });
  const scoresOf = async (file: string) => {
    const splits = { kind: 'column', column: 'source' } as const;
    const request = { files: [file], run: null, mapping: {}, splits } as unknown as Parameters<
      typeof readScores
    >[0];
    return readScores(request, { cwd });
  };
  const [lines, parquet] = [await scoresOf('run.jsonl'), await scoresOf('run.parquet')];
  expect(lines.unscored).toBe(0);
  expect(parquet.scores).toEqual(lines.scores);
  expect(parquet).toMatchObject({ cases: 60, unscored: 0, untagged: 0 });
});
