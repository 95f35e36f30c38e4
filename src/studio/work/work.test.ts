/** Review, decisions, queues and tags over real sessions: the article's blocked release with a ledger and a waiver file. */

import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Config, configFromFlags, loadWaivers } from '../../config/index.ts';
import { gate } from '../../pipeline.ts';
import { prepareRequest } from '../../request/index.ts';
import type { DecideParams, ReviewAnswer, WorkEndpoints } from '../contract/index.ts';
import { workServices } from '../services/work.ts';
import { openSession, type StudioSession } from '../session.ts';
import { inReadingOrder, standingOf } from './case-order.ts';
import { tagWords } from './taxonomy.ts';

const article = (file: string) => [resolve('examples/article', file)];
const REFUND = 'passRate/segment=refund_flow';

let folder: string;
let open: StudioSession[];
let clock: Date;
const ports = () => ({ cwd: folder, now: () => clock, progress: () => {} });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slicewise-review-'));
  open = [];
  clock = new Date('2026-01-12T09:00:00Z');
  writeFileSync(join(folder, 'waivers.yaml'), '# who may ship what\n');
});
afterEach(async () => {
  await Promise.all(open.map((session) => session.close()));
  rmSync(folder, { recursive: true });
});

async function requestOf(more: { readonly waivers?: string; readonly ledger?: string }) {
  const config: Config = configFromFlags({
    baseline: article('before.jsonl'),
    candidate: article('after.jsonl'),
    ...more,
  });
  const text = more.waivers === undefined ? '' : readFileSync(join(folder, more.waivers), 'utf8');
  const { entries } = await loadWaivers('waivers.yaml', text);
  return { config, waivers: entries, inputs: 'before.jsonl after.jsonl', rules: '', recordAs: 'main' };
}

const BOTH = { waivers: 'waivers.yaml', ledger: 'ledger.db' };

async function sessionOf(more: Parameters<typeof requestOf>[0] = BOTH): Promise<StudioSession> {
  const session = await openSession(await requestOf(more), ports());
  open.push(session);
  return session;
}

type Name = keyof WorkEndpoints;
async function ask<N extends Name>(session: StudioSession, name: N, params: WorkEndpoints[N]['params']) {
  const service = workServices[name];
  return service.answer(service.params.parse(params) as never, session) as Promise<
    WorkEndpoints[N]['answer']
  >;
}

const WAIVE: DecideParams = {
  target: { kind: 'slice', id: REFUND },
  decision: 'waive',
  reason: 'declined on purpose: ticket 12',
  owner: 'ana',
  reviewer: 'bo',
  expires: '2026-01-26',
  cases: null,
  who: 'ana',
};
const waiversFile = () => readFileSync(join(folder, 'waivers.yaml'), 'utf8');
const problemsOf = (error: unknown) =>
  (error as { problems: readonly { message: string; where?: { field?: string } }[] }).problems;

