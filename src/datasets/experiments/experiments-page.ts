/** Words of `slicewise experiments`. */

import {
  type CsvTable,
  countOf,
  formatCount,
  type Page,
  type PageFormat,
  type PageSection,
  renderPage,
  type TerminalView,
} from '../../reports/index.ts';
import type { ExperimentFinding, ExperimentsReport } from './experiments-report.ts';
import {
  bestTable,
  curvesTable,
  fieldsTable,
  groupsTable,
  meansTable,
  runsTable,
  trendsTable,
} from './experiments-tables.ts';
import { numberCell } from './page-cells.ts';

/** `runs`: everything. `curves`: the curves alone, all of them. */
export type ExperimentsView = 'runs' | 'curves';

/** The report as text in one format. */
export function renderExperiments(
  report: ExperimentsReport,
  format: PageFormat,
  show: ExperimentsView,
  view: Partial<TerminalView> = {},
): string {
  return renderPage(
    {
      page: () => (show === 'runs' ? runsPage(report) : curvesPage(report)),
      document: report,
      csv: () => (show === 'runs' ? runsCsv(report) : curvesCsv(report)),
    },
    format,
    view,
  );
}

function runsPage(report: ExperimentsReport): Page {
  const { metric, runs, groups, best, leftOut, damage } = report;
  const scored = runs.filter(({ score }) => typeof score === 'number').length;
  const [first] = runs;
  return {
    answers: [
      { label: 'Verdict', text: verdictText(report) },
      {
        label: 'Runs',
        text: `${countOf(runs.length, 'run')}, ${formatCount(scored)} with ${metric.name}${leftOut === null ? '' : `; the filter left out ${formatCount(leftOut.runs)}`}${damage.length === 0 ? '' : `; ${countOf(damage.length, 'thing')} could not be read`}`,
      },
      {
        label: 'Best',
        text:
          first === undefined || typeof first.score !== 'number'
            ? `no run has a number for ${metric.name}`
            : `${first.name} with ${numberCell(first.score)}${groups.length > 1 ? ` in group ${first.group}; groups are not comparable` : ''}`,
      },
      { label: 'Tried', text: triedText(report) },
    ],
    sections: report.findings.map(findingSection),
    tables: [
      groupsTable(report),
      runsTable(report),
      bestTable(report),
      trendsTable(report),
      meansTable(report),
      curvesTable(report, false),
      fieldsTable(report),
    ],
    notes: [
      ...metricNotes(report),
      ...trendNotes(report),
      ...best.missing,
      ...damage.map(({ place, reason }) => `not read: ${place}: ${reason}`),
      ...report.notes,
    ],
  };
}

function curvesPage(report: ExperimentsReport): Page {
  const about = ['diverged', 'still falling', 'overfitting', 'plateau', 'spikes'];
  const { curves, damage } = report;
  const repeated = curves.reduce((sum, curve) => sum + curve.repeated, 0);
  const outOfOrder = curves.reduce((sum, curve) => sum + curve.outOfOrder, 0);
  return {
    answers: [
      {
        label: 'Curves',
        text: `${countOf(curves.length, 'curve')} of ${countOf(report.runs.length, 'run')}`,
      },
    ],
    sections: report.findings.filter(({ what }) => about.includes(what)).map(findingSection),
    tables: [curvesTable(report, true)],
    notes: [
      ...(repeated === 0
        ? []
        : [`${countOf(repeated, 'point')} of a step that was logged again: the last one counts`]),
      ...(outOfOrder === 0
        ? []
        : [`${countOf(outOfOrder, 'point')} logged after a later step: put in order`]),
      ...damage.map(({ place, reason }) => `not read: ${place}: ${reason}`),
      ...report.notes,
    ],
  };
}

