/** Every check says how often it errs and what it cannot see. */

import { expect, test } from 'vitest';
import { CHECK_LIMITS } from '../findings/index.ts';
import { finding } from './check.ts';
import { CHECKS } from './index.ts';

test('the table of limits names every check, in the order of the registry, and the losses of slices', () => {
  expect(Object.keys(CHECK_LIMITS)).toEqual(['slice-losses', ...Object.keys(CHECKS)]);
});

test.each(Object.keys(CHECKS))('a finding of %s carries both', (check) => {
  const { errorFamily, hides } = finding({ check, kind: 'data', reason: '' });
  expect([errorFamily, hides]).toEqual([expect.stringMatching(/\w{4}/), expect.stringMatching(/\w{4}/)]);
});
