import { expect, test } from 'vitest';
import { readView, writeView } from './view.ts';

const DEFAULTS = { sort: 'worst', page: 1, open: false, verdicts: [] as readonly string[] };

test('an address without parameters is the default view', () => {
  expect(readView(DEFAULTS, {})).toEqual(DEFAULTS);
});

test('a view is read back as it was written', () => {
  const changed = { sort: '-n', page: 3, open: true, verdicts: ['BLOCK', 'LOW-N'] };
  expect(readView(DEFAULTS, writeView(DEFAULTS, {}, changed))).toEqual(changed);
});

test('what equals its default is not in the address, and what belongs to others stays', () => {
  expect(writeView(DEFAULTS, { page: 3, slice: 'a' }, { page: 1, verdicts: [] })).toEqual({ slice: 'a' });
});

test.each([
  ['a number where a text is meant is its text', { sort: 12 }, { sort: '12' }],
  ['a text where a number is meant is the default', { page: 'many' }, { page: 1 }],
  ['a list of something else is the default', { verdicts: [1, 2] }, { verdicts: [] }],
  ['an object is the default', { sort: { a: 1 } }, { sort: 'worst' }],
])('%s', (_, search, expected) => {
  expect(readView(DEFAULTS, search)).toMatchObject(expected);
});
