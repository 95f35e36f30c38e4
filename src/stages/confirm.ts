/** The confirmation run: stage one's nominees on fresh cases, refused unless it was declared and the cases are new. */

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { runChecks } from '../checks/index.ts';
import type { Config } from '../config/index.ts';
import { DataError, UsageError } from '../errors.ts';
import { slicePower } from '../evidence/index.ts';
import {
  confirmNominees,
  nomineesOf,
  type Report,
  type RunReport,
  release,
  type WaiverEntry,
} from '../gate/index.ts';
import { resolveScope, type Scope } from '../scope/index.ts';
import { sliceId } from '../slices/index.ts';
import { VERSION } from '../version.ts';
import { canonicalJson, describeRuns } from './describe.ts';
import { collectFlips } from './evidence-cases.ts';
import { type Comparison, configuredRuns, load, type Ports } from './load.ts';
import { measure, pairingOf } from './measure.ts';

export interface ConfirmRequest {
  /** As in stage one, with the fresh runs as baseline and candidate. */
  readonly config: Config;
  /** Path of stage one's JSON report. */
  readonly stageOne: string;
  readonly waivers: readonly WaiverEntry[];
  readonly inputs: string;
}

/**
 * Decides the nominees of a declared two-stage gate on fresh cases. What stage one blocked or left open for other reasons
 * stays as it was.
 *
 * @throws UsageError where stage one declared no confirmation, nominated nothing, or had another policy; DataError where its
 *   files changed or any fresh case was already in them
 */
export async function confirm(request: ConfirmRequest, ports: Ports): Promise<Report> {
  const { config } = request;
  const stageOne = await readStageOne(request.stageOne, ports);
  const nominees = checkDeclared(stageOne, config, request.stageOne);
  ports.progress('reading fresh cases');
  const comparison = await load(config, configuredRuns(config), ports);
  try {
    await checkFresh(comparison, stageOne, request.stageOne, ports);
    const profile = await comparison.engine.profile();
    const scope = withDimensions(resolveScope(config, profile, comparison.mappings), stageOne);
    const measured = await measure(comparison, scope, config, profile);
    const byId = new Map(measured.slices.map((slice) => [sliceId(slice.metric.id, slice.key), slice]));
    const { judgement, nominees: settled } = confirmNominees(
      nominees,
      byId,
      config.policy,
      stageOne.policy.budgets.floors > 0,
    );
    const described = await describeRuns(comparison, profile, config, scope);
    const established = {
      config,
      scope,
      profile,
      pairing: pairingOf(profile),
      slices: measured.slices,
      overall: measured.overall,
      sameCases: [],
      rerun: null,
      baselineAgeDays: comparison.baseline?.ageDays ?? null,
    };
    return release({
      ...established,
      ...described,
      judgement,
      powerOf: slicePower,
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
      stageOne: { report: stageOne, nominees: settled },
    });
  } finally {
    await comparison.engine.close();
  }
}

async function readStageOne(path: string, { cwd }: Ports): Promise<Report> {
  const where = { file: path };
  let text: string;
  try {
    text = await readFile(resolve(cwd, path), 'utf8');
  } catch (cause) {
    throw new DataError(
      { message: `the report of stage one cannot be read: ${(cause as Error).message}`, where },
      { cause },
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new DataError(
      { message: `not JSON: ${(cause as Error).message}`, hint: 'write it with --format json --out', where },
      { cause },
    );
  }
  if (!isReport(value)) {
    throw new DataError({
      message: 'this is no Slicewise report of schema 1',
      hint: 'stage one is written with slicewise gate ... --format json --out report.json',
      where,
    });
  }
  return value;
}

/** Only the fields that this stage reads are checked. */
function isReport(value: unknown): value is Report {
  const report = value as Partial<Report> | null;
  return (
    typeof report === 'object' &&
    report !== null &&
    typeof report.schemaVersion === 'string' &&
    report.schemaVersion.startsWith('1.') &&
    Array.isArray(report.slices) &&
    Array.isArray(report.findings) &&
    typeof report.runHash === 'string' &&
    typeof report.policy === 'object' &&
    Array.isArray(report.candidate?.files) &&
    Array.isArray(report.baseline?.files)
  );
}

function checkDeclared(stageOne: Report, { policy }: Config, file: string): readonly string[] {
  const where = { file };
  if (stageOne.policy.confirmation === null) {
    throw new UsageError({
      message: 'stage one declared no confirmation, so it already used the whole budget',
      hint: 'set policy.confirmation: { casesPerNominee: 150 } and run stage one again',
      where,
    });
  }
  const keys = ['margin', 'blockBudget', 'reviewBudget', 'minCases', 'errors', 'level'] as const;
  const changed = keys.filter((key) => stageOne.policy[key] !== policy[key]);
  if (canonicalJson(policy.confirmation) !== canonicalJson(stageOne.policy.confirmation)) {
    throw new UsageError({
      message: 'the policy of this run does not declare the confirmation that stage one did',
      hint: 'use the configuration of stage one',
      where,
    });
  }
  if (changed.length > 0) {
    throw new UsageError({
      message: `the policy changed since stage one: ${changed.join(', ')}`,
      hint: 'use the configuration of stage one',
      where,
    });
  }
  const nominees = nomineesOf(stageOne);
  if (nominees.length === 0) {
    throw new UsageError({
      message: `stage one nominated nothing (verdict ${stageOne.verdict}), so there is nothing to confirm`,
      where,
    });
  }
  return nominees;
}

async function checkFresh(fresh: Comparison, stageOne: Report, file: string, ports: Ports): Promise<void> {
  const old = await reopen(stageOne, file, ports);
  try {
    const known = new Set(await old.engine.caseIds());
    const repeated = (await fresh.engine.caseIds()).filter((id) => known.has(id));
    if (repeated.length > 0) {
      throw new DataError({
        message: `${repeated.length} of the fresh cases were already in stage one: ${repeated.slice(0, 10).join(', ')}${
          repeated.length > 10 ? ', ...' : ''
        }`,
        hint: 'a nominee can only be confirmed on cases that did not nominate it',
        where: { file },
      });
    }
  } finally {
    await old.engine.close();
  }
}

async function reopen({ baseline, candidate }: Report, file: string, ports: Ports): Promise<Comparison> {
  if (baseline === null) throw new UsageError({ message: 'stage one had no baseline', where: { file } });
  const { EMPTY_CONFIG } = await import('../config/index.ts');
  const input = (run: RunReport) => ({ files: run.files, run: run.run });
  const config: Config = {
    ...EMPTY_CONFIG,
    columns: { both: {}, baseline: baseline.columns, candidate: candidate.columns },
  };
  const old = await load(config, { baseline: input(baseline), candidate: input(candidate) }, ports);
  const same =
    (await old.engine.fingerprint('baseline')) === baseline.fingerprint &&
    (await old.engine.fingerprint('candidate')) === candidate.fingerprint;
  if (same) return old;
  await old.engine.close();
  throw new DataError({
    message: 'the files of stage one changed since it ran, so it cannot be seen whether the cases are new',
    hint: 'restore them, or run stage one again',
    where: { file },
  });
}

/**
 * The dimensions that gated in stage one, also where they had been detected. Fresh cases are drawn for the nominees, so that
 * no other configured slice need exist among them.
 */
function withDimensions(scope: Scope, { policy }: Report): Scope {
  return {
    ...scope,
    groupings: scope.groupings.map((scoped) => ({
      ...scoped,
      expected: null,
      role: scoped.role === 'shown' && policy.dimensions.includes(scoped.dimension) ? 'gated' : scoped.role,
    })),
  };
}
