/** Adding an entry to a waiver file: nothing else changes, nothing is added twice. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
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

  test('whatever names and reasons say, they are read back as they were, beside what was there', async () => {
    const words = fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => text.toWellFormed());
    await fc.assert(
      fc.asyncProperty(words, words, words, async (slice, reason, owner) => {
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
