/** What was compared: files, columns, counts and fingerprints, and the hash that names this run. */

import { createHash } from 'node:crypto';
import { caseKey } from '../cases/index.ts';
import type { Config } from '../config/index.ts';
import type { ComparisonProfile, RunProfile } from '../engines/index.ts';
import type { RunReport } from '../gate/index.ts';
import type { Scope } from '../scope/index.ts';
import { givingWay, type Steps } from '../steps.ts';
import type { Comparison, LoadedRun } from './load.ts';
import type { Measured } from './measure.ts';
import type { Ports } from './ports.ts';
import { type TrainingShares, trainingShares } from './training-mix.ts';
import { trainingPass } from './training-pass.ts';

/** What joins the cases, in words. */
const PAIRED_BY = { caseId: 'case id', input: 'input', row: 'row' } as const;

export interface DescribedRuns {
  readonly runs: { readonly baseline: RunReport | null; readonly candidate: RunReport };
  readonly pairedBy: 'case id' | 'input' | 'row';
  readonly runHash: string;
  readonly notes: readonly string[];
  /** Share of the slices in the training data. */
  readonly training: TrainingShares['training'];
}

/** Describes both runs. The run hash covers both results, how they fall into slices, and the policy; never time, path or waivers. */
export async function describeRuns(
  { engine, baseline, candidate }: Comparison,
  profile: ComparisonProfile,
  config: Config,
  scope: Scope,
  measured: Measured,
  ports: Pick<Ports, 'cwd' | 'progress'>,
  train = trainingPass(config, scope, ports, undefined),
): Promise<DescribedRuns> {
  const { training, notes } = await trainingShares(config, scope, train, ports);
  const gated = new Set(
    scope.groupings.filter(({ role }) => role === 'gated').map(({ grouping }) => grouping.id),
  );
  const before =
    baseline &&
    profile.baseline &&
    runReport(baseline, profile.baseline, await engine.fingerprint('baseline'));
  const after = runReport(candidate, profile.candidate, await engine.fingerprint('candidate'));
  const hashed = {
    baseline: before?.fingerprint ?? null,
    candidate: after.fingerprint,
    policy: config.policy,
    slices: scope.groupings.map(({ grouping, role, rules, values, ignore, expected }) => ({
      grouping,
      role,
      rules,
      values: [...values],
      ignore: [...ignore],
      expected,
    })),
    metrics: scope.metrics,
    counts: measured.counts.filter(({ grouping }) => gated.has(grouping)),
  };
  return {
    runs: { baseline: before, candidate: after },
    pairedBy: PAIRED_BY[caseKey(candidate.opened.mapping)],
    runHash: (await givingWay(hashSteps(hashed))).slice(0, 16),
    notes: [
      ...new Set([
        ...config.notes,
        ...scope.notes,
        ...(baseline?.opened.notes ?? []),
        ...candidate.opened.notes,
        ...notes,
      ]),
    ],
    training,
  };
}

function runReport(
  { opened, run, name, ageDays }: LoadedRun,
  profile: RunProfile,
  fingerprint: string,
): RunReport {
  return {
    files: opened.files,
    run,
    fingerprint,
    columns: { ...opened.mapping },
    detected: opened.detected,
    rows: profile.rows,
    cases: profile.cases,
    scored: profile.scored,
    errors: profile.errors,
    unscored: profile.unscored,
    maxTrials: profile.maxTrials,
    ageDays,
    name,
  };
}

/** JSON with sorted keys and maps as lists, so that equal values give equal bytes. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (item instanceof Map) return [...item];
    if (item instanceof Set) return [...item];
    if (item === null || typeof item !== 'object' || Array.isArray(item)) return item;
    return Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  });
}

/** Items of a list that are written at one go. */
const AT_ONCE = 500;

/** SHA-256 of the canonical JSON of an object, whose lists may be very long: others have their turn between their parts. */
export function* hashSteps(value: Readonly<Record<string, unknown>>): Steps<string> {
  const hash = createHash('sha256');
  let before = '{';
  for (const name of Object.keys(value).sort()) {
    const item = value[name];
    if (item === undefined) continue;
    hash.update(`${before}${JSON.stringify(name)}:`);
    before = ',';
    if (!Array.isArray(item) || item.length === 0) {
      hash.update(canonicalJson(item));
      continue;
    }
    for (let from = 0; from < item.length; from += AT_ONCE) {
      yield;
      hash
        .update(from === 0 ? '[' : ',')
        .update(canonicalJson(item.slice(from, from + AT_ONCE)).slice(1, -1));
    }
    hash.update(']');
  }
  return hash.update(before === '{' ? '{}' : '}').digest('hex');
}
