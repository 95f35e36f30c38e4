/** `slicewise discover`: finds the slices that nobody declared, and says how sure it is of each. */

import type { Config, MetricConfig } from '../../config/index.ts';
import type { CodedTable, UnitMeasure } from '../../counts/index.ts';
import { worthFolding } from '../../discovery/index.ts';
import type { ComparisonProfile } from '../../engines/index.ts';
import { defaultMetric } from '../../scope/index.ts';
import { columnsOf } from '../../slices/index.ts';
import { type Comparison, configuredRuns, load, type Ports, type RunPair } from '../../stages/index.ts';
import { type ChosenColumns, chooseColumns, derivable } from './choose-columns.ts';
import { cutNumbers } from './cut-numbers.ts';
import { measureOf } from './error-scale.ts';
import { lengthColumns, lengthCurves } from './length-curves.ts';
import { discoverNotes } from './notes.ts';
import { associate, columnName, crossColumns, overallOf, rankColumns, treeLines } from './overview.ts';
import { checkRequest, type DiscoverRequest } from './request.ts';
import type { DiscoverResult } from './result.ts';
import { searchColumns } from './search-columns.ts';
import { searchModes } from './search-modes.ts';
import { type SearchedCases, searchedCases } from './searched-cases.ts';

/** Beyond this, rows are folded and cases have no names: the predicate selects them. */
const MOST_NAMED = 200_000;

/** A slice of fewer cases says nothing; of small sets a quarter must do. */
const LEAST_CASES = { usual: 20, share: 0.01, ofSmall: 0.25 } as const;

/**
 * Searches the runs of a configuration. Nothing is written, and nothing gates.
 *
 * @throws ConfigError, DataError, EngineError or UsageError, each with every problem found
 */
export async function runDiscover(request: DiscoverRequest, ports: Ports): Promise<DiscoverResult> {
  checkRequest(request);
  const pair = runsOf(request.config);
  ports.progress('reading');
  const comparison = await open(request, pair, ports);
  try {
    const profile = await comparison.engine.profile();
    if (profile.baseline === null || profile.paired > 0)
      return await answer(request, comparison, comparison, profile, ports);
    // Runs without a common case: the new one is searched alone, and the old one only tells how the mix shifted.
    const alone = await open(request, { ...pair, baseline: null }, ports);
    try {
      return await answer(request, alone, comparison, await alone.engine.profile(), ports);
    } finally {
      await alone.engine.close();
    }
  } finally {
    await comparison.engine.close();
  }
}

/** One file with both runs side by side is the old run too: `--map baseline.passed=pass_before`. */
function runsOf(config: Config): RunPair {
  const pair = configuredRuns(config);
  const isBoth = pair.baseline === null && Object.keys(config.columns.baseline).length > 0;
  return isBoth ? { ...pair, baseline: pair.candidate } : pair;
}

function open(request: DiscoverRequest, pair: RunPair, ports: Ports): Promise<Comparison> {
  return load(request.config, pair, ports, { cases: 'rows', derive: (runs) => derivable(runs, request) });
}

async function answer(
  request: DiscoverRequest,
  comparison: Comparison,
  both: Comparison,
  profile: ComparisonProfile,
  ports: Ports,
): Promise<DiscoverResult> {
  const { config } = request;
  const { engine, mappings } = comparison;
  const metric = config.metrics[0] ?? defaultMetric(profile, mappings, config);
  const measure = measureOf(metric, config.policy.errors);
  const chosen = chooseColumns(profile, mappings, [metric, ...config.metrics], request);
  ports.progress('coding');
  const minCases = leastCases(profile, request);
  const { cases, cut } = await readCases(request, comparison, profile, { chosen, metric, measure, minCases });
  const gated = gatedColumns(config);
  const { seed, level } = config.policy;
  ports.progress('searching');
  const lists = new Set(profile.columns.filter(({ isList }) => isList).map(({ name }) => name));
  const found = await searchModes(request, { cases, comparison, both, metric, minCases, lists }, ports);
  ports.progress('ranking dimensions');
  const dimensions = rankColumns(cases, gated, { seed, level, minCases });
  const associations = associate(cases);
  const lengths = cases.ids === null ? [] : lengthColumns(chosen.searched.map(({ column }) => column));
  return {
    study: 'discover',
    schemaVersion: '1.0',
    foundOn: cases.ids !== null || request.adopting ? await engine.fingerprint('candidate') : null,
    metric: metric.id,
    runs: comparison.baseline === null ? 'one run' : 'two runs',
    cases: cases.coded.cases,
    casesLeftOut: Object.values(cases.coded.leftOut).reduce((sum, count) => sum + count, 0),
    overall: overallOf(cases),
    settings: settingsOf(request, minCases),
    columns: cases.columns.filter(({ values }) => values.length > 0).length,
    modes: found.modes,
    slices: found.slices,
    dimensions,
    tree: treeLines(cases, minCases),
    crossed: crossColumns(cases, dimensions, associations),
    lengths: await lengthCurves(engine, cases, lengths, gated, { measure, split: seed }, { seed, level }),
    associations,
    rare: rareOf(cases),
    definitions: cases.columns
      .filter(({ tag }, i) => tag === null || cases.columns[i - 1]?.column !== cases.columns[i]!.column)
      .map(({ column, definition }) => ({ column, definition })),
    notSearched: chosen.left,
    notes: discoverNotes({ request, comparison, both, cases, cut, dimensions, step: found.step }),
  };
}

