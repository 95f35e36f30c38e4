/** Recorded runs, trends, comparisons and experiments over a real session whose ledger has a planted past. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { searchRows } from '../../../test/generators/experiments.ts';
import { openLedger } from '../../ledger/index.ts';
import { CONTEXT, makeGate, makeRun, makeSlice } from '../../ledger/ledger.contract.ts';
import type { RunEndpoints } from '../contract/index.ts';
import { runsServices } from '../services/runs.ts';
import type { StudioSession } from '../session.ts';
import { articleFile, madeSessions } from '../testing/made-sessions.ts';
import { parameterAxes } from './parameter-axes.ts';
import { thinCurve } from './thin-curve.ts';

const { folder, open, request } = madeSessions('2026-03-01T12:00:00Z');

async function sessionOf(ledger: string | null, experiments: readonly string[] = []): Promise<StudioSession> {
  const flags = {
    ...{ baseline: articleFile('before.jsonl'), candidate: articleFile('after.jsonl') },
    ...(ledger === null ? {} : { ledger }),
  };
  const { config } = request(flags);
  const inputs = 'before.jsonl after.jsonl';
  return open(flags, { config: { ...config, inputs: { ...config.inputs, experiments } }, inputs });
}

type Name = keyof RunEndpoints;
async function ask<N extends Name>(session: StudioSession, name: N, params: RunEndpoints[N]['params']) {
  const service = runsServices[name];
  return service.answer(service.params.parse(params) as never, session) as Promise<RunEndpoints[N]['answer']>;
}

function recorded<T extends { readonly state: string }>(
  answer: T,
): Extract<T, { readonly state: 'recorded' }> {
  if (answer.state !== 'recorded') throw new Error(`the answer is ${answer.state}`);
  return answer as Extract<T, { readonly state: 'recorded' }>;
}

/** Six releases: refund slides, the judge changes before the fifth, and an anchor stands before the third. */
async function plantPast(): Promise<void> {
  let at = new Date('2026-01-01T00:00:00Z');
  const ledger = await openLedger(join(folder, 'past.db'), { now: () => at });
  const passed = [45, 44, 43, 42, 41, 40];
  for (const [i, after] of passed.entries()) {
    at = new Date(Date.UTC(2026, 0, 1 + 7 * i));
    if (i === 2) {
      await ledger.recordAnchor({ name: 'main', reason: 'new answer policy', who: 'ana' });
      at = new Date(at.getTime() + 1000);
    }
    const instruments = { judge: [i < 4 ? 'j1' : 'j2'], dataset: ['d1'], prompt: [`p${i}`], code: [] };
    const run = await ledger.recordRun(makeRun('main', `f${i}`, { instruments }));
    const slices = [makeSlice('refund', passed[i - 1] ?? 46, after, 47), makeSlice('invoice', 180, 181, 210)];
    const whole = makeSlice('(all)', 226, 222 - i, 257);
    const gate = makeGate(i === 0 ? 'f-start' : `f${i - 1}`, `f${i}`, slices, {
      overall: [{ ...whole, metric: 'passRate' }],
      verdict: i === 3 ? 'REVIEW' : 'PASS',
    });
    await ledger.recordGate(gate, { ...CONTEXT, candidateRunId: run.id });
  }
  const decided = { decision: 'uphold', target: { slice: 'x' }, reason: 'r', owner: 'o' } as const;
  await ledger.recordDecision({
    ...decided,
    runHash: 'f2>f3',
    reviewer: null,
    expires: null,
    cases: null,
    who: 'a',
  });
  await ledger.close();
}

