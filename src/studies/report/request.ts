/** What `slicewise report` is asked: which slices, classes and metrics, what mistakes cost, and how cells with parts are read. */

import type { Config } from '../../config/index.ts';
import { type Problem, UsageError } from '../../errors.ts';

/** Metrics of classes that a report can lead with. */
export const CLASS_METRICS = ['recall', 'precision', 'f1', 'specificity'] as const;

export type ClassMetric = (typeof CLASS_METRICS)[number];

/** What a cell with several parts holds: a list of labels, labelled spans of a text, or the fields of a JSON object. */
export const PART_KINDS = ['list', 'spans', 'json-fields'] as const;

export type PartKind = (typeof PART_KINDS)[number];

/** When two spans of one label are the same: both ends equal, or a common character. */
export const SPAN_MATCHES = ['exact', 'overlap'] as const;

export type SpanMatch = (typeof SPAN_MATCHES)[number];

/** Ranked ids against the ids that should be found. */
export interface RankingRequest {
  /** Column of the ranked ids, best first. */
  readonly column: string;
  /** Cut-offs, at least one, whole numbers of at least 1. */
  readonly ks: readonly number[];
}

/** One question to the results, with every option filled in. */
export interface ReportRequest {
  /** `slices` empty reports on every dimension that is found; `metrics` empty takes what the runs offer. */
  readonly config: Config;
  /** Metrics of classes that are compared class by class, in this order. */
  readonly classMetrics: readonly ClassMetric[];
  /** Only these classes have rows of their own; empty shows all. */
  readonly classes: readonly string[];
  /** The class that misses and false alarms are about; null finds none unless the labels are `0` and `1` or a known pair. */
  readonly positive: string | null;
  /** Text of `--cost` such as `miss=100,false-alarm=1`; null for none. */
  readonly cost: string | null;
  /** A file of costs by true and predicted label; null for none. */
  readonly costsFile: string | null;
  /** A file that says which labels belong together, level by level; null for none. */
  readonly labelMap: string | null;
  /** A file that says what outcome each label leads to, for runs with label sets of their own; null for none. */
  readonly outcome: string | null;
  readonly parts: PartKind | null;
  readonly spanMatch: SpanMatch;
  readonly ranking: RankingRequest | null;
  /** Rows of each long table on a screen, at least 1. */
  readonly top: number;
}

export type ReportOptions = Omit<ReportRequest, 'config'>;

/** What is asked where nothing is said. */
export const REPORT_DEFAULTS: ReportOptions = {
  classMetrics: [],
  classes: [],
  positive: null,
  cost: null,
  costsFile: null,
  labelMap: null,
  outcome: null,
  parts: null,
  spanMatch: 'exact',
  ranking: null,
  top: 12,
};

/**
 * Refuses a question that contradicts itself.
 *
 * @throws UsageError with every problem
 */
export function checkReportRequest({
  cost,
  costsFile,
  parts,
  ranking,
  top,
  labelMap,
  outcome,
  spanMatch,
}: ReportRequest): void {
  const problems: Problem[] = [];
  if (cost !== null && costsFile !== null) {
    problems.push({ message: '--cost and --costs both say what mistakes cost', hint: 'use one of them' });
  }
  if (parts !== null && (cost !== null || costsFile !== null || labelMap !== null || outcome !== null)) {
    problems.push({
      message: `--parts ${parts} reads cells of several parts, which have no one label that --cost, --costs, --label-map or --outcome could be about`,
      hint: 'leave one of them out',
    });
  }
  if (spanMatch !== 'exact' && parts !== 'spans') {
    problems.push({ message: `--span-match ${spanMatch} is about spans`, hint: 'add --parts spans' });
  }
  if (!Number.isInteger(top) || top < 1) {
    problems.push({ message: `--top is ${top}, must be a whole number of at least 1` });
  }
  for (const k of ranking?.ks ?? []) {
    if (!Number.isInteger(k) || k < 1) {
      problems.push({ message: `--k has ${k}, must be whole numbers of at least 1, such as 1,5,10` });
    }
  }
  if (problems.length > 0) throw new UsageError(problems);
}
