/** Verdict, findings and slices over real sessions: the article's table, made runs with a known cause, and many slices. */

import { beforeAll, describe, expect, test } from 'vitest';
import type { WaiverEntry } from '../../gate/index.ts';
import { gate } from '../../pipeline.ts';
import type { ReleaseEndpoints, SliceRow, SlicesAnswer } from '../contract/index.ts';
import { releaseServices } from '../services/release.ts';
import type { StudioSession } from '../session.ts';
import { articleFile, madeSessions } from '../testing/made-sessions.ts';
import { packRows, unpackRows } from './packed-rows.ts';

const { ports, request: requestOf, open: sessionOf, write } = madeSessions();

type Name = keyof ReleaseEndpoints;
function ask<N extends Name>(session: StudioSession, name: N, params: ReleaseEndpoints[N]['params']) {
  const service = releaseServices[name];
  return service.answer(service.params.parse(params) as never, session) as Promise<
    ReleaseEndpoints[N]['answer']
  >;
}

const rowsOf = (answer: SlicesAnswer): readonly SliceRow[] => unpackRows(answer.packed);

describe("the article's release", () => {
  let session: StudioSession;
  beforeAll(async () => {
    session = await sessionOf({
      baseline: articleFile('before.jsonl'),
      candidate: articleFile('after.jsonl'),
    });
  });

  test('is told by its worst slice, with the numbers of the article', async () => {
    const answer = await ask(session, 'release', {});
    expect(answer.verdict).toBe('BLOCK');
    expect(answer.ship).toContain('refund_flow lost 7 of 47');
    expect(answer.deciding.total).toBe(1);
    const { row } = answer.deciding.shown[0]!;
    expect([row.value, row.n, row.lost, row.gained]).toEqual(['refund_flow', 47, 7, 0]);
    expect(row.before).toBeCloseTo(43 / 47, 5);
    expect(row.after).toBeCloseTo(36 / 47, 5);
    expect(answer.undecided.total).toBe(answer.counts.undecided);
    expect(answer.lowN.total).toBe(answer.counts.lowN);
    expect(answer.worst[0]?.value).toBe('refund_flow');
    expect(answer.overall[0]?.gated).toBe(false);
    expect(answer.evalSet.said).toContain('Age not known');
    expect(answer.belief).toContain(
      `${answer.checks - answer.notCheckable} of ${answer.checks} checks could run`,
    );
  });

  test('accounts for every case', async () => {
    const answer = await ask(session, 'release', {});
    expect(answer.cases).toBe(1200);
    expect(answer.parts.reduce((sum, part) => sum + part.cases, 0)).toBe(1200);
    const slices = await ask(session, 'slices', {});
    expect(slices.totals).toEqual([
      { metric: 'passRate', dimension: 'segment', slices: 40, rows: 1200, cases: 1200 },
    ]);
  });

  test('lists all slices worst first, rounded and complete', async () => {
    const rows = rowsOf(await ask(session, 'slices', {}));
    expect(rows).toHaveLength(session.release.report.slices.length);
    expect(rows.map(({ id }) => id)).toEqual(session.release.report.slices.map(({ id }) => id));
    expect(rows.filter(({ verdict }) => verdict === 'LOW-N')).toHaveLength(
      session.release.report.counts.lowN,
    );
    expect(rows[0]).toMatchObject({ value: 'refund_flow', verdict: 'BLOCK', delta: -0.148936, margin: 0.05 });
  });

  test('tells the findings by family and what could not be checked apart', async () => {
    const { families, quiet } = await ask(session, 'findings', {});
    expect(families.map(({ kind }) => kind)).toEqual(['data', 'evaluation', 'model', 'instrument']);
    const shown = families.flatMap(({ open, notCheckable }) => [...open, ...notCheckable]);
    expect(new Set(shown.map(({ id }) => id)).size).toBe(shown.length);
    expect(
      families.flatMap(({ notCheckable }) => notCheckable).every(({ finding }) => finding.remedy !== null),
    ).toBe(true);
    expect(quiet.length).toBeGreaterThan(0);
  });

  test('opens a slice with its cases, its definition and what it could have shown', async () => {
    const answer = await ask(session, 'slice', { id: 'passRate/segment=refund_flow' });
    expect(answer.definition).toEqual({
      predicate: "segment == 'refund_flow'",
      sql: `"segment" = 'refund_flow'`,
      why: null,
      dimension: null,
    });
    expect(answer.lost.total).toBe(7);
    expect(answer.lost.shown).toHaveLength(7);
    expect(answer.lost.shown[0]?.input).toContain('refund');
    expect(answer.gained).toEqual({ total: 0, shown: [] });
    expect(answer.report.adjustment).not.toBeNull();
    expect('cases' in answer.report).toBe(false);
    expect(answer.history).toMatchObject({ state: 'none' });
  });

  test('splits its part of the change into worse inside and shifted mix', async () => {
    const { mix, parts } = await ask(session, 'slice-causes', { id: 'passRate/segment=refund_flow' });
    expect(mix!.inside).toBeCloseTo(-7 / 1200, 12);
    expect(mix!.mix).toBeCloseTo(0, 12);
    expect(mix!.change).toBeCloseTo(4 / 1200, 12);
    expect(parts).toBeNull();
  });

  test('keeps the verdict of a waived slice and says who took it out', async () => {
    const files = { baseline: articleFile('before.jsonl'), candidate: articleFile('after.jsonl') };
    const waiver: WaiverEntry = {
      ...{ kind: 'waiver' as const, slice: 'refund_flow', check: null, reason: 'fixed in the next release' },
      ...{ owner: 'Ana', reviewer: null, date: '2026-01-01', expires: '2026-02-01' },
      runHash: session.release.report.runHash,
    };
    const waived = await sessionOf(files, { waivers: [waiver] });
    const answer = await ask(waived, 'release', {});
    expect([answer.verdict, answer.waived.total, answer.deciding.total]).toEqual(['PASS', 1, 0]);
    expect(answer.waived.shown).toMatchObject([
      {
        ...{ key: 'slice:passRate/segment=refund_flow', name: 'refund_flow', verdict: 'BLOCK' },
        ...{ slice: { lost: 7, n: 47 }, waiver: { owner: 'Ana', expires: '2026-02-01' } },
      },
    ]);
    // Every gated slice is told once: waived, proven, undecided or in debt.
    const { gatedSlices, nonInferior, undecided, debt } = answer.counts;
    expect(answer.waivedSlices + nonInferior + undecided + debt).toBe(gatedSlices);
    const slice = await ask(waived, 'slice', { id: 'passRate/segment=refund_flow' });
    expect([slice.row.verdict, slice.row.waiver]).toEqual(['BLOCK', 'waiver']);
    expect(slice.report.waiver).toMatchObject({ owner: 'Ana', expired: false });
  });

  test('refuses what is no slice, and says where to look', async () => {
    for (const name of ['slice', 'slice-causes', 'slice-words'] as const) {
      await expect(ask(session, name, { id: 'passRate/segment=nobody' })).rejects.toThrow(
        'has no slice "passRate/segment=nobody"',
      );
      expect(releaseServices[name].params.safeParse({ id: '' }).success).toBe(false);
      expect(releaseServices[name].params.safeParse({ id: 'a', more: 1 }).success).toBe(false);
    }
  });
});

