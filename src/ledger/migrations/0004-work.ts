/** Schema version 4: what people decided about a blocked release, and what they noted about any case. */

import { forbidChanges } from '../append-only.ts';
import type { Migration } from '../migrate.ts';

export const work: Migration = {
  version: 4,
  name: 'work',
  async up(db) {
    await db.schema
      .createTable('decisions')
      .addColumn('seq', 'integer', (column) => column.primaryKey().references('events.seq'))
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('recorded_at', 'text', (column) => column.notNull())
      .addColumn('run_hash', 'text', (column) => column.notNull())
      .addColumn('decision', 'text', (column) => column.notNull())
      .addColumn('slice', 'text')
      .addColumn('check_id', 'text')
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('owner', 'text', (column) => column.notNull())
      .addColumn('reviewer', 'text')
      .addColumn('expires', 'text')
      .addColumn('cases', 'bigint')
      .addColumn('who', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('decisions_by_run').on('decisions').columns(['run_hash', 'seq']).execute();
    await db.schema
      .createTable('case_notes')
      .addColumn('seq', 'integer', (column) => column.primaryKey().references('events.seq'))
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('recorded_at', 'text', (column) => column.notNull())
      .addColumn('case_id', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('value', 'text', (column) => column.notNull())
      .addColumn('who', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('case_notes_by_case').on('case_notes').columns(['case_id', 'seq']).execute();
    for (const table of ['decisions', 'case_notes']) await forbidChanges(db, table);
  },
};
