/** What every engine must answer, as a suite of tests that holds any engine to the memory engine, exactly. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ColumnMapping } from '../cases/index.ts';
import type { LabelCounts, TablePlan, UnitMeasure } from '../counts/index.ts';
import type { Grouping } from '../slices/index.ts';
import type { ComparisonSource, Engine, OpenEngine, SideSource } from './contract.ts';
import { openMemory } from './memory/open.ts';
import { casePlans } from './test-case-plans.ts';
import { comparison, grouping, type TestComparison, withIds } from './test-plans.ts';
import { chunksOf, type TestRow } from './test-tables.ts';

/** Long searches take longer than other tests may. */
const TIMEOUT_MS = 3_600_000;

const MEASURES: readonly UnitMeasure[] = [
  { kind: 'outcome', of: { kind: 'passRate' }, errors: 'fail' },
  { kind: 'outcome', of: { kind: 'passRate' }, errors: 'exclude' },
  { kind: 'outcome', of: { kind: 'errorRate' }, errors: 'fail' },
  { kind: 'outcome', of: { kind: 'passAtK', k: 2 }, errors: 'exclude' },
  { kind: 'number', column: 'num' },
  { kind: 'number', column: 'mixed' },
  { kind: 'number', column: 'num', baselineColumn: 'tag' },
];

/** How rows arrive: their order, the size of chunks, and the number of files. */
interface Arrival {
  readonly seed: number;
  readonly size: number;
  readonly files: number;
}

const arrival = fc.record({
  seed: fc.nat(1_000),
  size: fc.integer({ min: 1, max: 5 }),
  files: fc.integer({ min: 1, max: 3 }),
});

function sideOf(
  rows: readonly TestRow[],
  mapping: ColumnMapping,
  { seed, size, files }: Arrival,
): SideSource {
  const shuffled = rows
    .map((row, i) => ({ row, rank: (i * 7919 + seed * 104_729) % 1_009 }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ row }) => row);
  const chunks = Array.from({ length: files }, (_, k) =>
    chunksOf(
      shuffled.filter((_, i) => i % files === k),
      size,
      `file-${k}.jsonl`,
    ),
  ).flat();
  return { kind: 'rows', chunks, mapping };
}

function sourceOf({ baseline, candidate, mappings }: TestComparison, how: Arrival): ComparisonSource {
  return {
    baseline: baseline === null ? null : sideOf(baseline, mappings.baseline, how),
    candidate: sideOf(candidate, mappings.candidate, how),
  };
}

const AS_WRITTEN: Arrival = { seed: 0, size: 100, files: 1 };

/** Ways of asking for a table; the measures take turns. */
const TABLES: readonly Omit<TablePlan, 'groupings' | 'measure'>[] = [
  { minCases: 1, maxValues: 65_000, split: null, fold: false },
  { minCases: 2, maxValues: 65_000, split: 7, fold: true },
  { minCases: 1, maxValues: 2, split: 0, fold: true },
];

/** Answers to one plan, in a form that `toEqual` compares exactly. */
async function answers(engine: Engine, groupings: readonly Grouping[]): Promise<unknown> {
  const units = [];
  const flips = [];
  const tables = [];
  for (const measure of MEASURES) {
    for (const onlyDiscordant of [false, true])
      units.push(await engine.units({ groupings, measure, onlyDiscordant }));
    for (const limit of [1, 20]) flips.push(await engine.flips({ groupings, measure, limit }));
    tables.push(await engine.table({ groupings, measure, ...TABLES[tables.length % TABLES.length]! }));
  }
  const labels = [];
  for (const maxLabels of [2, 4, 1_000]) labels.push(await engine.labels({ groupings, maxLabels }));
  const labelled = await labelledAnswers(engine, groupings, labels.at(-1)!);
  return { count: await engine.count({ groupings }), units, flips, tables, labels, labelled };
}

/** Cases of the first cells of each slice, whose numbers are those of the cells. */
async function labelledAnswers(
  engine: Engine,
  groupings: readonly Grouping[],
  { labels, slices }: LabelCounts,
): Promise<unknown> {
  const found = [];
  for (const { grouping: id, state, value, cells } of slices) {
    const within = { grouping: groupings.find((grouping) => grouping.id === id)!, state, value };
    const answer = (code: number) => labels[code] ?? code;
    for (let i = 0; i < Math.min(2, cells.cases.length); i++) {
      const only = (codes: Int32Array) => ({ answers: [answer(codes[i]!)], wanted: true });
      const plan = {
        ...{ within, expected: answer(cells.expected[i]!), limit: 3 },
        ...{ baseline: only(cells.baseline), candidate: only(cells.candidate) },
      };
      const exact = await engine.labelled(plan);
      const other = cells.baseline.reduce(
        (sum, code, at) =>
          sum +
          (code === cells.baseline[i] && cells.expected[at] === cells.expected[i] ? cells.cases[at]! : 0),
        0,
      );
      const any = await engine.labelled({ ...plan, candidate: { answers: [], wanted: false } });
      expect(any.total).toBe(other);
      found.push(exact, any);
    }
  }
  return found;
}

