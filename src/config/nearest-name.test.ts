/** Suggestions for misspelt names, and ranges of numbers. */

import { expect, test } from 'vitest';
import { limitProblem, POLICY_LIMITS } from './limits.ts';
import { nearestHint } from './nearest-name.ts';
import { fieldName } from './path.ts';

test.each([
  ['min_cases', ['margin', 'minCases'], 'did you mean "minCases"?'],
  ['MINCASE', ['margin', 'minCases'], 'did you mean "minCases"?'],
  ['zzz', ['margin', 'minCases'], 'known: margin, minCases'],
  ['', ['a'], 'did you mean "a"?'],
  ['x'.repeat(100_000), ['margin'], 'known: margin'],
])('%s', (name, known, hint) => {
  expect(nearestHint(name, known)).toBe(hint);
});

test.each([
  [0, POLICY_LIMITS.minCases, 'is 0, must be at least 1'],
  [1, POLICY_LIMITS.minCases, null],
  [1.5, POLICY_LIMITS.minCases, 'is 1.5, must be a whole number'],
  [0, POLICY_LIMITS.level, 'is 0, must be above 0'],
  [1, POLICY_LIMITS.level, 'is 1, must be below 1'],
  [1.1, POLICY_LIMITS.floor, 'is 1.1, must be at most 1'],
  [Number.NaN, POLICY_LIMITS.floor, 'is NaN, must be a finite number'],
])('%s in %j', (value, limit, problem) => {
  expect(limitProblem(value, limit)).toBe(problem);
});

test('a path reads as people write it', () => {
  expect(fieldName(['slices', 1, 'values', 'a b', 'floor'])).toBe('slices[1].values["a b"].floor');
  expect(fieldName([])).toBe('the file');
});
