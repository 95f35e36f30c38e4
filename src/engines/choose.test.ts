import { expect, test } from 'vitest';
import { chooseEngine, plainBytes } from './choose.ts';

const MB = 1024 * 1024;

test.each([
  [false, 0, 'memory'],
  [false, 64 * MB, 'memory'],
  [false, 64 * MB + 1, 'duckdb'],
  [true, 0, 'duckdb'],
] as const)('Parquet %j with %d bytes of text is for %s', (parquet, bytes, wanted) => {
  expect(chooseEngine({ parquet, bytes })).toBe(wanted);
});

test.each([
  ['a.jsonl', 10],
  ['a.jsonl.gz', 50],
  ['a.csv.ZST', 50],
  ['gz', 10],
])('%s of 10 bytes holds about %d bytes of text', (file, wanted) => {
  expect(plainBytes(file, 10)).toBe(wanted);
});
