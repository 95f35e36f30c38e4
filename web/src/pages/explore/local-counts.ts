/** Answers filters inside an HTML report: the table is in the file, and the kernel is the studio's own. */

import { columnsOf } from '../../../../src/slices/expression.ts';
import { formatExpression } from '../../../../src/slices/format-expression.ts';
import type {
  ExploreCounts,
  ExploreDimensions,
  ExploreHeatmap,
  ExploreScope,
} from '../../../../src/studio/contract/index.ts';
import { allBars, heatmapOf } from '../../../../src/studio/explore/answer-counts.ts';
import { type CrossFilter, crossFilter } from '../../../../src/studio/explore/cross-filter.ts';
import { type FigureShape, lineOf } from '../../../../src/studio/explore/figures.ts';
import { codesOf, definitionOf, unknownChoices } from '../../../../src/studio/explore/selection.ts';
import { AskError, type DataSource, type Params } from '../../data/source.ts';

interface Local {
  readonly answer: ExploreDimensions;
  readonly filter: CrossFilter;
  readonly shape: FigureShape;
  /** Columns of the results: those that no gate computes. */
  readonly known: ReadonlySet<string>;
}

const made = new Map<string, Promise<Local>>();

/** @throws AskError where the file has no table, or a value of the filter is not in it */
export async function localCounts(
  params: Params<'explore-counts'>,
  source: DataSource,
): Promise<ExploreCounts> {
  const { answer, filter, shape, known } = await localTable(params, source);
  const { dimensions } = answer;
  const unknown = unknownChoices(dimensions, params.filter);
  if (unknown.length > 0) {
    const hint = 'this filter was made on other results: clear it';
    throw new AskError(
      'refused',
      unknown.map((message) => ({ message, hint, where: null })),
    );
  }
  const all = lineOf(filter.count(codesOf(dimensions, [])), shape);
  const counts = filter.count(codesOf(dimensions, params.filter));
  return {
    all,
    selected: lineOf(counts, shape),
    bars: allBars(dimensions, counts, params.show, shape),
    definition: definitionOf(dimensions, params.filter, { known, columnsOf, format: formatExpression }),
  };
}

/** @throws AskError likewise */
export async function localHeatmap(
  params: Params<'explore-heatmap'>,
  source: DataSource,
): Promise<ExploreHeatmap> {
  const { answer, filter, shape } = await localTable(params, source);
  const { dimensions } = answer;
  const at = (id: string) => dimensions.findIndex((dimension) => dimension.id === id);
  const { columns, outcome, outcomes, measures } = filter.table;
  const steps = heatmapOf(
    { dimensions, columns, outcome, outcomes, measures },
    codesOf(dimensions, params.filter),
    [at(params.rows), at(params.columns)],
    params.show,
    shape,
  );
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

function localTable({ metric, where, depth }: ExploreScope, source: DataSource): Promise<Local> {
  const scope = { metric, where, depth };
  const key = JSON.stringify(scope);
  const known = made.get(key);
  if (known !== undefined) return known;
  const local = readTable(scope, source);
  made.set(key, local);
  local.catch(() => made.delete(key));
  return local;
}

async function readTable(scope: ExploreScope, source: DataSource): Promise<Local> {
  const [answer, table] = await Promise.all([
    source.ask('explore-dimensions', scope),
    source.ask('explore-table', scope),
  ]);
  if (table.tooLarge !== null) {
    throw new AskError('refused', [
      {
        message: `This file cannot be filtered: ${table.tooLarge}.`,
        hint: 'The studio filters any number of cases: open it on the same results.',
        where: null,
      },
    ]);
  }
  const columns = table.codes.map((codes, i) => ({
    codes: bytesOf(codes),
    size: 1 + Math.max(0, ...answer.dimensions[i]!.values.map(({ code }) => code)),
  }));
  const shape: FigureShape = {
    outcomes: table.outcomes,
    origin: { before: 0, after: 0 },
    isRate: answer.metric.isRate,
    direction: answer.metric.direction,
    paired: answer.paired,
    level: answer.level,
    clustered: false,
  };
  const filter = crossFilter({
    rows: table.rows,
    columns,
    outcome: bytesOf(table.outcome),
    outcomes: table.outcomes.length,
    measures: [],
  });
  const derived = answer.dimensions.filter(({ id }) => id.startsWith('derived.')).map(({ id }) => id);
  return { answer, filter, shape, known: namedColumns(answer, derived) };
}

/** Every column that a predicate of these dimensions names, but those that are computed. */
function namedColumns({ dimensions }: ExploreDimensions, derived: readonly string[]): ReadonlySet<string> {
  const names = dimensions.map(({ id }) => id.replace(/^length\((.*)\)$/, '$1').replace(/: .*$/, ''));
  return new Set(names.filter((name) => !derived.includes(name)));
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
