/** The confirmation run: stage one's nominees on fresh cases, refused unless it was declared and the cases are new. */

import { NO_DIAGNOSIS, runChecks } from '../checks/index.ts';
import type { Config } from '../config/index.ts';
import { UsageError } from '../errors.ts';
import { type SliceEvidence, slicePowers } from '../evidence/index.ts';
import { confirmNominees, type Report, release, type SliceReport, type WaiverEntry } from '../gate/index.ts';
import { resolveScope } from '../scope/index.ts';
import { sliceId } from '../slices/index.ts';
import { VERSION } from '../version.ts';
import { describeRuns } from './describe.ts';
import { collectFlips } from './evidence-cases.ts';
import { checkFresh } from './fresh-cases.ts';
import { asUnderstood, foundDimension, scopeOfNominees, withOwnTests } from './fresh-evidence.ts';
import { type Comparison, configuredRuns, load } from './load.ts';
import { measure, pairingOf } from './measure.ts';
import type { OpenRelease } from './open-release.ts';
import type { Ports } from './ports.ts';
import { recountStageOne } from './recount-stage-one.ts';
import { reopenStageOne } from './reopen-stage-one.ts';
import { declaredNominees, readStageOne } from './stage-one.ts';

export interface ConfirmRequest {
  /** As in stage one, with the fresh runs as baseline and candidate. */
  readonly config: Config;
  /** Path of stage one's JSON report. */
  readonly stageOne: string;
  readonly waivers: readonly WaiverEntry[];
  readonly inputs: string;
  readonly rules: string;
}

/**
 * Decides the nominees of a declared two-stage gate on fresh cases. What stage one blocked or left open for other reasons
 * stays as it was. Nothing is recorded: the fresh cases are no run to compare the next release with.
 *
 * @throws UsageError where stage one declared no confirmation, nominated nothing, or had another policy; DataError where its
 *   files changed or say something else than it, or any fresh case was already in them
 */
export async function confirm(request: ConfirmRequest, ports: Ports): Promise<Report> {
  const opened = await openConfirmation(request, ports);
  await opened.close();
  return opened.report;
}

/** Decides as `confirm` does and leaves the fresh cases open. Nothing is diagnosed: that belongs to the first stage. */
export async function openConfirmation(request: ConfirmRequest, ports: Ports): Promise<OpenRelease> {
  const stageOne = await readStageOne(request.stageOne, ports);
  const nominees = declaredNominees(stageOne, request.config, request.stageOne);
  const config = asUnderstood(request.config, nominees);
  ports.progress('reading fresh cases');
  const comparison = await load(config, configuredRuns(config), ports);
  try {
    const { notes, profile, scope, measured, slices, byId } = await lookAt(
      { comparison, config, stageOne, nominees },
      request,
      ports,
    );
    const ids = nominees.map(({ id }) => id);
    const hasFloors = stageOne.policy.budgets.floors > 0;
    const { judgement, nominees: settled } = confirmNominees(ids, byId, config.policy, hasFloors);
    const described = await describeRuns(comparison, profile, config, scope, measured, ports);
    const established = {
      config,
      scope,
      profile,
      pairing: pairingOf(profile),
      slices,
      overall: measured.overall,
      settled: measured.settled,
      sameCases: [],
      dimensions: null,
      rerun: null,
      baselineAgeDays: comparison.baseline?.ageDays ?? null,
    };
    const report = release({
      ...established,
      ...described,
      notes: [...described.notes, ...notes],
      judgement,
      powerOf: slicePowers(),
      memberP: new Map(),
      version: VERSION,
      checks: runChecks({ ...established, selfCheck: null }),
      flips: await collectFlips(comparison, scope, config, profile),
      histories: new Map(),
      weighted: measured.weighted,
      waivers: request.waivers,
      today: ports.now().toISOString().slice(0, 10),
      looks: null,
      inputs: request.inputs,
      rules: request.rules,
      stageOne: { report: stageOne, nominees: settled },
    });
    return {
      ...{ report, comparison, config, scope, profile, judgement, described },
      measured: { ...measured, slices },
      rerun: null,
      diagnosis: NO_DIAGNOSIS,
      close: () => comparison.engine.close(),
    };
  } catch (error) {
    await comparison.engine.close();
    throw error;
  }
}

/** Both stages, opened. */
interface BothStages {
  readonly comparison: Comparison;
  readonly config: Config;
  readonly stageOne: Report;
  readonly nominees: readonly SliceReport[];
}

/** The evidence of the fresh cases, once they are known to be fresh and the report of stage one to be what its files say. */
async function lookAt(
  { comparison, config, stageOne, nominees }: BothStages,
  { stageOne: file, config: asked }: ConfirmRequest,
  ports: Ports,
) {
  const old = await reopenStageOne(stageOne, file, asked, ports);
  try {
    const notes = await checkFresh(comparison.engine, old.comparison.engine, file);
    const profile = await comparison.engine.profile();
    const scope = scopeOfNominees(
      resolveScope(config, profile, comparison.mappings, foundDimension(stageOne)),
      nominees,
    );
    const measured = await measure(comparison, scope, config, profile);
    const ids = new Set(nominees.map(({ id }) => id));
    const slices = withOwnTests(measured, ids, comparison.clustered, config);
    const byId = new Map(slices.map((slice) => [sliceId(slice.metric.id, slice.key), slice]));
    checkSameRules(nominees, byId, file);
    const trusted = await recountStageOne(stageOne, old, file, ports);
    return { notes: [...notes, ...trusted], profile, scope, measured, slices, byId };
  } finally {
    await old.comparison.engine.close();
  }
}

/** Margins and metrics of single slices are no part of the policy that a report holds. */
function checkSameRules(
  nominees: readonly SliceReport[],
  fresh: ReadonlyMap<string, SliceEvidence>,
  file: string,
): void {
  const metrics = new Set([...fresh.values()].map(({ metric }) => metric.id));
  const problems = nominees.flatMap(({ id, metric, value, margin }) => {
    const now = fresh.get(id)?.margin ?? margin;
    if (!metrics.has(metric)) return [`stage one measured ${metric}, and the fresh cases do not`];
    return now === margin ? [] : [`the margin of ${value} changed since stage one, from ${margin} to ${now}`];
  });
  if (problems.length === 0) return;
  const hint = 'use the configuration and the flags of stage one';
  throw new UsageError([...new Set(problems)].map((message) => ({ message, hint, where: { file } })));
}
