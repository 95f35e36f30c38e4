/** The waiver file: what it becomes, and what is said about mistakes. */

import { expect, test } from 'vitest';
import { ConfigError } from '../errors.ts';
import { loadWaivers } from './waivers.ts';

const WAIVER =
  'slice: passRate/customer=acme\n  reason: r\n  owner: o\n  reviewer: v\n  date: 2026-01-31\n  expires: 2026-02-28\n  runHash: 0012e4';

test('a waiver and a debt are read as they are spelled', async () => {
  const { file, entries } = await loadWaivers(
    'w.yaml',
    `- ${WAIVER}\n- { kind: debt, check: overlap, reason: 12, owner: o, expires: 2026-02-28 }\n`,
  );
  expect(file).toBe('w.yaml');
  expect(entries).toEqual([
    {
      kind: 'waiver',
      slice: 'passRate/customer=acme',
      check: null,
      reason: 'r',
      owner: 'o',
      reviewer: 'v',
      date: '2026-01-31',
      expires: '2026-02-28',
      runHash: '0012e4',
      line: 1,
    },
    {
      kind: 'debt',
      slice: null,
      check: 'overlap',
      reason: '12',
      owner: 'o',
      reviewer: null,
      date: null,
      expires: '2026-02-28',
      runHash: null,
      line: 8,
    },
  ]);
});

test('an empty file has no waivers', async () => {
  expect(await loadWaivers('w.yaml', '# none\n')).toEqual({ file: 'w.yaml', entries: [] });
  expect(await loadWaivers('w.yaml', '[]')).toEqual({ file: 'w.yaml', entries: [] });
});

test.each([
  [
    '- { kind: debt, reason: r, owner: o, expires: 2026-01-01 }',
    ['[0] names neither a slice nor a check (w.yaml:1:3)'],
  ],
  [
    '- { kind: debt, slice: a, check: b, reason: r, owner: o, expires: 2026-01-01 }',
    ['[0] names a slice and a check, must be one (w.yaml:1:3)'],
  ],
  [
    '- { kind: debt, slice: a, owner: o, expires: 2026-01-01 }',
    ['[0].reason is missing, must be a text (w.yaml:1:3)'],
  ],
  [
    '- { kind: debt, slice: a, reason: "", owner: o, expires: 2026-01-01 }',
    ['[0].reason is "", must be a text that is not empty (w.yaml:1:35)'],
  ],
  [
    '- { slice: a, reason: r, owner: o, expires: 2026-01-01 }',
    [
      '[0] is a waiver without runHash (w.yaml:1:3)',
      '  hint: copy runHash from the report, or write kind: debt for a standing exception',
      '[0] is a waiver without reviewer (w.yaml:1:3)',
      '  hint: name who agreed; owner and reviewer are two people',
      '[0] is a waiver without date (w.yaml:1:3)',
      '  hint: write the day on which it was granted, such as 2026-01-31',
    ],
  ],
  [
    '- { kind: debt, slice: a, reason: r, owner: o, expires: 2026-01-01, runHash: ab }',
    ['[0].runHash belongs to a waiver; debt stands for every run until it expires (w.yaml:1:78)'],
  ],
  [
    '- { kind: debt, slice: a, reason: r, owner: o, expires: 2026-02-30 }',
    ['[0].expires is "2026-02-30", must be a date such as 2026-01-31 (w.yaml:1:57)'],
  ],
  [
    '- { kind: debt, slice: a, reason: r, owner: o, expires: soon }',
    ['[0].expires is "soon", must be a date such as 2026-01-31 (w.yaml:1:57)'],
  ],
  [
    `- ${WAIVER.replace('2026-02-28', '2026-01-30')}`,
    ['[0].expires is 2026-01-30, must not be before date (2026-01-31) (w.yaml:6:12)'],
  ],
  [`- ${WAIVER}\n- ${WAIVER}`, ['waiver for "passRate/customer=acme" stands in line 1 already (w.yaml:8:1)']],
  [
    '- { kind: exception, slice: a, reason: r, owner: o, expires: 2026-01-01 }',
    ['[0].kind is "exception", must be waiver or debt (w.yaml:1:11)'],
  ],
  [
    '- { kind: debt, slice: a, reason: r, owner: o, expires: 2026-01-01, reviewr: x }',
    ['[0].reviewr is unknown (w.yaml:1:69)', '  hint: did you mean "reviewer"?'],
  ],
  ['slice: a', ['the file is a map, must be a list (w.yaml:1:1)']],
])('%s', async (text, lines) => {
  const error = await loadWaivers('w.yaml', text).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ConfigError);
  expect((error as ConfigError).message.split('\n')).toEqual(lines);
});
