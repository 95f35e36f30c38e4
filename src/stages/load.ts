/** First stage: files become one opened comparison. */

import { type ColumnMapping, caseKey } from '../cases/index.ts';
import type { Config, RunInput } from '../config/index.ts';
import {
  chooseEngine,
  DuplicateError,
  type Engine,
  openDuckDb,
  openMemory,
  plainBytes,
  type SideSource,
} from '../engines/index.ts';
import { allOrProblems, DataError, formatProblem, UsageError } from '../errors.ts';
import type { Baseline } from '../ledger/index.ts';
import { type OpenedRun, openRows, openRun, type RunSide, unknownCases } from '../sources/index.ts';
import { checkDerived, derivedNames } from './derived-names.ts';
import { checkDirections } from './imported-runs.ts';
import type { BothRuns, LoadedRun } from './loaded-run.ts';
import { holdsBothRuns } from './one-file.ts';
import type { Ports } from './ports.ts';
import { comparisonSource, isSameInput } from './same-rows.ts';
import { withUnchosenRuns } from './unchosen-runs.ts';
import { withLedger } from './with-ledger.ts';

export type { LoadedRun } from './loaded-run.ts';

export interface Comparison {
  readonly engine: Engine;
  readonly baseline: LoadedRun | null;
  readonly candidate: LoadedRun;
  /** Complete mappings of the runs that exist, baseline first. */
  readonly mappings: readonly ColumnMapping[];
  /** Cases are grouped by a cluster column, so whole clusters are the units of every test. */
  readonly clustered: boolean;
}

/** Runs that a comparison opens; `rerun` compares the baseline with a second run of itself. */
export type RunPair = { readonly baseline: RunInput | null; readonly candidate: RunInput };

/** Prefix of a baseline that the ledger holds. */
const LEDGER_PREFIX = 'ledger:';

/** How to open a comparison. */
export interface LoadOptions {
  /** `rows`: where no column is the case id or the input, each row is a case; both runs must then be in the same files. */
  readonly cases?: 'rows';
  /** Derived columns to add to those that the configuration names, chosen once the runs are known; each must be possible. */
  readonly derive?: (runs: BothRuns) => readonly string[];
}

/**
 * Opens both runs and the engine that fits their size. Files that hold both runs side by side are read once, and may be named once.
 *
 * @throws DataError naming everything that is wrong with the files; UsageError where no candidate is named
 */
export async function load(
  config: Config,
  pair: RunPair,
  ports: Ports,
  options: LoadOptions = {},
): Promise<Comparison> {
  const { both, baseline: forBaseline, candidate: forCandidate } = config.columns;
  const holdsBoth = pair.baseline !== null && isSameInput(pair.baseline, pair.candidate);
  // Rows of a file with both runs pair with themselves; a ledger would take the same place in another file for the same case.
  const mayBeRows = config.ledger === null && (holdsBoth || pair.baseline === null);
  const own = { ...options, ...(mayBeRows ? { cases: 'rows' as const } : {}), holdsBoth };
  const [first, second] = await allOrProblems(
    async () =>
      pair.baseline &&
      (await openSide(pair.baseline, 'baseline', { ...both, ...forBaseline }, config, ports, own)),
    () =>
      openSide(
        pair.candidate,
        pair.baseline === null ? 'alone' : 'candidate',
        { ...both, ...forCandidate },
        config,
        ports,
        own,
      ),
  );
  if (pair.baseline === null && holdsBothRuns(pair.candidate, second.opened, config)) {
    return load(config, { ...pair, baseline: pair.candidate }, ports, options);
  }
  if (pair.baseline === null && options.cases !== 'rows') refuseRows(second.opened);
  const { baseline, candidate, hasDerived } = await withDerived(
    config,
    { baseline: first, candidate: second },
    ports,
    options,
  );
  const runs = [baseline, candidate].filter((run): run is LoadedRun => run !== null);
  checkDirections(
    runs.map(({ opened }) => opened),
    config,
  );
  const source = comparisonSource({ baseline, candidate }, pair, hasDerived);
  const isSame = source.baseline?.kind === 'same';
  const read = isSame ? [candidate] : runs;
  const bytes = read.reduce((sum, { opened }) => sum + opened.bytes * compression(opened), 0);
  const kind = chooseEngine({ parquet: runs.some(({ opened }) => opened.source.kind === 'parquet'), bytes });
  const open = kind === 'memory' ? openMemory : openDuckDb;
  // Engines read the baseline first, but where both runs are the same rows, these as the candidate's.
  const other = isSame ? baseline : baseline && candidate;
  const engine = await open(source).catch(async (error: unknown) => {
    const isOfBaseline = error instanceof DuplicateError && error.side === 'baseline';
    const side = isOfBaseline ? 'baseline' : pair.baseline === null ? 'alone' : 'candidate';
    const told = await withUnchosenRuns(error, isOfBaseline ? baseline : candidate, side);
    return withOtherProblems(told, other?.opened.source ?? null);
  });
  const mappings = runs.map(({ opened }) => opened.mapping);
  return {
    engine,
    baseline,
    candidate,
    mappings,
    clustered: mappings.some(({ cluster }) => cluster !== undefined),
  };
}

