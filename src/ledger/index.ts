/** The ledger remembers runs, gates and anchors. It loads SQLite and Kysely: import it only when it is used. */
export type { Baseline } from './baseline.ts';
export type { CaseComparison, CaseRecord, CaseRecordOptions, ComparedCase } from './case-record.ts';
export { unpairedChange } from './drift.ts';
export type { GateCell, GateList, ListedAnchor, ListedGate } from './gate-list.ts';
export type { RecordedReport } from './gate-reports.ts';
export type { Drift, History, HistoryPoint, HistoryQuery, HistorySeries } from './history-types.ts';
export { type Ledger, type LedgerOptions, type OpenLedger, openLedger } from './ledger.ts';
export type { LooksAt } from './looks.ts';
export type { QueueItem, QueueItemEvent, QueueQuery } from './queue.ts';
export type {
  AnchorRecord,
  GateContext,
  GateDocument,
  Instruments,
  QueueEventKind,
  QueueEventRecord,
  Recorded,
  RecordedRun,
  RerunRecord,
  RunCounts,
  RunRecord,
  SelectedItem,
  SelectionRecord,
} from './records.ts';
export type {
  CaseNote,
  CaseNoteRecord,
  Decision,
  DecisionKind,
  DecisionRecord,
  DecisionTarget,
  NotedCase,
  NoteKind,
} from './work-records.ts';