describe('a release with a known cause', () => {
  const plans = ['free', 'pro'];
  const tongues = ['en', 'fr'];
  const rows = (isNew: boolean) =>
    Array.from({ length: 800 }, (_, i) => {
      const plan = plans[i % 2]!;
      const language = tongues[Math.floor(i / 2) % 2]!;
      const isLong = i % 5 === 0;
      const breaks = plan === 'pro' && language === 'fr' && isLong;
      return {
        id: `c${String(i).padStart(3, '0')}`,
        ...{ plan, language, tags: isLong ? ['long', 'x'] : ['x'], region: isLong ? 'north' : 'south' },
        input: isLong ? `please summarise invoice number ${i}` : `hello number ${i}`,
        output: isNew ? 'new' : 'old',
        passed: !(isNew && breaks) && i % 7 !== 3,
      };
    });
  let session: StudioSession;
  beforeAll(async () => {
    const flags = {
      ...{ baseline: write('old.jsonl', rows(false)), candidate: write('new.jsonl', rows(true)) },
      ...{ slice: ['plan', 'language', 'tags'], cross: ['plan,language'], ledger: 'ledger.db' },
    };
    await gate(requestOf(flags), ports);
    session = await sessionOf(flags);
  });

  test('names the values and words that the lost cases share', async () => {
    const id = 'passRate/plan=pro';
    const { features } = await ask(session, 'slice-causes', { id });
    expect(features?.lost).toBe(session.release.report.slices.find((one) => one.id === id)?.lost);
    const found = features!.found.map(({ column, value }) => `${column}=${value}`);
    expect(found).toContain('language=fr');
    expect(found).toContain('tags=long');
    expect(found.join()).not.toContain('plan');
    const { words } = await ask(session, 'slice-words', { id });
    expect(words!.inSlice.map(({ token }) => token)).toEqual(
      expect.arrayContaining(['summarise', 'invoice']),
    );
    expect(words!.lost + words!.others).toBe(400);
  });

  test('says which condition of a conjunction carries the drop', async () => {
    const { parts } = await ask(session, 'slice-causes', { id: 'passRate/plan x language=pro x fr' });
    expect(parts?.map(({ name }) => name)).toEqual(["plan == 'pro'", "language == 'fr'"]);
    const slice = session.release.report.slices.find(({ value }) => value === 'pro x fr')!;
    const all = session.release.report.overall[0]!;
    const sum = parts!.reduce((total, { contribution }) => total + contribution, 0);
    expect(sum).toBeCloseTo(slice.delta!.estimate! - all.delta!.estimate!, 12);
    expect(parts!.every(({ contribution }) => contribution < 0)).toBe(true);
  });

  test('knows which slices contain it and which lie inside', async () => {
    const cross = await ask(session, 'slice', { id: 'passRate/plan x language=pro x fr' });
    expect(cross.parents.shown.map(({ name }) => name)).toEqual(['plan = pro', 'language = fr']);
    expect(cross.definition.predicate).toBe("plan == 'pro' and language == 'fr'");
    const plan = await ask(session, 'slice', { id: 'passRate/plan=pro' });
    expect(plan.children.shown.map(({ name }) => name).sort()).toEqual([
      'plan x language = pro x en',
      'plan x language = pro x fr',
    ]);
  });

  test('writes tags as arrays in SQL', async () => {
    const { definition } = await ask(session, 'slice', { id: 'passRate/tags=long' });
    expect(definition.sql).toBe(`array_contains("tags", 'long')`);
  });

  test('asks for the lost cases of slices that are only shown, as many as were counted', async () => {
    const answer = await ask(session, 'slice', { id: 'passRate/region=north' });
    expect(answer.row.role).toBe('shown');
    expect(answer.lost.total).toBeGreaterThan(0);
    expect(answer.lost.shown).toHaveLength(Math.min(50, answer.lost.total));
    expect(answer.lost.shown.every(({ input }) => input?.includes('invoice'))).toBe(true);
  });

  test('shows the recorded gates of the slice', async () => {
    const { history } = await ask(session, 'slice', { id: 'passRate/plan=pro' });
    expect(history).toMatchObject({ state: 'recorded', gates: 1 });
    expect(history.state === 'recorded' && history.series.points).toHaveLength(1);
  });
});