/** Lists of cases, and everything of each case. */
async function caseAnswers(engine: Engine, groupings: readonly Grouping[]): Promise<unknown> {
  const cases = [];
  const plans = casePlans(groupings, await engine.count({ groupings }), MEASURES);
  for (const plan of plans) cases.push({ plan, page: await engine.cases(plan) });
  const rows = [];
  for (const id of [...(await engine.caseIds()), 'never']) rows.push(await engine.caseRows(id));
  return { cases, rows };
}

async function descriptions(engine: Engine, hasBaseline: boolean): Promise<unknown> {
  return {
    profile: await engine.profile(),
    caseIds: await engine.caseIds(),
    contentKeys: await engine.contentKeys(),
    candidate: await engine.fingerprint('candidate'),
    baseline: hasBaseline ? await engine.fingerprint('baseline') : null,
  };
}

/** Holds an engine to the contract. */
export function engineContract(
  name: string,
  open: OpenEngine,
  options: { readonly runs: number; readonly seed: number },
): void {
  describe(`the ${name} engine`, () => {
    let folder = '';
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'slicewise-contract-'));
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    async function withBoth(
      left: ComparisonSource,
      right: ComparisonSource,
      compare: (oracle: Engine, engine: Engine) => Promise<void>,
    ): Promise<void> {
      const oracle = await openMemory(left);
      const engine = await open(right);
      try {
        await compare(oracle, engine);
      } finally {
        await engine.close();
        await oracle.close();
      }
    }

    test(
      'answers as the memory engine does, whatever the order of rows, chunks and files',
      async () => {
        await fc.assert(
          fc.asyncProperty(
            comparison,
            fc.array(grouping, { minLength: 1, maxLength: 6 }),
            arrival,
            async (table, found, how) => {
              const groupings = withIds(found);
              await withBoth(sourceOf(table, AS_WRITTEN), sourceOf(table, how), async (oracle, engine) => {
                expect(await answers(engine, groupings)).toEqual(await answers(oracle, groupings));
                const hasBaseline = table.baseline !== null;
                expect(await descriptions(engine, hasBaseline)).toEqual(
                  await descriptions(oracle, hasBaseline),
                );
              });
            },
          ),
          { numRuns: options.runs, seed: options.seed },
        );
      },
      TIMEOUT_MS,
    );

    test(
      'settles the columns that the memory engine settles, and then counts as it does',
      async () => {
        await fc.assert(
          fc.asyncProperty(
            comparison,
            fc.array(grouping, { minLength: 1, maxLength: 4 }),
            fc.uniqueArray(fc.constantFrom('tag', 'list', 'mixed', 'Tag', 'id', 'no such column')),
            arrival,
            async (table, found, columns, how) => {
              const groupings = withIds(found);
              await withBoth(sourceOf(table, AS_WRITTEN), sourceOf(table, how), async (oracle, engine) => {
                const before = await engine.profile();
                expect(await engine.settle(columns)).toEqual(await oracle.settle(columns));
                expect(await engine.profile()).toEqual(before);
                expect(await answers(engine, groupings)).toEqual(await answers(oracle, groupings));
                expect(await caseAnswers(engine, groupings)).toEqual(await caseAnswers(oracle, groupings));
              });
            },
          ),
          { numRuns: options.runs, seed: options.seed + 3 },
        );
      },
      TIMEOUT_MS,
    );

    test(
      'lists the cases that the memory engine lists, with all rows of each',
      async () => {
        await fc.assert(
          fc.asyncProperty(
            comparison,
            fc.array(grouping, { minLength: 1, maxLength: 4 }),
            arrival,
            async (table, found, how) => {
              const groupings = withIds(found);
              await withBoth(sourceOf(table, AS_WRITTEN), sourceOf(table, how), async (oracle, engine) => {
                expect(await caseAnswers(engine, groupings)).toEqual(await caseAnswers(oracle, groupings));
              });
            },
          ),
          { numRuns: Math.ceil(options.runs / 5), seed: options.seed + 2 },
        );
      },
      TIMEOUT_MS,
    );

    test('names the same duplicates', async () => {
      const rows: TestRow[] = [
        { id: 'a' },
        { id: 'b', trial: '1' },
        { id: 'a' },
        { id: "o'b\0" },
        { id: "o'b\0" },
        { id: 'b', trial: '1' },
      ];
      const source = (): ComparisonSource => ({
        baseline: null,
        candidate: sideOf(rows, { caseId: 'id' }, AS_WRITTEN),
      });
      const problemsOf = (opened: Promise<Engine>): Promise<unknown> =>
        opened.then(
          () => 'opened',
          (error: unknown) => (error as { problems: unknown }).problems,
        );
      const found = await problemsOf(open(source()));
      expect(found).toEqual(await problemsOf(openMemory(source())));
      expect(found).toHaveLength(3);
    });

    test('pairs runs by input text, also with a run that kept only hashes', async () => {
      const row = (input: string, passed: 0 | 1): TestRow => ({ id: input, passed, cells: { q: input } });
      const sha = 'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
      const mapping = { input: 'q' };
      const source = (): ComparisonSource => ({
        baseline: sideOf([row(sha, 1), row('gone', 1)], mapping, AS_WRITTEN),
        candidate: sideOf([row('abc', 0), row('new', 1)], mapping, AS_WRITTEN),
      });
      await withBoth(source(), source(), async (oracle, engine) => {
        const profile = await engine.profile();
        expect(profile).toMatchObject({ paired: 1, onlyBaseline: 1, onlyCandidate: 1, edited: 0 });
        expect(profile).toEqual(await oracle.profile());
        expect(await engine.fingerprint('candidate')).toBe(await oracle.fingerprint('candidate'));
      });
    });

    test('names what cases ask by hash, whatever the ids and whether a run kept its texts', async () => {
      const abc = 'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
      const empty = 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
      const row = (id: string, q: string | null): TestRow => ({ id, cells: { q } });
      const keysOf = async (mapping: ColumnMapping) => {
        const engine = await open({
          baseline: sideOf([row('1', 'abc'), row('2', ''), row('3', null)], mapping, AS_WRITTEN),
          candidate: sideOf([row('9', 'abc'), row('1', abc)], mapping, AS_WRITTEN),
        });
        const keys = await engine.contentKeys();
        await engine.close();
        return keys;
      };
      expect(await keysOf({ caseId: 'id', input: 'q' })).toEqual([
        { key: abc, caseId: '1' },
        { key: empty, caseId: '2' },
      ]);
      expect(await keysOf({ caseId: 'id' })).toEqual([]);
    });

    test(
      'writes files that read back as the same run',
      async () => {
        let written = 0;
        await fc.assert(
          fc.asyncProperty(
            comparison,
            fc.array(grouping, { minLength: 1, maxLength: 3 }),
            fc.boolean(),
            async (table, found, texts) => {
              const groupings = withIds(found);
              const engine = await open(sourceOf(table, AS_WRITTEN));
              const sides =
                table.baseline === null ? (['candidate'] as const) : (['baseline', 'candidate'] as const);
              const sources: Partial<Record<'baseline' | 'candidate', SideSource>> = {};
              for (const side of sides) {
                const file = join(folder, `${name}-${written++}.parquet`);
                const mapping = await engine.writeRows(side, file, { texts });
                sources[side] = { kind: 'parquet', files: [file], mapping, run: null };
              }
              const { openDuckDb } = await import('./duckdb/open.ts');
              const again = await openDuckDb({
                baseline: sources.baseline ?? null,
                candidate: sources.candidate!,
              });
              try {
                for (const side of sides)
                  expect(await again.fingerprint(side)).toBe(await engine.fingerprint(side));
                const before = await engine.profile();
                const after = await again.profile();
                expect(counted(after)).toEqual(counted(before));
                if (texts)
                  expect(await again.count({ groupings })).toEqual(await engine.count({ groupings }));
              } finally {
                await again.close();
                await engine.close();
              }
            },
          ),
          { numRuns: Math.ceil(options.runs / 4), seed: options.seed + 1 },
        );
      },
      TIMEOUT_MS,
    );
  });
}

/** What a profile says about cases; a written file has columns of its own. */
function counted({ columns: _, ...profile }: Awaited<ReturnType<Engine['profile']>>): unknown {
  return profile;
}