describe('recorded runs', () => {
  let session: StudioSession;
  beforeAll(async () => {
    await plantPast();
    session = await sessionOf('past.db');
  });

  test('are a table with verdict, mean, worst slice, instruments, age and decisions', async () => {
    const { runs, total, anchors } = recorded(await ask(session, 'runs', {}));
    expect([runs.length, total]).toEqual([6, 6]);
    expect(runs.map(({ verdict }) => verdict)).toEqual(['PASS', 'PASS', 'REVIEW', 'PASS', 'PASS', 'PASS']);
    expect(runs[0]).toMatchObject({
      candidateFingerprint: 'f5',
      overall: { n: 257, isRate: true },
      worst: { value: 'refund', n: 47 },
      gated: 2,
      instruments: { judge: ['j2'], dataset: ['d1'], prompt: ['p5'], code: [] },
      isOpen: false,
      decisions: 0,
    });
    expect(runs[0]!.ageDays).toBeCloseTo(24.5, 6);
    expect(runs[2]!.decisions).toBe(1);
    expect(anchors.map(({ reason }) => reason)).toEqual(['new answer policy']);
  });

  test('have trends with intervals, breaks and anchors at their place', async () => {
    const answer = recorded(await ask(session, 'trend', { slices: [], limit: 50 }));
    expect(answer.lines.map(({ value }) => value)).toEqual(['(all)', 'refund', 'invoice']);
    const refund = answer.lines[1]!;
    expect(refund.points.map(({ place }) => place)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(refund.points.map(({ value }) => value!.estimate! * 47)).toEqual([45, 44, 43, 42, 41, 40]);
    expect(refund.points.every(({ value, n }) => value!.lower! < value!.estimate! && n === 47)).toBe(true);
    expect(refund.points.map(({ breaks }) => breaks.length)).toEqual([0, 0, 0, 0, 1, 0]);
    expect(refund.points[3]!.releaseVerdict).toBe('REVIEW');
    expect(answer.anchors).toMatchObject([{ reason: 'new answer policy', place: 2 }]);
    expect(refund.drift!.from).toBe('break');
    expect([answer.gates, answer.shown, answer.choicesTotal]).toEqual([6, 6, 3]);
  });

  test('have trends of the slices asked for, over the newest gates; unknown ones are refused', async () => {
    const { choices } = recorded(await ask(session, 'trend', { slices: [], limit: 50 }));
    const invoice = choices.find(({ value }) => value === 'invoice')!.sliceId;
    const answer = recorded(await ask(session, 'trend', { slices: [invoice], limit: 2 }));
    expect(answer.lines).toHaveLength(1);
    expect(answer.lines[0]!.points.map(({ place }) => place)).toEqual([0, 1]);
    expect(answer.anchors).toEqual([]);
    await expect(ask(session, 'trend', { slices: ['nope'], limit: 2 })).rejects.toThrow(
      'has the slice "nope"',
    );
  });

  test('stand side by side, with differences only where instruments agree', async () => {
    const { runs } = recorded(await ask(session, 'runs', {}));
    const [newest, , fourth, third] = runs;
    const answer = recorded(
      await ask(session, 'compare-runs', { gates: [third!.id, fourth!.id, newest!.id] }),
    );
    const states = Object.fromEntries(answer.comparability.map(({ what, state }) => [what, state]));
    expect(states).toEqual({
      'data set': 'same',
      judge: 'differs',
      prompt: 'differs',
      code: 'not told',
      policy: 'same',
      program: 'same',
      results: 'differs',
    });
    expect(answer.blocked[1]).toBeNull();
    expect(answer.blocked[2]).toContain('another judge than the first run');
    const refund = answer.slices.find(({ value }) => value === 'refund')!;
    expect(refund.cells.map((cell) => cell!.after!.estimate! * 47)).toEqual([43, 42, 40]);
    expect(refund.changes[0]).toBeNull();
    // The fourth gate compared with the third one's results case by case.
    expect(refund.changes[1]).toMatchObject({ basis: 'recorded', change: { n: 47 } });
    expect(refund.changes[2]).toBeNull();
    const other = recorded(await ask(session, 'compare-runs', { gates: [runs[5]!.id, third!.id] }));
    const change = other.slices.find(({ value }) => value === 'refund')!.changes[1]!;
    expect(change.basis).toBe('unpaired');
    expect(change.change.estimate).toBeCloseTo(-2 / 47, 12);
    expect(change.change.lower!).toBeLessThan(change.change.estimate!);
  });

  test('that the ledger does not have are refused, all of them', async () => {
    await expect(ask(session, 'compare-runs', { gates: ['a', 'b'] })).rejects.toThrow(
      /no gate "a"[\s\S]*no gate "b"/,
    );
  });

  test('without a ledger there is what to configure', async () => {
    const without = await sessionOf(null);
    for (const name of ['runs', 'trend', 'compare-runs'] as const) {
      const params = { runs: {}, trend: { slices: [], limit: 10 }, 'compare-runs': { gates: ['a', 'b'] } }[
        name
      ];
      expect(await ask(without, name, params as never)).toMatchObject({
        state: 'no ledger',
        hint: expect.stringContaining('--ledger FILE'),
      });
    }
  });
});

function writeTable(path: string, rows: readonly object[]): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}

