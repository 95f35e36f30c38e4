/** `slicewise strategies`: what other gates would have said, how often each errs, and what it would catch, on this data. */

import { setImmediate } from 'node:timers/promises';
import type { Config } from '../../config/index.ts';
import { UsageError } from '../../errors.ts';
import type { Ports } from '../../stages/index.ts';
import { checkRuns } from '../aa/aa.ts';
import { BREATH } from '../aa/mode.ts';
import { type JudgedRelease, judgeDrawn } from '../judge-drawn.ts';
import { type Study, withStudy } from '../open-study.ts';
import { type SimulatedRate, simulatedRate } from '../rate.ts';
import { type NamedSlice, nameSlice } from '../slice-name.ts';
import { modesOf, unchangedModel } from '../unchanged/choose.ts';
import type { UnchangedMode, UnchangedModel } from '../unchanged/model.ts';
import { type ReleaseView, type Rule, type RuleVerdict, rulesFor } from './rules.ts';
import { RuleTally } from './tally.ts';
import { type Target, type TargetKind, targetsOf } from './targets.ts';

/** What to compare. */
export interface StrategiesRequest {
  readonly config: Config;
  /** Unchanged releases, and releases with a planted loss of each series; at least 1. */
  readonly runs: number;
  /** Size of the planted loss, a share of the slice's cases in (0,1]. */
  readonly drop: number;
  /** Value of a gated slice to plant it in as well; null for none. */
  readonly sliceValue: string | null;
}

/** How often a rule catches the planted loss: by blocking, and by blocking or asking for review. */
export interface Catch {
  readonly target: TargetKind;
  readonly blocked: SimulatedRate;
  readonly flagged: SimulatedRate;
}

/** One way to gate with its record. */
export interface StrategyRow {
  readonly id: string;
  readonly name: string;
  readonly explanation: string;
  /** What it says of the release at hand. */
  readonly verdict: RuleVerdict['verdict'];
  readonly falseBlocks: SimulatedRate;
  readonly falseReviews: SimulatedRate;
  readonly catches: readonly Catch[];
}

/** The answer, as plain data. */
export interface StrategiesResult {
  readonly study: 'strategies';
  readonly schemaVersion: '1.0';
  readonly runHash: string;
  readonly runs: number;
  readonly seed: number;
  readonly drop: number;
  readonly mode: UnchangedMode;
  readonly method: string;
  readonly floor: number | null;
  /** Where losses were planted; `slice` is null where slices take turns. */
  readonly targets: readonly {
    readonly kind: TargetKind;
    readonly slice: (NamedSlice & { readonly n: number }) | null;
    readonly slices: number;
  }[];
  readonly strategies: readonly StrategyRow[];
  readonly notes: readonly string[];
}

/**
 * Compares ways to gate on the user's own results, by pass rate.
 *
 * @throws UsageError without a baseline, without a pass rate, or where runs, drop or slice are none; else as the gate does
 * Cost: about that of 3 to 4 A/A runs.
 */
export async function runStrategies(request: StrategiesRequest, ports: Ports): Promise<StrategiesResult> {
  checkRuns(request.runs);
  if (!(request.drop > 0 && request.drop <= 1)) {
    throw new UsageError({
      message: `--drop is ${request.drop}, must be above 0 and at most 1, such as 0.14`,
    });
  }
  return withStudy(
    request.config,
    ports,
    (study) => compare(study, request, ports),
    ({ measure }) => measure.kind === 'passRate',
  );
}

