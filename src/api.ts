/** The gate from TypeScript: plain options in, the report document out. */

import {
  type Config,
  type Flags,
  type Inputs,
  loadConfig,
  type Policy,
  type RunInput,
} from './config/index.ts';
import { UsageError } from './errors.ts';
import type { Report } from './gate/index.ts';
import type { OpenLedger } from './ledger/index.ts';
import { gate } from './pipeline.ts';
import { prepareRequest } from './request/index.ts';
import {
  REPORT_DEFAULTS,
  type ReportOptions,
  type ReportResult,
  readReportMetrics,
  runReport as reportRuns,
} from './studies/index.ts';

/** A run: paths or patterns of result files, `ledger:NAME@latest`, or rows in memory. */
export type GateRun = string | readonly string[] | RunRows;

/** Objects with the columns as keys, read as the same objects in a file of JSON lines are. */
export interface RunRows {
  readonly rows: readonly object[];
}

/** What to compare. Everything but `candidate` (or a `config` that names one) may be left out. */
export interface GateOptions {
  /** Without a baseline one run is reported. */
  readonly baseline?: GateRun;
  readonly candidate?: GateRun;
  /** A second run of the unchanged baseline. */
  readonly rerun?: GateRun;
  /** Columns whose values are gated. */
  readonly slices?: readonly string[];
  /** Short forms such as `passRate` or `mean:score`. */
  readonly metrics?: readonly string[];
  /** Roles by name, such as `{ passed: 'correct' }`. */
  readonly columns?: Readonly<Record<string, string>>;
  /** Rules that differ from the defaults (or from the configuration file's). */
  readonly policy?: Partial<Policy>;
  /** Path of a slicewise.yaml; it is never looked for. */
  readonly config?: string;
  readonly ledger?: string;
  readonly waivers?: string;
  /** Name under which the ledger keeps the candidate; `main` unless told. */
  readonly recordAs?: string;
  /** Any other flag of the command line, such as `cross`, `where` or `critical`. */
  readonly flags?: Flags;
  /** Hears which stage begins. */
  readonly progress?: (stage: string) => void;
}

/**
 * Gates one release, as `slicewise gate` does, and returns its report. Nothing is written but the ledger, where one is named.
 *
 * @throws ConfigError, DataError, EngineError or UsageError, each with every problem found
 * @example
 * const report = await runGate({ baseline: 'old.jsonl', candidate: { rows }, slices: ['customer'] });
 * report.verdict // 'BLOCK'
 */
export async function runGate(options: GateOptions): Promise<Report> {
  const cwd = process.cwd();
  const request = await prepareRequest(
    { flags: flagsOf(options), configFile: options.config ?? null, recordAs: options.recordAs ?? 'main' },
    cwd,
  );
  const config: Config = {
    ...request.config,
    inputs: withRows(request.config.inputs, options),
    policy: { ...request.config.policy, ...(await checkedPolicy(options.policy ?? {})) },
  };
  if (config.inputs.runs.candidate === null) {
    throw new UsageError({
      message: 'no candidate run is named',
      hint: "runGate({ baseline: 'old.jsonl', candidate: 'new.jsonl' })",
    });
  }
  return gate(
    { ...request, config },
    { cwd, now: () => new Date(), progress: options.progress ?? (() => {}) },
  );
}

/** What to report on, and what is asked; `metrics` are those of `slicewise report`, such as `f1` or `recall:fraud`. */
export interface RunReportOptions
  extends Omit<GateOptions, 'rerun' | 'waivers' | 'recordAs'>,
    Partial<Omit<ReportOptions, 'classMetrics'>> {
  /** Training data, whose rows of each class stand beside its recall. */
  readonly train?: readonly string[];
}

/**
 * Reports on one run or on two, as `slicewise report` does; `renderStudy` shows what it found. Nothing is written or gated.
 *
 * @throws ConfigError, DataError, EngineError or UsageError, each with every problem found
 * @example
 * const { classes } = await runReport({ candidate: { rows: [{ id: 1, expected: 'a', predicted: 'a' }] } });
 * classes.slices[0].figures.accuracy.candidate.estimate // 1
 */
