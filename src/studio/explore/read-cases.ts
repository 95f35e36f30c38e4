/** Reads the cases for the page, once per metric: first what the engine has at hand, then what takes longer. */

import type { MetricConfig } from '../../config/index.ts';
import type { CodedTable } from '../../counts/index.ts';
import { isDerivedName } from '../../derived/index.ts';
import type { Engine } from '../../engines/index.ts';
import { UsageError } from '../../errors.ts';
import type { OpenRelease } from '../../pipeline.ts';
import { type Comparison, configuredRuns, load } from '../../stages/index.ts';
import { measureOf } from '../../studies/index.ts';
import type { ExploreScope } from '../contract/explore.ts';
import type { StudioSession } from '../session.ts';
import {
  derivedHere,
  isQuick,
  MOST_DERIVED,
  type PlannedDimension,
  planDimensions,
  withEdges,
} from './choose-dimensions.ts';
import { assemble, type Basis, type ExploreCases } from './explore-cases.ts';

/** Values of a dimension that have a bar of their own. */
const MOST_VALUES = 60;

/** Cases up to which numbers, lengths and times are read at once. */
const MOST_AT_ONCE = 100_000;

/** A basis with what is still to be read. */
interface FirstCases {
  readonly basis: Basis;
  readonly later: readonly PlannedDimension[];
  /** Columns that are computed from the inputs. */
  readonly derived: readonly string[];
}

/** @throws UsageError where no metric of the comparison has a value per case, or `wanted` is none of them */
export async function allCases(
  wanted: string | null,
  depth: ExploreScope['depth'],
  session: StudioSession,
): Promise<ExploreCases> {
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
  const read = await session.once(`explore:read:${metric.id}`, () => readFirst(metric, metrics, session));
  const first = await session.once(`explore:first:${metric.id}`, async () =>
    assemble(read.basis, session.release),
  );
  if (depth === 'first' || read.basis.pending.length === 0) return first;
  return session.once(`explore:all:${metric.id}`, async () =>
    assemble(await readLater(read, session), session.release),
  );
}

function hasCaseValues({ measure }: MetricConfig): boolean {
  return measure.kind !== 'quantile' && measure.kind !== 'class';
}

async function readFirst(
  metric: MetricConfig,
  metrics: readonly MetricConfig[],
  session: StudioSession,
): Promise<FirstCases> {
  const { comparison, profile } = session.release;
  const alone = profile.baseline !== null && profile.paired === 0;
  if (alone) return readAlone(metric, metrics, session);
  const { planned, notCrossed } = planDimensions(session.release, profile, comparison.mappings);
  const cases = profile.candidate.cases;
  const isSmall = cases <= MOST_AT_ONCE;
  const now = isSmall ? planned : planned.filter((one) => isQuick(one));
  const later = planned.filter((one) => !now.includes(one));
  const derived = cases <= MOST_DERIVED && isReadable(comparison) ? derivedHere(comparison) : [];
  const missing = derived.filter((name) => !profile.columns.some((column) => column.name === name));
  const { ready, coded } = await session.inTurn(() => read(comparison.engine, now, metric, session.release));
  const { baseline, clustered } = comparison;
  const pending = [...later.map(({ chosen }) => chosen.column), ...missing];
  return {
    basis: {
      ...{ metric, metrics, planned: ready, notCrossed, coded, clustered, pending },
      paired: baseline !== null,
    },
    ...{ later, derived: missing },
  };
}

/** Runs without a common case: the new one is looked at alone. */
async function readAlone(
  metric: MetricConfig,
  metrics: readonly MetricConfig[],
  { release, ports }: StudioSession,
): Promise<FirstCases> {
  const { config } = release;
  const own = await load(config, { ...configuredRuns(config), baseline: null }, ports);
  try {
    const { planned, notCrossed } = planDimensions(release, await own.engine.profile(), own.mappings);
    const { ready, coded } = await read(own.engine, planned, metric, release);
    const basis = {
      metric,
      metrics,
      planned: ready,
      notCrossed,
      coded,
      clustered: own.clustered,
      paired: false,
    };
    return { basis: { ...basis, pending: [] }, later: [], derived: [] };
  } finally {
    await own.engine.close();
  }
}

/** Standard input cannot be read a second time. */
function isReadable({ baseline, candidate }: Comparison): boolean {
  return [baseline, candidate].every((run) => run === null || !run.opened.files.includes('-'));
}

/** One dimension at a time, so that others have the engine in between; derived columns need the rows once more. */
async function readLater({ basis, later, derived }: FirstCases, session: StudioSession): Promise<Basis> {
  const planned = [...basis.planned];
  const columns = [...basis.coded.columns];
  const rareTags = [...basis.coded.rareTags];
  const notCrossed = [...basis.notCrossed];
  const add = ({ ready, coded }: Read): void => {
    // Rows are cases in the order of their ids: other rows would be other cases.
    if (coded.candidate.length !== basis.coded.candidate.length) return;
    planned.push(...ready);
    columns.push(...coded.columns);
    rareTags.push(...coded.rareTags);
  };
  for (const one of later) {
    add(
      await session.inTurn(({ comparison }) => read(comparison.engine, [one], basis.metric, session.release)),
    );
  }
  if (derived.length > 0) {
    const { config } = session.release;
    const own = await load(config, configuredRuns(config), session.ports, { derive: () => derived });
    try {
      const plan = planDimensions(session.release, await own.engine.profile(), own.mappings);
      const made = plan.planned.filter(({ chosen }) => derived.includes(chosen.column));
      add(await read(own.engine, made, basis.metric, session.release));
      notCrossed.push(...plan.notCrossed.filter(({ column }) => isDerivedName(column)));
    } finally {
      await own.engine.close();
    }
  }
  return { ...basis, planned, notCrossed, coded: { ...basis.coded, columns, rareTags }, pending: [] };
}

interface Read {
  readonly ready: readonly PlannedDimension[];
  readonly coded: CodedTable;
}

async function read(
  engine: Engine,
  planned: readonly PlannedDimension[],
  metric: MetricConfig,
  { config: { policy } }: OpenRelease,
): Promise<Read> {
  const ready: PlannedDimension[] = [];
  for (const one of planned) ready.push(await withEdges(one, engine));
  const coded = await engine.table({
    groupings: ready.map(({ chosen }) => chosen.grouping),
    measure: measureOf(metric, policy.errors),
    ...{ minCases: 1, maxValues: MOST_VALUES, split: policy.seed, fold: false },
  });
  return { ready, coded };
}
