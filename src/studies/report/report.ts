/** `slicewise report`: every number of one run or two, slice by slice and class by class, with intervals and without a verdict. */

import type { ComparisonProfile } from '../../engines/index.ts';
import { allCases, allGrouping } from '../../scope/index.ts';
import { type Comparison, configuredRuns, load, measure, type Ports, pairingOf } from '../../stages/index.ts';
import { classBanners } from './banners.ts';
import { allClasses, type ReportedClasses } from './class-report.ts';
import { withAskedCosts } from './class-settings.ts';
import { type ClassTraining, classTraining, trainingLabels } from './class-training.ts';
import { measureParts, measureRanking } from './measure-parts.ts';
import { reportNotes } from './notes.ts';
import type { MeasurePartsInput } from './parts-input.ts';
import { reportBaselines } from './report-baselines.ts';
import { MOST_LABELS, reportClasses } from './report-classes.ts';
import { reportProbabilities } from './report-probabilities.ts';
import { type ClassMetric, checkReportRequest, type ReportRequest } from './request.ts';
import type { CaseFlow, ReportResult } from './result.ts';
import { resultsAmongRates } from './result-columns.ts';
import { reportScope } from './scope.ts';
import { sliceNames } from './slice-names.ts';
import { dimensionFooters, sliceRates } from './slice-rates.ts';
import { isSpreadColumn } from './spread-parts.ts';

/** Recall leads where nothing is asked for: its change is tested exactly, so that it can prove something among many classes. */
const LEADING: readonly ClassMetric[] = ['recall'];

/**
 * Reports on the runs of a configuration: one run alone, or a new one beside an old one. Nothing is written, and nothing gates.
 *
 * @throws ConfigError, DataError, EngineError or UsageError, each with every problem found
 */
export async function runReport(request: ReportRequest, ports: Ports): Promise<ReportResult> {
  checkReportRequest(request);
  ports.progress('reading');
  const comparison = await load(request.config, configuredRuns(request.config), ports, { cases: 'rows' });
  try {
    return await answer(request, comparison, ports);
  } finally {
    await comparison.engine.close();
  }
}

