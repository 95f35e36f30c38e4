/** `slicewise experiments`: reads recorded runs and says which may be compared, what moved the score, and what is luck. */

import { parseDecimal } from '../../cases/index.ts';
import { DataError } from '../../errors.ts';
import {
  type ExperimentRun,
  type ExperimentSet,
  type ExperimentsRequest,
  openExperiments,
} from '../../sources/index.ts';
import { type Estimate, wilsonInterval } from '../../stats/index.ts';
import { bestRuns } from './best-run.ts';
import { comparableGroups } from './comparable-groups.ts';
import { type CurveReport, curveReports } from './curve-findings.ts';
import {
  type CurveFlag,
  type ExperimentsReport,
  type FieldReport,
  loggedNumber,
  type RunReport,
} from './experiments-report.ts';
import { filterRuns } from './filter-runs.ts';
import { chooseMetric, type MetricChoice, type MetricDirection } from './metric-choice.ts';
import { parameterTrends } from './parameter-trends.ts';
import { type Fingerprint, fieldOf, type RunField } from './run-fields.ts';
import { curveFlags, runFindings } from './run-findings.ts';

/** What to read and how to look at it. */
export interface RunExperimentsRequest extends ExperimentsRequest {
  /** The metric of the table; null takes the best guess. */
  readonly sort: string | null;
  readonly direction: MetricDirection | null;
  readonly filter: string | null;
  /** Fields in which comparable runs agree. */
  readonly same: readonly Fingerprint[];
  /** Eval cases of every run; null reads them from the runs. */
  readonly cases: number | null;
  /** Curves to look at; empty takes all. */
  readonly only: readonly string[];
}

const FIELDS: readonly RunField[] = [
  'dataset',
  'judge',
  'prompt',
  'code',
  'seed',
  'model',
  'eval cases',
  'learning rate',
  'batch size',
  'epochs',
  'training loss curve',
  'validation curve',
];
/** Fields of training, which runs that only call a model do not have. */
const OF_TRAINING: readonly RunField[] = [
  'learning rate',
  'batch size',
  'epochs',
  'training loss curve',
  'validation curve',
];

/**
 * Reads and describes.
 *
 * @throws DataError for what cannot be read, UsageError for metrics and names that no run has
 */
export async function runExperiments(request: RunExperimentsRequest): Promise<ExperimentsReport> {
  return describeExperiments(await openExperiments(request), request);
}

/**
 * Describes runs that are read.
 *
 * @throws DataError where the filter leaves none, UsageError for metrics and names that no run has
 */
export function describeExperiments(
  set: ExperimentSet,
  request: Omit<RunExperimentsRequest, keyof ExperimentsRequest>,
): ExperimentsReport {
  const runs = filterRuns(set.runs, request.filter);
  if (runs.length === 0)
    throw new DataError({
      message: `the filter leaves none of the ${set.runs.length} runs`,
      hint: '--filter',
    });
  const metric = chooseMetric(runs, request.sort, request.direction);
  const groups = comparableGroups(runs, request.same);
  const [largest] = groups;
  const { curves, undirected } = curveReports(runs, request.only);
  const best = bestRuns(largest!.runs, metric.name, metric.direction, request.cases);
  const groupOf = new Map(groups.flatMap((group) => group.runs.map(({ id }) => [id, group.name])));
  const flagsOf = flagsByRun(curves);
  const ordered = orderRuns(runs, metric);
  const names = new Map(runs.map(({ id, name }) => [id, name]));
  const findings = runFindings({
    groups,
    same: request.same,
    curves,
    bestRun: bestOf(ordered, largest!.runs, metric),
    best,
    damage: set.damage,
    nameOf: (id) => names.get(id) ?? id,
  });
  const verdicts = findings.map(({ verdict }) => verdict);
  return {
    metric,
    runs: ordered.map((run) =>
      runReport(run, metric, groupOf.get(run.id)!, flagsOf.get(run.id) ?? [], request),
    ),
    leftOut: request.filter === null ? null : { runs: set.runs.length - runs.length, filter: request.filter },
    groups: groups.map((group) => ({
      name: group.name,
      runs: group.runs.length,
      scored: group.runs.filter(({ metrics }) => metrics.has(metric.name)).length,
      fields: group.fields,
      varying: group.varying,
      best: bestOf(ordered, group.runs, metric),
    })),
    same: request.same,
    trends: parameterTrends(largest!.runs, metric.name),
    best,
    curves,
    fields: fieldReports(runs),
    findings,
    damage: set.damage,
    notes: [
      ...set.notes,
      ...(undirected.length === 0
        ? []
        : [
            `curves whose better direction nobody knows were not judged: ${undirected.slice(0, 12).join(', ')}`,
          ]),
    ],
    exitCode: verdicts.includes('INVALID') ? 4 : verdicts.includes('REVIEW') ? 3 : 0,
  };
}

