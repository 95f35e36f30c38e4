/** The document that `slicewise logs` answers with. */

import type { Estimate } from '../../stats/index.ts';
import type { SeasonAudit } from '../audit/seasons.ts';
import type { ShareAudit } from '../audit/shares.ts';
import type { WindowAudit } from '../audit/window.ts';
import type { Coverage } from './coverage.ts';

/** `alarm` needs a person; `notice` is worth knowing. */
export interface LogFinding {
  readonly practice: 'A-3' | 'E-3' | 'E-4' | 'B2';
  readonly kind: 'alarm' | 'notice';
  readonly text: string;
}

/** One side as it was read. */
export interface SideFactsReport {
  readonly files: readonly string[];
  readonly tool: string | null;
  /** Rows of logs, cases of an eval set. */
  readonly rows: number;
  /** Rows of an eval set that repeat a case. */
  readonly repeats: number;
  readonly first: string | null;
  readonly last: string | null;
  readonly days: number;
  readonly untimed: number;
  readonly errors: { readonly known: number; readonly errors: number };
  readonly columns: readonly string[];
  readonly leftOut: readonly string[];
}

/** Sums of one slice of the logs; null where no row has the number. */
export interface SliceTotals {
  readonly value: string;
  readonly rows: number;
  readonly share: Estimate;
  readonly score: Estimate | null;
  readonly tokens: number | null;
  readonly costUsd: number | null;
  readonly meanLatency: number | null;
}

/** One dimension. */
export interface DimensionReport {
  readonly dimension: string;
  /** What it lacks raises an alarm; other dimensions give notices. */
  readonly isKey: boolean;
  readonly logColumn: string;
  readonly evalColumn: string | null;
  /** Against the eval set; null where there is nothing to compare with, and then `reason` says why. */
  readonly audit: ShareAudit | null;
  readonly reason: string | null;
  readonly slices: readonly SliceTotals[];
  readonly missing: {
    readonly rows: number;
    readonly share: number;
    readonly at: readonly string[];
    readonly alarm: boolean;
  };
}

/** One locale, with its traffic weight and its scores (practice E-2). */
export interface LocaleRow {
  readonly locale: string;
  readonly production: number;
  readonly trafficWeight: Estimate;
  readonly cases: number;
  readonly evalShare: Estimate | null;
  readonly productionScore: Estimate | null;
  readonly evalScore: Estimate | null;
}

/** All locales. */
export interface LocaleReport {
  readonly dimension: string;
  readonly rows: readonly LocaleRow[];
  /** Score of the eval set as it is, and with each locale weighed by its traffic; null without scores. */
  readonly evalScore: number | null;
  readonly weightedScore: number | null;
  /** Share of the traffic whose locales have a score in the eval set. */
  readonly weightScored: number;
}

/** Topics over time. */
export interface TopicReport {
  readonly topic: string;
  readonly period: 'day' | 'week' | 'month';
  readonly audit: SeasonAudit;
  readonly withoutTopic: number;
}

/** Everything. */
export interface LogsReport {
  readonly kind: 'slicewise logs';
  readonly verdict: 'PASS' | 'REVIEW' | 'UNTESTED';
  readonly exitCode: 0 | 3 | 4;
  readonly headline: string;
  readonly findings: readonly LogFinding[];
  readonly logs: SideFactsReport;
  readonly evalSet: SideFactsReport | null;
  readonly floor: number;
  readonly dimensions: readonly DimensionReport[];
  readonly windows: readonly { readonly by: 'hour' | 'weekday'; readonly audit: WindowAudit | null }[];
  readonly topics: TopicReport | null;
  readonly locales: LocaleReport | null;
  readonly coverage: Coverage | null;
  readonly notes: readonly string[];
}