describe('one run without a baseline', () => {
  test('has no lost cases, and tells what failed instead', async () => {
    const rows = Array.from({ length: 200 }, (_, i) => ({
      ...{ id: `c${i}`, segment: i % 2 === 0 ? 'a' : 'b', kind: i % 4 === 0 ? 'rare' : 'usual' },
      passed: i % 4 !== 0,
    }));
    const session = await sessionOf({ candidate: write('one.jsonl', rows), slice: ['segment', 'kind'] });
    const answer = await ask(session, 'release', {});
    expect(answer.verdict).toBe('UNTESTED');
    expect(answer.parts).toEqual([
      { label: 'scored', cases: 200 },
      { label: 'without a usable score', cases: 0 },
    ]);
    const { mix, features } = await ask(session, 'slice-causes', { id: 'passRate/segment=a' });
    expect(mix).toBeNull();
    expect(features).toMatchObject({ what: 'failed', lost: 50, others: 50 });
    expect(features!.found[0]).toMatchObject({ column: 'kind', value: 'rare', lost: 50, others: 0 });
  });
});

describe('many slices', () => {
  const COUNT = 5000;
  test('stay compact, quick and exact', async () => {
    const rows = (isNew: boolean) =>
      Array.from({ length: COUNT * 2 }, (_, i) => ({
        ...{ id: `c${i}`, customer: `customer ${i % COUNT}` },
        passed: (i * 7919) % 100 >= (isNew ? 14 : 10),
      }));
    const session = await sessionOf({
      ...{ baseline: write('many-old.jsonl', rows(false)), candidate: write('many-new.jsonl', rows(true)) },
      ...{ slice: ['customer'], minCases: '2' },
    });
    const started = performance.now();
    const answer = await ask(session, 'slices', {});
    const text = JSON.stringify(answer);
    const again = rowsOf(JSON.parse(text) as SlicesAnswer);
    const elapsed = performance.now() - started;
    expect(again).toHaveLength(COUNT);
    expect(again.reduce((sum, { cases }) => sum + cases, 0)).toBe(COUNT * 2);
    expect(text.length / COUNT).toBeLessThan(300);
    expect(elapsed).toBeLessThan(2000);
    const [worst] = again as [SliceRow];
    const slice = await ask(session, 'slice', { id: worst.id });
    expect(slice.row).toEqual(worst);
    const first = performance.now();
    await ask(session, 'slice', { id: again.at(-1)!.id });
    expect(performance.now() - first).toBeLessThan(500);
  }, 60_000);

  test('unpack to the rows that were packed, whatever the columns hold', () => {
    const row = {
      ...{ id: 'a', metric: 'm', dimension: 'd', value: '<script>', state: 'value', role: 'gated' },
      ...{ family: null, owner: null, critical: false, verdict: 'PASS', grade: null },
      ...{ n: 3, cases: 4, lost: 1, gained: 0, before: 1, beforeLower: null, beforeUpper: null },
      ...{ after: 0.5, afterLower: 0, afterUpper: 1, delta: -0.5, deltaLower: null, deltaUpper: null },
      ...{ p: 0.5, adjustedP: null, floor: null, margin: 0.05, detectable: null, needed: 12, waiver: null },
    } as const satisfies SliceRow;
    const rows = [row, { ...row, id: 'b', n: 4 }, { ...row, id: 'c', verdict: null }];
    expect(unpackRows(packRows(rows))).toEqual(rows);
    expect(unpackRows(packRows([]))).toEqual([]);
  });
});
