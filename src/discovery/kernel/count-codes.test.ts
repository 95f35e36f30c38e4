/** Codes are counted in one of two ways, with the same result. */

import { expect, test } from 'vitest';
import { createRandom } from '../../stats/index.ts';
import { countCodes } from './count-codes.ts';

const random = createRandom(3);
const codes = Uint8Array.from({ length: 300_002 }, () => random.nextBelow(256) * random.nextBelow(2));

test.each([
  ['a few bytes', codes.subarray(0, 7)],
  ['an even number of bytes', codes],
  ['an odd number of bytes', codes.subarray(0, 300_001)],
  ['bytes from an odd place', codes.subarray(1)],
  ['words', Uint16Array.from(codes, (code) => code * 257)],
])('%s', (_, some) => {
  const expected = new Map<number, number>();
  for (const code of some) expected.set(code, (expected.get(code) ?? 0) + 1);
  const counted = [...countCodes(some)].flatMap((rows, code) => (rows > 0 ? [[code, rows] as const] : []));
  expect(counted).toEqual([...expected].toSorted(([a], [b]) => a - b));
});
