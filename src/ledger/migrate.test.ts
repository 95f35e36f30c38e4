import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CONTEXT, makeGate, makeRun, makeSlice } from './ledger.contract.ts';
import { openLedger } from './ledger.ts';
import type { Migration } from './migrate.ts';
import { MIGRATIONS } from './migrations/list.ts';

const now = () => new Date('2026-03-01T00:00:00.000Z');
let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slicewise-migrate-'));
  path = join(folder, 'ledger.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

const TRIGGERS = ['events', 'runs', 'gates', 'gate_slices', 'anchors', 'removals']
  .flatMap((table) => ['update', 'delete'].map((change) => [table, change]))
  .map(
    ([table, change]) =>
      `create trigger ${table}_no_${change} before ${change} on "${table}"
       begin select raise(abort, 'the ledger is append-only'); end;`,
  )
  .join('\n');

/** A ledger as schema version 1 left it, with one release in it. Frozen: later programs must still read this. */
const VERSION_1 = `
  pragma application_id = 1397512009;
  create table schema_version (version integer primary key, name text not null, applied_at text not null);
  insert into schema_version values (1, 'initial', '2026-01-01T00:00:00.000Z');
  create table events (seq integer primary key autoincrement, id text not null unique, kind text not null,
    key text not null unique, recorded_at text not null);
  create table runs (seq integer primary key references events (seq), id text not null unique,
    recorded_at text not null, name text not null, fingerprint text not null, files text not null,
    mapping text not null, rows bigint not null, cases bigint not null, scored bigint not null,
    errors bigint not null, unscored bigint not null, max_trials bigint not null, instruments text not null,
    git_commit text, outcomes_mapping text, outcomes_bytes bigint, outcomes_sha256 text);
  create index runs_by_name on runs (name, seq);
  create table gates (seq integer primary key references events (seq), id text not null unique,
    recorded_at text not null, run_hash text not null, config_fingerprint text, code_version text not null,
    git_commit text, baseline_run_id text references runs (id), candidate_run_id text references runs (id),
    baseline_name text, candidate_name text, baseline_fingerprint text, candidate_fingerprint text not null,
    unchanged integer not null, verdict text not null, exit_code integer not null, ship text not null,
    policy text not null, report text not null);
  create index gates_by_candidate on gates (candidate_fingerprint);
  create table gate_slices (gate_seq integer not null references gates (seq), position integer not null,
    slice_id text not null, role text not null, metric text not null, dimension text not null,
    value text not null, state text not null, direction text not null, n bigint not null,
    level double precision, method text, baseline double precision, baseline_lower double precision,
    baseline_upper double precision, candidate double precision, candidate_lower double precision,
    candidate_upper double precision, delta double precision, delta_lower double precision,
    delta_upper double precision, lost bigint not null, gained bigint not null, verdict text, grade text,
    adjusted_p double precision, constraint gate_slices_key primary key (gate_seq, position));
  create table anchors (seq integer primary key references events (seq), id text not null unique,
    recorded_at text not null, name text not null, run_id text not null references runs (id),
    reason text not null, who text not null);
  create table removals (seq integer primary key references events (seq), id text not null unique,
    recorded_at text not null, run_id text not null unique references runs (id), reason text not null);
  ${TRIGGERS}
  insert into events values (1, 'r1', 'run', 'k1', '2026-01-02T00:00:00.000Z'),
    (2, 'g1', 'gate', 'k2', '2026-01-02T00:00:01.000Z');
  insert into runs values (1, 'r1', '2026-01-02T00:00:00.000Z', 'main', 'aa11', '["a.jsonl"]', '{}',
    10, 10, 10, 0, 0, 1, '{"judge":[],"dataset":[],"prompt":[]}', null, null, null, null);
  insert into gates values (2, 'g1', '2026-01-02T00:00:01.000Z', 'h1', null, '0.1.0', null, null, 'r1', null,
    'main', 'aa00', 'aa11', 0, 'PASS', 0, 'PASS', '{}', '{}');
  insert into gate_slices values (2, 0, 's1', 'gated', 'passRate', 'intent', 'refund', 'value', 'higher', 47,
    0.95, 'wilson', 0.9, 0.8, 0.95, 0.875, 0.75, 0.94, -0.025, -0.1, 0.05, 2, 1, 'PASS', 'undecided', 0.5);
`;

function makeOld(): void {
  const database = new DatabaseSync(path);
  database.exec(VERSION_1);
  database.close();
}

/** Tables, indexes and triggers as SQLite lists them, columns with type, key and whether they may be null. */
function schemaOf(file: string): unknown {
  const database = new DatabaseSync(file);
  const objects = database
    .prepare("select type, name, tbl_name from sqlite_master where name not like 'sqlite_%' order by name")
    .all();
  const columns = objects
    .filter((object) => object.type === 'table')
    .map((table) => [table.name, database.prepare(`pragma table_info("${table.name}")`).all()]);
  database.close();
  return JSON.parse(JSON.stringify({ objects, columns }));
}

test('the first migration makes exactly the schema of version 1', async () => {
  makeOld();
  const fresh = join(folder, 'fresh.db');
  await (await openLedger(fresh, { now, migrations: MIGRATIONS.slice(0, 1) })).close();
  expect(schemaOf(fresh)).toEqual(schemaOf(path));
});

test('a ledger of version 1 is read and written by this program', async () => {
  makeOld();
  const ledger = await openLedger(path, { now });
  const gate = makeGate('aa11', 'aa22', [{ ...makeSlice('refund', 41, 40, 47), id: 's1' }]);
  const run = await ledger.recordRun(makeRun('main', 'aa22'));
  await ledger.recordGate(gate, { ...CONTEXT, baselineRunId: 'r1', candidateRunId: run.id });
  const { series } = await ledger.history({ slice: 'refund' });
  expect(series[0]!.points.map((point) => [point.at, point.n, point.delta?.estimate])).toEqual([
    ['2026-01-02T00:00:01.000Z', 47, -0.025],
    ['2026-03-01T00:00:00.000Z', 47, -1 / 47],
  ]);
  expect(await ledger.looks({ fingerprints: ['aa11', 'aa22'] })).toBe(2);
  await ledger.close();
});

const next = (version: number, up: Migration['up']): Migration => ({ version, name: `step ${version}`, up });

test('missing migrations run in order, each once, and keep what is there', async () => {
  makeOld();
  const seen: number[] = [];
  const steps = [2, 3].map((version) =>
    next(MIGRATIONS.length + version - 1, async (db) => {
      seen.push(version);
      await db.schema.alterTable('gates').addColumn(`added_${version}`, 'text').execute();
    }),
  );
  const migrations = [...MIGRATIONS, ...steps];
  for (let time = 0; time < 2; time += 1) {
    const ledger = await openLedger(path, { now, migrations });
    expect((await ledger.history({ slice: 'refund' })).series).toHaveLength(1);
    await ledger.close();
  }
  expect(seen).toEqual([2, 3]);
});

test('a migration that fails leaves the ledger as it was', async () => {
  makeOld();
  const before = schemaOf(path);
  const half = next(MIGRATIONS.length + 1, async (db) => {
    await db.schema.createTable('half').addColumn('a', 'text').execute();
    throw new Error('power cut');
  });
  await expect(openLedger(path, { now, migrations: [...MIGRATIONS, half] })).rejects.toThrow('power cut');
  await (await openLedger(path, { now, migrations: MIGRATIONS.slice(0, 1) })).close();
  expect(schemaOf(path)).toEqual(before);
});

test('a ledger of a newer program is refused and not touched', async () => {
  makeOld();
  const database = new DatabaseSync(path);
  database.exec("insert into schema_version values (99, 'from the future', '2030-01-01T00:00:00.000Z')");
  database.close();
  await expect(openLedger(path, { now })).rejects.toThrow(
    `the ledger has schema version 99, this program knows versions up to ${MIGRATIONS.length} (${path})`,
  );
});

test('versions are numbered from 1 without gaps', () => {
  expect(MIGRATIONS.map((migration) => migration.version)).toEqual(MIGRATIONS.map((_, index) => index + 1));
});
