/** What a setting does to this release, to simulated ones and to those of the ledger. */

import { UsageError } from '../../errors.ts';
import { sliceId } from '../../slices/index.ts';
import { withLedger } from '../../stages/index.ts';
import { currentSetting, judgePast, type PastRelease, type PolicySetting } from '../../studies/index.ts';
import type { PolicyTrial, TrialParams } from '../contract/index.ts';
import type { StudioSession } from '../session.ts';
import { keptTrial } from './kept-trials.ts';

/** Newest recorded releases that are judged anew. */
const MOST_PAST = 100;

/** Slices listed as changed. */
const MOST_CHANGED = 200;

/**
 * Tries a setting; asked for more releases, it goes on from those that it has.
 *
 * @throws UsageError where another setting is asked about before it is done
 */
export async function policyTrial(params: TrialParams, session: StudioSession): Promise<PolicyTrial> {
  const { releases, drop, ...setting } = params;
  const { release } = session;
  const { trial, isWanted } = keptTrial({ setting, drop }, currentSetting(release), session);
  const tried = await (await trial).advance(releases, isWanted);
  if (tried === null) {
    throw new UsageError({
      message: 'another setting was asked about before this one was simulated',
      hint: 'ask again: what was simulated is kept',
    });
  }
  const { judgement } = tried.study;
  const before = new Map(
    [...release.judgement.decisions].map(([{ key, metric }, { verdict }]) => [
      sliceId(metric.id, key),
      verdict,
    ]),
  );
  const decided = [...judgement.decisions];
  const changed = decided.flatMap(([{ key, metric, scoped, n }, { verdict }]) => {
    const old = before.get(sliceId(metric.id, key)) ?? null;
    const value = key.state === 'value' ? key.value : `(${key.state})`;
    return old === verdict ? [] : [{ dimension: scoped.dimension, value, n, before: old, after: verdict }];
  });
  return {
    outcome: tried.outcome,
    tested: judgement.tested,
    small: decided.length - judgement.tested,
    changed: changed.slice(0, MOST_CHANGED),
    falseBlocks: tried.falseBlocks,
    falseReviews: tried.falseReviews,
    falseAlarms: tried.falseAlarms,
    undecidedCritical: tried.undecidedCritical,
    misses: tried.misses,
    method: tried.method,
  };
}

/** The newest recorded releases under a setting; none without a ledger. */
export async function pastReleases(
  setting: PolicySetting,
  session: StudioSession,
): Promise<{ readonly releases: readonly PastRelease[] }> {
  const { ports, release } = session;
  const { ledger: configured } = release.config;
  if (configured === null) return { releases: [] };
  const recorded = await withLedger(configured, ports, true, (ledger) => ledger.gateReports(MOST_PAST));
  return { releases: recorded.map((report) => judgePast(report, setting, release.config)) };
}
