/** The queues of the ledger, the words in use, and fresh cases that were asked for. */

import type { Decision, Ledger, QueueItem } from '../../ledger/index.ts';
import type {
  FreshRequest,
  QueueAnswer,
  QueueCounts,
  QueueHead,
  QueueParams,
  QueuesAnswer,
} from '../contract/index.ts';
import type { StudioSession } from '../session.ts';
import { drawCommand } from './next-commands.ts';
import { askLedger } from './session-ledger.ts';
import { tagWords } from './taxonomy.ts';

/** All queues, those with open items first. */
export function queuesAnswer(session: StudioSession): Promise<QueuesAnswer> {
  return askLedger(session, async (ledger) => {
    const items = await ledger.queue();
    const queues = [...Map.groupBy(items, ({ queue }) => queue)].map(
      ([queue, own]): QueueHead => ({
        queue,
        ...countsOf(own),
        purposes: [...new Set(own.map(({ purpose }) => purpose))],
        newest: own
          .map(({ selectedAt }) => selectedAt)
          .toSorted()
          .at(-1)!,
        withProbability: own.filter(({ probability }) => probability !== null).length,
      }),
    );
    return {
      state: 'recorded',
      queues: queues.toSorted((a, b) => b.open - a.open || (a.queue < b.queue ? -1 : 1)),
      tags: tagWords(await ledger.tags()),
      requests: await freshRequests(ledger, items, session),
    };
  });
}

/** One page of one queue: open items first in the order in which they were drawn. */
export function queueAnswer(params: QueueParams, session: StudioSession): Promise<QueueAnswer> {
  return askLedger(session, async (ledger) => {
    const items = await ledger.queue({ queue: params.queue });
    const notes = await ledger.caseNotes([...new Set(items.map(({ caseId }) => caseId))]);
    const said = new Map(notes.map((note) => [note.caseId, note]));
    const wanted = items.filter(
      (item) =>
        (params.state === 'all' || (item.state === 'open') === (params.state === 'open')) &&
        (params.tag === '' || said.get(item.caseId)!.tags.includes(params.tag)),
    );
    return {
      state: 'recorded',
      queue: params.queue,
      counts: countsOf(items),
      total: wanted.length,
      rows: wanted.slice(params.offset, params.offset + params.limit).map((item) => ({
        ...{ itemId: item.id, caseId: item.caseId, purpose: item.purpose, selectedAt: item.selectedAt },
        ...{ place: item.place, why: item.why, stratum: item.stratum, probability: item.probability },
        slices: Object.entries(item.slices).map(([column, value]) => ({ column, value })),
        state: item.state,
        tags: said.get(item.caseId)!.tags,
        events: said.get(item.caseId)!.notes.filter(({ queue }) => queue === null || queue === params.queue),
      })),
      words: tagWords(await ledger.tags()),
    };
  });
}

function countsOf(items: readonly QueueItem[]): QueueCounts {
  const count = (state: QueueItem['state']) => items.filter((item) => item.state === state).length;
  return { items: items.length, open: count('open'), done: count('done'), skipped: count('skipped') };
}

/** Requests that still stand: the newest decision about their slice asks for fresh cases. */
async function freshRequests(
  ledger: Ledger,
  items: readonly QueueItem[],
  session: StudioSession,
): Promise<readonly FreshRequest[]> {
  const newest = new Map<string, Decision>();
  for (const decision of await ledger.decisions()) {
    newest.set(JSON.stringify([decision.runHash, decision.target]), decision);
  }
  const slices = new Map(session.release.report.slices.map((slice) => [slice.id, slice]));
  return [...newest.values()].flatMap(({ decision, target, cases, ...rest }): FreshRequest[] => {
    if (decision !== 'fresh' || !('slice' in target)) return [];
    const report = slices.get(target.slice) ?? null;
    const { at, who, owner, reason, runHash } = rest;
    const drawn = items.filter(
      (item) => item.selectedAt >= at && report !== null && item.slices[report.dimension] === report.value,
    ).length;
    const command = drawCommand({ report }, cases ?? 1, session);
    return [{ at, who, owner, reason, runHash, slice: target.slice, cases: cases ?? 1, drawn, command }];
  });
}
