/** Lists, details, texts, neighbours and traces over real sessions: the article's table, made runs with trials and transcripts, Parquet. */

import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Flags } from '../../config/index.ts';
import { openMemory } from '../../engines/index.ts';
import { gate } from '../../pipeline.ts';
import type { CaseEndpoints, CasesAnswer, CasesParams } from '../contract/index.ts';
import { casesServices } from '../services/cases.ts';
import type { StudioSession } from '../session.ts';
import { articleFile, madeSessions } from '../testing/made-sessions.ts';
import { searchWords } from './search-words.ts';

const { folder, ports, request: requestOf, open: sessionOf, write } = madeSessions();

type Name = keyof CaseEndpoints;
function ask<N extends Name>(session: StudioSession, name: N, params: CaseEndpoints[N]['params']) {
  const service = casesServices[name];
  return service.answer(service.params.parse(params) as never, session) as Promise<
    CaseEndpoints[N]['answer']
  >;
}

const ALL: CasesParams = {
  ...{ where: '', slice: '', within: [], classes: [], errors: false, search: '', ids: [] },
  ...{ order: 'drop', metric: '', offset: 0, limit: 500 },
};

type Listed = Extract<CasesAnswer, { state: 'listed' }>;
async function list(session: StudioSession, filter: Partial<CasesParams> = {}): Promise<Listed> {
  const answer = await ask(session, 'cases', { ...ALL, ...filter });
  if (answer.state !== 'listed') throw new Error(answer.problem.message);
  return answer;
}

const sumOf = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((sum, n) => sum + n, 0);

describe("the article's cases", () => {
  let session: StudioSession;
  beforeAll(async () => {
    session = await sessionOf({
      baseline: articleFile('before.jsonl'),
      candidate: articleFile('after.jsonl'),
    });
  });

  test('are all listed, largest drop first, and every class is counted', async () => {
    const { all, total, byClass, items, metric } = await list(session);
    expect(total).toBe(all);
    expect(sumOf(byClass)).toBe(all);
    expect(metric.id).toBe('passRate');
    expect(items[0]).toMatchObject({ class: 'lost', before: 1, after: 0, trialsBefore: 1, trialsAfter: 1 });
    expect((await list(session, { order: '-drop', limit: 1 })).items[0]?.class).toBe('gained');
    const lost = await list(session, { classes: ['lost'], order: 'id' });
    expect(lost.total).toBe(byClass.lost);
    expect(lost.byClass).toEqual(byClass);
    expect(new Set(lost.items.map(({ class: name }) => name))).toEqual(new Set(['lost']));
  });

  test('are found by slice, by dimension and by predicate alike', async () => {
    const { slices } = session.release.report;
    const refund = slices.find(({ value }) => value === 'refund_flow')!;
    const bySlice = await list(session, { slice: refund.id });
    expect(bySlice.total).toBe(47);
    expect(bySlice.byClass).toMatchObject({ lost: 7, gained: 0 });
    expect(bySlice.sliceLabel).toBe(`${refund.dimension} = refund_flow`);
    const others = [
      { within: [`${refund.dimension}=refund_flow`] },
      { where: `${refund.dimension} == 'refund_flow'` },
    ];
    for (const filter of others) {
      expect((await list(session, filter)).items).toEqual(bySlice.items);
    }
    const page = await list(session, { slice: refund.id, offset: 5, limit: 3 });
    expect(page.items).toEqual(bySlice.items.slice(5, 8));
    const sorted = await list(session, { order: `-column:${refund.dimension}`, limit: 1 });
    expect(sorted.items[0]?.sorted).toBe([...new Set(slices.map(({ value }) => value))].sort().at(-1));
  });

  test('say where a predicate is wrong, and which column no file has', async () => {
    expect(await ask(session, 'cases', { ...ALL, where: 'segment == ' })).toMatchObject({
      state: 'bad predicate',
      problem: { line: 1, column: 12 },
    });
    const { notes, total } = await list(session, { where: "customr == 'x'" });
    expect(total).toBe(0);
    expect(notes[0]).toContain('No file has a column "customr"');
    await expect(list(session, { within: ['nothing=x'] })).rejects.toThrow('no dimension or column fits');
    await expect(list(session, { slice: 'passRate/nothing=x' })).rejects.toThrow('has no slice');
    await expect(list(session, { metric: 'beauty' })).rejects.toThrow('no single case has the metric');
  });

  test('open with their rows, their slices and what the ledger would need', async () => {
    const { items } = await list(session, { classes: ['lost'], limit: 1 });
    const { ref } = items[0]!;
    const found = await ask(session, 'case', { ref, metric: '' });
    expect(found).toMatchObject({
      ref,
      class: 'lost',
      before: 1,
      after: 0,
      trace: 'none',
      trialsOmitted: 0,
    });
    expect([found.baseline.length, found.candidate.length]).toEqual([1, 1]);
    expect([found.baseline[0]!.passed, found.candidate[0]!.passed]).toEqual([1, 0]);
    const own = found.slices.find(({ role }) => role === 'gated')!;
    expect((await list(session, { slice: own.id!, ids: [ref] })).total).toBe(1);
    expect(found.history).toMatchObject({ state: 'no ledger' });
    await expect(ask(session, 'case', { ref: 'never', metric: '' })).rejects.toThrow('no case "never"');
  });

  test('are described once for the page', async () => {
    const facts = await ask(session, 'case-facts', {});
    expect(facts.hasBaseline).toBe(true);
    expect(facts.columns.length).toBeGreaterThan(1);
    expect(facts.metrics[0]?.id).toBe('passRate');
  });
});

