/** Opens a ledger: the database, its folder of outcomes, and everything that can be asked of them. */

import { resolve } from 'node:path';
import { Kysely } from 'kysely';
import { UsageError } from '../errors.ts';
import { type Baseline, resolveBaseline } from './baseline.ts';
import { countTags, readCaseNotes, recordCaseNote } from './case-notes.ts';
import {
  type CaseRecord,
  type CaseRecordOptions,
  type ComparedCase,
  caseComparisons,
  caseRecords,
} from './case-record.ts';
import type { LedgerConnection } from './connection.ts';
import {
  type GateCell,
  type GateList,
  type GateListQuery,
  type ListedGate,
  listGates,
  readGatesById,
} from './gate-list.ts';
import { gateReports, type RecordedReport } from './gate-reports.ts';
import { readHistory } from './history.ts';
import type { History, HistoryQuery } from './history-types.ts';
import { countLooks, type LooksAt } from './looks.ts';
import { type Migration, migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/list.ts';
import { type QueueItem, type QueueQuery, readQueue } from './queue.ts';
import { recordAnchor } from './record-anchor.ts';
import { readDecisions, recordDecision } from './record-decision.ts';
import { recordGate } from './record-gate.ts';
import { recordQueueEvent } from './record-queue-event.ts';
import { recordRerun } from './record-rerun.ts';
import { recordRun } from './record-run.ts';
import { recordSelection } from './record-selection.ts';
import type {
  AnchorRecord,
  GateContext,
  GateDocument,
  QueueEventRecord,
  Recorded,
  RecordedRun,
  RerunRecord,
  RunRecord,
  SelectionRecord,
} from './records.ts';
import type { LedgerTables } from './schema.ts';
import { nodeSqliteDialect } from './sqlite/dialect.ts';
import { openDatabase } from './sqlite/open-database.ts';
import type { CaseNoteRecord, Decision, DecisionRecord, NotedCase } from './work-records.ts';

/** How to open a ledger. */
export interface LedgerOptions {
  /** The clock: every recorded time comes from it. */
  readonly now: () => Date;
  /** Outcome files kept per run name, at least 1; 50 unless told. Anchors and baselines in use are kept beside them. */
  readonly keepRuns?: number;
  /** Whether a missing ledger is made; true unless told. Commands that only read say false. */
  readonly create?: boolean;
  /** How long to wait for another process that writes, in milliseconds; 5,000 unless told. */
  readonly busyTimeoutMs?: number;
  /** The schema's steps; other than the program's own only in tests of migration. */
  readonly migrations?: readonly Migration[];
}

/** The memory of a team's gates. Everything recorded stays as it was; close it when done. */
export interface Ledger {
  /** Remembers a run and its per-case outcomes; the same run twice is one. */
  recordRun(run: RunRecord): Promise<RecordedRun>;
  /** Remembers a gate with its whole report; the same gate twice is one. */
  recordGate(report: GateDocument, context: GateContext): Promise<Recorded>;
  /** Remembers that one run repeats another of the same unchanged system; the same two twice are one. */
  recordRerun(rerun: RerunRecord): Promise<Recorded>;
  /** From this run on drift is counted. */
  recordAnchor(anchor: AnchorRecord): Promise<Recorded>;
  /** Puts drawn items into a queue; the same selection twice is one. */
  recordSelection(selection: SelectionRecord): Promise<Recorded>;
  /** Remembers what a person did with an item. */
  recordQueueEvent(event: QueueEventRecord): Promise<Recorded>;
  /** Items with their events, oldest selection first. */
  queue(query?: QueueQuery): Promise<readonly QueueItem[]>;
  /** `main@latest`, `main@anchor`, `main@2026-01-31` or `main@<fingerprint prefix>`. */
  resolveBaseline(reference: string): Promise<Baseline>;
  history(query?: HistoryQuery): Promise<History>;
  /** Different gates of a candidate so far, with `nextRunHash` counted in. */
  looks(at: LooksAt, nextRunHash?: string): Promise<number>;
  /** The documents of the newest gates, newest first. */
  gateReports(limit: number): Promise<readonly RecordedReport[]>;
  caseRecords(ids: readonly string[], options?: CaseRecordOptions): Promise<readonly CaseRecord[]>;
  /** What `caseRecords` counts, comparison by comparison. */
  caseComparisons(ids: readonly string[], options?: CaseRecordOptions): Promise<readonly ComparedCase[]>;
  /** The newest gates as a table shows them. */
  gates(query?: GateListQuery): Promise<GateList>;
  /** Gates by id with all their slices; null for ids that the ledger does not have. */
  gatesById(
    ids: readonly string[],
  ): Promise<readonly ((ListedGate & { readonly slices: readonly GateCell[] }) | null)[]>;
  /** Remembers what a person decided about a slice or a check of a run; the same decision twice is one. */
  recordDecision(decision: DecisionRecord): Promise<Recorded>;
  /** Decisions about one run, or about all; oldest first. */
  decisions(runHash?: string): Promise<readonly Decision[]>;
  /** Remembers a tag or a comment on any case; the same twice is one. */
  recordCaseNote(note: CaseNoteRecord): Promise<Recorded>;
  /** What people said of these cases, in queues and outside, in the order asked for. */
  caseNotes(caseIds: readonly string[]): Promise<readonly NotedCase[]>;
  /** Tags that are on cases now, those of most cases first. */
  tags(): Promise<readonly { readonly tag: string; readonly cases: number }[]>;
  close(): Promise<void>;
}

/** What opens a ledger of some kind; every kind passes the same contract suite. */
export type OpenLedger = (path: string, options: LedgerOptions) => Promise<Ledger>;

/**
 * Opens the SQLite ledger at a path, makes it where it is missing, and brings its schema forward. Several processes may
 * have it open at once. Per-case outcomes are in the folder `<path>.cases` beside it.
 *
 * @throws UsageError for an empty path or a missing ledger that may not be made; EngineError where the file is damaged,
 *   locked, newer than this program, not writable, or of another program
 */
export const openLedger: OpenLedger = async (path, options) => {
  if (path === '' || path.includes('\0')) {
    throw new UsageError({ message: 'the path of the ledger is empty or has a NUL character in it' });
  }
  const { keepRuns = 50, create = true, busyTimeoutMs = 5000, migrations = MIGRATIONS } = options;
  if (!Number.isInteger(keepRuns) || keepRuns < 1) {
    throw new UsageError({ message: `keepRuns is ${keepRuns}, must be a whole number of at least 1` });
  }
  const absolute = resolve(path);
  const database = await openDatabase(absolute, { create, busyTimeoutMs, shownAs: path });
  const db = new Kysely<LedgerTables>({ dialect: nodeSqliteDialect(database, path) });
  try {
    await migrate(db, migrations, { path, now: options.now });
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return operations({ db, path, casesFolder: `${absolute}.cases`, now: options.now, keepRuns });
};

function operations(connection: LedgerConnection): Ledger {
  return {
    recordRun: (run) => recordRun(connection, run),
    recordGate: (report, context) => recordGate(connection, report, context),
    recordRerun: (rerun) => recordRerun(connection, rerun),
    recordAnchor: (anchor) => recordAnchor(connection, anchor),
    recordSelection: (selection) => recordSelection(connection, selection),
    recordQueueEvent: (event) => recordQueueEvent(connection, event),
    queue: (query) => readQueue(connection, query),
    resolveBaseline: (reference) => resolveBaseline(connection, reference),
    history: (query) => readHistory(connection, query),
    looks: (at, nextRunHash) => countLooks(connection, at, nextRunHash),
    gateReports: (limit) => gateReports(connection, limit),
    caseRecords: (ids, options) => caseRecords(connection, ids, options),
    caseComparisons: (ids, options) => caseComparisons(connection, ids, options),
    gates: (query) => listGates(connection, query),
    gatesById: (ids) => readGatesById(connection, ids),
    recordDecision: (decision) => recordDecision(connection, decision),
    decisions: (runHash) => readDecisions(connection, runHash),
    recordCaseNote: (note) => recordCaseNote(connection, note),
    caseNotes: (caseIds) => readCaseNotes(connection, caseIds),
    tags: () => countTags(connection),
    close: () => connection.db.destroy(),
  };
}
