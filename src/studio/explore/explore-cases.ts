/** All cases of the release as codes, with the dimensions that people see: what every view of the page counts from. */

import type { MetricConfig } from '../../config/index.ts';
import { boundsOf, type CodedTable, directionOf, isRate, metricName } from '../../counts/index.ts';
import type { OpenRelease } from '../../pipeline.ts';
import { columnsOf, formatExpression } from '../../slices/index.ts';
import { type SearchColumn, searchColumns } from '../../studies/index.ts';
import type { ExploreDimension, ExploreDimensions } from '../contract/explore.ts';
import type { PlannedDimension } from './choose-dimensions.ts';
import type { FilterColumn } from './count-rows.ts';
import { type CrossFilter, crossFilter } from './cross-filter.ts';
import { dimensionOf } from './dimension-values.ts';
import { leftOutLines, notesOf } from './explore-notes.ts';
import type { FigureShape } from './figures.ts';
import { type OutcomeName, outcomeCodes, outcomeDimension, outcomeNames } from './outcome-codes.ts';
import type { PredicateWords } from './selection.ts';

/** Tags of a list that are dimensions. */
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
  readonly words: PredicateWords;
}

/** What is known of the cases before it is put together. */
export interface Basis {
  readonly metric: MetricConfig;
  readonly metrics: readonly MetricConfig[];
  readonly planned: readonly PlannedDimension[];
  readonly notCrossed: ExploreDimensions['notCrossed'];
  /** The columns of the planned dimensions, in any order. */
  readonly coded: CodedTable;
  readonly paired: boolean;
  readonly clustered: boolean;
  readonly pending: readonly string[];
}

/** Puts the cases together; everything but the columns follows from the metric. */
export function assemble(basis: Basis, { config, profile }: OpenRelease): ExploreCases {
  const { metric, metrics, planned, coded, paired, clustered } = basis;
  const chosen = new Map(planned.map((one) => [one.chosen.grouping.id, one.chosen]));
  const columns = searchColumns(coded, chosen, true);
  const direction = directionOf(metric.measure);
  const outcomes = outcomeCodes(coded, paired, direction);
  const shape: FigureShape = {
    ...{ outcomes: outcomes.outcomes, origin: outcomes.origin, direction, paired, clustered },
    ...{ isRate: isRate(metric.measure), level: config.policy.level },
  };
  const { dimensions, placeOf, without } = dimensionsOf(planned, coded, columns);
  const own = outcomeDimension(outcomes, direction, paired);
  const filtered = [
    ...(own === null ? [] : [{ codes: own.codes, size: own.dimension.values.length }]),
    ...placeOf.map((at) => ({ codes: coded.columns[at]!.codes, size: coded.columns[at]!.values.length + 1 })),
  ];
  const known = new Set(profile.columns.map(({ name }) => name));
  const facts = { paired, hasTwoRuns: profile.baseline !== null, cases: profile.candidate.cases };
  return {
    answer: {
      metric: {
        ...{ id: metric.id, name: metricName(metric.id), isRate: shape.isRate, direction },
        bounds: boundsOf(metric.measure),
      },
      metrics: metrics.map(({ id }) => id),
      ...{ paired, cases: coded.cases, leftOut: leftOutLines(coded, profile, paired), level: shape.level },
      notes: notesOf(coded, shape, facts),
      dimensions: [...(own === null ? [] : [own.dimension]), ...dimensions],
      pending: basis.pending,
      notCrossed: [...basis.notCrossed, ...without],
    },
    ...{ metric, shape, coded, columns, filtered, outcome: outcomes.codes },
    placeOf: [...(own === null ? [] : [null]), ...placeOf],
    outcomeNames: outcomeNames(outcomes, direction),
    filter: crossFilter({
      ...{ rows: coded.candidate.length, columns: filtered, outcome: outcomes.codes },
      ...{ outcomes: outcomes.count, measures: outcomes.measures },
    }),
    ...{ known, words: { known, format: formatExpression, columnsOf } },
  };
}

/** Columns with a single value cut nothing; of a list only the tags that most cases have are dimensions. */
function dimensionsOf(
  planned: readonly PlannedDimension[],
  coded: CodedTable,
  named: readonly SearchColumn[],
) {
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
