/** Training and tuning runs of the configured sources, with curves and hyperparameters ready to draw. */

import { describeExperiments, type ExperimentsReport } from '../../datasets/index.ts';
import { UsageError } from '../../errors.ts';
import { type ExperimentSet, openExperiments } from '../../sources/index.ts';
import type { ExperimentCurve, ExperimentsAnswer, ExperimentsParams } from '../contract/index.ts';
import type { StudioSession } from '../session.ts';
import { parameterAxes } from './parameter-axes.ts';
import { thinCurve } from './thin-curve.ts';

/** Runs and curves that a page takes; the best by the metric are kept. */
const MOST_RUNS = 1_000;
const MOST_CURVES = 40;
/** Stretches of a curve, each of at most five points. */
const STRETCHES = 120;

const HINT =
  'Name folders of MLflow or W&B, or tables, in slicewise.yaml: "inputs: { experiments: [mlruns, wandb/, runs.csv] }". They are read where they are.';

/** @throws UsageError for a source that the configuration does not name; DataError for one that cannot be read */
export async function experimentsAnswer(
  params: ExperimentsParams,
  session: StudioSession,
): Promise<ExperimentsAnswer> {
  const sources = session.release.config.inputs.experiments;
  const source = params.source === '' ? sources[0] : params.source;
  if (source === undefined) return { state: 'none', hint: HINT };
  if (!sources.includes(source)) {
    throw new UsageError({
      message: `${JSON.stringify(source.slice(0, 200))} is no source of this configuration`,
      hint: `it names ${sources.join(', ')}`,
      where: { field: 'source' },
    });
  }
  const { cwd } = session.ports;
  const set = await session.once(`runs:experiments ${source}`, () =>
    openExperiments({ files: [source], cwd, server: null, experiments: [], metrics: [], curves: true }),
  );
  const report = describeExperiments(set, {
    ...{ sort: params.metric === '' ? null : params.metric, direction: null, filter: null },
    ...{ same: ['dataset', 'judge'], cases: null, only: [] },
  });
  return { state: 'read', sources, source, ...described(report), ...curvesOf(set, report, params.curve) };
}

type Read = Extract<ExperimentsAnswer, { readonly state: 'read' }>;

function described(
  report: ExperimentsReport,
): Omit<Read, 'state' | 'sources' | 'source' | 'curve' | 'curveNames' | 'curves' | 'curvesTotal'> {
  const { metric, runs, groups, findings, damage, notes } = report;
  const { axes, leftOut } = parameterAxes(runs.map(({ params }) => params));
  const counts = new Map<string, number>();
  for (const run of runs) {
    for (const name of Object.keys(run.metrics)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return {
    metric: metric.name,
    direction: metric.direction,
    directionAssumed: metric.directionFrom === 'assumed',
    metrics: [...counts].toSorted((a, b) => b[1] - a[1]).map(([name]) => name),
    runs: runs.slice(0, MOST_RUNS).map(({ id, name, experiment, status, started, seconds, ...run }) => ({
      ...{ id, name, experiment, status, started, seconds },
      ...{ group: run.group, score: run.score, rate: run.rate, flags: run.flags, params: run.params },
    })),
    runsTotal: runs.length,
    groups: groups.map(({ name, runs: n, fields }) => ({
      name,
      runs: n,
      agree: Object.entries(fields)
        .map(([field, value]) => `${field} ${value ?? 'not told'}`)
        .join(', '),
    })),
    ...{ axes, axesLeftOut: leftOut },
    findings: findings.map(({ what, verdict, reason, remedy }) => ({ what, verdict, reason, remedy })),
    ...{ notes, damage },
  };
}

/** One curve of each of the best runs. */
function curvesOf(
  set: ExperimentSet,
  report: ExperimentsReport,
  wanted: string,
): Pick<Read, 'curve' | 'curveNames' | 'curves' | 'curvesTotal'> {
  const counts = new Map<string, number>();
  for (const { curves } of set.runs) {
    for (const [name, { steps }] of curves) {
      if (steps.length > 1) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  const curveNames = [...counts].toSorted((a, b) => b[1] - a[1]).map(([name]) => name);
  if (wanted !== '' && !curveNames.includes(wanted)) {
    throw new UsageError({
      message: `no run has a curve ${JSON.stringify(wanted.slice(0, 200))}`,
      hint:
        curveNames.length === 0 ? 'no run logged a curve' : `there are ${curveNames.slice(0, 12).join(', ')}`,
      where: { field: 'curve' },
    });
  }
  const losses = curveNames.filter((name) => /loss/i.test(name));
  const curve = wanted === '' ? (losses[0] ?? curveNames[0] ?? null) : wanted;
  if (curve === null) return { curve, curveNames, curves: [], curvesTotal: 0 };
  const byId = new Map(set.runs.map((run) => [run.id, run]));
  const having = report.runs.flatMap(({ id, name, flags }) => {
    const found = byId.get(id)?.curves.get(curve);
    return found === undefined || found.steps.length < 2 ? [] : [{ id, name, flags, found }];
  });
  const curves = having.slice(0, MOST_CURVES).map(
    ({ id, name, flags, found }): ExperimentCurve => ({
      ...{ run: id, name, flags, logged: found.logged, ...thinCurve(found, STRETCHES) },
    }),
  );
  return { curve, curveNames, curves, curvesTotal: having.length };
}