/** One run alone must say what its cases are, for it will be compared. */
function refuseRows({ mapping, columns, files, imported }: OpenedRun): void {
  if (imported !== null || caseKey(mapping) !== 'row') return;
  throw new DataError(unknownCases(columns, files[0]));
}

/** Derived columns are put beside the rows only where the configuration names any, or a study asks for some. */
async function withDerived(
  config: Config,
  runs: BothRuns,
  ports: Ports,
  { derive }: LoadOptions,
): Promise<BothRuns & { readonly hasDerived: boolean }> {
  const configured = derivedNames(config);
  const names = [...new Set([...configured, ...(derive?.(runs) ?? [])])];
  if (names.length === 0) return { ...runs, hasDerived: false };
  checkDerived(config, configured, runs);
  const { deriveRuns } = await import('./derive-runs.ts');
  return { ...(await deriveRuns(names, runs, config, ports)), hasDerived: true };
}

/** Engines stop at the run that they read first, so the other one's rows are read here for their problems alone. */
async function withOtherProblems(error: unknown, other: SideSource | null): Promise<never> {
  if (!(error instanceof DataError) || other?.kind !== 'rows') throw error;
  const known = new Set(error.problems.map(formatProblem));
  try {
    for await (const _chunk of other.chunks);
  } catch (second) {
    if (!(second instanceof DataError)) throw error;
    const more = second.problems.filter((problem) => !known.has(formatProblem(problem)));
    throw new DataError([...error.problems, ...more], { cause: error });
  }
  throw error;
}

/** The two runs that a configuration asks to compare. */
export function configuredRuns(config: Config): RunPair {
  const { baseline, candidate } = config.inputs.runs;
  if (candidate === null) {
    throw new UsageError({
      message: 'no candidate run was named',
      hint: 'slicewise OLD_RESULTS NEW_RESULTS, or inputs.runs.candidate in slicewise.yaml',
    });
  }
  return { baseline, candidate };
}

async function openSide(
  input: RunInput,
  side: RunSide,
  mapping: ColumnMapping,
  config: Config,
  ports: Ports,
  options: LoadOptions & { readonly holdsBoth: boolean },
): Promise<LoadedRun> {
  const [first] = input.files;
  if (first?.startsWith(LEDGER_PREFIX)) return openRecorded(first.slice(LEDGER_PREFIX.length), config, ports);
  const { files, run, rows, from = null, score = null } = input;
  const opened =
    rows === undefined
      ? await openRun({
          files,
          run,
          mapping,
          passWords: config.passWords,
          from,
          score,
          side,
          cwd: ports.cwd,
          stdin: ports.stdin,
          ...options,
        })
      : await openRows({
          rows,
          label: first ?? 'rows',
          run,
          mapping,
          passWords: config.passWords,
          side,
          ...options,
        });
  return { opened, run: input.run, name: null, recorded: null, ageDays: null };
}

async function openRecorded(reference: string, config: Config, ports: Ports): Promise<LoadedRun> {
  if (config.ledger === null) {
    throw new UsageError({
      message: `'ledger:${reference}' names a recorded run, but no ledger is configured`,
      hint: 'add --ledger PATH, or ledger: PATH to slicewise.yaml',
    });
  }
  return withLedger(config.ledger, ports, false, async (ledger) => {
    const baseline = await ledger.resolveBaseline(reference);
    const opened = await openRun({
      files: [baseline.file],
      run: null,
      from: 'rows',
      mapping: baseline.mapping,
      cwd: ports.cwd,
    });
    return {
      opened: { ...opened, notes: [...opened.notes, ...passedOver(reference, baseline)] },
      run: null,
      name: `ledger:${reference}`,
      recorded: { runId: baseline.runId, name: baseline.name },
      ageDays: baseline.ageDays,
    };
  });
}

function passedOver(reference: string, { name, passedOver: count }: Baseline): readonly string[] {
  if (count === 0) return [];
  const runs = count === 1 ? `1 newer run of ${name} was` : `${count} newer runs of ${name} were`;
  return [`ledger:${reference} is the newest run that no gate blocked: ${runs} blocked`];
}

function compression({ files }: OpenedRun): number {
  return files.some((file) => plainBytes(file, 1) > 1) ? plainBytes('x.gz', 1) : 1;
}
