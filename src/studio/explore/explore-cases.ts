/** All cases of the release as codes, made once per metric: what every view of the page counts from. */

import type { MetricConfig } from '../../config/index.ts';
import { boundsOf, type CodedTable, directionOf, isRate, metricName } from '../../counts/index.ts';
import type { Engine } from '../../engines/index.ts';
import { UsageError } from '../../errors.ts';
import type { OpenRelease } from '../../pipeline.ts';
import { type Comparison, configuredRuns, load } from '../../stages/index.ts';
import { measureOf, type SearchColumn, searchColumns } from '../../studies/index.ts';
import type { ExploreDimension, ExploreDimensions } from '../contract/explore.ts';
import type { StudioSession } from '../session.ts';
import { type DimensionPlan, derivedHere, MOST_DERIVED, planDimensions } from './choose-dimensions.ts';
import type { FilterColumn } from './count-rows.ts';
import { type CrossFilter, crossFilter } from './cross-filter.ts';
import { dimensionOf } from './dimension-values.ts';
import { leftOutLines, notesOf } from './explore-notes.ts';
import type { FigureShape } from './figures.ts';
import { type OutcomeName, outcomeCodes, outcomeDimension, outcomeNames } from './outcome-codes.ts';

/** Values of a dimension that have a bar of their own, and tags of a list that are dimensions. */
const MOST_VALUES = 60;
const MOST_TAGS = 12;

/** The cases, and how to count and read them. */
export interface ExploreCases {
  readonly answer: ExploreDimensions;
  readonly metric: MetricConfig;
  readonly shape: FigureShape;
  readonly coded: CodedTable;
  /** Columns of the table, in the order of `coded.columns`. */
  readonly columns: readonly SearchColumn[];
  /** Per dimension its place in `coded.columns`; null for the outcome. */
  readonly placeOf: readonly (number | null)[];
  /** In the order of the dimensions. */
  readonly filtered: readonly FilterColumn[];
  readonly filter: CrossFilter;
  readonly outcome: Uint8Array;
  readonly outcomeNames: readonly OutcomeName[];
  /** Columns that single cases can be searched by. */
  readonly known: ReadonlySet<string>;
}

/** @throws UsageError where no metric of the comparison has a value per case, or `wanted` is none of them */
export function allCases(wanted: string | null, session: StudioSession): Promise<ExploreCases> {
  const metrics = session.release.scope.metrics.filter((metric) => hasCaseValues(metric));
  const metric = wanted === null ? metrics[0] : metrics.find(({ id }) => id === wanted);
  if (metric === undefined) {
    const known = metrics.map(({ id }) => id).join(', ');
    throw new UsageError({
      message:
        wanted === null
          ? 'no metric of this comparison has a value per case, so there is nothing to cross'
          : `${JSON.stringify(wanted.slice(0, 100))} is no metric with a value per case`,
      hint: known === '' ? 'name one, such as metrics: [passRate]' : `choose one of: ${known}`,
    });
  }
  return session.once(`explore:cases:${metric.id}`, () => readCases(metric, metrics, session));
}

function hasCaseValues({ measure }: MetricConfig): boolean {
  return measure.kind !== 'quantile' && measure.kind !== 'class';
}

/** With derived columns where that is quick; runs without a common case are looked at one at a time: the new one. */
async function readCases(
  metric: MetricConfig,
  metrics: readonly MetricConfig[],
  session: StudioSession,
): Promise<ExploreCases> {
  const { comparison, profile } = session.release;
  const { baseline, candidate } = comparison;
  const runs = [baseline, candidate].filter((run) => run !== null);
  const isReadable = runs.every(({ opened }) => !opened.files.includes('-'));
  const alone = profile.baseline !== null && profile.paired === 0;
  const cases = Math.max(profile.candidate.cases, profile.paired);
  const names = isReadable && cases <= MOST_DERIVED ? derivedHere({ baseline, candidate }) : [];
  if (!alone && (names.length === 0 || !isReadable)) {
    return session.inTurn(() => build(metric, metrics, comparison, session.release));
  }
  const { config } = session.release;
  const pair = configuredRuns(config);
  const own = await load(config, alone ? { ...pair, baseline: null } : pair, session.ports, {
    derive: () => names,
  });
  try {
    return await build(metric, metrics, own, session.release);
  } finally {
    await own.engine.close();
  }
}

