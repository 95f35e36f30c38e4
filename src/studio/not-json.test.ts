import { expect, it } from 'vitest';
import { notJson } from './not-json.ts';

it.each([
  [{ a: [1, 'x', true, null, { b: undefined }] }, null],
  [Object.create(null), null],
  [{ rows: [{ rate: 0.5 }, { rate: Number.NaN }] }, '.rows[1].rate is NaN'],
  [[Number.POSITIVE_INFINITY], '[0] is Infinity'],
  [{ n: 1n }, '.n is bigint'],
  [{ a: [undefined] }, '.a[0] is undefined'],
  [{ f: () => 1 }, '.f is function'],
  [{ m: new Map() }, '.m is no plain object'],
  [{ d: new Date(0) }, '.d is no plain object'],
  [{ t: new Float64Array(1) }, '.t is no plain object'],
  [undefined, ' is undefined'],
])('%o: %s', (value, fault) => {
  expect(notJson(value)).toBe(fault);
});