async function answer(asked: ReportRequest, comparison: Comparison, ports: Ports): Promise<ReportResult> {
  const allLabels = async () =>
    (await comparison.engine.labels({ groupings: [allGrouping()], maxLabels: MOST_LABELS })).labels;
  const request = await withAskedCosts(asked, allLabels, ports.cwd);
  const { config, parts, ranking } = request;
  const { policy } = config;
  const profile = await comparison.engine.profile();
  const pairing = pairingOf(profile);
  // True labels may be in one run alone: they are the same for both.
  const hasLabels =
    comparison.mappings.every(({ predicted }) => predicted !== undefined) &&
    comparison.mappings.some(({ expected }) => expected !== undefined);
  const hasParts = parts !== null || ranking !== null;
  const looked = reportScope(config, profile, comparison.mappings, hasLabels || hasParts, (column) =>
    isAnswerColumn(column, request),
  );
  const nameOf = sliceNames([allCases('shown'), ...looked.scope.groupings]);
  ports.progress('counting');
  const measured = looked.hasRates ? await measure(comparison, looked.scope, config, profile) : null;
  const allRates = measured === null ? [] : sliceRates(measured, nameOf);
  const whole = { request, comparison, profile, groupings: looked.scope.groupings, nameOf };
  const labelled = hasLabels && parts === null ? await reportClasses(whole, ports) : null;
  const classes = labelled?.kind === 'classes' ? labelled.classes : null;
  const results = new Set([
    ...(labelled?.kind === 'classes' ? labelled.results : []),
    ...(config.slices.length > 0 ? [] : resultsAmongRates(allRates)),
  ]);
  const groupings = looked.scope.groupings.filter(({ grouping }) => !results.has(grouping.id));
  const rates = allRates.filter(({ key }) => !results.has(key.grouping));
  const input = { ...whole, groupings };
  const baselines = await reportBaselines(
    { ...input, scope: looked.scope, measured, hasLabels: labelled !== null, classes },
    ports,
  );
  const probabilities = await reportProbabilities(input, ports);
  const casesOf: MeasurePartsInput = {
    ...{ comparison, groupings, nameOf, level: policy.level, seed: policy.seed },
    withBaseline: pairing === 'paired',
  };
  if (hasParts) ports.progress('reading answers');
  const partsReport = parts === null ? null : await measureParts(casesOf, parts, request.spanMatch);
  const rankingReport = ranking === null ? null : await measureRanking(casesOf, ranking);
  const counts = await comparison.engine.count({
    groupings: [allGrouping(), ...groupings.map(({ grouping }) => grouping)],
  });
  const sized = counts.map(({ cells, ...key }) => ({
    key,
    cases: cells.reduce((sum, { cases }) => sum + cases, 0),
  }));
  const flow = flowOf(profile);
  const training = classes && (await trainingOf(request, classes, comparison, ports));
  return {
    study: 'report',
    schemaVersion: '1.0',
    runs: comparison.baseline === null ? 'one run' : 'two runs',
    flow,
    level: policy.level,
    minCases: policy.minCases,
    settings: { top: request.top, seed: policy.seed, resamples: policy.resamples },
    classMetrics: request.classMetrics.length > 0 ? request.classMetrics : LEADING,
    classesShown: request.classes,
    rates,
    dimensions: dimensionFooters(groupings, sized, flow.cases, policy.minCases),
    classes,
    baselines,
    probabilities,
    training: training?.report ?? null,
    parts: partsReport,
    ranking: rankingReport,
    banners: classes === null ? [] : classBanners(allClasses(classes), policy.minCases),
    notes: [
      ...reportNotes({
        ...{ request, comparison, profile, classes, hasLabels, pairing, results },
        hasProbabilities: probabilities !== null,
      }),
      ...(labelled?.notes ?? []),
      ...(training?.notes ?? []),
    ],
  };
}

/** Columns of ranked ids, and fields of expected and given objects. */
function isAnswerColumn(column: string, { parts, ranking }: ReportRequest): boolean {
  return column === ranking?.column || (parts === 'json-fields' && isSpreadColumn(column));
}

function flowOf({
  baseline,
  candidate,
  paired,
  onlyBaseline,
  onlyCandidate,
  edited,
}: ComparisonProfile): CaseFlow {
  if (baseline === null) {
    return {
      cases: candidate.cases,
      compared: candidate.cases,
      onlyBaseline: 0,
      onlyCandidate: 0,
      edited: 0,
    };
  }
  return {
    cases: paired + onlyBaseline + onlyCandidate,
    compared: paired - edited,
    onlyBaseline,
    onlyCandidate,
    edited,
  };
}

/** Training data are looked at where they are named, or say what is missing of them. */
async function trainingOf(
  { config }: ReportRequest,
  classes: ReportedClasses,
  { baseline, candidate }: Comparison,
  ports: Ports,
): Promise<{ readonly report: ClassTraining | null; readonly notes: readonly string[] }> {
  const { train } = config.inputs;
  if (train.length === 0) return { report: null, notes: [] };
  ports.progress('reading training data');
  const figures = allClasses(classes);
  const known = new Set(figures.classes.filter(({ support }) => support > 0).map(({ label }) => label));
  const labels = await trainingLabels(
    train,
    (candidate.opened.mapping.expected ?? baseline?.opened.mapping.expected)!,
    known,
    ports,
  );
  if ('columns' in labels) {
    return {
      report: null,
      notes: [
        `the training data have no column of labels (columns: ${labels.columns.slice(0, 12).join(', ')})`,
      ],
    };
  }
  return { report: classTraining(labels, figures, config.policy.level), notes: [] };
}
