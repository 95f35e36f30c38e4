/** Puts derived columns beside the rows of the runs, from the cache where they were computed before. */

import type { Config } from '../config/index.ts';
import {
  columnsRead,
  DERIVE_VERSION,
  type DerivedModel,
  derivedColumns,
  derivedDimension,
  fitDerived,
  needsFit,
  type RowsSide,
} from '../derived/index.ts';
import { withDerivedCells } from './derive-chunks.ts';
import { deriveParquet } from './derive-parquet.ts';
import type { DerivePlan } from './derive-plan.ts';
import { fileIdentity } from './derived-cache.ts';
import { type InputVectors, inputVectors, withVectors } from './derived-vectors.ts';
import type { BothRuns, LoadedRun } from './loaded-run.ts';
import type { Ports } from './ports.ts';
import { rowsOf } from './run-rows.ts';
import { configuredModel } from './text-model.ts';

/**
 * The runs with the derived columns that are named. Columns that the files have already are used as they are; what is fitted on
 * all texts (clusters, boilerplate) is computed anew for both runs unless both have it, so that one definition holds.
 *
 * @throws ConfigError or DataError where vectors or a model are named that are not there
 */
export async function deriveRuns(
  names: readonly string[],
  runs: BothRuns,
  config: Config,
  ports: Ports,
): Promise<BothRuns> {
  const sides: readonly (readonly [RowsSide, LoadedRun])[] = [
    ...(runs.baseline === null ? [] : [['baseline', runs.baseline] as const]),
    ['candidate', runs.candidate],
  ];
  const { seed } = config.policy;
  const isClustered = names.includes('derived.cluster');
  const vectors = isClustered ? await inputVectors(config, runs, ports.cwd) : null;
  const textModel = isClustered ? await configuredModel(config, ports) : null;
  const given = [vectors?.facts ?? null, textModel?.facts ?? null];
  const settings = {
    seed,
    k: config.clusters?.count ?? null,
    ...(config.classes?.positive == null ? {} : { positive: config.classes.positive }),
    ...(vectors === null ? {} : { vectorColumn: vectors.column }),
  };
  const namesOf = (side: RowsSide, run: LoadedRun) =>
    names.filter((name) => isComputed(name, side, run, sides));
  const fit = async (): Promise<DerivedModel> => {
    ports.progress('comparing texts for derived dimensions');
    const rows = sides.map(([, run]) => {
      const { chunks, mapping } = rowsOf(run, readColumns(names, run, vectors));
      return { chunks: withVectors(chunks, vectors), mapping };
    });
    return fitDerived(rows, names, {
      ...settings,
      ...(textModel === null ? {} : { model: await textModel.open() }),
    });
  };
  let fitted: Promise<DerivedModel> | null = null;
  const model = async (): Promise<DerivedModel | undefined> => {
    if (!needsFit(names)) return undefined;
    fitted ??= fit();
    return fitted;
  };
  const together = needsFit(names) ? await Promise.all(sides.map(([, run]) => runFacts(run, ports.cwd))) : [];
  const derived = await Promise.all(
    sides.map(async ([side, run]) => {
      const own = namesOf(side, run);
      if (own.length === 0) return run;
      const facts = [await runFacts(run, ports.cwd), ...together];
      return deriveRun({
        side,
        run,
        names: own,
        reads: readColumns(own, run, vectors),
        vectors,
        model,
        facts: facts.includes(null)
          ? null
          : [DERIVE_VERSION, process.versions.unicode, side, own, settings, given, facts],
        cacheFolder: ports.cacheFolder ?? null,
        cwd: ports.cwd,
      });
    }),
  );
  const candidate = derived[derived.length - 1] ?? runs.candidate;
  return { baseline: runs.baseline === null ? null : (derived[0] ?? null), candidate };
}

/** Whether the column of a dimension must be made for a run. */
function isComputed(
  name: string,
  side: RowsSide,
  run: LoadedRun,
  sides: readonly (readonly [RowsSide, LoadedRun])[],
): boolean {
  const one = derivedDimension(name);
  if (one === null || (one.filledBy !== 'both' && one.filledBy !== side)) return false;
  const has = ({ opened }: LoadedRun) => opened.columns.includes(name);
  if (!one.fitted) return !has(run);
  return !sides.every(([other, its]) => (one.filledBy !== 'both' && one.filledBy !== other) || has(its));
}

async function deriveRun(plan: DerivePlan): Promise<LoadedRun> {
  const { run, names } = plan;
  const { opened } = run;
  const source =
    opened.source.kind === 'rows'
      ? { ...opened.source, chunks: withDerivedCells(opened.source.chunks, plan) }
      : { ...opened.source, files: await deriveParquet(opened.source.files, plan) };
  const columns = [...new Set([...opened.columns, ...derivedColumns(names)])];
  return { ...run, opened: { ...opened, source, columns } };
}

/** What the rows of a run depend on; null where one of its files is none. */
async function runFacts({ opened, run }: LoadedRun, cwd: string): Promise<unknown> {
  const identity = await fileIdentity(opened.files, cwd);
  return identity === null
    ? null
    : [identity, opened.mapping, run, opened.format, opened.imported?.run ?? null];
}

function readColumns(
  names: readonly string[],
  { opened }: LoadedRun,
  vectors: InputVectors | null,
): readonly string[] {
  const reads = names.flatMap((name) => {
    const one = derivedDimension(name);
    return one === null ? [] : columnsRead(one, opened);
  });
  return [...new Set([...reads, ...(vectors === null ? [] : [vectors.column])])];
}
