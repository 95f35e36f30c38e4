/** What a setting does to this release, to simulated ones and to those of the ledger. */

import { sliceId } from '../../slices/index.ts';
import { withLedger } from '../../stages/index.ts';
import { judgePast, type PastRelease, type PolicySetting, tryPolicy } from '../../studies/index.ts';
import type { PolicyTrial, TrialParams } from '../contract/index.ts';
import type { StudioSession } from '../session.ts';

/** Newest recorded releases that are judged anew. */
const MOST_PAST = 100;

/** Slices listed as changed. */
const MOST_CHANGED = 200;

/** Tries a setting; the same setting is computed once. */
export async function policyTrial(params: TrialParams, session: StudioSession): Promise<PolicyTrial> {
  const { releases, drop, ...setting } = params;
  return session.once(`policy-trial ${JSON.stringify(params)}`, () =>
    session.inTurn(async (release) => {
      const { study, ...tried } = await tryPolicy(release, { setting, releases, drop }, session.ports);
      const before = new Map(
        [...release.judgement.decisions].map(([{ key, metric }, { verdict }]) => [
          sliceId(metric.id, key),
          verdict,
        ]),
      );
      const decided = [...study.judgement.decisions];
      const changed = decided.flatMap(([{ key, metric, scoped, n }, { verdict }]) => {
        const old = before.get(sliceId(metric.id, key)) ?? null;
        const value = key.state === 'value' ? key.value : `(${key.state})`;
        return old === verdict
          ? []
          : [{ dimension: scoped.dimension, value, n, before: old, after: verdict }];
      });
      return {
        outcome: tried.outcome,
        tested: study.judgement.tested,
        small: decided.length - study.judgement.tested,
        changed: changed.slice(0, MOST_CHANGED),
        falseBlocks: tried.falseBlocks,
        falseReviews: tried.falseReviews,
        falseAlarms: tried.falseAlarms,
        undecidedCritical: tried.undecidedCritical,
        misses: tried.misses,
        method: tried.method,
      };
    }),
  );
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
