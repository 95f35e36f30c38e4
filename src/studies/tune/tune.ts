/** What rules would do: to unchanged releases, to releases with a planted loss, and to this one. */

import { setImmediate } from 'node:timers/promises';
import type { Ports } from '../../stages/index.ts';
import { judgeDrawn } from '../judge-drawn.ts';
import type { Study } from '../open-study.ts';
import { type Outcome, outcomeOf } from '../outcome.ts';
import { type SimulatedRate, simulatedRate } from '../rate.ts';
import { RuleTally } from '../strategies/tally.ts';
import { type TargetKind, targetsOf } from '../strategies/targets.ts';
import { modesOf, unchangedModel } from '../unchanged/choose.ts';
import { judgeUnder, type PolicySetting, type Tunable } from './setting.ts';

/** What to try. */
export interface TuneRequest {
  readonly setting: PolicySetting;
  /** Simulated releases of each kind, at least 1. */
  readonly releases: number;
  /** Size of the planted loss, a share of the slice's cases in (0,1]. */
  readonly drop: number;
}

/** A planted loss that the gate did not stop. */
export interface Misses {
  readonly target: TargetKind;
  /** Neither blocked nor called for review. */
  readonly missed: SimulatedRate;
  /** Not blocked, though perhaps called for review. */
  readonly notBlocked: SimulatedRate;
}

/** The answer, as plain data. */
export interface TuneResult {
  /** This release, judged anew; its slices alone decide here. */
  readonly study: Study;
  readonly outcome: Outcome;
  readonly falseBlocks: SimulatedRate;
  /** Not blocked, and called for review because of a suspected loss or floor. */
  readonly falseReviews: SimulatedRate;
  /** Blocked or called for review: what the review budget bounds. */
  readonly falseAlarms: SimulatedRate;
  /** Held up by nothing but critical slices that show nothing either way: a review as well, which no budget bounds. */
  readonly undecidedCritical: SimulatedRate;
  /**
   * Empty where the metric is no pass rate, or no slice passes often enough to lose that much. Losses go to the slices that the
   * configured rules test, whatever is tried: a rule that no longer tests a slice misses its losses.
   */
  readonly misses: readonly Misses[];
  /** How unchanged releases were drawn. */
  readonly method: string;
}

/**
 * Tries rules on the user's own results. The same setting gives the same numbers, and all settings see the same draws, so that
 * their differences are those of the rules.
 *
 * @throws UsageError where unchanged releases of these metrics cannot be drawn
 * Cost: about that of three A/A runs.
 */
export async function tryPolicy(tunable: Tunable, request: TuneRequest, ports: Ports): Promise<TuneResult> {
  const { setting, releases, drop } = request;
  const study = await judgeUnder(tunable, setting, ports);
  const [mode] = modesOf(study);
  const model = await unchangedModel(study, mode!);
  const { minCases } = tunable.config.policy;
  const tested = [...study.judgement.decisions.keys()].filter(({ n }) => n >= minCases);
  const rates = study.scope.metrics.every(({ measure }) => measure.kind === 'passRate');
  const targets = rates && mode !== 'split halves' ? targetsOf(tested, drop, null) : [];
  const tally = new RuleTally(targets.length);
  let undecidedCritical = 0;
  const say = (drawn: Parameters<typeof judgeDrawn>[2], replicate: number) => {
    const { outcome, alarms } = outcomeOf(judgeDrawn(study, model, drawn, replicate).judgement);
    const named = (wanted: 'BLOCK' | 'REVIEW') =>
      alarms.filter(({ verdict }) => verdict === wanted).map(({ slice }) => slice);
    const verdict = outcome === 'BLOCK' || outcome === 'REVIEW' ? outcome : ('PASS' as const);
    return { outcome, verdict, blocked: named('BLOCK'), reviewed: named('REVIEW') };
  };
  for (let replicate = 0; replicate < releases; replicate++) {
    const drawn = model.draw(replicate);
    const unchanged = say(drawn, replicate);
    tally.unchanged(unchanged);
    if (unchanged.outcome === 'critical') undecidedCritical++;
    targets.forEach(({ slices }, at) => {
      const target = slices[replicate % slices.length]!;
      tally.planted(at, say(model.plant(drawn, target.key, drop, replicate), replicate), target);
    });
    // Others ask meanwhile, and with many slices one release takes a while.
    await setImmediate();
  }
  return {
    study,
    outcome: outcomeOf(study.judgement).outcome,
    falseBlocks: simulatedRate(tally.blocks, releases),
    falseReviews: simulatedRate(tally.reviews, releases),
    falseAlarms: simulatedRate(tally.blocks + tally.reviews, releases),
    undecidedCritical: simulatedRate(undecidedCritical, releases),
    misses: targets.map(({ kind }, at) => ({
      target: kind,
      missed: simulatedRate(releases - tally.caughtBy[at]!.flagged, releases),
      notBlocked: simulatedRate(releases - tally.caughtBy[at]!.blocked, releases),
    })),
    method: model.method,
  };
}
