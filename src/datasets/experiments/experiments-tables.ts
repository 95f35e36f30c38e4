/** Tables of `slicewise experiments`: runs, groups, trends, best of N, curves, and what was not logged. */

import { countOf, formatCount, formatP, type PageTable } from '../../reports/index.ts';
import type { CurveReport } from './curve-findings.ts';
import type { ExperimentsReport } from './experiments-report.ts';
import { intervalCell, left, numberCell, plainCell, right } from './page-cells.ts';
import { curveFlags } from './run-findings.ts';

const LISTED = 25;
/** Parameters that have a column: those that vary, by how surely they move the score. */
const PARAMETERS = 3;

/** Every run, best first. */
export function runsTable({ runs, metric, groups, trends }: ExperimentsReport): PageTable {
  const hasRate = runs.some(({ rate }) => rate !== null);
  const hasFlags = runs.some(({ flags }) => flags.length > 0);
  const params = trends.slice(0, PARAMETERS).map(({ parameter }) => parameter);
  return {
    title: `Runs by ${metric.name} (${metric.direction} is better)`,
    columns: [
      left('run'),
      ...(groups.length > 1 ? [left('group')] : []),
      right('score'),
      ...(hasRate ? [right('n'), right('95% interval')] : []),
      left('status'),
      ...params.map((name) => right(plainCell(name))),
      ...(hasFlags ? [left('curves')] : []),
    ],
    rows: runs.map((run) => [
      run.name,
      ...(groups.length > 1 ? [run.group] : []),
      numberCell(run.score),
      ...(hasRate ? [run.rate === null ? '-' : formatCount(run.rate.n), intervalCell(run.rate)] : []),
      run.status,
      ...params.map((name) => (Object.hasOwn(run.params, name) ? plainCell(run.params[name]!) : '-')),
      ...(hasFlags ? [run.flags.join(', ')] : []),
    ]),
    most: LISTED,
  };
}

/** What may be compared. */
export function groupsTable({ groups, same, runs }: ExperimentsReport): PageTable {
  const names = new Map(runs.map(({ id, name }) => [id, name]));
  return {
    title: `Groups of comparable runs (same ${same.join(', ')}); between groups: NOT COMPARABLE`,
    columns: [
      left('group'),
      right('runs'),
      right('scored'),
      ...same.map((field) => left(field)),
      left('best'),
    ],
    rows:
      groups.length < 2
        ? []
        : groups.map((group) => [
            group.name,
            formatCount(group.runs),
            formatCount(group.scored),
            ...same.map((field) => plainCell(group.fields[field] ?? '-')),
            group.best === null ? '-' : plainCell(names.get(group.best) ?? group.best),
          ]),
    most: LISTED,
  };
}

/** How the score moves with the parameters. */
export function trendsTable({ trends, metric, groups }: ExperimentsReport): PageTable {
  const group = groups.length > 1 ? ` in group ${groups[0]!.name}` : '';
  return {
    title: `Parameters and ${metric.name}${group}: rank correlation. Exploratory: ${countOf(trends.length, 'parameter')} looked at, p adjusted by Holm; runs of a search are not drawn at random`,
    columns: ['parameter', 'runs', 'values', 'rho', '95% interval', 'p', 'adjusted'].map((header, at) =>
      at === 0 ? left(header) : right(header),
    ),
    // Without a single test there is nothing but names.
    rows: (trends.every(({ pValue }) => pValue === null) ? [] : trends).map((trend) => [
      trend.parameter,
      formatCount(trend.runs),
      formatCount(trend.values),
      trend.rho === null ? '-' : numberCell(trend.rho.estimate),
      intervalCell(trend.rho),
      formatP(trend.pValue),
      formatP(trend.adjusted),
    ]),
    most: 12,
  };
}

/** Means per value of parameters with few values. */
export function meansTable({ trends, metric }: ExperimentsReport): PageTable {
  return {
    title: `Mean ${metric.name} per value`,
    columns: [left('value'), right('runs'), right('mean'), right('95% interval')],
    rows: trends.flatMap(({ parameter, means }) =>
      (means.some(({ mean }) => mean.n > 1) ? means : []).map(({ value, mean }) => [
        `${parameter} = ${value}`,
        formatCount(mean.n),
        numberCell(mean.estimate),
        intervalCell(mean),
      ]),
    ),
    most: 12,
  };
}

