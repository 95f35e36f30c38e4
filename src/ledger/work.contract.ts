/** What every kind of ledger must do with the work of people: decisions, notes on cases, the table of gates. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DecisionRecord, Ledger, OpenLedger, SelectionRecord } from './index.ts';
import { CONTEXT, makeGate, makeRun, makeSlice, outcomeWriter } from './ledger.contract.ts';

const WAIVE: DecisionRecord = {
  runHash: 'a>b',
  decision: 'waive',
  target: { slice: 'passRate/segment=refund_flow' },
  reason: 'declined on purpose',
  owner: 'ana',
  reviewer: 'bo',
  expires: '2026-02-12',
  cases: null,
  who: 'ana',
};

const SELECTION: SelectionRecord = {
  queue: 'review',
  purpose: 'quality control',
  design: { seed: 1 },
  population: 10,
  items: [
    { caseId: 'c1', place: 'logs:1', why: 'random', stratum: null, probability: 0.1, slices: {} },
    { caseId: 'c2', place: 'logs:2', why: 'random', stratum: null, probability: 0.1, slices: {} },
  ],
};

export function workContract(kind: string, open: OpenLedger): void {
  describe(`the work in a ${kind} ledger`, () => {
    let folder: string;
    let ledger: Ledger;
    let clock: Date;
    const at = (iso: string) => {
      clock = new Date(iso);
    };

    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), 'slicewise-work-'));
      at('2026-01-05T12:00:00.000Z');
      ledger = await open(join(folder, 'ledger.db'), { now: () => clock });
    });
    afterEach(async () => {
      await ledger.close();
      rmSync(folder, { recursive: true });
    });

    describe('decisions', () => {
      test('are kept as they were made, told twice are one, and a changed mind is another', async () => {
        const first = await ledger.recordDecision(WAIVE);
        at('2026-01-05T12:01:00.000Z');
        expect(await ledger.recordDecision(WAIVE)).toEqual({ ...first, isNew: false });
        const uphold = { ...WAIVE, decision: 'uphold', reviewer: null, expires: null } as const;
        expect((await ledger.recordDecision(uphold)).isNew).toBe(true);
        expect((await ledger.recordDecision(WAIVE)).isNew).toBe(true);
        const kept = await ledger.decisions('a>b');
        expect(kept.map(({ decision }) => decision)).toEqual(['waive', 'uphold', 'waive']);
        expect(kept[0]).toEqual({ ...WAIVE, id: first.id, at: '2026-01-05T12:00:00.000Z' });
      });

      test('belong to a run and a target; those of other runs and targets stand beside them', async () => {
        await ledger.recordDecision(WAIVE);
        await ledger.recordDecision({ ...WAIVE, target: { check: 'overlap' } });
        await ledger.recordDecision({ ...WAIVE, runHash: 'other' });
        expect((await ledger.decisions('a>b')).map(({ target }) => target)).toEqual([
          { slice: 'passRate/segment=refund_flow' },
          { check: 'overlap' },
        ]);
        expect(await ledger.decisions()).toHaveLength(3);
        expect(await ledger.decisions('nothing')).toEqual([]);
      });

      test('of two people at the same moment are both kept', async () => {
        const both = [WAIVE, { ...WAIVE, who: 'bo' }, WAIVE].map((one) => ledger.recordDecision(one));
        expect((await Promise.all(both)).map(({ isNew }) => isNew)).toEqual([true, true, true]);
        expect((await ledger.decisions()).map(({ who }) => who)).toEqual(['ana', 'bo', 'ana']);
      });

      test.each<[string, Partial<DecisionRecord>, readonly string[]]>([
        [
          'a waiver without its parts',
          { reviewer: ' ', expires: 'soon', owner: '', reason: '' },
          [
            'a decision needs its reason',
            'a decision needs its owner',
            'a waiver needs its reviewer',
            'a waiver needs the day on which it expires, such as 2026-01-31',
          ],
        ],
        [
          'a request for no cases',
          { decision: 'fresh', cases: 0 },
          ['a request for fresh cases needs their number, at least 1'],
        ],
        [
          'another word',
          { decision: 'maybe' as 'waive' },
          ['"maybe" is no decision; decisions are uphold, waive, fresh'],
        ],
      ])('refuse %s, with everything that is wrong', async (_, change, messages) => {
        const refused = (await ledger.recordDecision({ ...WAIVE, ...change }).catch((error) => error)) as {
          problems: readonly { message: string }[];
        };
        expect(refused.problems.map(({ message }) => message)).toEqual(messages);
        expect(await ledger.decisions()).toEqual([]);
      });
    });

    describe('notes on cases', () => {
      const note = (caseId: string, noteKind: 'tag' | 'untag' | 'comment', value: string, who = 'ana') =>
        ledger.recordCaseNote({ caseId, kind: noteKind, value, who });

      test('are kept for any case, queued or not, and read together with what queues hold', async () => {
        await ledger.recordSelection(SELECTION);
        const [item] = await ledger.queue();
        await note('c1', 'tag', 'noisy');
        await ledger.recordQueueEvent({ itemId: item!.id, kind: 'tag', value: 'mislabelled', who: 'bo' });
        await note('never queued', 'comment', 'see <b>ticket</b>\nand more');
        const [first, second, none] = await ledger.caseNotes(['c1', 'never queued', 'c2']);
        expect(first).toEqual({
          caseId: 'c1',
          tags: ['noisy', 'mislabelled'],
          notes: [
            { kind: 'tag', value: 'noisy', who: 'ana', at: '2026-01-05T12:00:00.000Z', queue: null },
            {
              ...{ kind: 'tag', value: 'mislabelled', who: 'bo' },
              ...{ at: '2026-01-05T12:00:00.000Z', queue: 'review' },
            },
          ],
        });
        expect(second!.notes.map(({ value }) => value)).toEqual(['see <b>ticket</b>\nand more']);
        expect(none).toEqual({ caseId: 'c2', tags: [], notes: [] });
      });

      test('hold no character that steers a terminal or turns a line, and neither do decisions and queues', async () => {
        await expect(note('c1', 'comment', 'a\u0000b')).rejects.toThrow(
          'the comment has U+0000 as its character 2, which steers terminals and files',
        );
        await expect(note('c1', 'tag', 'two\nlines', 'ana\u202e')).rejects.toThrow(
          /the tag has U\+000A[\s\S]*the name of the person has U\+202E/,
        );
        await expect(ledger.recordDecision({ ...WAIVE, reason: 'x\u2067', owner: 'a\nb' })).rejects.toThrow(
          /the reason has U\+2067[\s\S]*the owner has U\+000A/,
        );
        await expect(ledger.recordSelection({ ...SELECTION, queue: 'q\u001b[2J' })).rejects.toThrow(
          'the name of the queue has U+001B',
        );
        await ledger.recordSelection(SELECTION);
        const [item] = await ledger.queue();
        const event = { itemId: item!.id, kind: 'comment' as const, value: '\ud800', who: 'bo' };
        await expect(ledger.recordQueueEvent(event)).rejects.toThrow('is half a character');
        expect((await ledger.caseNotes(['c1']))[0]!.notes).toEqual([]);
        expect(await ledger.decisions()).toEqual([]);
        expect((await ledger.queue()).flatMap(({ events }) => events)).toEqual([]);
      });

      test('of the same tag are one; taken off and put on again it is there, at one moment too', async () => {
        const put = await note('c1', 'tag', 'noisy');
        expect(await note('c1', 'tag', 'noisy', 'bo')).toEqual({ ...put, isNew: false });
        const off = await note('c1', 'untag', 'noisy');
        expect(await note('c1', 'untag', 'noisy')).toEqual({ ...off, isNew: false });
        expect((await ledger.caseNotes(['c1']))[0]!.tags).toEqual([]);
        expect((await note('c1', 'tag', 'noisy')).isNew).toBe(true);
        expect((await ledger.caseNotes(['c1']))[0]!.tags).toEqual(['noisy']);
      });

      test('of twenty clicks at once leave one tag and one comment', async () => {
        const clicks = Array.from({ length: 20 }, () => [
          note('c1', 'tag', 'noisy'),
          note('c2', 'comment', 'x'),
        ]);
        await Promise.all(clicks.flat());
        const [c1, c2] = await ledger.caseNotes(['c1', 'c2']);
        expect([c1!.notes.length, c2!.notes.length]).toEqual([1, 1]);
      });

      test('count the cases of every tag, those that lost it left out', async () => {
        for (const id of ['c1', 'c2', 'c3']) await note(id, 'tag', 'noisy');
        await note('c3', 'untag', 'noisy');
        await note('c3', 'tag', 'ambiguous');
        expect(await ledger.tags()).toEqual([
          { tag: 'noisy', cases: 2 },
          { tag: 'ambiguous', cases: 1 },
        ]);
      });

      test('without a case, a value, a person, or of a tag that was never there are refused', async () => {
        await expect(note('', 'tag', ' ', '')).rejects.toThrow(
          /needs its case[\s\S]*must not be empty[\s\S]*needs the person/,
        );
        await expect(note('c1', 'untag', 'noisy')).rejects.toThrow('the case "c1" has no tag "noisy"');
        expect((await ledger.caseNotes(['c1']))[0]!.notes).toEqual([]);
      });
    });

    describe('repeated clicks in a queue', () => {
      test('close an item once, and reopen it once', async () => {
        await ledger.recordSelection(SELECTION);
        const [item] = await ledger.queue();
        const say = (event: 'done' | 'skip' | 'reopen') =>
          ledger.recordQueueEvent({ itemId: item!.id, kind: event, value: '', who: 'ana' });
        for (const event of ['done', 'done', 'reopen', 'reopen', 'skip', 'skip'] as const) {
          at(new Date(clock.getTime() + 1000).toISOString());
          await say(event);
        }
        const [after] = await ledger.queue();
        expect(after!.events.map((event) => event.kind)).toEqual(['done', 'reopen', 'skip']);
        expect(after!.state).toBe('skipped');
      });
    });

    describe('the table of gates', () => {
      const slices = [makeSlice('refund', 43, 36, 47), makeSlice('invoice', 176, 191, 210)];

      test('shows the newest first, with the whole, the worst slice, instruments and anchors', async () => {
        const instruments = { judge: ['j1'], dataset: ['d1'], prompt: [], code: ['c1'] };
        const run = await ledger.recordRun(makeRun('main', 'bbbb', { instruments }));
        const overall = [{ ...makeSlice('', 219, 227, 257), metric: 'passRate' }];
        const context = { ...CONTEXT, candidateRunId: run.id };
        await ledger.recordGate(makeGate('aaaa', 'bbbb', slices, { overall, verdict: 'BLOCK' }), context);
        at('2026-01-06T12:00:00.000Z');
        await ledger.recordGate(makeGate('bbbb', 'cccc', []), CONTEXT);
        await ledger.recordAnchor({ name: 'main', reason: 'new policy', who: 'ana' });
        const { gates, total, anchors } = await ledger.gates();
        expect([gates.length, total]).toEqual([2, 2]);
        expect(gates[0]).toMatchObject({
          candidateFingerprint: 'cccc',
          worst: null,
          gated: 0,
          instruments: null,
          candidateFiles: null,
          baselineFiles: null,
        });
        expect(gates[1]).toMatchObject({
          verdict: 'BLOCK',
          instruments,
          cases: 3,
          gated: 2,
          worst: { value: 'refund', n: 47, role: 'gated' },
          overall: [{ role: 'overall', n: 257 }],
        });
        expect(anchors).toEqual([
          { at: '2026-01-06T12:00:00.000Z', name: 'main', reason: 'new policy', who: 'ana' },
        ]);
        expect(await ledger.gates({ limit: 1 })).toMatchObject({ gates: [{ id: gates[0]!.id }], total: 2 });
      });

      test('counts the gated slices that decide, and names the files of both runs', async () => {
        const before = await ledger.recordRun(makeRun('baseline', 'aaaa'));
        const after = await ledger.recordRun(makeRun('main', 'bbbb'));
        const of = (verdict: 'LOW-N' | 'DEBT', value: string) => ({ ...makeSlice(value, 3, 2, 4), verdict });
        const small = [of('LOW-N', 'small'), ...slices, of('LOW-N', 'smaller'), of('DEBT', 'owed')];
        const runs = { baselineRunId: before.id, candidateRunId: after.id };
        await ledger.recordGate(makeGate('aaaa', 'bbbb', small), { ...CONTEXT, ...runs });
        at('2026-01-06T12:00:00.000Z');
        await ledger.recordGate(makeGate('aaaa', 'cccc', [of('LOW-N', 'small')]), CONTEXT);
        const { gates } = await ledger.gates();
        expect(gates.map(({ gated, worst }) => [gated, worst?.value ?? null])).toEqual([
          [0, null],
          [2, 'refund'],
        ]);
        expect(gates[1]).toMatchObject({ baselineFiles: ['aaaa.jsonl'], candidateFiles: ['bbbb.jsonl'] });
      });

      test('hands out gates by id with every slice, in the order asked for', async () => {
        await ledger.recordGate(makeGate('a', 'b', slices), CONTEXT);
        const [gate] = (await ledger.gates()).gates;
        const [missing, found] = await ledger.gatesById(['no such id', gate!.id]);
        expect(missing).toBeNull();
        expect(found!.slices.map(({ value }) => value)).toEqual(['refund', 'invoice']);
        expect(await ledger.gatesById([])).toEqual([]);
      });
    });

    test('a case has every comparison with its outcomes, but for the one that is looked at', async () => {
      const outcomes = [{ c1: [1, 'x'] }, { c1: [0, 'x'] }, { c1: [0, 'x'] }] as const;
      const ids: string[] = [];
      for (const [index, of] of outcomes.entries()) {
        const run = makeRun('main', `f${index}`, {
          writeOutcomes: outcomeWriter(of),
          timeKey: String(index),
        });
        ids.push((await ledger.recordRun(run)).id);
      }
      for (const [from, to] of [
        [0, 1],
        [1, 2],
      ] as const) {
        at(`2026-01-0${6 + from}T12:00:00.000Z`);
        const context = { ...CONTEXT, baselineRunId: ids[from]!, candidateRunId: ids[to]! };
        await ledger.recordGate(makeGate(`f${from}`, `f${to}`), context);
      }
      const [all] = await ledger.caseComparisons(['c1']);
      expect(
        all!.comparisons.map(({ at: when, before, after }) => [when.slice(0, 10), before, after]),
      ).toEqual([
        ['2026-01-07', 0, 0],
        ['2026-01-06', 1, 0],
      ]);
      const except = { baseline: 'f0', candidate: 'f1' };
      expect((await ledger.caseComparisons(['c1'], { except }))[0]!.comparisons).toHaveLength(1);
      expect(await ledger.caseRecords(['c1'], { except })).toEqual([
        { id: 'c1', comparisons: 1, unchangedComparisons: 0, flipped: 0, flippedUnchanged: 0 },
      ]);
      await ledger.recordRerun({ baselineRunId: ids[0]!, rerunRunId: ids[1]! });
      expect(await ledger.caseRecords(['c1'], { except })).toEqual([
        { id: 'c1', comparisons: 2, unchangedComparisons: 1, flipped: 1, flippedUnchanged: 1 },
      ]);
    });
  });
}