describe("the review of the article's release", () => {
  test('shows what fell with its evidence, the lost cases, and where decisions go', async () => {
    const review = await ask(await sessionOf(), 'review', { item: '' });
    expect(review.verdict).toBe('BLOCK');
    const [first] = review.fallen;
    expect(first).toMatchObject({
      key: `slice:${REFUND}`,
      title: 'refund_flow',
      verdict: 'BLOCK',
      slice: { n: 47, lost: 7, gained: 0, grade: 'confirmed' },
      waivable: true,
      decisions: [],
      waiver: null,
    });
    expect(review.open!.cases).toHaveLength(7);
    expect(new Set(review.open!.cases.map(({ standing }) => standing))).toEqual(new Set(['new']));
    expect(review.waivers).toEqual({ file: 'waivers.yaml', hint: '' });
    expect(review.ledger.configured).toBe(true);
  });

  test('the comparison that is looked at is no past of its own cases', async () => {
    await gate(await requestOf(BOTH), ports());
    const review = await ask(await sessionOf(), 'review', { item: '' });
    expect(review.open!.cases.every(({ history }) => history.length === 0)).toBe(true);
    // Nor in the report, whose lists the page Slices shows.
    const again = await gate(await requestOf(BOTH), ports());
    const listed = again.slices.flatMap(({ cases: { lost, gained } }) => [...lost, ...gained]);
    expect(listed.length).toBeGreaterThan(6);
    expect(listed.filter(({ record }) => record !== null && record.comparisons > 0)).toEqual([]);
  });

  test('a waiver is written into the file and the ledger, and the next gate passes with it', async () => {
    const session = await sessionOf();
    const answer = await ask(session, 'decide', WAIVE);
    expect(answer.waiver).toMatchObject({ written: true, known: false, file: 'waivers.yaml', hint: null });
    expect(answer.ledger).toEqual({ recorded: true, isNew: true, hint: null });
    expect(waiversFile()).toBe(`# who may ship what\n${answer.waiver!.entry}`);
    expect(answer.waiver!.diff[0]).toEqual({ kind: 'kept', text: '# who may ship what', line: 1 });
    expect(answer.waiver!.diff.filter(({ kind }) => kind === 'added').map(({ text }) => text)).toEqual([
      '- slice: segment=refund_flow',
      '  reason: "declined on purpose: ticket 12"',
      '  owner: ana',
      '  reviewer: bo',
      '  date: 2026-01-12',
      '  expires: 2026-01-26',
      `  runHash: ${session.release.report.runHash}`,
    ]);
    const report = await gate(await requestOf(BOTH), ports());
    expect(report.ship.text).toMatch(/^PASS with 1 waiver/);
    const after = await ask(session, 'review', { item: '' });
    expect(after.fallen[0]).toMatchObject({
      waiver: { kind: 'waiver', owner: 'ana', reviewer: 'bo', expired: false, line: 2 },
      decisions: [{ decision: 'waive', who: 'ana', reason: 'declined on purpose: ticket 12' }],
    });
  });

  test('the first waiver makes the file and its folder where there is none yet', async () => {
    const wanted = {
      flags: {
        ...{ baseline: article('before.jsonl'), candidate: article('after.jsonl') },
        waivers: join('decided', 'waivers.yaml'),
      },
      configFile: null,
    };
    const session = await openSession(await prepareRequest(wanted, folder), ports());
    open.push(session);
    const { notes } = session.release.report;
    expect(notes.filter((note) => note.includes('waiver file'))).toEqual([
      'the waiver file "decided/waivers.yaml" does not exist yet and counts as empty; the first waiver makes it',
    ]);
    expect((await ask(session, 'review', { item: '' })).fallen[0]!.waiver).toBeNull();
    const { waiver } = await ask(session, 'decide', WAIVE);
    expect(waiver).toMatchObject({ written: true, file: join('decided', 'waivers.yaml') });
    expect(readFileSync(join(folder, 'decided', 'waivers.yaml'), 'utf8')).toBe(waiver!.entry);
    const report = await gate(await prepareRequest(wanted, folder), ports());
    expect(report.ship.text).toMatch(/^PASS with 1 waiver/);
    expect(report.notes.some((note) => note.includes('waiver file'))).toBe(false);
  });

  test('the same click again changes nothing, thirty at once leave one entry', async () => {
    const session = await sessionOf();
    const answers = await Promise.all(Array.from({ length: 30 }, () => ask(session, 'decide', WAIVE)));
    expect(answers.filter(({ waiver }) => waiver!.written)).toHaveLength(1);
    expect(answers.filter(({ ledger }) => ledger.isNew)).toHaveLength(1);
    const again = await ask(session, 'decide', WAIVE);
    expect(again.waiver).toMatchObject({ written: false, known: true, diff: [] });
    expect((await loadWaivers('w', waiversFile())).entries).toHaveLength(1);
    expect((await ask(session, 'review', { item: '' })).fallen[0]!.decisions).toHaveLength(1);
    expect(readdirSync(folder).filter((name) => /lock|tmp/.test(name))).toEqual([]);
  });

  test('two sessions and an editor that write at the same time lose nothing', async () => {
    const [one, two] = [await sessionOf(), await sessionOf()];
    appendFileSync(
      join(folder, 'waivers.yaml'),
      '- { kind: debt, slice: invoice_parse, reason: r, owner: o, expires: 2026-05-01 }\n',
    );
    await Promise.all([
      ask(one, 'decide', WAIVE),
      ask(two, 'tag-case', { caseId: 'c', tag: 'noisy', on: true, who: 'bo' }),
      ask(two, 'decide', { ...WAIVE, decision: 'uphold', reviewer: '', expires: '', who: 'bo' }),
    ]);
    expect((await loadWaivers('w', waiversFile())).entries.map(({ kind }) => kind)).toEqual([
      'debt',
      'waiver',
    ]);
    const kinds = (await ask(one, 'review', { item: '' })).fallen[0]!.decisions.map(
      ({ decision }) => decision,
    );
    expect(kinds.toSorted()).toEqual(['uphold', 'waive']);
  });

  test('everything that is wrong with a decision is told at once, and nothing is written', async () => {
    const session = await sessionOf();
    const bad = { ...WAIVE, reason: ' ', owner: 'bo', expires: '2026-01-11', who: '' };
    const error = await ask(session, 'decide', bad).catch((thrown: unknown) => thrown);
    expect(problemsOf(error).map(({ where }) => where?.field)).toEqual([
      'reason',
      'who',
      'reviewer',
      'expires',
    ]);
    const gone = { ...WAIVE, target: { kind: 'slice' as const, id: 'passRate/segment=nothing' } };
    const unknown = await ask(session, 'decide', gone).catch((thrown: unknown) => thrown);
    expect(problemsOf(unknown).map(({ where }) => where?.field)).toEqual(['target']);
    expect(waiversFile()).toBe('# who may ship what\n');
    expect((await ask(session, 'review', { item: '' })).fallen[0]!.decisions).toEqual([]);
  });

  test.each(['2026-02-30', 'soon', '2027-06-01', ''])('the last day %j is refused', async (expires) => {
    const error = await ask(await sessionOf(), 'decide', { ...WAIVE, expires }).catch((thrown) => thrown);
    expect(problemsOf(error).map(({ where }) => where?.field)).toEqual(['expires']);
  });

  test('a waiver file that somebody broke is a clear error, and stays as it is', async () => {
    const session = await sessionOf();
    writeFileSync(join(folder, 'waivers.yaml'), '- slice: [\n');
    await expect(ask(session, 'decide', WAIVE)).rejects.toThrow('waivers.yaml');
    expect(waiversFile()).toBe('- slice: [\n');
  });

  test('without a ledger and a waiver file the entry is there to copy, with what to configure', async () => {
    const session = await sessionOf({});
    const review: ReviewAnswer = await ask(session, 'review', { item: '' });
    expect(review.waivers.hint).toContain('--waivers FILE');
    expect(review.command).toBe('slicewise gate before.jsonl after.jsonl --waivers waivers.yaml');
    expect(review.ledger).toMatchObject({
      configured: false,
      hint: expect.stringContaining('--ledger FILE'),
    });
    const answer = await ask(session, 'decide', WAIVE);
    expect(answer.waiver).toMatchObject({ written: false, file: null, diff: [] });
    expect((await loadWaivers('w', answer.waiver!.entry)).entries[0]).toMatchObject({ owner: 'ana' });
    expect(answer.ledger.recorded).toBe(false);
    expect(answer.next.map(({ command }) => command)).toEqual([review.command]);
    expect(readdirSync(folder)).toEqual(['waivers.yaml']);
  });

  test('fresh cases are asked for by number, with the command that draws them, and stand in the queues', async () => {
    const session = await sessionOf();
    const needed = (await ask(session, 'review', { item: '' })).fallen[0]!.slice!.needed;
    const fresh = { ...WAIVE, decision: 'fresh' as const, cases: needed, reviewer: '', expires: '' };
    const { waiver, next } = await ask(session, 'decide', fresh);
    expect(waiver).toBeNull();
    expect(next[0]!.command).toBe(
      `slicewise sample LOGS --where 'segment == '\\''refund_flow'\\''' --size ${needed} -o fresh.jsonl --ledger ledger.db --queue fresh`,
    );
    expect(await ask(session, 'queues', {})).toMatchObject({
      requests: [{ slice: REFUND, cases: needed, drawn: 0, who: 'ana' }],
    });
    await ask(session, 'decide', { ...WAIVE, decision: 'uphold', reviewer: '', expires: '' });
    expect(await ask(session, 'queues', {})).toMatchObject({ requests: [] });
  });
});