/** Best first; then what is no number, then runs without the metric, each in the order of their start. */
function orderRuns(
  runs: readonly ExperimentRun[],
  { name, direction }: MetricChoice,
): readonly ExperimentRun[] {
  const key = (run: ExperimentRun): number => {
    const value = run.metrics.get(name);
    if (value === undefined) return Number.POSITIVE_INFINITY;
    if (!Number.isFinite(value)) return Number.MAX_VALUE;
    return direction === 'higher' ? -value : value;
  };
  return runs
    .map((run, at) => ({ run, at, key: key(run) }))
    .toSorted((a, b) => (a.key === b.key ? a.at - b.at : a.key - b.key))
    .map(({ run }) => run);
}

function bestOf(
  ordered: readonly ExperimentRun[],
  among: readonly ExperimentRun[],
  { name }: MetricChoice,
): string | null {
  const own = new Set(among);
  return ordered.find((run) => own.has(run) && Number.isFinite(run.metrics.get(name)))?.id ?? null;
}

function flagsByRun(curves: readonly CurveReport[]): ReadonlyMap<string, readonly CurveFlag[]> {
  const flags = new Map<string, readonly CurveFlag[]>();
  for (const curve of curves)
    flags.set(curve.run, [...new Set([...(flags.get(curve.run) ?? []), ...curveFlags(curve)])]);
  return flags;
}

function runReport(
  run: ExperimentRun,
  { name }: MetricChoice,
  group: string,
  flags: readonly CurveFlag[],
  { cases }: Pick<RunExperimentsRequest, 'cases'>,
): RunReport {
  const score = run.metrics.get(name);
  const { started, ended } = run;
  return {
    id: run.id,
    name: run.name,
    experiment: run.experiment,
    status: run.status,
    started: started === null ? null : isoTime(started),
    seconds: started === null || ended === null ? null : (ended - started) / 1000,
    group,
    score: score === undefined ? null : loggedNumber(score),
    rate: score === undefined ? null : rateOf(run, score, cases),
    flags,
    metrics: Object.fromEntries([...run.metrics].map(([key, value]) => [key, loggedNumber(value)])),
    params: Object.fromEntries(run.params),
    tags: Object.fromEntries([...run.tags].filter(([key]) => !key.startsWith('mlflow.'))),
    artifacts: run.artifacts,
    tool: run.tool,
    place: run.place,
  };
}

/** A score between 0 and 1 over n cases is at most as noisy as a rate. */
function rateOf(run: ExperimentRun, score: number, cases: number | null): Estimate | null {
  const n = cases ?? parseDecimal(fieldOf(run, 'eval cases') ?? '');
  if (n === null || n < 1 || !(score >= 0 && score <= 1)) return null;
  return wilsonInterval(score * n, n, 0.95);
}

/** Times beyond what a calendar holds are unknown. */
function isoTime(milliseconds: number): string | null {
  return Math.abs(milliseconds) <= 8.64e15 ? new Date(milliseconds).toISOString() : null;
}

function fieldReports(runs: readonly ExperimentRun[]): readonly FieldReport[] {
  const logged = FIELDS.map((field) => ({
    field,
    found: runs.map((run) => fieldOf(run, field)).filter((value) => value !== null),
  }));
  const trains = logged.some(({ field, found }) => OF_TRAINING.includes(field) && found.length > 0);
  return logged.map(({ field, found }) => ({
    field,
    logged: found.length,
    runs: runs.length,
    values: new Set(found).size,
    applies: trains || !OF_TRAINING.includes(field),
  }));
}