async function compare(study: Study, request: StrategiesRequest, ports: Ports): Promise<StrategiesResult> {
  checkComparable(study);
  const { runs, drop, sliceValue } = request;
  const { policy } = study.config;
  const floor = study.scope.metrics[0].floor ?? policy.floor;
  const rules = rulesFor(policy, floor);
  const observed = viewOf(
    {
      judgement: study.judgement,
      gated: [...study.judgement.decisions.keys()],
      overall: study.measured.overall,
    },
    policy.minCases,
  );
  const targets = targetsOf(observed.tested, drop, sliceValue);
  const [mode] = modesOf(study);
  const model = await unchangedModel(study, mode);
  const tallies = rules.map(() => new RuleTally(targets.length));
  for (let replicate = 0; replicate < runs; replicate++) {
    simulate({ study, model, rules, tallies, targets, drop }, replicate);
    if ((replicate + 1) % BREATH === 0) {
      ports.progress(`comparing strategies ${Math.round((100 * (replicate + 1)) / runs)} %`);
      await setImmediate();
    }
  }
  return {
    study: 'strategies',
    schemaVersion: '1.0',
    runHash: study.described.runHash,
    runs,
    seed: policy.seed,
    drop,
    mode,
    method: model.method,
    floor,
    targets: targets.map(({ kind, slices }) => ({
      kind,
      slice: kind === 'average' ? null : { ...nameSlice(slices[0]), n: slices[0].n },
      slices: slices.length,
    })),
    strategies: rules.map((rule, i) => rowOf(rule, rule.decide(observed).verdict, tallies[i], targets, runs)),
    notes: notesOf(study, observed.tested.length, targets, drop),
  };
}

interface Simulation {
  readonly study: Study;
  readonly model: UnchangedModel;
  readonly rules: readonly Rule[];
  readonly tallies: readonly RuleTally[];
  readonly targets: readonly Target[];
  readonly drop: number;
}

/** One unchanged release, and the same release with the loss planted in one slice of each series. */
function simulate({ study, model, rules, tallies, targets, drop }: Simulation, replicate: number): void {
  const { minCases } = study.config.policy;
  const drawn = model.draw(replicate);
  const unchanged = viewOf(judgeDrawn(study, model, drawn, replicate), minCases);
  rules.forEach((rule, i) => {
    tallies[i].unchanged(rule.decide(unchanged));
  });
  targets.forEach(({ slices }, at) => {
    const target = slices[replicate % slices.length];
    const planted = model.plant(drawn, target.key, drop, replicate);
    const view = viewOf(judgeDrawn(study, model, planted, replicate), minCases);
    rules.forEach((rule, i) => {
      tallies[i].planted(at, rule.decide(view), target);
    });
  });
}

function viewOf(
  { judgement, gated, overall }: Pick<JudgedRelease, 'judgement' | 'gated' | 'overall'>,
  minCases: number,
): ReleaseView {
  return {
    overall: overall[0],
    slices: gated.filter(({ n }) => n > 0),
    tested: gated.filter(({ n }) => n >= minCases),
    judgement,
  };
}

function rowOf(
  { id, name, explanation }: Rule,
  verdict: RuleVerdict['verdict'],
  { blocks, reviews, caughtBy }: RuleTally,
  targets: readonly Target[],
  runs: number,
): StrategyRow {
  return {
    id,
    name,
    explanation,
    verdict,
    falseBlocks: simulatedRate(blocks, runs),
    falseReviews: simulatedRate(reviews, runs),
    catches: targets.map(({ kind }, at) => ({
      target: kind,
      blocked: simulatedRate(caughtBy[at].blocked, runs),
      flagged: simulatedRate(caughtBy[at].flagged, runs),
    })),
  };
}

function checkComparable({ measured, scope }: Study): void {
  if (measured.pairing === 'single run') {
    throw new UsageError({
      message:
        'strategies compares what gates say of a candidate against a baseline, and there is one run only',
      hint: 'slicewise strategies OLD_RESULTS NEW_RESULTS',
    });
  }
  if (scope.metrics.length === 0) {
    throw new UsageError({
      message: 'strategies compares gates on pass rates, and no pass rate is among the metrics',
      hint: 'add --metric passRate, or map a column with --map passed=COLUMN',
    });
  }
}

function notesOf(
  { described, config, judgement }: Study,
  tested: number,
  targets: readonly Target[],
  drop: number,
): string[] {
  const notes = [
    ...described.notes,
    'verdicts here are about slices only: other findings of a report are left out',
  ];
  if (config.metrics.some(({ measure }) => measure.kind !== 'passRate')) {
    notes.push('compared by pass rate alone; other metrics of the policy are left out');
  }
  const able = targets.find(({ kind }) => kind === 'average')?.slices.length ?? 0;
  if (able < tested) {
    notes.push(
      `${tested - able} of ${tested} slices pass less than ${drop} of their cases, so no such loss was planted in them`,
    );
  }
  if ([...judgement.decisions.keys()].some(({ rules }) => rules.critical)) {
    notes.push('a critical slice without evidence either way calls for review, also when nothing changed');
  }
  return notes;
}
