/** The whole way of a release, read this first: load, count, check, decide, report, record. */

import { runChecks } from './checks/index.ts';
import type { Config } from './config/index.ts';
import { type Report, releaseSteps, type WaiverEntry } from './gate/index.ts';
import { resolveScope } from './scope/index.ts';
import {
  caseHistories,
  churnNotes,
  collectFlips,
  configuredRuns,
  countLooks,
  decide,
  describeRuns,
  diagnose,
  load,
  measurable,
  measure,
  type OpenRelease,
  type Ports,
  pairingOf,
  readSelfCheck,
  record,
  recordRerun,
  rerunChurn,
  trainingPass,
  withoutFoundHere,
} from './stages/index.ts';
import { givingWay } from './steps.ts';
import { VERSION } from './version.ts';

export type { OpenRelease } from './stages/index.ts';

/** What to gate, beside the configuration. */
export interface GateRequest {
  readonly config: Config;
  readonly waivers: readonly WaiverEntry[];
  /** Shell-quoted arguments that repeat this comparison, for the report's next steps. */
  readonly inputs: string;
  /** The same without the runs, for a second stage. */
  readonly rules: string;
  /** Name under which the ledger keeps the candidate, such as `main`. */
  readonly recordAs: string;
}

/**
 * Gates one release: compares the configured candidate with its baseline, slice by slice.
 *
 * Nothing is written but the ledger, where one is configured. The same files and configuration give the same document.
 *
 * @throws ConfigError, DataError, EngineError or UsageError, each with every problem found
 * @example
 * const report = await gate({ config, waivers: [], inputs: 'old.jsonl new.jsonl', rules: '', recordAs: 'main' }, ports);
 * report.verdict // 'BLOCK'
 */
export async function gate(request: GateRequest, ports: Ports): Promise<Report> {
  const release = await openRelease(request, ports, { records: true });
  await release.close();
  return release.report;
}

/**
 * Gates one release as `gate` does and leaves the comparison open.
 *
 * @param options.records whether the ledger hears of it; who only looks is no look at the candidate
 */
export async function openRelease(
  request: GateRequest,
  ports: Ports,
  { records }: { readonly records: boolean },
): Promise<OpenRelease> {
  ports.progress('reading');
  const comparison = await load(request.config, configuredRuns(request.config), ports);
  const asked = measurable(request.config, [comparison.baseline?.opened, comparison.candidate.opened]);
  try {
    const config = await withoutFoundHere(asked, comparison.engine);
    const profile = await comparison.engine.profile();
    const pairing = pairingOf(profile);
    const scope = resolveScope(config, profile, comparison.mappings);
    ports.progress('counting');
    const measured = await measure(comparison, scope, config, profile);
    const train = trainingPass(config, scope, ports, comparison.mappings.at(-1)?.expected);
    const diagnosed = await diagnose({ comparison, scope, config, profile, measured, train }, ports);
    const rerun = await rerunChurn(
      config,
      scope,
      ports,
      records ? (opened) => recordRerun(opened, config, ports) : undefined,
    );
    const decided = await decide({ comparison, scope, config, profile, measured, rerun }, ports);
    const described = await describeRuns(comparison, profile, config, scope, measured, ports, train);
    const established = {
      config,
      scope,
      profile,
      pairing,
      slices: measured.slices,
      overall: measured.overall,
      settled: measured.settled,
      rerun: rerun?.summary ?? null,
      baselineAgeDays: comparison.baseline?.ageDays ?? null,
    };
    const selfCheck = await readSelfCheck(ports.cwd, described.runHash);
    const flips = await collectFlips(comparison, scope, config, profile);
    const decision = releaseSteps({
      ...established,
      ...decided,
      ...described,
      notes: [...described.notes, ...churnNotes(config, rerun, decided.judgement.tested)],
      version: VERSION,
      checks: runChecks({ ...established, ...diagnosed, sameCases: decided.sameCases, selfCheck }),
      flips,
      histories: await caseHistories(config, flips, described, ports),
      weighted: measured.weighted,
      waivers: request.waivers,
      today: ports.now().toISOString().slice(0, 10),
      looks: await countLooks(config, described, request.recordAs, ports),
      inputs: request.inputs,
      rules: request.rules,
    });
    const report = await givingWay(decision);
    if (records) await record(report, comparison, config, profile, request.recordAs, ports);
    return {
      ...{ report, comparison, config, scope, profile, measured, rerun, described },
      judgement: decided.judgement,
      diagnosis: diagnosed.diagnosis,
      close: () => comparison.engine.close(),
    };
  } catch (error) {
    await comparison.engine.close();
    throw error;
  }
}
