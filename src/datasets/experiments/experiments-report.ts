/** The answer of `slicewise experiments` as one document; every format is a view of it. */

import type { FindingKind, Verdict } from '../../findings/index.ts';
import type { Damage, RunStatus } from '../../sources/index.ts';
import type { Estimate } from '../../stats/index.ts';
import type { BestRuns } from './best-run.ts';
import type { CurveReport } from './curve-findings.ts';
import type { MetricChoice } from './metric-choice.ts';
import type { ParameterTrend } from './parameter-trends.ts';
import type { Fingerprint, RunField } from './run-fields.ts';

/** A number that may be NaN or infinite; JSON has no such numbers, so they are texts. */
export type LoggedNumber = number | 'NaN' | 'Infinity' | '-Infinity';

/** One run as the table shows it. */
export interface RunReport {
  readonly id: string;
  readonly name: string;
  readonly experiment: string | null;
  readonly status: RunStatus;
  /** ISO time; null where nobody knows. */
  readonly started: string | null;
  readonly seconds: number | null;
  readonly group: string;
  /** The metric of the table; null where the run has none. */
  readonly score: LoggedNumber | null;
  /** With an interval only where the score is a rate over known cases. */
  readonly rate: Estimate | null;
  readonly flags: readonly CurveFlag[];
  readonly metrics: Readonly<Record<string, LoggedNumber>>;
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly artifacts: readonly string[];
  readonly tool: string;
  readonly place: string;
}

export type CurveFlag =
  | 'not a number'
  | 'diverged'
  | 'rising'
  | 'still falling'
  | 'overfitting'
  | 'plateau'
  | 'spikes';

/** Runs that may be compared. */
export interface GroupReport {
  readonly name: string;
  readonly runs: number;
  readonly scored: number;
  readonly fields: Readonly<Partial<Record<Fingerprint, string | null>>>;
  readonly varying: Readonly<Partial<Record<Fingerprint, number>>>;
  /** Id of its best run by the metric. */
  readonly best: string | null;
}

/** How many runs log a field. */
export interface FieldReport {
  readonly field: RunField;
  readonly logged: number;
  readonly runs: number;
  readonly values: number;
  /** Nothing was trained, so nobody should log it. */
  readonly applies: boolean;
}

/** Something to say, with the family of the error and what it may be hiding. */
export interface ExperimentFinding {
  readonly what:
    | 'comparable runs'
    | 'diverged'
    | 'still falling'
    | 'overfitting'
    | 'plateau'
    | 'spikes'
    | 'best of n'
    | 'unread';
  readonly kind: FindingKind;
  /** Null for a notice. */
  readonly verdict: Verdict | null;
  readonly status: 'checked' | 'not checkable';
  readonly reason: string;
  readonly hides: string;
  readonly remedy: string | null;
  /** Ids of the runs that it is about. */
  readonly runs: readonly string[];
}

/** Everything. */
export interface ExperimentsReport {
  readonly metric: MetricChoice;
  /** By the metric, best first; then those without it. */
  readonly runs: readonly RunReport[];
  readonly leftOut: { readonly runs: number; readonly filter: string } | null;
  readonly groups: readonly GroupReport[];
  readonly same: readonly Fingerprint[];
  /** Of the largest group. */
  readonly trends: readonly ParameterTrend[];
  readonly best: BestRuns;
  readonly curves: readonly CurveReport[];
  readonly fields: readonly FieldReport[];
  readonly findings: readonly ExperimentFinding[];
  readonly damage: readonly Damage[];
  readonly notes: readonly string[];
  readonly exitCode: 0 | 3 | 4;
}

/** A number for JSON. */
export function loggedNumber(value: number): LoggedNumber {
  if (Number.isFinite(value)) return value;
  return String(value) as LoggedNumber;
}