describe('experiments', () => {
  test('are read from what the configuration names, with axes, groups and findings', async () => {
    writeTable('search.jsonl', searchRows({ runs: 30, cases: 500, seed: 7, effect: 0.05 }));
    const session = await sessionOf(null, ['search.jsonl']);
    const answer = await ask(session, 'experiments', { source: '', metric: 'accuracy', curve: '' });
    if (answer.state !== 'read') throw new Error('not read');
    expect([answer.runsTotal, answer.metric, answer.direction]).toEqual([30, 'accuracy', 'higher']);
    expect(answer.axes.map(({ name, kind }) => [name, kind])).toEqual([
      ['dropout', 'number'],
      ['learning_rate', 'log'],
    ]);
    expect(answer.runs[0]!.rate!.n).toBe(500);
    const scores = answer.runs.map(({ score }) => score as number);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(answer.groups).toEqual([{ name: 'A', runs: 30, agree: 'dataset d1, judge not told' }]);
    expect([answer.curve, answer.curves]).toEqual([null, []]);
  });

  test('have their curves thinned, a spike and a gap kept', async () => {
    const rows = Array.from({ length: 3 }, (_, run) =>
      Array.from({ length: 2_000 }, (_, step) => ({
        run_id: `r${run}`,
        step,
        'metrics.train_loss': step === 1_234 ? 99 : 2 - step / 2_000 + run / 10,
      })),
    ).flat();
    writeTable('curves.jsonl', rows);
    const session = await sessionOf(null, ['curves.jsonl']);
    const answer = await ask(session, 'experiments', { source: 'curves.jsonl', metric: '', curve: '' });
    if (answer.state !== 'read') throw new Error('not read');
    expect(answer.curve).toBe('train_loss');
    expect(answer.curves).toHaveLength(3);
    expect(answer.curves[0]!.steps.length).toBeLessThan(700);
    expect(answer.curves[0]!.values).toContain(99);
    await expect(ask(session, 'experiments', { source: '', metric: '', curve: 'nope' })).rejects.toThrow(
      'there are train_loss',
    );
  });

  test('of other paths are refused, and without a source there is what to configure', async () => {
    writeTable('search.jsonl', searchRows({ runs: 5, cases: 50, seed: 7, effect: 0 }));
    const session = await sessionOf(null, ['search.jsonl']);
    for (const source of ['/etc/passwd', '../search.jsonl', './search.jsonl']) {
      await expect(ask(session, 'experiments', { source, metric: '', curve: '' })).rejects.toThrow(
        'is no source of this configuration',
      );
    }
    const without = await sessionOf(null);
    expect(await ask(without, 'experiments', { source: '', metric: '', curve: '' })).toMatchObject({
      state: 'none',
    });
  });
});

describe('the parts', () => {
  test('a thinned curve keeps its ends, lows, highs and gaps', () => {
    const values = Float64Array.from({ length: 1_000 }, (_, i) => (i === 500 ? Number.NaN : Math.sin(i)));
    values[321] = 50;
    const steps = Float64Array.from({ length: 1_000 }, (_, i) => i);
    const thin = thinCurve({ steps, values }, 10);
    expect(thin.steps.length).toBeLessThanOrEqual(50);
    expect([thin.steps[0], thin.steps.at(-1)]).toEqual([0, 999]);
    expect(thin.values).toContain(50);
    expect(thin.values[thin.steps.indexOf(500)]).toBeNull();
    expect(thinCurve({ steps: steps.slice(0, 0), values: values.slice(0, 0) }, 10)).toEqual({
      steps: [],
      values: [],
    });
  });

  test.each([
    ['numbers', ['1', '2', '30'], 'number'],
    ['numbers over two tens', ['0.001', '1', '10'], 'log'],
    ['texts', ['adam', 'sgd', '1'], 'text'],
  ])('%s are such an axis', (_, values, kind) => {
    const { axes } = parameterAxes(values.map((value) => ({ p: value })));
    expect(axes[0]!.kind).toBe(kind);
  });

  test('parameters that never vary, or that most runs lack, are no axes and are counted', () => {
    const runs = [
      { same: '1', rare: '1', p: '1' },
      { same: '1', p: '2' },
      { same: '1', p: '2' },
      { same: '1' },
    ];
    const { axes, leftOut } = parameterAxes(runs as never);
    expect(axes.map(({ name, missing }) => [name, missing])).toEqual([['p', 1]]);
    expect(leftOut).toBe(2);
  });
});
