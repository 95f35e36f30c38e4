/** What every kind of ledger must do; the suite takes the function that opens one. */

import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetWriteFile } from 'hyparquet-writer';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ColumnMapping } from '../cases/index.ts';
import type { Estimate } from '../stats/index.ts';
import type { GateContext, GateDocument, Ledger, OpenLedger, RunRecord } from './index.ts';
import type { GateSlice } from './records.ts';

/** Per case: outcome (null is an error) and the slice that it is in. */
export type Outcomes = Readonly<Record<string, readonly [0 | 1 | null, string]>>;

export const MAPPING: ColumnMapping = { caseId: '__case_id', passed: '__passed', error: '__error' };

/** Writes outcomes as an engine does: one row per trial, ordered by case id. */
export function outcomeWriter(outcomes: Outcomes, edited: readonly string[] = []) {
  return async (filename: string): Promise<ColumnMapping> => {
    const ids = Object.keys(outcomes).sort();
    const column = (name: string, type: 'STRING' | 'INT32', data: unknown[]) => ({ name, type, data });
    parquetWriteFile({
      filename,
      columnData: [
        column('__case_id', 'STRING', ids),
        column(
          '__passed',
          'INT32',
          ids.map((id) => outcomes[id]![0]),
        ),
        column(
          '__error',
          'STRING',
          ids.map((id) => (outcomes[id]![0] === null ? 'error' : null)),
        ),
        column(
          'intent',
          'STRING',
          ids.map((id) => outcomes[id]![1]),
        ),
        column(
          'question',
          'STRING',
          ids.map((id) => (edited.includes(id) ? 'sha256:b' : 'sha256:a')),
        ),
      ],
    });
    return { ...MAPPING, input: 'question' };
  };
}

export function makeRun(name: string, fingerprint: string, more: Partial<RunRecord> = {}): RunRecord {
  return {
    name,
    fingerprint,
    files: [`${fingerprint}.jsonl`],
    mapping: { caseId: 'id', passed: 'ok' },
    counts: { rows: 3, cases: 3, scored: 2, errors: 1, unscored: 0, maxTrials: 1 },
    ...more,
  };
}

/** Wilson's interval at 0.95, as reports have it. */
export function rate(passed: number, n: number): Estimate {
  const z = 1.959963984540054;
  const p = passed / n;
  const centre = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return { estimate: p, lower: centre - half, upper: centre + half, level: 0.95, method: 'wilson', n };
}

/** A slice of `n` cases with so many passed before and after. */
export function makeSlice(value: string, before: number, after: number, n: number): GateSlice {
  const change = (after - before) / n;
  return {
    id: JSON.stringify(['passRate', 'intent', 'value', value]),
    role: 'gated',
    metric: 'passRate',
    dimension: 'intent',
    value,
    state: 'value',
    direction: 'higher',
    n,
    baseline: rate(before, n),
    candidate: rate(after, n),
    delta: { estimate: change, lower: change - 0.03, upper: change + 0.03, level: 0.95, method: 'tango', n },
    lost: Math.max(0, before - after),
    gained: Math.max(0, after - before),
    verdict: 'PASS',
    grade: 'undecided',
    adjustedPValue: 0.4,
  };
}

export function makeGate(
  baseline: string | null,
  candidate: string,
  slices: readonly GateSlice[] = [],
  more: Partial<GateDocument> = {},
): GateDocument {
  return {
    runHash: `${baseline}>${candidate}`,
    verdict: 'PASS',
    exitCode: 0,
    ship: { text: 'PASS' },
    policy: { margin: 0.05, errors: 'fail' },
    baseline: baseline === null ? null : { fingerprint: baseline, name: 'main' },
    candidate: { fingerprint: candidate, name: 'main' },
    slices,
    overall: [],
    ...more,
  };
}

export const CONTEXT: GateContext = {
  codeVersion: '0.1.0',
  configFingerprint: 'c0ffee',
  baselineRunId: null,
  candidateRunId: null,
};

