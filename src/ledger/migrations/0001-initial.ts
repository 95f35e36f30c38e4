/** Schema version 1: events, and what each kind of event tells. */

import type { Kysely } from 'kysely';
import { forbidChanges } from '../append-only.ts';
import type { Migration } from '../migrate.ts';

export const initial: Migration = {
  version: 1,
  name: 'initial',
  async up(db) {
    await createEvents(db);
    await createRuns(db);
    await createGates(db);
    await createGateSlices(db);
    await createAnchorsAndRemovals(db);
    for (const table of ['events', 'runs', 'gates', 'gate_slices', 'anchors', 'removals']) {
      await forbidChanges(db, table);
    }
  },
};

async function createEvents(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('events')
    .addColumn('seq', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull().unique())
    .addColumn('recorded_at', 'text', (column) => column.notNull())
    .execute();
}

/** The columns that every kind of event has. */
function eventTable(db: Kysely<unknown>, name: string) {
  return db.schema
    .createTable(name)
    .addColumn('seq', 'integer', (column) => column.primaryKey().references('events.seq'))
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('recorded_at', 'text', (column) => column.notNull());
}

async function createRuns(db: Kysely<unknown>): Promise<void> {
  await eventTable(db, 'runs')
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('files', 'text', (column) => column.notNull())
    .addColumn('mapping', 'text', (column) => column.notNull())
    .addColumn('rows', 'bigint', (column) => column.notNull())
    .addColumn('cases', 'bigint', (column) => column.notNull())
    .addColumn('scored', 'bigint', (column) => column.notNull())
    .addColumn('errors', 'bigint', (column) => column.notNull())
    .addColumn('unscored', 'bigint', (column) => column.notNull())
    .addColumn('max_trials', 'bigint', (column) => column.notNull())
    .addColumn('instruments', 'text', (column) => column.notNull())
    .addColumn('git_commit', 'text')
    .addColumn('outcomes_mapping', 'text')
    .addColumn('outcomes_bytes', 'bigint')
    .addColumn('outcomes_sha256', 'text')
    .execute();
  await db.schema.createIndex('runs_by_name').on('runs').columns(['name', 'seq']).execute();
}

async function createGates(db: Kysely<unknown>): Promise<void> {
  await eventTable(db, 'gates')
    .addColumn('run_hash', 'text', (column) => column.notNull())
    .addColumn('config_fingerprint', 'text')
    .addColumn('code_version', 'text', (column) => column.notNull())
    .addColumn('git_commit', 'text')
    .addColumn('baseline_run_id', 'text', (column) => column.references('runs.id'))
    .addColumn('candidate_run_id', 'text', (column) => column.references('runs.id'))
    .addColumn('baseline_name', 'text')
    .addColumn('candidate_name', 'text')
    .addColumn('baseline_fingerprint', 'text')
    .addColumn('candidate_fingerprint', 'text', (column) => column.notNull())
    .addColumn('unchanged', 'integer', (column) => column.notNull())
    .addColumn('verdict', 'text', (column) => column.notNull())
    .addColumn('exit_code', 'integer', (column) => column.notNull())
    .addColumn('ship', 'text', (column) => column.notNull())
    .addColumn('policy', 'text', (column) => column.notNull())
    .addColumn('report', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('gates_by_candidate').on('gates').column('candidate_fingerprint').execute();
}

async function createGateSlices(db: Kysely<unknown>): Promise<void> {
  const numbers = ['baseline', 'candidate', 'delta'].flatMap((side) => [
    side,
    `${side}_lower`,
    `${side}_upper`,
  ]);
  let table = db.schema
    .createTable('gate_slices')
    .addColumn('gate_seq', 'integer', (column) => column.notNull().references('gates.seq'))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('slice_id', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('metric', 'text', (column) => column.notNull())
    .addColumn('dimension', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('direction', 'text', (column) => column.notNull())
    .addColumn('n', 'bigint', (column) => column.notNull())
    .addColumn('level', 'double precision')
    .addColumn('method', 'text');
  for (const name of numbers) table = table.addColumn(name, 'double precision');
  await table
    .addColumn('lost', 'bigint', (column) => column.notNull())
    .addColumn('gained', 'bigint', (column) => column.notNull())
    .addColumn('verdict', 'text')
    .addColumn('grade', 'text')
    .addColumn('adjusted_p', 'double precision')
    .addPrimaryKeyConstraint('gate_slices_key', ['gate_seq', 'position'])
    .execute();
}

async function createAnchorsAndRemovals(db: Kysely<unknown>): Promise<void> {
  await eventTable(db, 'anchors')
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('run_id', 'text', (column) => column.notNull().references('runs.id'))
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('who', 'text', (column) => column.notNull())
    .execute();
  await eventTable(db, 'removals')
    .addColumn('run_id', 'text', (column) => column.notNull().unique().references('runs.id'))
    .addColumn('reason', 'text', (column) => column.notNull())
    .execute();
}
