/** Answers a filter: the kernel counts in steps, so that other questions have their turn between them. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import { UsageError } from '../../errors.ts';
import { clusteredDelta, clusteredSide } from '../../evidence/index.ts';
import { type Estimate, weightedWilsonInterval } from '../../stats/index.ts';
import type {
  ExploreBars,
  ExploreCounts,
  ExploreHeatmap,
  ExploreLine,
  ExploreShow,
} from '../contract/explore.ts';
import type { ExploreChoice } from '../contract/explore-selection.ts';
import type { StudioSession } from '../session.ts';
import { allBars, heatmapOf } from './answer-counts.ts';
import type { FilterCounts } from './count-rows.ts';
import type { ExploreCases } from './explore-cases.ts';
import { lineOf } from './figures.ts';
import { codesOf, definitionOf, unknownChoices } from './selection.ts';

/** Rows times dimensions up to which the intervals of bars are made from clusters. */
const MOST_CLUSTERED = 1_000_000;

/** Filters of one table are counted one after the other, since each starts from the last. */
const turns = new WeakMap<ExploreCases, Promise<unknown>>();

/** Drives steps, giving way between them. */
async function inSteps<T>(steps: Generator<void, T>): Promise<T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await nextTurn();
  }
}

/**
 * Counts under a filter and hands them over together with the state of the rows, before the next filter changes it.
 *
 * @throws UsageError naming every dimension and value of the filter that the cases do not have
 */
export function withCounts<T>(
  cases: ExploreCases,
  filter: readonly ExploreChoice[],
  use: (counts: FilterCounts) => T,
): Promise<T> {
  const { dimensions } = cases.answer;
  const unknown = unknownChoices(dimensions, filter);
  if (unknown.length > 0) {
    throw new UsageError(
      unknown.map((message) => ({ message, hint: 'this filter was made on other results: clear it' })),
    );
  }
  const own = (turns.get(cases) ?? Promise.resolve()).then(async () =>
    use(await inSteps(cases.filter.counting(codesOf(dimensions, filter)))),
  );
  turns.set(
    cases,
    own.catch(() => undefined),
  );
  return own;
}

/** From so many cases on the first filter would wait noticeably for code that was never compiled. */
const MANY_CASES = 300_000;

/** Filters that are counted ahead of the first click. */
const WARM_UPS = 3;

const warm = new WeakSet<ExploreCases>();

/** Counts some filters before anybody asks, once per table, so that the first click is as quick as the others. */
function warmUp(cases: ExploreCases): void {
  if (warm.has(cases)) return;
  warm.add(cases);
  const filters = cases.answer.dimensions
    .slice(0, WARM_UPS)
    .flatMap(({ id, values }) => values.slice(0, 1).map(({ key }) => [{ dimension: id, values: [key] }]));
  setImmediate(() => {
    for (const filter of [...filters, []])
      void withCounts(cases, filter, () => undefined).catch(() => undefined);
  });
}

/** What a filter leaves, with the same of all cases beside it. */
export async function answerCounts(
  cases: ExploreCases,
  filter: readonly ExploreChoice[],
  show: ExploreShow,
  session: StudioSession,
): Promise<ExploreCounts> {
  const { answer } = cases;
  const all = await session.once(`explore:line:${answer.metric.id}`, () =>
    withCounts(cases, [], (counts) => wholeLine(cases, counts, session)),
  );
  if (cases.coded.candidate.length >= MANY_CASES) warmUp(cases);
  return withCounts(cases, filter, (counts) => ({
    all,
    selected: filter.length === 0 ? all : wholeLine(cases, counts, session),
    bars: barsAnswer(cases, counts, show, session),
    definition: definitionOf(answer.dimensions, filter, cases.words),
  }));
}

