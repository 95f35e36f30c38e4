/** The queue of a ledger: selections, items, events. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Ledger, openLedger, type SelectionRecord } from './index.ts';

let folder: string;
let ledger: Ledger;
let minute = 0;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slicewise-queue-'));
  minute = 0;
  ledger = await openLedger(join(folder, 'ledger.db'), {
    now: () => new Date(Date.UTC(2026, 0, 1, 0, minute++)),
  });
});

afterEach(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true });
});

const selection = (count: number, more: Partial<SelectionRecord> = {}): SelectionRecord => ({
  queue: 'review',
  purpose: 'quality control',
  design: { designs: ['random'], size: count, seed: 1 },
  population: 1_000,
  items: Array.from({ length: count }, (_, i) => ({
    caseId: `case ${i}`,
    place: `logs.jsonl:${i + 1}`,
    why: 'random',
    stratum: i % 2 === 0 ? null : 'acme, "inc"\n',
    probability: i === 0 ? null : count / 1_000,
    slices: { customer: 'acme, "inc"\n' },
  })),
  ...more,
});

test('items keep their order, reason, stratum, probability and slices', async () => {
  await ledger.recordSelection(selection(3));
  const items = await ledger.queue({ queue: 'review' });
  expect(items.map(({ caseId, stratum, probability }) => [caseId, stratum, probability])).toEqual([
    ['case 0', null, null],
    ['case 1', 'acme, "inc"\n', 0.003],
    ['case 2', null, 0.003],
  ]);
  expect(items[0]).toMatchObject({
    state: 'open',
    tags: [],
    why: 'random',
    place: 'logs.jsonl:1',
    slices: { customer: 'acme, "inc"\n' },
  });
});

test('the same selection told twice is one, another seed is another', async () => {
  const first = await ledger.recordSelection(selection(2));
  expect(first.isNew).toBe(true);
  expect(await ledger.recordSelection(selection(2))).toEqual({ ...first, isNew: false });
  expect((await ledger.recordSelection(selection(2, { design: { seed: 2 } }))).isNew).toBe(true);
  expect((await ledger.queue()).length).toBe(4);
});

test('a selection of more items than one statement takes is kept whole', async () => {
  await ledger.recordSelection(selection(4_500));
  expect((await ledger.queue()).length).toBe(4_500);
});

test('events tag, close and reopen items', async () => {
  await ledger.recordSelection(selection(3));
  const [first, second] = await ledger.queue();
  const say = (itemId: string, kind: 'tag' | 'comment' | 'done' | 'skip' | 'reopen', value = '') =>
    ledger.recordQueueEvent({ itemId, kind, value, who: 'ana' });
  await say(first!.id, 'tag', 'mislabelled');
  await say(first!.id, 'tag', 'mislabelled');
  await say(first!.id, 'comment', 'see ticket');
  await say(first!.id, 'done');
  await say(first!.id, 'done');
  await say(second!.id, 'skip');
  await say(second!.id, 'reopen');
  const closed = await ledger.queue({ state: 'closed' });
  expect(closed.map(({ caseId, state, tags }) => [caseId, state, tags])).toEqual([
    ['case 0', 'done', ['mislabelled']],
  ]);
  expect((await ledger.queue({ state: 'open' })).map(({ caseId }) => caseId)).toEqual(['case 1', 'case 2']);
  expect((await ledger.queue({ caseId: 'case 0' }))[0]?.events.map(({ kind }) => kind)).toEqual([
    'tag',
    'comment',
    'done',
  ]);
});

test('mistakes are refused with what to do, and nothing is half written', async () => {
  await expect(ledger.recordSelection(selection(0))).rejects.toThrow('nothing was selected');
  await expect(ledger.recordSelection(selection(1, { queue: ' ' }))).rejects.toThrow('has no name');
  const twice = [...selection(1).items, ...selection(1).items];
  await expect(ledger.recordSelection(selection(1, { items: twice }))).rejects.toThrow('selected twice');
  expect(await ledger.queue()).toEqual([]);
  await expect(ledger.recordQueueEvent({ itemId: 'x', kind: 'done', value: '', who: 'ana' })).rejects.toThrow(
    'no queue has the item',
  );
  await expect(ledger.recordQueueEvent({ itemId: 'x', kind: 'tag', value: ' ', who: 'ana' })).rejects.toThrow(
    'empty',
  );
  await expect(ledger.recordQueueEvent({ itemId: 'x', kind: 'done', value: '', who: '' })).rejects.toThrow(
    'person',
  );
});