describe('what a decision cannot change', () => {
  const rows = (passed: number) =>
    Array.from({ length: 60 }, (_, i) => ({ id: `c${i}`, flow: 'refund', passed: i < passed }));
  const write = (name: string, lines: readonly object[]) => {
    writeFileSync(join(folder, name), lines.map((row) => `${JSON.stringify(row)}\n`).join(''));
    return [name];
  };

  test('debt that expired stands among what fell, and a waiver for it is refused', async () => {
    const config = configFromFlags({
      ...{ baseline: write('old.jsonl', rows(45)), candidate: write('new.jsonl', rows(45)) },
      ...{ slice: ['flow'], floor: ['0.9'] },
    });
    const debt = '- { kind: debt, slice: refund, reason: r, owner: o, expires: 2026-01-01 }\n';
    const waivers = (await loadWaivers('w.yaml', debt)).entries;
    const session = await openSession({ config, waivers, inputs: '', rules: '', recordAs: 'main' }, ports());
    open.push(session);
    const [fallen] = (await ask(session, 'review', { item: '' })).fallen;
    expect(fallen).toMatchObject({ verdict: 'BLOCK', title: 'refund', waivable: false });
    expect(fallen!.remedy).toContain('expired 2026-01-01');
    const error = await ask(session, 'decide', { ...WAIVE, target: fallen!.target }).catch(
      (thrown) => thrown,
    );
    expect(problemsOf(error).map(({ where }) => where?.field)).toEqual(['decision']);
  });

  test('a single run has nothing to decide about', async () => {
    const config = configFromFlags({ candidate: write('new.jsonl', rows(45)), slice: ['flow'] });
    const session = await openSession(
      { config, waivers: [], inputs: '', rules: '', recordAs: 'main' },
      ports(),
    );
    open.push(session);
    const review = await ask(session, 'review', { item: '' });
    expect([review.verdict, review.fallen, review.open]).toEqual(['UNTESTED', [], null]);
  });

  test('a check is waived as a check, and the next gate counts it', async () => {
    const config = configFromFlags({
      ...{ baseline: write('old.jsonl', rows(45)), candidate: write('new.jsonl', rows(45)) },
      ...{ slice: ['flow'], waivers: 'waivers.yaml' },
    });
    const named = {
      ...config,
      slices: config.slices.map((slice) => ({ ...slice, only: ['refund', 'refunds'] })),
    };
    const request = { config: named, waivers: [], inputs: '', rules: '', recordAs: 'main' };
    const session = await openSession(request, ports());
    open.push(session);
    const { fallen } = await ask(session, 'review', { item: '' });
    const check = fallen.find(({ target }) => target.kind === 'check')!;
    await ask(session, 'decide', { ...WAIVE, target: check.target });
    const { entries } = await loadWaivers('waivers.yaml', waiversFile());
    expect(entries[0]).toMatchObject({ check: check.target.id, slice: null });
    const report = await gate({ ...request, waivers: entries }, ports());
    expect(report.ship.text).toMatch(/with 1 waiver/);
  });
});

