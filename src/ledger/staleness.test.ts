import { expect, test } from 'vitest';
import { staleness } from './staleness.ts';

test.each([
  [45.25, 30, true, 'the baseline is 45.3 days old; the limit is 30 days'],
  [30, 30, false, 'the baseline is 30.0 days old; the limit is 30 days'],
  [29.99, 30, false, 'the baseline is 29.9 days old; the limit is 30 days'],
  [30.000001, 30, true, 'the baseline is 30.1 days old; the limit is 30 days'],
  [900, null, false, 'the baseline is 900.0 days old; the policy sets no limit'],
])('%d days against a limit of %s: stale is %s', (age, limit, stale, text) => {
  expect(staleness(age, limit)).toEqual({ stale, text });
});