async function build(
  metric: MetricConfig,
  metrics: readonly MetricConfig[],
  { engine, mappings, baseline, clustered }: Comparison,
  release: OpenRelease,
): Promise<ExploreCases> {
  const { config, profile: gated } = release;
  const profile = await engine.profile();
  const paired = baseline !== null;
  const plan = await planDimensions(release, engine, profile, mappings);
  const coded = await codedTable(engine, plan, metric, config);
  const named = searchColumns(
    coded,
    new Map(plan.planned.map(({ chosen }) => [chosen.grouping.id, chosen])),
    true,
  );
  const direction = directionOf(metric.measure);
  const outcomes = outcomeCodes(coded, paired, direction);
  const shape: FigureShape = {
    ...{ outcomes: outcomes.outcomes, origin: outcomes.origin, direction, paired, clustered },
    ...{ isRate: isRate(metric.measure), level: config.policy.level },
  };
  const { dimensions, placeOf, without } = dimensionsOf(plan, coded, named);
  const own = outcomeDimension(outcomes, direction, paired);
  const filtered = [
    ...(own === null ? [] : [{ codes: own.codes, size: own.dimension.values.length }]),
    ...placeOf.map((at) => ({ codes: coded.columns[at]!.codes, size: coded.columns[at]!.values.length + 1 })),
  ];
  const rows = coded.candidate.length;
  return {
    answer: {
      metric: {
        ...{ id: metric.id, name: metricName(metric.id), isRate: shape.isRate, direction },
        bounds: boundsOf(metric.measure),
      },
      metrics: metrics.map(({ id }) => id),
      ...{ paired, cases: coded.cases, leftOut: leftOutLines(coded, gated, paired), level: shape.level },
      notes: notesOf(coded, shape, {
        paired,
        hasTwoRuns: gated.baseline !== null,
        cases: gated.candidate.cases,
      }),
      dimensions: [...(own === null ? [] : [own.dimension]), ...dimensions],
      notCrossed: [...plan.notCrossed, ...without],
    },
    ...{ metric, shape, coded, columns: named, filtered, outcome: outcomes.codes },
    placeOf: [...(own === null ? [] : [null]), ...placeOf],
    outcomeNames: outcomeNames(outcomes, direction),
    filter: crossFilter({
      ...{ rows, columns: filtered, outcome: outcomes.codes, outcomes: outcomes.count },
      measures: outcomes.measures,
    }),
    known: new Set(gated.columns.map(({ name }) => name)),
  };
}

function codedTable(
  engine: Engine,
  { planned }: DimensionPlan,
  metric: MetricConfig,
  { policy }: OpenRelease['config'],
): Promise<CodedTable> {
  return engine.table({
    groupings: planned.map(({ chosen }) => chosen.grouping),
    measure: measureOf(metric, policy.errors),
    ...{ minCases: 1, maxValues: MOST_VALUES, split: policy.seed, fold: false },
  });
}

/** Columns with a single value cut nothing; of a list only the tags that most cases have are dimensions. */
function dimensionsOf({ planned }: DimensionPlan, coded: CodedTable, named: readonly SearchColumn[]) {
  const planOf = new Map(planned.map((one) => [one.chosen.grouping.id, one]));
  const tags = new Map<string, number>();
  const dimensions: ExploreDimension[] = [];
  const placeOf: number[] = [];
  const single: { column: string; reason: string }[] = [];
  coded.columns.forEach((column, at) => {
    if (column.tag !== null) {
      tags.set(column.grouping, (tags.get(column.grouping) ?? 0) + 1);
      if (tags.get(column.grouping)! > MOST_TAGS) return;
    }
    if (column.values.length + Number(column.rareCases > 0) < 2) {
      single.push({ column: planOf.get(column.grouping)!.chosen.column, reason: 'all cases have one value' });
      return;
    }
    dimensions.push(dimensionOf(planOf.get(column.grouping)!, column, named[at]!));
    placeOf.push(at);
  });
  const rare = new Map(coded.rareTags.map(({ grouping, tags: more }) => [grouping, more]));
  const moreTags = [...tags].flatMap(([grouping, shown]) => {
    const more = Math.max(0, shown - MOST_TAGS) + (rare.get(grouping) ?? 0);
    const reason = `${more} rarer tags have no chart of their own; those of most cases do`;
    return more === 0 ? [] : [{ column: grouping, reason }];
  });
  return { dimensions, placeOf, without: [...single, ...moreTags] };
}