interface ReadPlan {
  readonly chosen: ChosenColumns;
  readonly metric: MetricConfig;
  readonly measure: UnitMeasure;
  readonly minCases: number;
}

async function readCases(
  request: DiscoverRequest,
  { engine, baseline }: Comparison,
  profile: ComparisonProfile,
  { chosen, metric, measure, minCases }: ReadPlan,
): Promise<{ readonly cases: SearchedCases; readonly cut: readonly string[] }> {
  const { seed } = request.config.policy;
  const ready = await cutNumbers(engine, chosen.searched);
  const isNamed = profile.candidate.cases <= MOST_NAMED;
  const coded = await engine.table({
    ...{ groupings: ready.map(({ grouping }) => grouping), measure, minCases, maxValues: request.maxValues },
    ...{ split: seed, fold: !isNamed && worthFolding(ready.length, request.level) },
  });
  const columns = searchColumns(coded, new Map(ready.map((one) => [one.grouping.id, one])), request.texts);
  const ids = isNamed ? await idsOf(engine, measure, coded, baseline !== null) : null;
  const cut = ready
    .filter(({ grouping }, i) => grouping !== chosen.searched[i]!.grouping)
    .map(({ column }) => column);
  const inHalves = request.search !== 'all';
  return { cases: searchedCases(coded, columns, metric, baseline !== null, ids, inHalves), cut };
}

/** Ids of the rows: the cases that have a value in every run, in the same order; null where rows stand for several cases. */
export async function idsOf(
  engine: Comparison['engine'],
  measure: UnitMeasure,
  coded: Pick<CodedTable, 'candidate' | 'weight'>,
  hasBaseline: boolean,
): Promise<readonly string[] | null> {
  const units = await engine.units({ groupings: [], measure, onlyDiscordant: false });
  const ids = units.ids.filter(
    (_, i) =>
      !Number.isNaN(units.candidate[i]!) &&
      (!hasBaseline || !Number.isNaN(units.baseline[i]!)) &&
      (coded.weight === null || !Number.isNaN(units.weight[i]!)),
  );
  return ids.length === coded.candidate.length ? ids : null;
}

function leastCases(
  { candidate, paired, baseline }: ComparisonProfile,
  { minCases }: DiscoverRequest,
): number {
  const cases = baseline === null ? candidate.cases : paired;
  if (minCases?.kind === 'cases') return minCases.cases;
  if (minCases?.kind === 'share') return Math.max(1, Math.ceil(minCases.share * cases));
  const usual = Math.max(LEAST_CASES.usual, Math.ceil(LEAST_CASES.share * cases));
  return Math.max(1, Math.min(usual, Math.floor(LEAST_CASES.ofSmall * cases)));
}

/** Columns that slices of the configuration look at. */
function gatedColumns({ slices }: Config): ReadonlySet<string> {
  return new Set(
    slices
      .filter(({ gate }) => gate)
      .flatMap(({ cut }) => {
        if (cut.kind === 'cross') return cut.columns;
        if (cut.kind === 'where') return columnsOf(cut.where);
        return cut.column === null ? [] : [cut.column];
      }),
  );
}

function settingsOf(request: DiscoverRequest, minCases: number): DiscoverResult['settings'] {
  const { level, top, order, weight, search, correction, alpha, config } = request;
  return { level, top, minCases, order, weight, search, correction, alpha, seed: config.policy.seed };
}

function rareOf({ columns, coded }: SearchedCases): DiscoverResult['rare'] {
  return [
    ...columns
      .filter(({ rareValues }) => rareValues > 0)
      .map((column) => ({ column: columnName(column), values: column.rareValues, cases: column.rareCases })),
    ...coded.rareTags.map(({ grouping, tags, cases }) => ({
      column: `${grouping} (tags)`,
      values: tags,
      cases,
    })),
  ];
}