const LONG = `${'word '.repeat(5_000)}\u{1F600}${'end '.repeat(40_000)}`;
const messages = (city: string) => [
  { role: 'user', content: 'Weather?' },
  {
    role: 'assistant',
    tool_calls: [{ id: 'c', function: { name: 'weather', arguments: JSON.stringify({ city }) } }],
  },
  { role: 'tool', tool_call_id: 'c', content: '12 degrees' },
];

const TOPICS = ['refund of an order', 'password of an account', 'delivery of a parcel'];
const made = (side: 'old' | 'new') =>
  Array.from({ length: 30 }, (_, i) => ({
    id: `case-${String(i).padStart(2, '0')}`,
    question: `Please help with the ${TOPICS[i % 3]} number ${i % 4}`,
    expected: `answer ${i}`,
    output: i === 3 ? LONG : `${side} answer ${i}`,
    passed: side === 'old' || i % 3 !== 0,
    topic: TOPICS[i % 3],
    latency: side === 'old' ? 10 + i : 12 + i,
    ...(i === 5 && side === 'new' ? { error: 'Timed out after 30 s', passed: null } : {}),
    ...(i === 6
      ? { messages: messages(side === 'old' ? 'Bonn' : 'Köln'), trace_url: `https://t.example/${side}` }
      : {}),
    ...(i === 7 ? { judge_rationale: `<b>${side}</b> is fine`, finish_reason: 'stop' } : {}),
  }));

