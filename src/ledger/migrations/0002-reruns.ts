/** Schema version 2: second runs of an unchanged system, whose flips are noise. */

import { forbidChanges } from '../append-only.ts';
import type { Migration } from '../migrate.ts';

export const reruns: Migration = {
  version: 2,
  name: 'reruns',
  async up(db) {
    await db.schema
      .createTable('reruns')
      .addColumn('seq', 'integer', (column) => column.primaryKey().references('events.seq'))
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('recorded_at', 'text', (column) => column.notNull())
      .addColumn('baseline_run_id', 'text', (column) => column.notNull().references('runs.id'))
      .addColumn('rerun_run_id', 'text', (column) => column.notNull().references('runs.id'))
      .execute();
    await forbidChanges(db, 'reruns');
  },
};