function barsAnswer(
  cases: ExploreCases,
  counts: FilterCounts,
  show: ExploreShow,
  session: StudioSession,
): readonly ExploreBars[] {
  const { answer, shape, filtered, coded } = cases;
  const bars = allBars(answer.dimensions, counts, show, shape);
  const isSmall = coded.candidate.length * filtered.length <= MOST_CLUSTERED;
  if (!shape.clustered || !isSmall) return bars;
  const { many, which } = cases.filter.failing();
  return bars.map((own, at) => {
    const { codes, size } = filtered[at]!;
    const rows: number[][] = Array.from({ length: size }, () => []);
    for (let row = 0; row < many.length; row++) {
      if (many[row] === 0 || (many[row] === 1 && which[row] === at + 1)) rows[codes[row]!]!.push(row);
    }
    const figures = answer.dimensions[at]!.values.map(({ code }) =>
      rows[code]!.length === 0 ? null : clusteredFigure(cases, rows[code]!, show, session),
    );
    return {
      ...own,
      lower: figures.map((one) => one?.lower ?? null),
      upper: figures.map((one) => one?.upper ?? null),
    };
  });
}

/** The selection, with what counts alone do not tell: clusters and weights. */
function wholeLine(cases: ExploreCases, counts: FilterCounts, session: StudioSession): ExploreLine {
  const { shape, coded } = cases;
  const line = lineOf(counts, shape);
  if (!shape.clustered && coded.weight === null) return line;
  const { many } = cases.filter.failing();
  const rows: number[] = [];
  for (let row = 0; row < many.length; row++) if (many[row] === 0) rows.push(row);
  const weighted = weightedOf(cases, rows);
  if (!shape.clustered || rows.length === 0) return { ...line, weighted };
  return {
    ...line,
    weighted,
    before: shape.paired ? clusteredFigure(cases, rows, 'before', session) : null,
    after: clusteredFigure(cases, rows, 'after', session),
    delta: shape.paired ? clusteredFigure(cases, rows, 'delta', session) : null,
  };
}

/** As the gate estimates slices of clustered cases. */
function clusteredFigure(
  { coded, shape }: ExploreCases,
  rows: readonly number[],
  show: ExploreShow,
  { release }: StudioSession,
): Estimate {
  const { policy } = release.config;
  const clustered = {
    baseline: Float64Array.from(rows, (row) => coded.baseline[row]!),
    candidate: Float64Array.from(rows, (row) => coded.candidate[row]!),
    cluster: Int32Array.from(rows, (row) => coded.cluster![row]!),
  };
  if (show === 'delta') return clusteredDelta(clustered, policy, shape.isRate);
  const side = show === 'before' ? 'baseline' : 'candidate';
  return clusteredSide(clustered, side, policy, shape.isRate);
}

/** The rate of the new run by weight, as reports show it. */
function weightedOf({ coded, shape }: ExploreCases, rows: readonly number[]): Estimate | null {
  const { weight, candidate } = coded;
  if (weight === null || !shape.isRate) return null;
  let [successWeight, total, squaredWeight] = [0, 0, 0];
  for (const row of rows) {
    successWeight += candidate[row]! * weight[row]!;
    total += weight[row]!;
    squaredWeight += weight[row]! ** 2;
  }
  if (!(total > 0)) return null;
  const sums = { successWeight: Math.min(successWeight, total), weight: total, squaredWeight };
  return { ...weightedWilsonInterval(sums, shape.level), n: rows.length };
}

/** @throws UsageError where a dimension is not there, or both are the same */
export function answerHeatmap(
  cases: ExploreCases,
  asked: {
    readonly rows: string;
    readonly columns: string;
    readonly filter: readonly ExploreChoice[];
    readonly show: ExploreShow;
  },
): Promise<ExploreHeatmap> {
  const { answer, shape, filtered, outcome, filter } = cases;
  const unknown = unknownChoices(answer.dimensions, [
    ...asked.filter,
    ...[asked.rows, asked.columns].map((dimension) => ({ dimension, values: [] })),
  ]);
  if (unknown.length > 0 || asked.rows === asked.columns) {
    const problems = asked.rows === asked.columns ? ['a dimension cannot be crossed with itself'] : unknown;
    throw new UsageError(
      problems.map((message) => ({ message, hint: 'choose two dimensions of this data' })),
    );
  }
  const at = (id: string) => answer.dimensions.findIndex((dimension) => dimension.id === id);
  const input = {
    ...{ dimensions: answer.dimensions, columns: filtered, outcome },
    ...{ outcomes: filter.table.outcomes, measures: filter.table.measures },
  };
  return inSteps(
    heatmapOf(
      input,
      codesOf(answer.dimensions, asked.filter),
      [at(asked.rows), at(asked.columns)],
      asked.show,
      shape,
    ),
  );
}
