/** What rules would do: to unchanged releases, to releases with a planted loss, and to this one. */

import { setImmediate } from 'node:timers/promises';
import type { Judgement } from '../../gate/index.ts';
import type { Ports } from '../../stages/index.ts';
import { judgeDrawn, type SharedEvidence } from '../judge-drawn.ts';
import type { Study } from '../open-study.ts';
import { type Outcome, outcomeOf } from '../outcome.ts';
import { type SimulatedRate, simulatedRate } from '../rate.ts';
import { RuleTally } from '../strategies/tally.ts';
import { type TargetKind, targetsOf } from '../strategies/targets.ts';
import { modesOf, unchangedModel } from '../unchanged/choose.ts';
import type { DrawnRelease } from '../unchanged/model.ts';
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

/** A setting that is being tried: figures of the first releases are there early, and more make them surer. */
export interface SettingTrial {
  /**
   * Simulates so many releases of each kind and gives what all of them so far came to, which may be more than were asked for.
   * Asked several times at once, it does one after the other.
   *
   * @param goesOn asked before each release; where it says no, the trial rests there until it is asked again
   * @returns null where it rests
   */
  advance(releases: number, goesOn?: () => boolean): Promise<TuneResult | null>;
}

/**
 * Tries rules on the user's own results. The same setting gives the same numbers, and all settings see the same draws, so that
 * their differences are those of the rules.
 *
 * @throws UsageError where unchanged releases of these metrics cannot be drawn
 * Cost: about that of two A/A runs.
 */
export async function tryPolicy(
  tunable: Tunable,
  { releases, ...asked }: TuneRequest,
  ports: Ports,
): Promise<TuneResult> {
  const trial = await startTrial(tunable, asked, ports);
  return (await trial.advance(releases)) as TuneResult;
}

/**
 * Judges this release under the rules, and makes ready to simulate others. The engine is asked here alone.
 *
 * @throws UsageError where unchanged releases of these metrics cannot be drawn
 */
export async function startTrial(
  tunable: Tunable,
  { setting, drop }: Omit<TuneRequest, 'releases'>,
  ports: Ports,
): Promise<SettingTrial> {
  const study = await judgeUnder(tunable, setting, ports);
  const [mode] = modesOf(study);
  const model = await unchangedModel(study, mode!);
  const { minCases } = tunable.config.policy;
  const tested = [...study.judgement.decisions.keys()].filter(({ n }) => n >= minCases);
  const rates = study.scope.metrics.every(({ measure }) => measure.kind === 'passRate');
  const targets = rates && mode !== 'split halves' ? targetsOf(tested, drop, null) : [];
  const tally = new RuleTally(targets.length);
  let [done, undecidedCritical] = [0, 0];
  const simulate = (replicate: number): void => {
    const known: SharedEvidence = new WeakMap();
    const say = (drawn: DrawnRelease) =>
      spokenOf(judgeDrawn(study, model, drawn, replicate, known).judgement);
    const drawn = model.draw(replicate);
    const unchanged = say(drawn);
    tally.unchanged(unchanged);
    if (unchanged.outcome === 'critical') undecidedCritical++;
    targets.forEach(({ slices }, at) => {
      const target = slices[replicate % slices.length]!;
      tally.planted(at, say(model.plant(drawn, target.key, drop, replicate)), target);
    });
  };
  const result = (): TuneResult => ({
    study,
    outcome: outcomeOf(study.judgement).outcome,
    falseBlocks: simulatedRate(tally.blocks, done),
    falseReviews: simulatedRate(tally.reviews, done),
    falseAlarms: simulatedRate(tally.blocks + tally.reviews, done),
    undecidedCritical: simulatedRate(undecidedCritical, done),
    misses: targets.map(({ kind }, at) => ({
      target: kind,
      missed: simulatedRate(done - tally.caughtBy[at]!.flagged, done),
      notBlocked: simulatedRate(done - tally.caughtBy[at]!.blocked, done),
    })),
    method: model.method,
  });
  let last: Promise<unknown> = Promise.resolve();
  const advance: SettingTrial['advance'] = (releases, goesOn = () => true) => {
    const own = last.then(async () => {
      while (done < releases) {
        // Others ask meanwhile, and with many slices one release takes a while.
        await setImmediate();
        if (!goesOn()) return null;
        simulate(done);
        done += 1;
      }
      return result();
    });
    last = own.catch(() => undefined);
    return own;
  };
  return { advance };
}

/** What the gate said of one release, as tallies take it. */
function spokenOf(judgement: Judgement) {
  const { outcome, alarms } = outcomeOf(judgement);
  const named = (wanted: 'BLOCK' | 'REVIEW') =>
    alarms.filter(({ verdict }) => verdict === wanted).map(({ slice }) => slice);
  const verdict = outcome === 'BLOCK' || outcome === 'REVIEW' ? outcome : ('PASS' as const);
  return { outcome, verdict, blocked: named('BLOCK'), reviewed: named('REVIEW') };
}