describe('queues and tags', () => {
  const [A, B, C] = ['refund_flow/006', 'refund_flow/011', 'refund_flow/025'] as const;

  test('take no case that neither run has, and then nothing of what was asked', async () => {
    const session = await sessionOf();
    const picked = {
      queue: 'refunds',
      purpose: '',
      why: 'lost in \u202e',
      caseIds: [A, 'c\u202e9', B, 'c10'],
    };
    await expect(ask(session, 'enqueue', picked)).rejects.toThrow(
      '2 of 4 cases are in neither run: "c\\u202e9", "c10"',
    );
    expect(await ask(session, 'queues', {})).toMatchObject({ queues: [] });
    await ask(session, 'enqueue', { ...picked, caseIds: [A] });
    const params = { queue: 'refunds', state: 'open' as const, tag: '', offset: 0, limit: 10 };
    expect(await ask(session, 'queue', params)).toMatchObject({ rows: [{ why: 'lost in \\u202e' }] });
  });

  test('cases that were picked are a queue whose items are closed, reopened, tagged and found by tag', async () => {
    const session = await sessionOf();
    const picked = {
      queue: 'refunds',
      purpose: 'second look',
      why: 'lost',
      caseIds: [A, B, A, C],
    };
    expect((await ask(session, 'enqueue', picked)).isNew).toBe(true);
    expect((await ask(session, 'enqueue', picked)).isNew).toBe(false);
    const params = { queue: 'refunds', state: 'open' as const, tag: '', offset: 0, limit: 10 };
    const before = await ask(session, 'queue', params);
    if (before.state !== 'recorded') throw new Error('no ledger');
    expect(before.rows.map(({ caseId, probability }) => [caseId, probability])).toEqual([
      [A, null],
      [B, null],
      [C, null],
    ]);
    const itemId = before.rows[0]!.itemId;
    await ask(session, 'queue-event', { itemId, kind: 'done', value: '', who: 'ana' });
    await ask(session, 'queue-event', { itemId, kind: 'done', value: '', who: 'ana' });
    await ask(session, 'tag-case', { caseId: B, tag: ' noisy ', on: true, who: 'ana' });
    expect(await ask(session, 'queue', params)).toMatchObject({
      total: 2,
      counts: { items: 3, open: 2, done: 1, skipped: 0 },
    });
    expect(await ask(session, 'queue', { ...params, tag: 'noisy' })).toMatchObject({ total: 1 });
    expect(await ask(session, 'queue', { ...params, offset: 1 })).toMatchObject({
      rows: [{ caseId: C }],
    });
    expect(await ask(session, 'queues', {})).toMatchObject({
      queues: [{ queue: 'refunds', open: 2, withProbability: 0, purposes: ['second look'] }],
    });
  });

  test('a case keeps its tags and comments, and the words count their cases', async () => {
    const session = await sessionOf();
    await ask(session, 'tag-case', { caseId: 'x', tag: 'mislabelled', on: true, who: 'ana' });
    await ask(session, 'tag-case', { caseId: 'x', tag: 'our own', on: true, who: 'ana' });
    await ask(session, 'tag-case', { caseId: 'x', tag: 'our own', on: false, who: 'bo' });
    await ask(session, 'tag-case', { caseId: 'y', tag: 'our own', on: true, who: 'bo' });
    await ask(session, 'comment-case', { caseId: 'x', text: 'see ticket', who: 'ana' });
    const answer = await ask(session, 'case-tags', { caseId: 'x' });
    if (answer.state !== 'recorded') throw new Error('no ledger');
    expect(answer.tags).toEqual(['mislabelled']);
    expect(answer.events.map(({ kind, value }) => [kind, value])).toEqual([
      ['tag', 'mislabelled'],
      ['tag', 'our own'],
      ['untag', 'our own'],
      ['comment', 'see ticket'],
    ]);
    const counted = answer.words.filter(({ cases }) => cases > 0);
    expect(counted.map(({ tag, group, cases }) => [tag, group, cases])).toEqual([
      ['mislabelled', 'data', 1],
      ['our own', 'own', 1],
    ]);
  });

  test('without a ledger reads say what to configure and writes are refused', async () => {
    const session = await sessionOf({});
    expect(await ask(session, 'queues', {})).toMatchObject({ state: 'no ledger' });
    expect(await ask(session, 'case-tags', { caseId: 'x' })).toMatchObject({ state: 'no ledger' });
    await expect(ask(session, 'tag-case', { caseId: 'x', tag: 'noisy', on: true, who: 'a' })).rejects.toThrow(
      /no ledger[\s\S]*--ledger FILE/,
    );
  });

  test('a name, a tag and a comment that are empty are refused', async () => {
    const session = await sessionOf();
    await expect(ask(session, 'tag-case', { caseId: 'x', tag: ' ', on: true, who: '' })).rejects.toThrow(
      /must not be empty[\s\S]*needs the person/,
    );
    await expect(ask(session, 'comment-case', { caseId: 'x', text: ' ', who: 'a' })).rejects.toThrow('empty');
    const nameless = { queue: ' ', purpose: '', why: '', caseIds: ['refund_flow/006'] };
    await expect(ask(session, 'enqueue', nameless)).rejects.toThrow('the queue has no name');
  });
});

