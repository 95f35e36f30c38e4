import { expect, test } from 'vitest';
import { nameParts } from './name-parts.ts';

test.each([
  ['runs/a.csv: old', 'runs/a.csv: new', ['runs/', 'a.csv: old'], ['', 'new']],
  ['x/old.jsonl', 'x/new.jsonl', ['x/', 'old.jsonl'], ['x/', 'new.jsonl']],
  ['old.jsonl', 'new.jsonl', ['', 'old.jsonl'], ['', 'new.jsonl']],
  ['main', 'main', ['', 'main'], ['', 'main']],
  ['a: b', 'c: d', ['', 'a: b'], ['', 'c: d']],
  [null, 'x/new.jsonl', ['', ''], ['x/', 'new.jsonl']],
] as const)('of %s and %s what differs stands apart from the folder', (before, after, first, second) => {
  const { baseline, candidate } = nameParts(before, after);
  expect([baseline.folder, baseline.file]).toEqual(first);
  expect([candidate.folder, candidate.file]).toEqual(second);
});

test('a name as long as a book is cut, and no character taken apart', () => {
  const { file } = nameParts(null, '😀'.repeat(500)).candidate;
  expect([...file]).toHaveLength(80);
  expect(file.isWellFormed()).toBe(true);
});
