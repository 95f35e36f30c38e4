/** First stage: files become one opened comparison. */

import type { ColumnMapping } from '../cases/index.ts';
import type { Config, RunInput } from '../config/index.ts';
import {
  chooseEngine,
  type Engine,
  openDuckDb,
  openMemory,
  plainBytes,
  type SideSource,
} from '../engines/index.ts';
import { UsageError } from '../errors.ts';
import { type OpenedRun, openRun } from '../sources/index.ts';
import { withLedger } from './with-ledger.ts';

/** What the outside world lends to a run. */
export interface Ports {
  readonly cwd: string;
  readonly now: () => Date;
  /** Says on stderr what takes long; one line at a time. */
  readonly progress: (text: string) => void;
  readonly stdin?: AsyncIterable<Uint8Array>;
}

/** One run as it was opened, with what the ledger knows about it. */
export interface LoadedRun {
  readonly opened: OpenedRun;
  /** Text of the run column that selected it. */
  readonly run: string | null;
  readonly name: string | null;
  /** The run of the ledger that this is; null for files. */
  readonly recorded: { readonly runId: string; readonly name: string } | null;
  readonly ageDays: number | null;
}

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

/**
 * Opens both runs and the engine that fits their size.
 *
 * @throws DataError naming everything that is wrong with the files; UsageError where no candidate is named
 */
export async function load(config: Config, pair: RunPair, ports: Ports): Promise<Comparison> {
  const { both, baseline: forBaseline, candidate: forCandidate } = config.columns;
  const baseline =
    pair.baseline && (await openSide(pair.baseline, { ...both, ...forBaseline }, config, ports));
  const candidate = await openSide(pair.candidate, { ...both, ...forCandidate }, config, ports);
  const runs = [baseline, candidate].filter((run): run is LoadedRun => run !== null);
  const bytes = runs.reduce((sum, { opened }) => sum + opened.bytes * compression(opened), 0);
  const kind = chooseEngine({ parquet: runs.some(({ opened }) => opened.source.kind === 'parquet'), bytes });
  const open = kind === 'memory' ? openMemory : openDuckDb;
  const engine = await open({
    baseline: baseline && sideOf(baseline),
    candidate: sideOf(candidate),
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
  mapping: ColumnMapping,
  config: Config,
  ports: Ports,
): Promise<LoadedRun> {
  const [first] = input.files;
  if (first?.startsWith(LEDGER_PREFIX)) return openRecorded(first.slice(LEDGER_PREFIX.length), config, ports);
  const opened = await openRun({
    files: input.files,
    run: input.run,
    mapping,
    cwd: ports.cwd,
    stdin: ports.stdin,
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
      mapping: baseline.mapping,
      cwd: ports.cwd,
    });
    return {
      opened,
      run: null,
      name: `ledger:${reference}`,
      recorded: { runId: baseline.runId, name: baseline.name },
      ageDays: baseline.ageDays,
    };
  });
}

function sideOf({ opened }: LoadedRun): SideSource {
  return opened.source;
}

function compression({ files }: OpenedRun): number {
  return files.some((file) => plainBytes(file, 1) > 1) ? plainBytes('x.gz', 1) : 1;
}