function verdictText({ exitCode, findings }: ExperimentsReport): string {
  const [worst] = findings;
  if (exitCode === 4) return `INVALID: ${worst!.reason}`;
  if (exitCode === 3) return `REVIEW: ${worst!.reason}`;
  const unknown = findings.find(({ status }) => status === 'not checkable');
  return unknown === undefined ? 'nothing to object to' : `cannot tell: ${unknown.reason}`;
}

function triedText({ best, groups }: ExperimentsReport): string {
  const where = groups.length > 1 ? ` in group ${groups[0]!.name}` : '';
  return `at least ${countOf(best.runs, 'run')}${where}, ${formatCount(best.unscored)} without a score; runs that were not logged are not counted`;
}

function metricNotes({ metric }: ExperimentsReport): readonly string[] {
  return [
    ...(metric.chosen === 'found'
      ? [`${metric.name} was chosen as the metric (--sort METRIC names another)`]
      : []),
    ...(metric.directionFrom === 'assumed'
      ? [`that higher ${metric.name} is better was assumed (--direction lower says otherwise)`]
      : []),
    'scores are those of the last step; the best step of a curve would be one more choice by luck',
  ];
}

function trendNotes({ trends }: ExperimentsReport): readonly string[] {
  if (trends.length === 0) return ['no parameter varies between the runs'];
  return trends.every(({ pValue }) => pValue === null)
    ? [
        `${countOf(trends.length, 'parameter varies', 'parameters vary')}, and none is tested: ${trends[0]!.reason}`,
      ]
    : [];
}

function findingSection({
  what,
  kind,
  verdict,
  status,
  reason,
  hides,
  remedy,
}: ExperimentFinding): PageSection {
  const state = verdict ?? (status === 'not checkable' ? 'cannot tell' : 'notice');
  return {
    title: `${state}: ${what} (${kind})`,
    lines: [
      { label: 'found', text: reason },
      { label: 'may hide', text: hides },
      ...(remedy === null ? [] : [{ label: 'do', text: remedy }]),
    ],
    isMore: verdict === null && status === 'checked',
  };
}

function runsCsv({ runs }: ExperimentsReport): CsvTable {
  const names = (of: 'metrics' | 'params') => [...new Set(runs.flatMap((run) => Object.keys(run[of])))];
  const metrics = names('metrics');
  const params = names('params');
  return [
    [
      ...['run_id', 'name', 'experiment', 'group', 'status', 'started', 'seconds', 'score', 'flags'],
      ...metrics.map((name) => `metrics.${name}`),
      ...params.map((name) => `params.${name}`),
    ],
    ...runs.map((run) => [
      run.id,
      run.name,
      run.experiment,
      run.group,
      run.status,
      run.started,
      run.seconds,
      run.score,
      run.flags.join(', '),
      ...metrics.map((name) => (Object.hasOwn(run.metrics, name) ? run.metrics[name]! : null)),
      ...params.map((name) => (Object.hasOwn(run.params, name) ? run.params[name]! : null)),
    ]),
  ];
}

function curvesCsv({ curves }: ExperimentsReport): CsvTable {
  return [
    [
      'run_id',
      'metric',
      'points',
      'best',
      'best_step',
      'end',
      'slope',
      'slope_lower',
      'slope_upper',
      'diverged',
      'still_falling',
      'overfitting',
      'plateau_since',
      'spikes',
    ],
    ...curves.map(({ run, metric, direction, facts, overfitting }) => {
      const sign = direction === 'lower' ? 1 : -1;
      const turned = (value: number | null | undefined) => (value == null ? null : sign * value);
      const slope = facts.lateSlope;
      return [
        run,
        metric,
        facts.points,
        turned(facts.best?.value),
        facts.best?.step ?? null,
        turned(facts.end),
        turned(slope?.estimate),
        turned(sign > 0 ? slope?.lower : slope?.upper),
        turned(sign > 0 ? slope?.upper : slope?.lower),
        facts.diverged,
        facts.stillFalling,
        overfitting?.found ?? null,
        facts.plateauSince,
        facts.spikes.length,
      ];
    }),
  ];
}