export async function runReport(options: RunReportOptions): Promise<ReportResult> {
  const cwd = process.cwd();
  const { config: configFile, policy, progress, train } = options;
  const { metrics, classMetrics } = readReportMetrics(options.metrics ?? []);
  const flags = flagsOf(options);
  const { metric: _, ...shared } = flags;
  const request = await prepareRequest({ flags: shared, configFile: configFile ?? null }, cwd);
  const { config: read } = request;
  const config: Config = {
    ...read,
    inputs: { ...withRows(read.inputs, options), ...(train === undefined ? {} : { train }) },
    policy: { ...read.policy, ...(await checkedPolicy(policy ?? {})) },
    ...(metrics.length === 0 ? {} : { metrics }),
  };
  if (config.inputs.runs.candidate === null) {
    throw new UsageError({ message: 'no run is named', hint: "runReport({ candidate: 'new.jsonl' })" });
  }
  const asked = Object.fromEntries(
    Object.keys(REPORT_DEFAULTS)
      .map((name) => [name, options[name as keyof RunReportOptions]] as const)
      .filter(([, value]) => value !== undefined),
  ) as Partial<ReportOptions>;
  return reportRuns(
    { ...REPORT_DEFAULTS, ...asked, classMetrics, config },
    { cwd, now: () => new Date(), progress: progress ?? (() => {}) },
  );
}

/** What stands for rows in the commands that a report suggests. */
const STAND_INS = { baseline: 'OLD_RESULTS', candidate: 'NEW_RESULTS', rerun: 'OLD_AGAIN' } as const;

/** Puts rows in memory where their stand-ins are. */
function withRows(inputs: Inputs, options: GateOptions): Inputs {
  const run = (name: keyof typeof STAND_INS): RunInput | null => {
    const given = options[name];
    const known = inputs.runs[name];
    if (!isRows(given)) return known;
    return { files: [`rows of the ${name}`], run: known?.run ?? null, rows: given.rows };
  };
  const runs = { baseline: run('baseline'), candidate: run('candidate'), rerun: run('rerun') };
  return { ...inputs, runs };
}

function isRows(run: GateRun | undefined): run is RunRows {
  return typeof run === 'object' && 'rows' in run;
}

/** The given rules, checked as those of a file are (JSON is YAML). */
async function checkedPolicy(policy: Partial<Policy>): Promise<Partial<Policy>> {
  const names = Object.keys(policy).filter((name) => policy[name as keyof Policy] !== undefined);
  if (names.length === 0) return {};
  const checked = await loadConfig('options of runGate', JSON.stringify({ policy }));
  return Object.fromEntries(names.map((name) => [name, checked.policy[name as keyof Policy]]));
}

function flagsOf(options: GateOptions): Flags {
  const { baseline, candidate, rerun, slices, metrics, columns, ledger, waivers, flags } = options;
  const list = (name: keyof typeof STAND_INS, run: GateRun) =>
    typeof run === 'string' ? [run] : isRows(run) ? [STAND_INS[name]] : run;
  return {
    ...flags,
    ...(baseline === undefined ? {} : { baseline: list('baseline', baseline) }),
    ...(candidate === undefined ? {} : { candidate: list('candidate', candidate) }),
    ...(rerun === undefined ? {} : { rerun: list('rerun', rerun) }),
    ...(slices === undefined ? {} : { slice: slices }),
    ...(metrics === undefined ? {} : { metric: metrics }),
    ...(columns === undefined
      ? {}
      : { map: Object.entries(columns).map(([role, column]) => `${role}=${column}`) }),
    ...(ledger === undefined ? {} : { ledger }),
    ...(waivers === undefined ? {} : { waivers }),
  };
}

/**
 * Opens a ledger, see `Ledger`; close it when done.
 *
 * @example
 * const ledger = await openLedger('.slicewise/ledger.db', { now: () => new Date(), create: false });
 * const { series } = await ledger.history({ slice: 'customer=refund_flow' });
 */
export const openLedger: OpenLedger = async (path, options) =>
  (await import('./ledger/index.ts')).openLedger(path, options);
