import { expect, test } from 'vitest';
import { atOnce, givingWay, type Steps } from './steps.ts';

function* counting(to: number, seen: number[]): Steps<number> {
  for (let i = 0; i < to; i++) {
    seen.push(i);
    yield;
  }
  return to;
}

test('both ways come to the same, and one of them lets others in', async () => {
  const [here, there]: [number[], number[]] = [[], []];
  expect(atOnce(counting(3, here))).toBe(3);
  const others: number[] = [];
  setImmediate(() => others.push(there.length));
  expect(await givingWay(counting(3, there))).toBe(3);
  expect([here, there]).toEqual([
    [0, 1, 2],
    [0, 1, 2],
  ]);
  expect(others).toEqual([1]);
});