describe('names that would steer a terminal or turn a line', () => {
  const readParams = (name: keyof WorkEndpoints, params: unknown) =>
    workServices[name].params.safeParse(params).success;

  test.each(['\u202etag', 'a\nb', '\u001b[2J', '\ud800'])('%j is no tag, no person and no queue', (text) => {
    const tag = { caseId: 'x', tag: 'noisy', on: true, who: 'ana' };
    expect(readParams('tag-case', tag)).toBe(true);
    expect(readParams('tag-case', { ...tag, tag: text })).toBe(false);
    expect(readParams('tag-case', { ...tag, who: text })).toBe(false);
    const queue = { queue: 'q', purpose: '', why: '', caseIds: ['x'] };
    expect(readParams('enqueue', queue)).toBe(true);
    expect(readParams('enqueue', { ...queue, queue: text })).toBe(false);
  });

  test.each(['a\u0000b', '\u202egnp.exe', '\u001b[2J', '\ud800'])(
    '%j is no comment and no reason',
    (text) => {
      expect(readParams('comment-case', { caseId: 'x', text: 'two\nlines', who: 'ana' })).toBe(true);
      expect(readParams('comment-case', { caseId: 'x', text, who: 'ana' })).toBe(false);
      expect(readParams('decide', { ...WAIVE, reason: 'two\nlines' })).toBe(true);
      expect(readParams('decide', { ...WAIVE, reason: text })).toBe(false);
      expect(readParams('queue-event', { itemId: 'i', kind: 'comment', value: text, who: 'ana' })).toBe(
        false,
      );
    },
  );

  test('can be taken away where a ledger has them', () => {
    expect(readParams('tag-case', { caseId: 'x', tag: '\u202etag', on: false, who: 'ana' })).toBe(true);
  });
});

