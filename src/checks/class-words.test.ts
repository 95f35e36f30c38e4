import { expect, test } from 'vitest';
import { answerName, classCount, labelName, listed } from './class-words.ts';

test('labels, answers and counts in words', () => {
  expect([answerName('refund'), answerName(null)]).toEqual(["'refund'", 'no answer']);
  expect([classCount(1), classCount(1200)]).toEqual(['1 class', '1,200 classes']);
  expect([listed(['a', 'b', 'c'], 2), listed(['a'], 2)]).toEqual(['a, b and 1 more', 'a']);
});

test('a label that is a whole text is cut between code points', () => {
  expect(labelName('x'.repeat(60))).toBe(`'${'x'.repeat(60)}'`);
  expect(labelName('😀'.repeat(1_000_000))).toBe(`'${'😀'.repeat(59)}…'`);
});
