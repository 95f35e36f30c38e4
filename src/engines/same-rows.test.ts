/** Rows that are cases, and files that hold both runs side by side: every way of reading them gives the same answers. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Cell,
  type ColumnMapping,
  createProblemLog,
  interpretRows,
  type ResultChunk,
  type RowChunk,
} from '../cases/index.ts';
import type { TablePlan } from '../counts/index.ts';
import type { Grouping } from '../slices/index.ts';
import type { ComparisonSource, Engine, SideSource } from './contract.ts';
import { openDuckDb } from './duckdb/open.ts';
import { openMemory } from './memory/open.ts';
import { listColumn, textColumn, writeColumns } from './parquet-file.ts';
import { grouping, withIds } from './test-plans.ts';

/** As many as the contract suite's setting says, which may be more. */
const RUNS = Math.ceil(Number(process.env.SLICEWISE_CONTRACT_RUNS ?? 50) / 4);

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'slicewise-same-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Columns = ReadonlyMap<string, readonly Cell[]>;

const verdict = fc.constantFrom('1', '0', '1', '0', 'true', null);
const number = fc.constantFrom('1', '2', '0.5', '0.25', null);
const few = fc.constantFrom('a', 'b', 'a x b', null);

const row = fc.record({
  before: verdict,
  after: verdict,
  p: number,
  q: number,
  tag: few,
  num: fc.constantFrom('1', '7', '-0', 'x', null),
  when: fc.constantFrom('2024-02-29T23:30:00Z', 'x', null),
  guess: fc.constantFrom('a', 'b', '', null),
  list: fc.option(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 })),
  cluster: fc.constantFrom('k', 'l', null),
  weight: fc.constantFrom('1', '2', null),
});

const table: fc.Arbitrary<Columns> = fc.array(row, { minLength: 1, maxLength: 24 }).map((rows) => {
  const names = Object.keys(rows[0]!) as (keyof (typeof rows)[number])[];
  return new Map(names.map((name) => [name, rows.map((found) => found[name])]));
});

const roles: fc.Arbitrary<ColumnMapping> = fc.record(
  {
    cluster: fc.constant('cluster'),
    weight: fc.constant('weight'),
    expected: fc.constantFrom('tag', 'list'),
  },
  { requiredKeys: [] },
);

function rowsOf(columns: Columns): number {
  return [...columns.values()][0]!.length;
}

/** The rows as readers hand them over, in chunks of seven. */
async function chunksOf(columns: Columns, mapping: ColumnMapping): Promise<readonly ResultChunk[]> {
  const chunks: RowChunk[] = [];
  for (let from = 0; from < rowsOf(columns); from += 7) {
    const part = new Map([...columns].map(([name, cells]) => [name, cells.slice(from, from + 7)]));
    chunks.push({
      file: 'rows.csv',
      lines: Array.from({ length: rowsOf(part) }, (_, i) => from + i + 2),
      columns: part,
    });
  }
  const log = createProblemLog();
  const found: ResultChunk[] = [];
  for await (const chunk of interpretRows(chunks, { mapping, run: null, cases: 'rows' }, log))
    found.push(chunk);
  log.throwIfAny();
  return found;
}

async function rowSource(columns: Columns, mapping: ColumnMapping): Promise<SideSource> {
  return { kind: 'rows', chunks: await chunksOf(columns, mapping), mapping };
}

let written = 0;

async function parquetSource(columns: Columns, mapping: ColumnMapping): Promise<SideSource> {
  const file = join(folder, `${written++}.parquet`);
  await writeColumns(
    file,
    [...columns].map(([name, cells]) =>
      cells.some(Array.isArray) ? listColumn(name, cells) : textColumn(name, cells),
    ),
  );
  return { kind: 'parquet', files: [file], mapping, run: null };
}

const MEASURES: readonly TablePlan['measure'][] = [
  { kind: 'outcome', of: { kind: 'passRate' }, errors: 'fail' },
  { kind: 'number', column: 'q', baselineColumn: 'p' },
];

/** Tables first, which need no joined cases, and again after everything else. */
async function answers(engine: Engine, groupings: readonly Grouping[]): Promise<unknown> {
  const tables = async () => {
    const found = [];
    for (const measure of MEASURES) {
      const limits = { minCases: 1, maxValues: 100 };
      found.push(await engine.table({ groupings, measure, ...limits, split: 3, fold: false }));
      found.push(await engine.table({ groupings, measure, ...limits, split: null, fold: true }));
    }
    return found;
  };
  const first = await tables();
  const units = [];
  for (const measure of MEASURES)
    units.push(await engine.units({ groupings, measure, onlyDiscordant: false }));
  const rest = {
    units,
    profile: await engine.profile(),
    count: await engine.count({ groupings }),
    flips: await engine.flips({ groupings, measure: MEASURES[0]!, limit: 5 }),
    labels: await engine.labels({ groupings, maxLabels: 9 }),
    ids: await engine.caseIds(),
    candidate: await engine.fingerprint('candidate'),
  };
  return { first, rest, again: await tables() };
}

async function answersOf(opened: Promise<Engine>, groupings: readonly Grouping[]): Promise<unknown> {
  const engine = await opened;
  try {
    return await answers(engine, groupings);
  } finally {
    await engine.close();
  }
}