describe('the order of reading', () => {
  const mark = (before: number, after: number, unchanged = false) => ({ before, after, unchanged });

  test.each([
    ['no past', [], 'new'],
    ['a past without a flip', [mark(1, 1), mark(0, 0, true)], 'steady'],
    ['a flip when something had changed', [mark(1, 0), mark(1, 1, true)], 'moved'],
    ['a flip when nothing had changed', [mark(1, 1), mark(0, 1, true)], 'flaky'],
    ['some of several trials, when nothing had changed', [mark(0.5, 1, true)], 'flaky'],
  ])('%s is %#', (_, history, standing) => {
    expect(standingOf(history)).toBe(standing);
  });

  test('puts what never flipped first and what flips by itself last', () => {
    const past = (id: string, ...history: ReturnType<typeof mark>[]) => ({
      id,
      history,
      standing: standingOf(history),
    });
    const cases = [
      past('flaky', mark(1, 0, true)),
      past('moved', mark(1, 0)),
      past('b new'),
      past('a new'),
      past('steady once', mark(1, 1)),
      past('steady twice', mark(1, 1), mark(1, 1)),
    ];
    expect(inReadingOrder(cases).map(({ id }) => id)).toEqual([
      ...['steady twice', 'steady once', 'a new', 'b new', 'moved', 'flaky'],
    ]);
  });

  test("words of the taxonomy stand once, with their counts, before a team's own", () => {
    const words = tagWords([
      { tag: 'own', cases: 9 },
      { tag: 'noisy', cases: 2 },
    ]);
    expect(new Set(words.map(({ tag }) => tag)).size).toBe(words.length);
    expect(words.at(-1)).toEqual({ tag: 'own', group: 'own', means: '', cases: 9 });
    expect(words.find(({ tag }) => tag === 'noisy')).toMatchObject({ group: 'data', cases: 2 });
  });
});