/** The best run, looked at a second time. */
export function bestTable({ best, runs }: ExperimentsReport): PageTable {
  const names = new Map(runs.map(({ id, name }) => [id, name]));
  return {
    title: 'The best of the search: what it is expected to score again',
    columns: [
      left('best'),
      ...['over', 'tried', 'observed', 'expected', '95% interval', 'luck', 'luck if all equal'].map(right),
    ],
    rows: best.reports.map((one) => [
      names.get(one.best) ?? one.best,
      one.over,
      formatCount(one.tried),
      numberCell(one.observed),
      numberCell(one.expected.estimate),
      intervalCell(one.expected),
      numberCell(one.optimism),
      numberCell(one.luckIfEqual),
    ]),
    most: LISTED,
  };
}

/** Curve by curve; values in the metric's own sign. */
export function curvesTable({ curves, runs }: ExperimentsReport, all: boolean): PageTable {
  const names = new Map(runs.map(({ id, name }) => [id, name]));
  const shown = all ? curves : curves.filter((curve) => curveFlags(curve).length > 0);
  return {
    title: all
      ? 'Curves: interval of the slope per step over the last quarter; what they say, from which step'
      : 'Curves with something to say, from which step',
    columns: [
      left('run'),
      left('metric'),
      ...['points', 'best', 'at step', 'end'].map(right),
      ...(all ? [right('end slope, 95%')] : []),
      left('says'),
    ],
    rows: shown.map((curve) => curveRow(curve, names.get(curve.run) ?? curve.run, all)),
    most: LISTED,
  };
}

function curveRow(curve: CurveReport, run: string, withSlope: boolean): readonly string[] {
  const { facts, direction, metric } = curve;
  const sign = direction === 'lower' ? 1 : -1;
  const slope = facts.lateSlope;
  const turned = (value: number | null): number | null => (value === null ? null : sign * value);
  return [
    run,
    plainCell(metric),
    formatCount(facts.points),
    numberCell(turned(facts.best?.value ?? null)),
    facts.best === null ? '-' : numberCell(facts.best.step),
    numberCell(turned(facts.end)),
    ...(withSlope ? [slopeCell(slope, sign)] : []),
    curveWords(curve).join(', ') || 'nothing',
  ];
}

function slopeCell(slope: CurveReport['facts']['lateSlope'], sign: number): string {
  if (slope === null || slope.lower === null || slope.upper === null) return '-';
  const [low, high] = sign > 0 ? [slope.lower, slope.upper] : [-slope.upper, -slope.lower];
  return `${Number(low.toPrecision(2))} to ${Number(high.toPrecision(2))}`;
}

/** What a curve says, with the steps. */
function curveWords(curve: CurveReport): readonly string[] {
  const { facts, overfitting } = curve;
  return curveFlags(curve).map((flag) => {
    if (flag === 'not a number') return `no number from ${numberCell(facts.notFinite!.step)}`;
    if (flag === 'rising' || (flag === 'diverged' && facts.rise !== null))
      return `${flag} from ${numberCell(facts.rise!.since)}`;
    if (flag === 'overfitting') return `overfits from ${numberCell(overfitting!.best.step)}`;
    if (flag === 'plateau') return `plateau from ${numberCell(facts.plateauSince!)}`;
    if (flag === 'spikes')
      return `${formatCount(facts.spikes.length)} spikes from ${numberCell(facts.spikes[0]!)}`;
    return flag;
  });
}

/** What the runs do not say of themselves. */
export function fieldsTable({ fields }: ExperimentsReport): PageTable {
  return {
    title: 'Logged by the runs',
    columns: [left('field'), right('logged'), right('of'), right('values')],
    rows: fields
      .filter(({ applies, logged, runs }) => applies && logged < runs)
      .map(({ field, logged, runs, values }) => [
        field,
        formatCount(logged),
        formatCount(runs),
        formatCount(values),
      ]),
    most: LISTED,
  };
}
