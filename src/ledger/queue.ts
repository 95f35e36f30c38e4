/** Reads the queue: what was selected, why, and what became of it. */

import type { LedgerConnection } from './connection.ts';
import type { QueueEventKind } from './records.ts';

/** Which items; all of them unless told. */
export interface QueueQuery {
  readonly queue?: string;
  /** Only items that are still to be looked at, or only those that are not. */
  readonly state?: 'open' | 'closed';
  readonly caseId?: string;
}

/** One event of an item. */
export interface QueueItemEvent {
  readonly kind: QueueEventKind;
  readonly value: string;
  readonly who: string;
  readonly at: string;
}

/** One item with everything that is known of it. */
export interface QueueItem {
  readonly id: string;
  readonly queue: string;
  readonly purpose: string;
  readonly selectionId: string;
  readonly selectedAt: string;
  readonly caseId: string;
  readonly place: string;
  readonly why: string;
  readonly stratum: string | null;
  readonly probability: number | null;
  readonly slices: Readonly<Record<string, string>>;
  /** Closed by `done` or `skip` unless reopened since. */
  readonly state: 'open' | 'done' | 'skipped';
  /** Distinct tags in order of first mention. */
  readonly tags: readonly string[];
  readonly events: readonly QueueItemEvent[];
}

/** Items in the order in which they were selected and drawn. */
export async function readQueue(
  { db }: LedgerConnection,
  { queue, state, caseId }: QueueQuery = {},
): Promise<readonly QueueItem[]> {
  let items = db
    .selectFrom('queue_items')
    .innerJoin('selections', 'selections.seq', 'queue_items.selection_seq')
    .select([
      'queue_items.id',
      'selections.queue',
      'selections.purpose',
      'selections.id as selection_id',
      'selections.recorded_at',
      'case_id',
      'place',
      'why',
      'stratum',
      'probability',
      'slices',
    ]);
  let events = db
    .selectFrom('queue_events')
    .innerJoin('queue_items', 'queue_items.id', 'queue_events.item_id')
    .innerJoin('selections', 'selections.seq', 'queue_items.selection_seq')
    .select(['item_id', 'kind', 'value', 'who', 'queue_events.recorded_at']);
  if (queue !== undefined) {
    items = items.where('selections.queue', '=', queue);
    events = events.where('selections.queue', '=', queue);
  }
  if (caseId !== undefined) {
    items = items.where('case_id', '=', caseId);
    events = events.where('case_id', '=', caseId);
  }
  const found = await items.orderBy('selection_seq').orderBy('position').execute();
  const byItem = Map.groupBy(await events.orderBy('queue_events.seq').execute(), (event) => event.item_id);
  return found
    .map((row): QueueItem => {
      const own = (byItem.get(row.id) ?? []).map(({ kind, value, who, recorded_at }) => ({
        kind: kind as QueueEventKind,
        value,
        who,
        at: recorded_at,
      }));
      return {
        id: row.id,
        queue: row.queue,
        purpose: row.purpose,
        selectionId: row.selection_id,
        selectedAt: row.recorded_at,
        caseId: row.case_id,
        place: row.place,
        why: row.why,
        stratum: row.stratum,
        probability: row.probability,
        slices: JSON.parse(row.slices) as Record<string, string>,
        state: stateOf(own),
        tags: [...new Set(own.flatMap(({ kind, value }) => (kind === 'tag' ? [value] : [])))],
        events: own,
      };
    })
    .filter((item) => state === undefined || (item.state === 'open') === (state === 'open'));
}

function stateOf(events: readonly QueueItemEvent[]): QueueItem['state'] {
  const last = events.findLast(({ kind }) => kind === 'done' || kind === 'skip' || kind === 'reopen');
  if (last === undefined || last.kind === 'reopen') return 'open';
  return last.kind === 'done' ? 'done' : 'skipped';
}
