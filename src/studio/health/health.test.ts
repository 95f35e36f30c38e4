/** Data health over real sessions: planted copies, conflicts and wrong labels are found, sums hold, and what is missing says what to add. */

import { beforeAll, describe, expect, test } from 'vitest';
import { sharedPath } from '../../../test/shared-folder.ts';
import { type Config, configFromFlags, type Flags } from '../../config/index.ts';
import { runPower } from '../../studies/index.ts';
import type { Job } from '../contract/index.ts';
import { cutText } from '../cut-text.ts';
import { healthServices } from '../services/health.ts';
import type { StudioSession } from '../session.ts';
import { madeSessions } from '../testing/made-sessions.ts';

const { ports, open, request, write } = madeSessions();

async function sessionOf(flags: Flags, more: Partial<Config['inputs']> = {}): Promise<StudioSession> {
  const { config } = request(flags);
  return open(flags, { config: { ...config, inputs: { ...config.inputs, ...more } } });
}

/** Asks until the work is done. */
async function finished<T>(ask: () => Promise<Job<T>>): Promise<T> {
  for (;;) {
    const found = await ask();
    if (found.state === 'ready') return found.result;
    if (found.state !== 'running') throw new Error(JSON.stringify(found));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const PAIRS = {
  side: 'self',
  closeness: null,
  onlyConflicts: false,
  search: '',
  offset: 0,
  limit: 50,
} as const;
const TOPICS = {
  refund: 'please send the money back to my card because the order never came',
  login: 'the password does not work and the site says that my account is locked',
  delivery: 'where is the parcel that should have been here on the day before yesterday',
};
type Topic = keyof typeof TOPICS;

describe('an eval set with copies, a conflict and a wrong label', () => {
  const names = Object.keys(TOPICS) as Topic[];
  const truths = Array.from({ length: 90 }, (_, i) => names[i % 3]!);
  const rows = truths.map((truth, i) => ({
    id: `c${i}`,
    segment: truth,
    input: `${TOPICS[truth]} number ${'abcdefghij'[i % 10]}${i} of the year`,
    // One label of thirty is wrong, and both runs know better.
    expected: i === 4 ? 'refund' : truth,
    predicted: i === 10 ? 'refund' : truth,
  }));
  const copies = [
    { ...rows[0]!, id: 'copy', input: `  ${rows[0]!.input.toUpperCase()} ` },
    { ...rows[1]!, id: 'conflict', expected: 'delivery' },
  ];
  let session: StudioSession;
  beforeAll(async () => {
    const results = [...rows, ...copies];
    session = await sessionOf(
      { baseline: write('old.jsonl', results), candidate: write('new.jsonl', results), slice: ['segment'] },
      {
        train: write('train.jsonl', [
          { text: rows[2]!.input, label: 'refund' },
          { text: 'quite another thing that is long enough' },
        ]),
      },
    );
  });

  test('the row of the training data stands beside its case, with the conflict of labels', async () => {
    const { stores, missing } = await healthServices.overlap.answer({}, session);
    expect(stores).toMatchObject([
      { store: 'train', rows: 2, overlapping: 1, rowsToRemove: 1, casesBy: { exact: 1 } },
    ]);
    expect(missing.map(({ todo }) => todo)).toEqual([expect.stringContaining('fewShot')]);
    const page = await healthServices['overlap-pairs'].answer({ ...PAIRS, side: 'train' }, session);
    expect(page).toMatchObject({ matching: 1, kept: 1, total: 1 });
    expect(page.rows[0]).toMatchObject({
      closeness: 'exact',
      left: { caseId: 'c2', label: 'delivery' },
      right: { place: 'train.jsonl:1', label: 'refund' },
      conflict: true,
    });
  });

  test('near-duplicates wait to be asked for, and are found', async () => {
    const ask = (start: boolean) => healthServices['near-duplicates'].answer({ start }, session);
    expect(await ask(false)).toEqual({ state: 'idle', impossible: null, todo: null });
    await expect(healthServices['overlap-pairs'].answer(PAIRS, session)).rejects.toThrow('not been compared');
    const summary = await finished(() => ask(true));
    expect(summary).toMatchObject({
      cases: 92,
      compared: 92,
      withoutText: 0,
      beyondLimit: 0,
      conflicts: 1,
      pairsBy: { exact: 2 },
    });
    const page = await healthServices['overlap-pairs'].answer({ ...PAIRS, closeness: 'exact' }, session);
    expect(page.rows.map(({ left, right, conflict }) => [left.caseId, right.caseId, conflict])).toEqual([
      ['c1', 'conflict', true],
      ['c0', 'copy', false],
    ]);
    const found = await healthServices['overlap-pairs'].answer({ ...PAIRS, search: 'MONEY copy' }, session);
    expect(found.rows.every(({ left, right }) => [left.caseId, right.caseId].includes('copy'))).toBe(true);
  });

  test('the wrong label is the suspect, and a case in which the runs err alike is none where the text says otherwise', async () => {
    const found = await finished(() => healthServices['label-suspects'].answer({ start: true }, session));
    expect(found).toMatchObject({ cases: 92, compared: 92, leftOut: 0, runs: 2, folds: 5 });
    expect(found.suspects.map(({ caseId, label, instead }) => [caseId, label, instead])).toContainEqual([
      'c4',
      'refund',
      'login',
    ]);
    expect(found.suspects.map(({ caseId }) => caseId)).not.toContain('c10');
    expect(found.runsAgree).toBe(3);
    for (const { modelAnswer, modelLabel } of found.suspects) expect(modelAnswer).toBeGreaterThan(modelLabel);
  });

  test('coverage adds up to all cases', async () => {
    const { dimensions, missing, minCases } = await healthServices.coverage.answer({}, session);
    const [segment] = dimensions;
    expect(segment).toMatchObject({
      dimension: 'segment',
      gated: true,
      total: 92,
      withoutValue: 0,
      overlapping: false,
    });
    expect(segment!.slices.reduce((sum, { cases }) => sum + cases, 0)).toBe(92);
    expect(minCases).toBe(20);
    expect(missing.map(({ todo }) => todo).join()).toContain('logs');
  });

  test('the plan is that of slicewise power', async () => {
    const config = configFromFlags({ baseline: ['old.jsonl'], candidate: ['new.jsonl'], slice: ['segment'] });
    const asked = { drop: 0.1, churn: 0.05 };
    const power = await runPower({ config, ...asked }, ports);
    const plan = await healthServices['sampling-plan'].answer(asked, session);
    expect(plan.rows.map(({ id, needed, power: seen }) => [id, needed, seen])).toEqual(
      power.slices.map(({ id, casesForDrop, powerAtDrop }) => [id, casesForDrop, powerAtDrop]),
    );
    expect(plan.toAdd).toBe(
      plan.rows.reduce((sum, { needed, n }) => sum + Math.max(0, (needed ?? n) - n), 0),
    );
    await expect(healthServices['sampling-plan'].answer({ drop: 0, churn: null }, session)).rejects.toThrow(
      '--drop is 0',
    );
  });

  test('the walk goes data, evaluation, model, and tells found from cannot tell', async () => {
    const { steps, counts } = await healthServices.doctor.answer({}, session);
    const families = steps.map(({ family }) => ['data', 'evaluation', 'model', 'instrument'].indexOf(family));
    expect(families).toEqual(families.toSorted((a, b) => a - b));
    expect(steps.find(({ check }) => check === 'split-overlap')).toMatchObject({ state: 'found' });
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(steps.length);
    expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
    for (const { state, remedy } of steps) if (state === 'cannot tell') expect(remedy).toMatch(/^add /);
    // Every check that the line of belief counts has its step, also the one that reports tell beside the mean.
    const { belief, findings } = session.release.report;
    const checks = new Set(steps.map(({ check }) => check).filter((check) => check !== 'slice-losses'));
    expect(belief.text).toContain(` of ${checks.size} checks could run`);
    expect(findings.some(({ check }) => check === 'win-or-noise')).toBe(true);
    expect(checks.has('win-or-noise')).toBe(true);
  });

  test('without logs the audit says what to configure', async () => {
    expect(await healthServices['log-audit'].answer({ start: true }, session)).toEqual({
      state: 'idle',
      impossible: expect.stringContaining('No production logs'),
      todo: expect.stringContaining('logs: [FILE]'),
    });
  });
});

test('logs give shares of production, in the plan as well', async () => {
  const segments = ['a', 'b'];
  const rows = Array.from({ length: 100 }, (_, i) => ({
    id: `c${i}`,
    segment: segments[i % 2],
    passed: i % 5 !== 0,
  }));
  const logs = Array.from({ length: 300 }, (_, i) => ({
    timestamp: `2026-01-0${1 + (i % 7)}T10:00:00Z`,
    segment: i % 3 === 0 ? 'a' : i % 3 === 1 ? 'b' : 'new',
  }));
  const session = await sessionOf(
    { baseline: write('o.jsonl', rows), candidate: write('n.jsonl', rows), slice: ['segment'] },
    { logs: write('logs.jsonl', logs) },
  );
  const audit = await finished(() => healthServices['log-audit'].answer({ start: true }, session));
  const [segment] = audit.dimensions;
  expect(segment!.rows.find(({ value }) => value === 'new')).toMatchObject({
    cases: 0,
    production: 100,
    state: 'absent',
  });
  const plan = await healthServices['sampling-plan'].answer({ drop: null, churn: null }, session);
  expect(plan.rows.find(({ value }) => value === 'a')!.production).toBeCloseTo(1 / 3, 12);
});

test('without texts and labels it says what to add, and fails nowhere', async () => {
  const rows = Array.from({ length: 40 }, (_, i) => ({ id: `c${i}`, passed: i % 3 === 0 }));
  const session = await sessionOf({ candidate: write('plain.jsonl', rows) });
  expect(await healthServices['near-duplicates'].answer({ start: true }, session)).toMatchObject({
    state: 'idle',
    todo: expect.stringContaining('--map input='),
  });
  expect(await healthServices['label-suspects'].answer({ start: true }, session)).toMatchObject({
    state: 'idle',
    impossible: expect.any(String),
  });
  expect((await healthServices.overlap.answer({}, session)).hasTexts).toBe(false);
});

test('a text is cut between characters', () => {
  const { text, length } = cutText(`${'a'.repeat(1_999)}\u{1F600}b`);
  expect([text.length, length]).toEqual([1_999, 2_002]);
});

const banking = sharedPath('data', 'banking77', 'cases.csv.gz');

test.skipIf(banking === null)(
  '3,080 real messages: suspects are few, and every count adds up (skipped where the data are absent)',
  { timeout: 120_000 },
  async () => {
    const session = await sessionOf({
      candidate: [banking!],
      map: [
        'baseline.predicted=pred_before',
        'candidate.predicted=pred_after',
        'baseline.passed=pass_before',
        'candidate.passed=pass_after',
        'expected=label',
        'input=text',
      ],
      slice: ['topic'],
      resamples: '100',
    });
    const found = await finished(() => healthServices['label-suspects'].answer({ start: true }, session));
    expect(found.compared + found.leftOut).toBe(3080);
    expect(found.total).toBeLessThanOrEqual(found.runsAgree);
    expect(found.total / found.compared).toBeLessThan(0.1);
    const duplicates = await finished(() =>
      healthServices['near-duplicates'].answer({ start: true }, session),
    );
    expect(duplicates.compared + duplicates.withoutText + duplicates.short + duplicates.beyondLimit).toBe(
      duplicates.cases,
    );
  },
);
