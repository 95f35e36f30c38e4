/** Adding an entry to a waiver file: nothing else changes, nothing is added twice. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ConfigError } from '../errors.ts';
import { isPlainLine, isPlainText } from '../text/index.ts';
import { addWaiver, type NewWaiver } from './edit-waivers.ts';
import { loadWaivers } from './waivers.ts';

const ENTRY: NewWaiver = {
  kind: 'waiver',
  slice: 'passRate/segment=refund_flow',
  check: null,
  reason: 'declined on purpose: see the ticket',
  owner: 'ana',
  reviewer: 'bo',
  date: '2026-01-12',
  expires: '2026-02-12',
  runHash: '0012e4',
};

const OTHER =
  '# who may ship what\n\n- slice: acme   # the pilot\n  kind: debt\n  reason: "old"\n  owner: cy\n  expires: 2026-05-01\n';

describe('adding a waiver', () => {
  test.each([
    ['an empty file', ''],
    ['comments alone', '# none yet\n'],
    ['a block list with comments', OTHER],
    ['a list without a line break at its end', OTHER.trimEnd()],
    ['an indented list', OTHER.replace(/^(- | {2})/gm, (all) => `  ${all}`)],
    ['lines that end as on Windows', OTHER.replaceAll('\n', '\r\n')],
  ])('to %s keeps every byte that was there', async (_, text) => {
    const { text: edited, known } = await addWaiver('w.yaml', text, ENTRY);
    expect(known).toBe(false);
    expect(edited.startsWith(text)).toBe(true);
    const { entries } = await loadWaivers('w.yaml', edited);
    expect(entries.at(-1)).toMatchObject(ENTRY);
    expect(entries.length).toBe(text.includes('acme') ? 2 : 1);
  });

  test.each([
    ['an empty list in brackets', '[] # none\n', 0],
    ['entries in braces', '[{ kind: debt, slice: a, reason: r, owner: o, expires: 2026-05-01 }]\n', 1],
  ])('to %s keeps what it says', async (_, text, before) => {
    const { text: edited } = await addWaiver('w.yaml', text, ENTRY);
    const { entries } = await loadWaivers('w.yaml', edited);
    expect(entries).toHaveLength(before + 1);
    expect(entries.at(-1)).toMatchObject(ENTRY);
  });

  test('twice changes nothing the second time', async () => {
    const { text } = await addWaiver('w.yaml', OTHER, ENTRY);
    expect(await addWaiver('w.yaml', text, ENTRY)).toEqual({ text, known: true });
  });

  test('for a run that has another one already is refused with its line', async () => {
    const { text } = await addWaiver('w.yaml', OTHER, ENTRY);
    await expect(addWaiver('w.yaml', text, { ...ENTRY, owner: 'dan' })).rejects.toThrow(
      /stands there already: ana, until 2026-02-12[\s\S]*w\.yaml:8:1/,
    );
  });

  test('that is no waiver, or to a file that is none, is refused', async () => {
    await expect(addWaiver('w.yaml', '', { ...ENTRY, expires: '2026-02-30' })).rejects.toThrow(
      'must be a date such as 2026-01-31',
    );
    await expect(addWaiver('w.yaml', 'slice: a\n', ENTRY)).rejects.toThrow('must be a list');
  });

  test('keeps no character in a reason or a name that steers a terminal or turns a line', async () => {
    const entry = { ...ENTRY, reason: 'fine\u202e', owner: 'a\u0000', reviewer: 'b\u001b[2J' };
    const error = (await addWaiver('w.yaml', OTHER, entry).catch((caught) => caught)) as ConfigError;
    expect(error).toBeInstanceOf(ConfigError);
    expect(error.problems.map(({ message }) => message)).toEqual([
      'the reason has U+202E as its character 5, which turns the reading direction',
      'the owner has U+0000 as its character 2, which steers terminals and files',
      'the reviewer has U+001B as its character 2, which steers terminals and files',
    ]);
  });

  test.each(['evil\u202etxt', 'nul\u0000', 'a\u2028b\u009b', '\u2066x: #'])(
    'spells %j by escapes in the name of a slice, which is data',
    async (value) => {
      const entry = { ...ENTRY, slice: `passRate/segment=${value}` };
      const { text } = await addWaiver('w.yaml', OTHER, entry);
      expect(isPlainText(text)).toBe(true);
      expect((await loadWaivers('w.yaml', text)).entries[1]).toMatchObject(entry);
      const listed = await addWaiver('w.yaml', '[]', entry);
      expect(isPlainText(listed.text)).toBe(true);
      expect((await loadWaivers('w.yaml', listed.text)).entries[0]).toMatchObject(entry);
    },
  );

  test('whatever names and reasons say, they are read back as they were, beside what was there', async () => {
    const words = fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => text.toWellFormed());
    await fc.assert(
      fc.asyncProperty(words, words, words, async (slice, reason, owner) => {
        fc.pre(isPlainText(reason) && isPlainLine(owner));
        const entry = { ...ENTRY, slice, reason, owner };
        const { text } = await addWaiver('w.yaml', OTHER, entry);
        const { entries } = await loadWaivers('w.yaml', text);
        expect(entries[0]).toMatchObject({ slice: 'acme', kind: 'debt' });
        expect(entries[1]).toMatchObject(entry);
      }),
      { numRuns: 200 },
    );
  });
});