describe('cases with texts, errors, graded numbers and transcripts', () => {
  const ledger = join(folder, 'ledger.db');
  const flags: Flags = {
    baseline: ['old.jsonl'],
    candidate: ['new.jsonl'],
    map: ['input=question'],
    slice: ['topic'],
    metric: ['passRate', 'mean:latency:lower'],
    margin: ['mean:latency=5'],
    ledger,
  };
  let session: StudioSession;
  beforeAll(async () => {
    write('old.jsonl', made('old'));
    write('new.jsonl', made('new'));
    await gate(requestOf(flags), ports);
    session = await sessionOf(flags);
  });

  test('are found by words in ids, inputs, expected answers, outputs and errors, whatever the case', async () => {
    const found = async (search: string) =>
      (await list(session, { search, order: 'id' })).items.map(({ id }) => id);
    expect(await found('CASE-07')).toEqual(['case-07']);
    expect(await found('refund "number 0"')).toEqual(['case-00', 'case-12', 'case-24']);
    expect(await found('timed 30')).toEqual(['case-05']);
    expect(await found('"answer 17"')).toEqual(['case-17']);
    expect(await found('refund password')).toEqual([]);
    const { withErrors, byClass } = await list(session);
    expect(withErrors).toBe(1);
    expect(sumOf(byClass)).toBe(30);
    expect((await list(session, { errors: true })).items.map(({ id, hasError }) => [id, hasError])).toEqual([
      ['case-05', true],
    ]);
  });

  test('are lost under a metric that is better lower where the number grew', async () => {
    const { byClass, items, metric } = await list(session, { metric: 'mean:latency' });
    expect(metric.direction).toBe('lower');
    expect(byClass).toMatchObject({ lost: 29, gained: 0, unscored: 1 });
    expect(items[0]).toMatchObject({ class: 'lost', before: 10, after: 12 });
    expect(items.at(-1)?.class).toBe('unscored');
  });

  test('give long texts in parts that make the whole', async () => {
    const found = await ask(session, 'case', { ref: 'case-03', metric: '' });
    const cell = found.candidate[0]!.cells.find(({ column }) => column === 'output')!;
    expect(cell).toMatchObject({ role: 'output', kind: 'text' });
    const cut = found.texts[cell.text!]!;
    expect([cut.text.length, cut.length]).toEqual([20_000, LONG.length]);
    expect(found.baseline[0]!.cells.find(({ column }) => column === 'output')!.text).toBe(cell.text);
    let text = '';
    while (text.length < LONG.length) {
      const part = await ask(session, 'case-text', {
        ...{ ref: 'case-03', side: 'candidate', trial: '', column: 'output', from: text.length },
      });
      expect(part.from).toBe(text.length);
      expect(part.text.isWellFormed()).toBe(true);
      text += part.text;
    }
    expect(text).toBe(LONG);
    const torn = LONG.indexOf('\u{1F600}') + 1;
    const inside = await ask(session, 'case-text', {
      ...{ ref: 'case-03', side: 'candidate', trial: '', column: 'output', from: torn },
    });
    expect(inside.from).toBe(torn - 1);
    await expect(
      ask(session, 'case-text', { ref: 'case-03', side: 'candidate', trial: '', column: 'no', from: 0 }),
    ).rejects.toThrow('no such text');
  });

  test('know judges, links and numbers by their columns and cells', async () => {
    const kinds = async (ref: string) =>
      Object.fromEntries(
        (await ask(session, 'case', { ref, metric: '' })).candidate[0]!.cells.map(({ column, kind }) => [
          column,
          kind,
        ]),
      );
    expect(await kinds('case-07')).toMatchObject({
      judge_rationale: 'judge',
      finish_reason: 'text',
      latency: 'number',
      output: 'text',
    });
    expect(await kinds('case-06')).toMatchObject({ messages: 'trace', trace_url: 'link' });
  });

  test('lay the transcripts of both runs side by side', async () => {
    expect((await ask(session, 'case', { ref: 'case-06', metric: '' })).trace).toBe('shown');
    const trace = await ask(session, 'case-trace', { ref: 'case-06', trial: '' });
    expect(trace).toMatchObject({
      state: 'aligned',
      divergence: 1,
      before: { from: 'messages', link: 'https://t.example/old' },
      after: { from: 'messages', link: 'https://t.example/new' },
    });
    expect((await ask(session, 'case-trace', { ref: 'case-07', trial: '' })).state).toBe('none');
  });

  test('have neighbours that ask nearly the same, those that pass apart from those that do not', async () => {
    const near = await ask(session, 'case-neighbours', { ref: 'case-00', metric: '' });
    if (near.state !== 'found') throw new Error(near.why);
    expect(near).toMatchObject({ looked: 30, step: 1 });
    expect(near.failing[0]?.item.id).toBe('case-12');
    expect(near.failing[0]?.similarity).toBeCloseTo(1, 6);
    expect(near.failing.some(({ item }) => item.id === 'case-00')).toBe(false);
    for (const { item } of near.passing) expect(item.class).not.toBe('lost');
  });

  test('have no past in the comparison that is open, and one in those before', async () => {
    const past = async (of: StudioSession, ref: string) =>
      (await ask(of, 'case', { ref, metric: '' })).history;
    expect(await past(session, 'case-03')).toMatchObject({ state: 'recorded', standing: 'new', marks: [] });
    write('newer.jsonl', made('old'));
    const next = await sessionOf({ ...flags, baseline: ['new.jsonl'], candidate: ['newer.jsonl'] });
    expect(await past(next, 'case-03')).toMatchObject({
      standing: 'moved',
      marks: [{ before: 1, after: 0, unchanged: false }],
    });
  });

  test('are the same out of Parquet', async () => {
    const rows = async (side: 'baseline' | 'candidate') => {
      const { opened } = session.release.comparison[side]!;
      if (opened.source.kind !== 'rows') throw new Error('not rows');
      const engine = await openMemory({
        baseline: null,
        candidate: { ...opened.source, mapping: opened.mapping },
      });
      await engine.writeRows('candidate', join(folder, `${side}.parquet`), { texts: true });
      await engine.close();
      return [`${side}.parquet`];
    };
    const parquet = await sessionOf({
      ...flags,
      baseline: await rows('baseline'),
      candidate: await rows('candidate'),
      map: ['input=question', 'caseId=__case_id', 'passed=__passed', 'error=__error'],
    });
    expect(parquet.release.comparison.engine.kind).toBe('duckdb');
    const asked: readonly Partial<CasesParams>[] = [
      {},
      { search: 'refund "number 0"' },
      { where: "topic contains 'parcel'", order: '-id' },
      { classes: ['lost'], order: '-column:latency' },
      { metric: 'mean:latency' },
      { errors: true },
    ];
    for (const filter of asked) expect(await list(parquet, filter)).toEqual(await list(session, filter));
    const near = await ask(parquet, 'case-neighbours', { ref: 'case-00', metric: '' });
    expect(near).toMatchObject({ state: 'found', failing: [{ item: { id: 'case-12' } }, {}, {}, {}, {}] });
  });
});

test('ids that are long texts are called by their hash', async () => {
  const question = (i: number) => `Question ${i}: ${'why '.repeat(200)}`;
  const rows = (passed: boolean) => [1, 2, 3].map((i) => ({ question: question(i), passed }));
  const session = await sessionOf({
    baseline: write('asked-old.jsonl', rows(true)),
    candidate: write('asked-new.jsonl', rows(false)),
  });
  const { items } = await list(session, { order: 'id' });
  const [first] = items;
  expect(first!.ref).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(first!.id).toHaveLength(200);
  const found = await ask(session, 'case', { ref: first!.ref, metric: '' });
  expect(found.id.text).toBe(question(1));
  expect((await list(session, { ids: [first!.ref] })).total).toBe(1);
});

test.each([
  ['refund  order', ['refund', 'order']],
  ['"not possible" x', ['not possible', 'x']],
  ['7" screen', ['7"', 'screen']],
  ['say "hi"there', ['say', '"hi"there']],
  ['  ', []],
  ['a a', ['a']],
])('%j searches for %j', (search, words) => {
  expect(searchWords(search)).toEqual(words);
});
