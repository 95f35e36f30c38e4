/** How much better a model is than the best trivial answer, on the same cases. */

import { type Estimate, tangoInterval, tInterval, wilsonInterval } from '../../stats/index.ts';
import { drawnHits, mostFrequent } from './label-guess.ts';

/** Share of the model's score that a trivial answer must not reach (practice B-10, a default of Slicewise). */
export const TOO_CLOSE = 0.95;

/** The cases of one class, by what the metric gives the model for them (1 passed, 0 failed; shares where there are several trials). */
export interface ClassTally {
  readonly label: string;
  readonly values: readonly { readonly value: number; readonly cases: number }[];
}

/** A trivial answer and its score on the cases. */
export interface TrivialScore {
  readonly name: 'majority' | 'top-k' | 'stratified random';
  /** The constant guess; empty for random answers. */
  readonly guess: readonly string[];
  readonly score: number;
}

/** A model against the best of the trivial answers. */
export interface TrivialLift {
  readonly n: number;
  readonly classes: number;
  /** Labels that an answer may name. */
  readonly k: number;
  readonly model: Estimate;
  /** The best first. */
  readonly baselines: readonly TrivialScore[];
  /** Model minus best baseline, paired case by case. */
  readonly lift: Estimate;
  /** Score of the best baseline over that of the model; null where the model has 0. */
  readonly reached: number | null;
  /** `share`: the baseline reaches the share of the model's score that is too much; `bound`: the lift may be 0 or less. */
  readonly fails: 'share' | 'bound' | null;
}

/** What decides: labels per answer, confidence level, and the share of the score that a trivial answer must not reach. */
export interface LiftRules {
  readonly k: number;
  readonly level: number;
  readonly share: number;
}

/**
 * Compares a model with the majority class (the k most frequent for a top-k metric) and with random answers in proportion to
 * the classes, whose score is the exact mean over all draws. Baselines see the labels of the very cases: no constant can do better.
 *
 * @param classes one entry per label; a higher value is better
 */
export function trivialLift(classes: readonly ClassTally[], { k, level, share }: LiftRules): TrivialLift {
  const counts = classes.map(({ label, values }) => ({
    label,
    cases: values.reduce((sum, { cases }) => sum + cases, 0),
  }));
  const n = counts.reduce((sum, { cases }) => sum + cases, 0);
  const guess = mostFrequent(counts, k);
  const hits = drawnHits(counts, k);
  const scoreOf = (hit: (label: string) => number) =>
    n === 0 ? 0 : counts.reduce((sum, { label, cases }) => sum + cases * hit(label), 0) / n;
  const constant: TrivialScore = {
    name: k === 1 ? 'majority' : 'top-k',
    guess,
    score: scoreOf((label) => (guess.includes(label) ? 1 : 0)),
  };
  const random: TrivialScore = {
    name: 'stratified random',
    guess: [],
    score: scoreOf((label) => hits.get(label)!),
  };
  const model = modelScore(classes, n, level);
  // A constant guess of the most frequent classes is never below random answers.
  const lift = liftOver(classes, new Set(guess), level);
  const reached = model.estimate === null || model.estimate === 0 ? null : constant.score / model.estimate;
  return {
    n,
    classes: counts.filter(({ cases }) => cases > 0).length,
    k,
    model,
    baselines: [constant, random],
    lift,
    reached,
    fails: liftFailure(reached, lift, share),
  };
}

/**
 * @param reached score of the constant answer over that of the model; null where the model has 0
 * @param share of the model's score that is too much
 */
export function liftFailure(reached: number | null, lift: Estimate, share: number): TrivialLift['fails'] {
  if (lift.estimate === null) return null;
  if (reached === null || reached >= share) return 'share';
  return lift.lower !== null && lift.lower <= 0 ? 'bound' : null;
}

function modelScore(classes: readonly ClassTally[], n: number, level: number): Estimate {
  if (!areVerdicts(classes))
    return tInterval(
      expanded(classes, () => 0),
      level,
    );
  const passed = classes.reduce(
    (sum, { values }) => sum + values.reduce((own, { value, cases }) => own + value * cases, 0),
    0,
  );
  return wilsonInterval(passed, n, level);
}

/** Model minus a constant guess: Tango's interval where cases pass or fail, Student's over the differences where values are shares. */
function liftOver(classes: readonly ClassTally[], guess: ReadonlySet<string>, level: number): Estimate {
  if (!areVerdicts(classes))
    return tInterval(
      expanded(classes, (label) => (guess.has(label) ? 1 : 0)),
      level,
    );
  const counts = { both: 0, candidateOnly: 0, baselineOnly: 0, neither: 0 };
  for (const { label, values } of classes) {
    for (const { value, cases } of values) {
      if (guess.has(label)) counts[value === 1 ? 'both' : 'baselineOnly'] += cases;
      else counts[value === 1 ? 'candidateOnly' : 'neither'] += cases;
    }
  }
  return tangoInterval(counts, level);
}

function areVerdicts(classes: readonly ClassTally[]): boolean {
  return classes.every(({ values }) => values.every(({ value }) => value === 0 || value === 1));
}

/** One number per case: the model's value minus that of the other answer. */
function expanded(classes: readonly ClassTally[], other: (label: string) => number): readonly number[] {
  return classes.flatMap(({ label, values }) =>
    values.flatMap(({ value, cases }) => Array.from({ length: cases }, () => value - other(label))),
  );
}