describe('rows that are cases', () => {
  test('are read alike from text and Parquet, by one run or two side by side', async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        roles,
        fc.boolean(),
        fc.array(grouping, { minLength: 1, maxLength: 4 }),
        fc.constantFrom(0, 1_000),
        async (columns, shared, alone, found, codedTexts) => {
          const groupings = withIds(found);
          const after = { passed: 'after', predicted: 'guess', ...shared };
          const baseline = alone
            ? null
            : ({ kind: 'same', mapping: { passed: 'before', predicted: 'when', ...shared } } as const);
          const rows = await rowSource(columns, after);
          const parquet = await parquetSource(columns, after);
          const expected = await answersOf(openMemory({ baseline, candidate: rows }), groupings);
          for (const candidate of [rows, parquet]) {
            const opened = openDuckDb({ baseline, candidate }, { threads: 2, codedTexts } as object);
            expect(await answersOf(opened, groupings)).toEqual(expected);
          }
        },
      ),
      { numRuns: RUNS, seed: 11 },
    );
  }, 600_000);

  test('are counted on from file to file', async () => {
    const columns = new Map<string, readonly Cell[]>([
      ['after', ['1', '0', '1']],
      ['tag', ['a', 'b', 'a']],
    ]);
    const mapping = { passed: 'after' };
    const files = [];
    for (let i = 0; i < 2; i++) files.push(...filesOf(await parquetSource(columns, mapping)));
    const engine = await openDuckDb({
      baseline: null,
      candidate: { kind: 'parquet', files, mapping, run: null },
    });
    const found = await engine.table({
      groupings: [{ kind: 'column', id: 'tag', column: 'tag' }],
      measure: MEASURES[0]!,
      minCases: 1,
      maxValues: 9,
      split: null,
      fold: false,
    });
    expect([...found.candidate]).toEqual([1, 0, 1, 1, 0, 1]);
    expect(await engine.caseIds()).toEqual([1, 2, 3, 4, 5, 6].map((n) => `row 0000000${n}`));
    await engine.close();
  });

  test('pair with nothing but themselves', async () => {
    const side = await rowSource(new Map([['after', ['1']]]), { passed: 'after' });
    const source: ComparisonSource = { baseline: side, candidate: side };
    await expect(openMemory(source)).rejects.toMatchObject({ code: 'USAGE' });
    await expect(openDuckDb(source)).rejects.toMatchObject({ code: 'USAGE' });
  });

  test('keep their numbers where the run column picks some of them', async () => {
    const rows = {
      file: 'a.csv',
      lines: [2, 3, 4],
      columns: new Map<string, readonly Cell[]>([
        ['run', ['old', 'new', 'new']],
        ['after', ['1', '0', '1']],
      ]),
    };
    const log = createProblemLog();
    const mapping = { run: 'run', passed: 'after' };
    const ids: string[] = [];
    for await (const chunk of interpretRows([rows], { mapping, run: 'new', cases: 'rows' }, log)) {
      ids.push(...chunk.caseId);
      expect(chunk.lines).toEqual([3, 4]);
    }
    expect(ids).toEqual(['row 00000002', 'row 00000003']);
  });
});

function filesOf(source: SideSource): readonly string[] {
  return source.kind === 'parquet' ? source.files : [];
}

describe('files with both runs side by side and case ids', () => {
  test('give what the same file read twice gives', async () => {
    const ids = fc.uniqueArray(fc.constantFrom('1', '2', '10', 'a', 'b', 'c', 'd'), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(
        ids.chain((own) =>
          fc
            .array(fc.tuple(fc.constantFrom(...own), row), { minLength: 1, maxLength: 14 })
            .map((rows) => rows.map(([id, cells], trial) => ({ id, trial: String(trial), ...cells }))),
        ),
        roles,
        fc.array(grouping, { minLength: 1, maxLength: 3 }),
        async (rows, shared, found) => {
          const names = Object.keys(rows[0]!) as (keyof (typeof rows)[number])[];
          const columns: Columns = new Map(names.map((name) => [name, rows.map((cells) => cells[name])]));
          const groupings = withIds(found);
          const keys = { caseId: 'id', trial: 'trial', ...shared };
          const before = { ...keys, passed: 'before' };
          const after = { ...keys, passed: 'after' };
          const twice = {
            baseline: await rowSourceOf(columns, before),
            candidate: await rowSourceOf(columns, after),
          };
          const expected = await answersOf(openMemory(twice), groupings);
          const once: ComparisonSource = { ...twice, baseline: { kind: 'same', mapping: before } };
          expect(await answersOf(openMemory(once), groupings)).toEqual(expected);
          expect(await answersOf(openDuckDb(once, { threads: 1 }), groupings)).toEqual(expected);
          const parquet = { ...once, candidate: await parquetSource(columns, after) };
          expect(await answersOf(openDuckDb(parquet, { threads: 1 }), groupings)).toEqual(expected);
        },
      ),
      { numRuns: RUNS, seed: 12 },
    );
  }, 600_000);

  test('name the cells of the other run that cannot be read', async () => {
    const columns: Columns = new Map([
      ['id', ['a', 'b']],
      ['before', ['maybe', '1']],
      ['after', ['1', '0']],
    ]);
    const candidate = await rowSourceOf(columns, { caseId: 'id', passed: 'after' });
    const baseline = { kind: 'same', mapping: { caseId: 'id', passed: 'before' } } as const;
    for (const open of [openMemory, openDuckDb]) {
      await expect(open({ baseline, candidate })).rejects.toMatchObject({
        code: 'DATA',
        problems: [{ where: { file: 'rows.csv', line: 2, field: 'before' } }],
      });
    }
  });
});

/** Rows with case ids. */
async function rowSourceOf(columns: Columns, mapping: ColumnMapping): Promise<SideSource> {
  const log = createProblemLog();
  const chunk: RowChunk = {
    file: 'rows.csv',
    lines: Array.from({ length: rowsOf(columns) }, (_, i) => i + 2),
    columns,
  };
  const chunks: ResultChunk[] = [];
  for await (const found of interpretRows([chunk], { mapping, run: null }, log)) chunks.push(found);
  log.throwIfAny();
  return { kind: 'rows', chunks, mapping };
}
