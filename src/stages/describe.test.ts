import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { atOnce } from '../steps.ts';
import { canonicalJson, hashSteps } from './describe.ts';

test.each([
  ['nothing', {}],
  ['keys in any order, maps, what is not there', { b: new Map([['x', 1]]), a: null, c: undefined, d: [] }],
  [
    'long lists',
    { z: 1, list: Array.from({ length: 1234 }, (_, i) => ({ b: i, a: `${i}` })), a: [[1], [null]] },
  ],
])('%s: in steps the hash is that of the whole text', (_, value) => {
  const whole = createHash('sha256').update(canonicalJson(value)).digest('hex');
  expect(atOnce(hashSteps(value))).toBe(whole);
});
