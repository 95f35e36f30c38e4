/** Remembers what people note about cases, queued or not, and reads it back beside the events of queues. */

import type { Kysely } from 'kysely';
import { UsageError } from '../errors.ts';
import { typedProblems } from '../text/index.ts';
import type { LedgerConnection } from './connection.ts';
import { appendEvent, makeEvent } from './event.ts';
import type { Recorded } from './records.ts';
import type { LedgerTables } from './schema.ts';
import { type CaseNote, type CaseNoteRecord, NOTE_KINDS, type NotedCase } from './work-records.ts';

/**
 * Appends a note. A tag that the case has, taking off one that is off again, and a comment that the same person just
 * wrote are no news.
 *
 * @throws UsageError for an unknown kind, a tag to take off that the case never had, or a case, value or person that is empty or that no file should hold
 */
export async function recordCaseNote(ledger: LedgerConnection, note: CaseNoteRecord): Promise<Recorded> {
  const { kind } = note;
  // A tag that the ledger has can be taken away, whatever it holds.
  const value = kind === 'untag' ? note.value.toWellFormed() : note.value;
  const [caseId, who] = [note.caseId.toWellFormed(), note.who];
  if (!NOTE_KINDS.includes(kind)) {
    throw new UsageError({
      message: `${JSON.stringify(kind)} is no note; notes are ${NOTE_KINDS.join(', ')}`,
    });
  }
  const problems = [
    ...(caseId === '' ? [{ message: 'a note needs its case' }] : []),
    ...(value.trim() === '' ? [{ message: `a ${kind} must not be empty` }] : []),
    ...(who.trim() === '' ? [{ message: 'a note needs the person who wrote it' }] : []),
    ...typedProblems([
      { what: `the ${kind}`, text: kind === 'untag' ? '' : value, lines: kind === 'comment' },
      { what: 'the name of the person', text: who },
    ]),
  ];
  if (problems.length > 0) throw new UsageError(problems);
  return ledger.db.transaction().execute(async (transaction) => {
    const [before] = await notesOf(transaction, [caseId]);
    const known = repeats(before!, { kind, value, who });
    if (known !== null) return { id: known.id, recordedAt: known.at, isNew: false };
    const parts = [caseId, kind, value, who, String(before!.notes.length)];
    const event = makeEvent('note', parts, ledger.now());
    const seq = (await appendEvent(transaction, event))!;
    await transaction
      .insertInto('case_notes')
      .values({
        ...{ seq, id: event.id, recorded_at: event.recorded_at },
        ...{ case_id: caseId, kind, value, who },
      })
      .execute();
    return { id: event.id, recordedAt: event.recorded_at, isNew: true };
  });
}

/** What people said of these cases, in the order asked for; a case without notes has none. */
export async function readCaseNotes(
  { db }: LedgerConnection,
  caseIds: readonly string[],
): Promise<readonly NotedCase[]> {
  const found = await notesOf(db, caseIds);
  return found.map(({ caseId, tags, notes }) => ({
    caseId,
    tags,
    notes: notes.map(({ kind, value, who, at, queue }) => ({ kind, value, who, at, queue })),
  }));
}

/** Tags that are on cases now, by how many cases have them; what was written in queues counts as well. */
export async function countTags({
  db,
}: LedgerConnection): Promise<readonly { readonly tag: string; readonly cases: number }[]> {
  const counts = new Map<string, number>();
  const cases = new Map<string, Stored[]>();
  for (const note of await storedNotes(db, null)) {
    const known = cases.get(note.caseId);
    if (known === undefined) cases.set(note.caseId, [note]);
    else known.push(note);
  }
  for (const notes of cases.values()) {
    for (const tag of tagsOf(notes)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  return [...counts]
    .map(([tag, n]) => ({ tag, cases: n }))
    .sort((a, b) => b.cases - a.cases || (a.tag < b.tag ? -1 : 1));
}

interface Stored extends CaseNote {
  readonly id: string;
  readonly seq: number;
  readonly caseId: string;
}

type Held = Omit<NotedCase, 'notes'> & { readonly notes: readonly Stored[] };

/** SQLite takes 32,766 parameters; far fewer keep statements short. */
const CASES_PER_QUERY = 500;

async function notesOf(db: Kysely<LedgerTables>, caseIds: readonly string[]): Promise<readonly Held[]> {
  const byCase = new Map<string, Stored[]>(caseIds.map((id) => [id, []]));
  const unique = [...byCase.keys()];
  for (let start = 0; start < unique.length; start += CASES_PER_QUERY) {
    const found = await storedNotes(db, unique.slice(start, start + CASES_PER_QUERY));
    for (const note of found) byCase.get(note.caseId)?.push(note);
  }
  return caseIds.map((caseId) => {
    const notes = byCase.get(caseId)!;
    return { caseId, tags: tagsOf(notes), notes };
  });
}

/** Notes and queue events together, in the order in which they were written. */
async function storedNotes(
  db: Kysely<LedgerTables>,
  caseIds: readonly string[] | null,
): Promise<readonly Stored[]> {
  let own = db
    .selectFrom('case_notes')
    .select(['seq', 'id', 'recorded_at', 'case_id', 'kind', 'value', 'who'])
    .select((e) => e.val<string | null>(null).as('queue'));
  let queued = db
    .selectFrom('queue_events')
    .innerJoin('queue_items', 'queue_items.id', 'queue_events.item_id')
    .innerJoin('selections', 'selections.seq', 'queue_items.selection_seq')
    .select(['queue_events.seq', 'queue_events.id', 'queue_events.recorded_at', 'queue_items.case_id'])
    .select(['queue_events.kind', 'queue_events.value', 'queue_events.who', 'selections.queue']);
  if (caseIds !== null) {
    own = own.where('case_id', 'in', caseIds);
    queued = queued.where('queue_items.case_id', 'in', caseIds);
  }
  return [...(await own.execute()), ...(await queued.execute())]
    .sort((a, b) => a.seq - b.seq)
    .map(({ recorded_at, case_id, kind, ...row }) => ({
      ...row,
      kind: kind as CaseNote['kind'],
      at: recorded_at,
      caseId: case_id,
    }));
}

function tagsOf(notes: readonly CaseNote[]): readonly string[] {
  const tags = new Set<string>();
  for (const { kind, value } of notes) {
    if (kind === 'tag') tags.add(value);
    else if (kind === 'untag') tags.delete(value);
  }
  return [...tags];
}

/** The note that says this already; null where it is news. */
function repeats({ caseId, tags, notes }: Held, note: Omit<CaseNoteRecord, 'caseId'>): Stored | null {
  const said = notes.findLast(({ kind, value }) => kind === note.kind && value === note.value);
  if (note.kind === 'tag') return tags.includes(note.value) ? said! : null;
  if (note.kind === 'untag') {
    if (tags.includes(note.value)) return null;
    if (said !== undefined) return said;
    throw new UsageError({
      message: `the case ${JSON.stringify(caseId)} has no tag ${JSON.stringify(note.value)}`,
    });
  }
  const last = notes.at(-1);
  const isSaid = last?.kind === 'comment' && last.value === note.value && last.who === note.who;
  return isSaid ? last : null;
}