export function ledgerContract(kind: string, open: OpenLedger): void {
  describe(`a ${kind} ledger`, () => {
    let folder: string;
    let path: string;
    let clock: Date;
    const opened: Ledger[] = [];
    const now = () => clock;
    const at = (iso: string) => {
      clock = new Date(iso);
    };
    const openIt = async (more: Parameters<OpenLedger>[1] | object = {}) => {
      const ledger = await open(path, { now, ...more });
      opened.push(ledger);
      return ledger;
    };

    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'slicewise-ledger-'));
      path = join(folder, 'ledger.db');
      at('2026-01-05T12:00:00.000Z');
    });
    afterEach(async () => {
      for (const ledger of opened.splice(0)) await ledger.close();
      rmSync(folder, { recursive: true });
    });

    describe('runs', () => {
      test('hands out byte for byte what the run command wrote, with its age', async () => {
        const write = outcomeWriter({ a: [1, 'x'], b: [0, 'y'], 'ü"\u{1f600}': [null, 'x'] });
        const reference = join(folder, 'reference.parquet');
        const mapping = await write(reference);
        const writer = await openIt();
        await writer.recordRun(
          makeRun('main', 'ab12cd', { writeOutcomes: write, gitCommit: 'f00', timeKey: '1' }),
        );
        await writer.close();
        at('2026-01-15T18:00:00.000Z');
        const baseline = await (await openIt()).resolveBaseline('main@latest');
        expect(readFileSync(baseline.file).equals(readFileSync(reference))).toBe(true);
        expect(baseline).toMatchObject({
          name: 'main',
          fingerprint: 'ab12cd',
          recordedAt: '2026-01-05T12:00:00.000Z',
          ageDays: 10.25,
          gitCommit: 'f00',
          mapping,
        });
      });

      test('keeps the same run with the same time key once', async () => {
        const ledger = await openIt();
        const first = await ledger.recordRun(makeRun('main', 'ab12', { timeKey: 'build 7' }));
        at('2026-02-01T00:00:00.000Z');
        const again = await ledger.recordRun(makeRun('main', 'ab12', { timeKey: 'build 7' }));
        const other = await ledger.recordRun(makeRun('main', 'ab12', { timeKey: 'build 8' }));
        expect(again).toEqual({ ...first, isNew: false });
        expect(other.isNew).toBe(true);
        expect(other.id).not.toBe(first.id);
      });

      test('without a time key, equal results go on ageing until others come between', async () => {
        const ledger = await openIt();
        const first = await ledger.recordRun(makeRun('main', 'aaaa'));
        at('2026-01-06T12:00:00.000Z');
        expect(await ledger.recordRun(makeRun('main', 'aaaa'))).toMatchObject({
          id: first.id,
          isNew: false,
          recordedAt: '2026-01-05T12:00:00.000Z',
        });
        expect((await ledger.recordRun(makeRun('main', 'bbbb'))).isNew).toBe(true);
        at('2026-01-07T12:00:00.000Z');
        expect((await ledger.recordRun(makeRun('main', 'aaaa'))).isNew).toBe(true);
      });

      test('records outcomes later for a run that had none', async () => {
        const ledger = await openIt();
        await ledger.recordRun(makeRun('main', 'aaaa'));
        at('2026-01-06T12:00:00.000Z');
        const writeOutcomes = outcomeWriter({ a: [1, 'x'] });
        expect(await ledger.recordRun(makeRun('main', 'aaaa', { writeOutcomes }))).toMatchObject({
          isNew: true,
        });
        expect((await ledger.resolveBaseline('main@latest')).recordedAt).toBe('2026-01-06T12:00:00.000Z');
      });

      test('a writer that fails leaves neither run nor file', async () => {
        const ledger = await openIt();
        const writeOutcomes = async (file: string) => {
          writeFileSync(file, 'half');
          throw new Error('engine died');
        };
        await expect(ledger.recordRun(makeRun('main', 'aaaa', { writeOutcomes }))).rejects.toThrow(
          'engine died',
        );
        await expect(ledger.resolveBaseline('main@latest')).rejects.toThrow('the ledger has no runs yet');
        expect(readdirSync(`${path}.cases`)).toEqual([]);
      });

      test.each([
        'it\'s "quoted"; drop table runs',
        'nul\0inside',
        'n'.repeat(300),
        '../../../etc/passwd',
        '/absolute/x',
        'a@b@c',
        '..',
        '日本\u202e\u001b[31m',
        '%',
      ])('keeps the name %j as it is and never as a path', async (name) => {
        const ledger = await openIt();
        await ledger.recordRun(
          makeRun('other', 'eeee', { writeOutcomes: outcomeWriter({ z: [1, 'x'] }), timeKey: '1' }),
        );
        const { id } = await ledger.recordRun(
          makeRun(name, 'ab12', { writeOutcomes: outcomeWriter({ a: [1, 'x'] }) }),
        );
        const baseline = await ledger.resolveBaseline(`${name}@latest`);
        expect(baseline).toMatchObject({
          name,
          fingerprint: 'ab12',
          file: join(`${path}.cases`, `${id}.parquet`),
        });
        expect(id).toMatch(/^[0-9a-f]{32}$/);
        expect(readdirSync(`${path}.cases`)).toHaveLength(2);
        expect(readdirSync(folder).every((file) => file.startsWith('ledger.db'))).toBe(true);
      });

      test('refuses a run without a name', async () => {
        await expect((await openIt()).recordRun(makeRun('', 'aaaa'))).rejects.toThrow('needs a name');
      });
    });

    describe('baselines', () => {
      const writeOutcomes = outcomeWriter({ a: [1, 'x'] });

      test.each([
        ['main', 'cccc2222'],
        ['main@latest', 'cccc2222'],
        ['main@anchor', 'aaaa1111'],
        ['main@2026-01-05', 'aaaa1111'],
        ['main@2026-01-09', 'bbbb1111'],
        ['main@2030-12-31', 'cccc2222'],
        ['main@bbbb', 'bbbb1111'],
        ['main@CCCC2222', 'cccc2222'],
      ])('%s is the run %s', async (reference, fingerprint) => {
        const ledger = await openIt();
        for (const [day, run] of [
          ['05', 'aaaa1111'],
          ['06', 'bbbb1111'],
          ['10', 'cccc1111'],
          ['11', 'cccc2222'],
        ] as const) {
          at(`2026-01-${day}T23:30:00.000Z`);
          await ledger.recordRun(makeRun('main', run, { writeOutcomes }));
          await ledger.recordRun(makeRun('nightly', `9999${run}`, { writeOutcomes }));
          if (run === 'aaaa1111') await ledger.recordAnchor({ name: 'main', reason: 'launch', who: 'Ada' });
        }
        expect((await ledger.resolveBaseline(reference)).fingerprint).toBe(fingerprint);
      });

      test.each([
        [
          'mian@latest',
          'the ledger has no runs named "mian"; it has "nightly", "main"',
          'did you mean "main"?',
        ],
        ['main@2026-01-04', '"main" has no run up to 2026-01-04', 'its first run is of 2026-01-05'],
        ['main@2026-02-31', 'cannot be read at "2026-02-31"', 'after the @ stands latest'],
        ['main@anchor', '"main" has no anchor', 'set one'],
        ['main@dddd', 'no run whose fingerprint begins with dddd', 'main@latest'],
        ['main@aaaa', 'has 2 runs that begin with aaaa: aaaa2222, aaaa1111', 'give more digits'],
        ["main@' or 1=1 --", 'cannot be read at', 'after the @'],
        ['bare@latest', 'recorded without per-case outcomes', 'name another run'],
      ])('%s says what is wrong', async (reference, message, hint) => {
        const ledger = await openIt();
        await ledger.recordRun(makeRun('main', 'aaaa1111', { writeOutcomes }));
        if (reference !== 'mian@latest') await ledger.recordRun(makeRun('bare', 'eeee'));
        await ledger.recordRun(makeRun('main', 'aaaa2222', { writeOutcomes }));
        await ledger.recordRun(makeRun('nightly', 'ffff', { writeOutcomes }));
        const error = await ledger.resolveBaseline(reference).catch((thrown: unknown) => thrown as Error);
        expect((error as Error).message).toContain(message);
        expect((error as Error).message).toContain(hint);
      });

      test('the latest is the newest that no gate blocked, unless a person anchored it', async () => {
        const ledger = await openIt();
        const ids: string[] = [];
        for (const fingerprint of ['aaaa', 'bbbb', 'cccc']) {
          const { id } = await ledger.recordRun(makeRun('main', fingerprint, { writeOutcomes }));
          ids.push(id);
          const verdict = fingerprint === 'aaaa' ? 'PASS' : 'BLOCK';
          const gate = makeGate('base', fingerprint, [], { verdict, exitCode: verdict === 'PASS' ? 0 : 1 });
          await ledger.recordGate(gate, { ...CONTEXT, candidateRunId: id });
        }
        expect(await ledger.resolveBaseline('main')).toMatchObject({ fingerprint: 'aaaa', passedOver: 2 });
        expect((await ledger.resolveBaseline('main@cccc')).passedOver).toBe(0);
        // A waiver made a PASS of the second.
        at('2026-06-01T00:00:00.000Z');
        const waived = makeGate('base', 'bbbb', [], { ship: { text: 'PASS with 1 waiver' } });
        await ledger.recordGate(waived, { ...CONTEXT, candidateRunId: ids[1]! });
        expect(await ledger.resolveBaseline('main')).toMatchObject({ fingerprint: 'bbbb', passedOver: 1 });
        await ledger.recordAnchor({ name: 'main', reason: 'meant', who: 'Ada' });
        expect(await ledger.resolveBaseline('main')).toMatchObject({ fingerprint: 'cccc', passedOver: 0 });
      });

      test('says so where every run of a name was blocked', async () => {
        const ledger = await openIt();
        const { id } = await ledger.recordRun(makeRun('pr', 'aaaa1111', { writeOutcomes }));
        const gate = makeGate('base', 'aaaa1111', [], { verdict: 'BLOCK', exitCode: 1 });
        await ledger.recordGate(gate, { ...CONTEXT, candidateRunId: id });
        await expect(ledger.resolveBaseline('pr')).rejects.toThrow('"pr" has no run that was not blocked');
      });

      test('never hands out a file that is gone or was changed', async () => {
        const ledger = await openIt();
        await ledger.recordRun(makeRun('main', 'aaaa1111', { writeOutcomes }));
        const { file } = await ledger.resolveBaseline('main');
        const bytes = readFileSync(file);
        bytes[10]! ^= 1;
        writeFileSync(file, bytes);
        await expect(ledger.resolveBaseline('main')).rejects.toThrow('is not what was recorded');
        rmSync(file);
        await expect(ledger.resolveBaseline('main')).rejects.toThrow('is gone');
      });
    });

    describe('retention', () => {
      test('keeps the newest runs of each name, anchors, and baselines in use, and says what it removed', async () => {
        const ledger = await openIt({ keepRuns: 2 });
        const writeOutcomes = outcomeWriter({ a: [1, 'x'] });
        const record = (name: string, fingerprint: string) =>
          ledger.recordRun(makeRun(name, fingerprint, { writeOutcomes, timeKey: fingerprint }));
        const anchored = await record('main', 'a0');
        await ledger.recordAnchor({ name: 'main', reason: 'launch', who: 'Ada' });
        const used = await record('main', 'a1');
        const candidate = await record('candidate', 'c1');
        await ledger.recordGate(makeGate('a1', 'c1'), {
          ...CONTEXT,
          baselineRunId: used.id,
          candidateRunId: candidate.id,
        });
        const plain = await record('main', 'a2');
        const third = await record('main', 'a3');
        const last = await record('main', 'a4');
        expect([third.removed, last.removed]).toEqual([[], [plain.id]]);
        expect(new Set(readdirSync(`${path}.cases`))).toEqual(
          new Set([anchored, used, candidate, third, last].map(({ id }) => `${id}.parquet`)),
        );
        await expect(ledger.resolveBaseline('main@anchor')).resolves.toMatchObject({ fingerprint: 'a0' });
        // The candidate goes, so its baseline is no longer in use.
        await record('candidate', 'c2');
        expect((await record('candidate', 'c3')).removed).toEqual([candidate.id]);
        expect((await record('main', 'a5')).removed).toEqual([used.id, third.id]);
      });

      test('a removed run says so', async () => {
        const ledger = await openIt({ keepRuns: 1 });
        const writeOutcomes = outcomeWriter({ a: [1, 'x'] });
        await ledger.recordRun(makeRun('main', 'aaaa', { writeOutcomes }));
        await ledger.recordRun(makeRun('main', 'bbbb', { writeOutcomes }));
        await expect(ledger.resolveBaseline('main@aaaa')).rejects.toThrow('retention removed them');
      });

      test('sweeps old leftovers of killed processes, and nothing else', async () => {
        const ledger = await openIt({ keepRuns: 1 });
        const writeOutcomes = outcomeWriter({ a: [1, 'x'] });
        await ledger.recordRun(makeRun('main', 'aaaa', { writeOutcomes }));
        const orphan = `${'0'.repeat(32)}.parquet`;
        const half = `${'0'.repeat(32)}.01234567-89ab-cdef-0123-456789abcdef.tmp`;
        const young = `${'1'.repeat(32)}.parquet`;
        for (const name of [orphan, half, young, 'notes.txt']) writeFileSync(join(`${path}.cases`, name), '');
        const twoDaysAgo = new Date(clock.getTime() - 2 * 86_400_000);
        for (const name of [orphan, half, 'notes.txt'])
          utimesSync(join(`${path}.cases`, name), twoDaysAgo, twoDaysAgo);
        const { id } = await ledger.recordRun(makeRun('main', 'bbbb', { writeOutcomes }));
        expect(new Set(readdirSync(`${path}.cases`))).toEqual(new Set([young, 'notes.txt', `${id}.parquet`]));
      });
    });

    describe('gates', () => {
      test('keeps the same gate once, and a changed waiver as another', async () => {
        const ledger = await openIt();
        const first = await ledger.recordGate(makeGate('a', 'b'), CONTEXT);
        at('2026-01-06T12:00:00.000Z');
        expect(await ledger.recordGate(makeGate('a', 'b'), CONTEXT)).toEqual({ ...first, isNew: false });
        const waived = makeGate('a', 'b', [], { ship: { text: 'PASS with 1 waiver' } });
        expect((await ledger.recordGate(waived, CONTEXT)).isNew).toBe(true);
        const keyed = { ...CONTEXT, timeKey: 'build 7' };
        const build = await ledger.recordGate(makeGate('a', 'b'), keyed);
        expect(await ledger.recordGate(makeGate('a', 'b'), keyed)).toEqual({ ...build, isNew: false });
        expect((await ledger.history()).gates).toBe(3);
      });

      test('refuses a run id that it does not have, and records nothing', async () => {
        const ledger = await openIt();
        const context = { ...CONTEXT, candidateRunId: 'feed' };
        await expect(ledger.recordGate(makeGate('a', 'b'), context)).rejects.toThrow(
          'no run with the id feed',
        );
        expect((await ledger.history()).gates).toBe(0);
      });

      test('counts looks: other data or rules are a look, the same gate again is none', async () => {
        const ledger = await openIt();
        await ledger.recordGate(makeGate('a', 'b'), { ...CONTEXT, timeKey: '1' });
        await ledger.recordGate(makeGate('a', 'b'), { ...CONTEXT, timeKey: '2' });
        await ledger.recordGate(makeGate('a', 'b', [], { runHash: 'other margin' }), CONTEXT);
        await ledger.recordGate(makeGate('a', 'c'), CONTEXT);
        expect(await ledger.looks({ fingerprints: ['b'] })).toBe(2);
        expect(await ledger.looks({ fingerprints: ['b'] }, 'a>b')).toBe(2);
        expect(await ledger.looks({ fingerprints: ['b', 'c'] }, 'new')).toBe(4);
        expect(await ledger.looks({ fingerprints: [] })).toBe(0);
      });

      test('counts always-valid looks at a candidate by its name, as each has results of its own', async () => {
        const ledger = await openIt();
        const look = (day: number, name: string, looks: string) =>
          ledger.recordGate(
            makeGate(`a${day}`, `b${day}`, [], {
              candidate: { fingerprint: `b${day}`, name },
              policy: { looks },
            }),
            CONTEXT,
          );
        for (const day of [1, 2, 3]) await look(day, 'shadow', 'always-valid');
        await look(4, 'shadow', 'fixed');
        await look(5, 'other', 'always-valid');
        expect(await ledger.looks({ candidate: 'shadow' })).toBe(3);
        expect(await ledger.looks({ candidate: 'shadow' }, 'a6>b6')).toBe(4);
        expect(await ledger.looks({ candidate: 'nobody' })).toBe(0);
      });

      test('keeps ten thousand slices of a gate', async () => {
        const ledger = await openIt();
        const slices = Array.from({ length: 10_000 }, (_, index) => makeSlice(`v${index}`, 10, 9, 10));
        await ledger.recordGate(makeGate('a', 'b', slices), CONTEXT);
        expect((await ledger.history()).series).toHaveLength(10_000);
      });
    });

    describe('history', () => {
      /** Gates `rates.length - 1` releases of n cases, each against the one before, a week apart. */
      const releases = async (ledger: Ledger, passed: readonly number[], n: number, judge: string[] = []) => {
        for (const [week, after] of passed.entries()) {
          if (week === 0) continue;
          at(new Date(Date.UTC(2026, 0, 5 + 7 * week)).toISOString());
          const instruments = { judge: judge[week] ? [judge[week]] : [], dataset: [], prompt: [`p${week}`] };
          const run = await ledger.recordRun(makeRun('main', `r${week}`, { instruments }));
          const gate = makeGate(`r${week - 1}`, `r${week}`, [
            makeSlice('refund', passed[week - 1]!, after, n),
          ]);
          await ledger.recordGate(gate, { ...CONTEXT, candidateRunId: run.id });
        }
      };

      test('catches the slow slide from .93 to .87 over a green floor of .85', async () => {
        const ledger = await openIt();
        await releases(ledger, [1116, 1104, 1092, 1080, 1068, 1056, 1044], 1200);
        const [series] = (await ledger.history()).series;
        expect(series!.points).toHaveLength(6);
        expect(series!.points.every((point) => point.verdict === 'PASS')).toBe(true);
        expect(series!.verdict).toBe('REVIEW');
        expect(series!.drift!.change.estimate).toBeCloseTo(-0.06, 12);
        expect(series!.drift!.change.upper).toBeCloseTo(-0.0361258, 6);
        expect(series!.drift!.since).toMatchObject({ from: 'first release', who: null });
      });

      test('stays quiet on noise around .93', async () => {
        const ledger = await openIt();
        await releases(ledger, [1116, 1109, 1121, 1113, 1118, 1110, 1114], 1200);
        const history = await ledger.history();
        expect(history.series[0]!.verdict).toBeNull();
        expect(history.series[0]!.points.filter((point) => point.drift?.slide)).toEqual([]);
        expect(history.slidesByChance).toBe(0.025);
      });

      test('counts from the last anchor, also where it is older than what is shown', async () => {
        const ledger = await openIt();
        await releases(ledger, [1116, 1080, 1044], 1200);
        at('2026-01-20T00:00:00.000Z');
        await ledger.recordAnchor({ name: 'main', reason: 'new product, lower bar', who: 'Ada' });
        for (const [index, passed] of [1046, 1043, 1045].entries()) {
          at(`2026-02-0${index + 1}T00:00:00.000Z`);
          await ledger.recordGate(
            makeGate(`s${index}`, `s${index + 1}`, [makeSlice('refund', 0, passed, 1200)]),
            CONTEXT,
          );
        }
        const [series] = (await ledger.history({ limit: 2 })).series;
        expect(series!.points).toHaveLength(2);
        expect(series!.drift!.since).toMatchObject({
          from: 'anchor',
          reason: 'new product, lower bar',
          who: 'Ada',
        });
        expect(series!.drift!.change.estimate).toBeCloseTo(1 / 1200, 12);
        expect(series!.verdict).toBeNull();
      });

      test('breaks visibly where the judge changed, not where the prompt did', async () => {
        const ledger = await openIt();
        await releases(ledger, [1116, 1116, 1110, 900, 903], 1200, ['j1', 'j1', 'j1', 'j2', 'j2']);
        const [series] = (await ledger.history()).series;
        expect(series!.points.map((point) => point.breaks)).toEqual([[], [], ['the judge changed'], []]);
        expect(series!.points[2]!.drift).toBeNull();
        expect(series!.drift!.change.estimate).toBeCloseTo(3 / 1200, 12);
        expect(series!.drift!.since.from).toBe('break');
      });

      test.each([
        [{ slice: 'refund' }, 1],
        [{ slice: 'intent=refund' }, 1],
        [{ slice: 'intent' }, 2],
        [{ slice: 'a=b' }, 1],
        [{ slice: 'intent=a=b' }, 1],
        [{ metric: 'passRate' }, 2],
        [{ name: 'main' }, 2],
        [{}, 2],
      ])('finds slices by %j', async (query, found) => {
        const ledger = await openIt();
        const slices = [makeSlice('refund', 9, 8, 10), makeSlice('a=b', 9, 9, 10)];
        await ledger.recordGate(makeGate('a', 'b', slices), CONTEXT);
        expect((await ledger.history(query)).series).toHaveLength(found);
      });

      test('says which slice no gate has, and is empty without gates', async () => {
        const ledger = await openIt();
        expect(await ledger.history({ slice: 'x' })).toEqual({ series: [], gates: 0, slidesByChance: 0 });
        await ledger.recordGate(makeGate('a', 'b', [makeSlice('refund', 9, 8, 10)]), CONTEXT);
        await expect(ledger.history({ slice: 'refnud' })).rejects.toThrow(
          'no recorded gate has the slice "refnud"',
        );
      });

      test('a slide of a lower-is-better metric is a rise', async () => {
        const ledger = await openIt();
        const errors = {
          ...makeSlice('refund', 60, 130, 1200),
          metric: 'errorRate',
          direction: 'lower' as const,
        };
        const falls = {
          ...makeSlice('other', 130, 60, 1200),
          metric: 'errorRate',
          direction: 'lower' as const,
        };
        const wide = { estimate: 0.058, lower: 0.04, upper: 0.08, level: 0.95, method: 'tango', n: 1200 };
        await ledger.recordGate(makeGate('a', 'b', [{ ...errors, delta: wide }, falls]), CONTEXT);
        const { series } = await ledger.history();
        expect(series.map(({ value, verdict }) => [value, verdict])).toEqual([
          ['refund', 'REVIEW'],
          ['other', null],
        ]);
      });

      test('compares case by case where the outcomes of both ends are kept', async () => {
        const ledger = await openIt();
        const ids = Array.from({ length: 100 }, (_, index) => `case ${String(index).padStart(3, '0')}`);
        const outcomes = (failed: number): Outcomes =>
          Object.fromEntries(
            ids.map((id, index) => [id, [index < failed ? 0 : 1, index < 80 ? 'refund' : 'other']]),
          );
        let previous = await ledger.recordRun(
          makeRun('main', 'r0', { writeOutcomes: outcomeWriter(outcomes(5)) }),
        );
        for (const [week, failed] of [8, 12].entries()) {
          const writeOutcomes = outcomeWriter(outcomes(failed));
          const run = await ledger.recordRun(makeRun('main', `r${week + 1}`, { writeOutcomes }));
          const slice = makeSlice('refund', 80 - [5, 8][week]!, 80 - failed, 80);
          await ledger.recordGate(makeGate(`r${week}`, `r${week + 1}`, [slice]), {
            ...CONTEXT,
            baselineRunId: previous.id,
            candidateRunId: run.id,
          });
          previous = run;
        }
        const { drift } = (await ledger.history()).series[0]!;
        // 7 of 80 lost, none gained: unpaired, the interval reaches from -.19 to +.01.
        expect(drift).toMatchObject({ basis: 'paired', slide: true, change: { estimate: -7 / 80, n: 80 } });
        expect(drift!.change.upper).toBeLessThan(0);
      });
    });

    describe('the record of a case', () => {
      test('says in how many gates it flipped, and in how many of these nothing had changed', async () => {
        const ledger = await openIt();
        const flaky = [1, 0, 1, 1, 0, 1] as const;
        let previous: string | null = null;
        for (const [index, outcome] of flaky.entries()) {
          const writeOutcomes = outcomeWriter({
            flaky: [outcome, 'x'],
            steady: [1, 'x'],
            crashed: [index === 2 ? null : 1, 'x'],
            ...(index > 2 ? { late: [1, 'x'] } : {}),
          });
          const { id } = await ledger.recordRun(makeRun('main', `r${index}`, { writeOutcomes }));
          if (previous !== null) {
            const context = {
              ...CONTEXT,
              baselineRunId: previous,
              candidateRunId: id,
              unchanged: index >= 4,
            };
            await ledger.recordGate(makeGate(`r${index - 1}`, `r${index}`), context);
            // Gating the same pair again under other rules is no further observation of the case.
            const again = makeGate(`r${index - 1}`, `r${index}`, [], { runHash: `again ${index}` });
            await ledger.recordGate(again, context);
          }
          previous = id;
        }
        const both = { unchangedComparisons: 2 };
        expect(await ledger.caseRecords(['flaky', 'steady', 'crashed', 'late', 'absent'])).toEqual([
          { id: 'flaky', comparisons: 5, flipped: 4, flippedUnchanged: 2, ...both },
          { id: 'steady', comparisons: 5, flipped: 0, flippedUnchanged: 0, ...both },
          { id: 'crashed', comparisons: 5, flipped: 2, flippedUnchanged: 0, ...both },
          { id: 'late', comparisons: 2, flipped: 0, flippedUnchanged: 0, ...both },
          { id: 'absent', comparisons: 0, flipped: 0, flippedUnchanged: 0, unchangedComparisons: 0 },
        ]);
        const [newest] = await ledger.caseRecords(['flaky'], { gates: 1 });
        expect(newest).toMatchObject({ comparisons: 1, flipped: 1 });
      });

      test('knows flips of a rerun as flips of an unchanged system; the same rerun twice is one', async () => {
        const ledger = await openIt();
        const before = await ledger.recordRun(
          makeRun('baseline', 'r0', { writeOutcomes: outcomeWriter({ a: [1, 'x'], b: [1, 'x'] }) }),
        );
        const again = await ledger.recordRun(
          makeRun('rerun', 'r1', { writeOutcomes: outcomeWriter({ a: [0, 'x'], b: [1, 'x'] }) }),
        );
        const after = await ledger.recordRun(
          makeRun('main', 'r2', { writeOutcomes: outcomeWriter({ a: [0, 'x'], b: [0, 'x'] }) }),
        );
        const pair = { baselineRunId: before.id, rerunRunId: again.id };
        const first = await ledger.recordRerun(pair);
        expect(first.isNew).toBe(true);
        at('2026-06-01T00:00:00.000Z');
        expect(await ledger.recordRerun(pair)).toEqual({ ...first, isNew: false });
        await ledger.recordGate(makeGate('r0', 'r2'), {
          ...CONTEXT,
          baselineRunId: before.id,
          candidateRunId: after.id,
        });
        expect(await ledger.caseRecords(['a', 'b'])).toEqual([
          { id: 'a', comparisons: 2, unchangedComparisons: 1, flipped: 2, flippedUnchanged: 1 },
          { id: 'b', comparisons: 2, unchangedComparisons: 1, flipped: 1, flippedUnchanged: 0 },
        ]);
        await expect(ledger.recordRerun({ ...pair, rerunRunId: 'feed' })).rejects.toThrow(
          'no run with the id feed',
        );
        expect((await ledger.history()).gates).toBe(1);
      });

      test('does not compare a case that was edited', async () => {
        const ledger = await openIt();
        const before = await ledger.recordRun(
          makeRun('main', 'r0', { writeOutcomes: outcomeWriter({ a: [1, 'x'], b: [1, 'x'] }) }),
        );
        const after = await ledger.recordRun(
          makeRun('main', 'r1', { writeOutcomes: outcomeWriter({ a: [0, 'x'], b: [0, 'x'] }, ['a']) }),
        );
        await ledger.recordGate(makeGate('r0', 'r1'), {
          ...CONTEXT,
          baselineRunId: before.id,
          candidateRunId: after.id,
        });
        const records = await ledger.caseRecords(['a', 'b']);
        expect(records.map((record) => record.comparisons)).toEqual([0, 1]);
      });
    });

    test('anchors need a reason, a person and a run', async () => {
      const ledger = await openIt();
      await ledger.recordRun(makeRun('main', 'aaaa'));
      const anchor = { name: 'main', reason: 'launch', who: 'Ada' };
      await expect(ledger.recordAnchor({ ...anchor, reason: ' ' })).rejects.toThrow('needs its reason');
      await expect(ledger.recordAnchor({ ...anchor, who: '' })).rejects.toThrow('needs its who');
      await expect(ledger.recordAnchor({ ...anchor, name: 'mian' })).rejects.toThrow('no runs named "mian"');
      expect((await ledger.recordAnchor(anchor)).isNew).toBe(true);
    });
  });
}
