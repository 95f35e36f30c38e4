/** Schema version 3: the queue of items that people look at, and what they did with them. */

import { forbidChanges } from '../append-only.ts';
import type { Migration } from '../migrate.ts';

export const queue: Migration = {
  version: 3,
  name: 'queue',
  async up(db) {
    await db.schema
      .createTable('selections')
      .addColumn('seq', 'integer', (column) => column.primaryKey().references('events.seq'))
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('recorded_at', 'text', (column) => column.notNull())
      .addColumn('queue', 'text', (column) => column.notNull())
      .addColumn('purpose', 'text', (column) => column.notNull())
      .addColumn('design', 'text', (column) => column.notNull())
      .addColumn('population', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('queue_items')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('selection_seq', 'integer', (column) => column.notNull().references('selections.seq'))
      .addColumn('position', 'integer', (column) => column.notNull())
      .addColumn('case_id', 'text', (column) => column.notNull())
      .addColumn('place', 'text', (column) => column.notNull())
      .addColumn('why', 'text', (column) => column.notNull())
      .addColumn('stratum', 'text')
      .addColumn('probability', 'real')
      .addColumn('slices', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('queue_items_by_selection')
      .on('queue_items')
      .columns(['selection_seq', 'position'])
      .execute();
    await db.schema
      .createTable('queue_events')
      .addColumn('seq', 'integer', (column) => column.primaryKey().references('events.seq'))
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('recorded_at', 'text', (column) => column.notNull())
      .addColumn('item_id', 'text', (column) => column.notNull().references('queue_items.id'))
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('value', 'text', (column) => column.notNull())
      .addColumn('who', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('queue_events_by_item')
      .on('queue_events')
      .columns(['item_id', 'seq'])
      .execute();
    for (const table of ['selections', 'queue_items', 'queue_events']) await forbidChanges(db, table);
  },
};
