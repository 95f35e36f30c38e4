/** Floors of metrics of the whole table of answers: how surely the candidate lies below one. */

import type { LabelSpace } from '../classes/index.ts';
import type { Policy } from '../config/index.ts';
import type { ClassMeasure } from '../counts/index.ts';
import {
  ABSENT_ANSWER,
  betaCdf,
  binomialCdf,
  type Estimate,
  normalCdf,
  type PairedAnswers,
  tallyAnswers,
} from '../stats/index.ts';
import type { FloorEvidence } from './types.ts';

/** What the floor of one slice is tested on. */
export interface ClassFloorInput {
  readonly measure: ClassMeasure;
  readonly floor: number;
  readonly before: Estimate | null;
  readonly after: Estimate;
  /** Standard error of the candidate's value; null where the bootstrap has none. */
  readonly error: number | null;
  readonly answers: PairedAnswers;
  readonly labels: Pick<LabelSpace, 'space' | 'names'>;
  readonly looks: Policy['looks'];
}

type Doubts = Pick<FloorEvidence, 'pValue' | 'posteriorDoubt'>;

/** No claim at all. */
const NONE: Doubts = { pValue: 1, posteriorDoubt: 1 };
/** Below the floor for certain in this sample, and nothing known of the next: a person looks, nothing is confirmed. */
const UNSURE: Doubts = { pValue: 1, posteriorDoubt: 0 };

/**
 * Precision of independent cases is a pass rate over the cases answered with the class: exact binomial. All others are normal
 * with the bootstrap's error. Where resamples give no error (all alike, or too often 0/0), F of a class is held against the least
 * recall that such an F needs, exactly; the rest confirm nothing. A fixed test repeated at every look confirms nothing either.
 *
 * @param input of a slice whose candidate has a value
 */
export function classFloor(input: ClassFloorInput): FloorEvidence {
  const { floor, before, after } = input;
  const observed = after.estimate ?? Number.NaN;
  const runs = { floor, baselineObserved: before?.estimate ?? null, candidateObserved: observed };
  return { ...runs, ...(input.looks === 'fixed' ? doubtsOf(input, observed) : NONE) };
}

function doubtsOf({ measure, floor, error, answers, labels }: ClassFloorInput, observed: number): Doubts {
  const alone = answers.cluster === null;
  const ofClass = 'label' in measure ? countsOf(measure.label, answers, labels) : null;
  if (alone && ofClass !== null && measure.of === 'precision') {
    return doubtOfShare(ofClass.hits, ofClass.predicted, floor);
  }
  if (error !== null) {
    const p = normalCdf((observed - floor) / error);
    return { pValue: p, posteriorDoubt: p };
  }
  if (!(observed < floor)) return NONE;
  if (!alone || ofClass === null || !('beta' in measure)) return UNSURE;
  // F <= (1 + β²) recall / (β² + recall), so F at the floor needs at least this recall.
  const square = measure.beta ** 2;
  return doubtOfShare(ofClass.hits, ofClass.support, (floor * square) / (1 + square - floor));
}

/** P of so few hits at the least rate, and the Jeffreys probability that the rate is at least that. */
function doubtOfShare(hits: number, of: number, least: number): Doubts {
  return {
    pValue: binomialCdf(hits, of, least),
    posteriorDoubt: 1 - betaCdf(least, hits + 0.5, of - hits + 0.5),
  };
}

function countsOf(
  label: string,
  { expected, candidate, cases }: PairedAnswers,
  { space, names }: Pick<LabelSpace, 'space' | 'names'>,
) {
  const index = names.indexOf(label);
  const cells = Array.from(cases, (_, i) => i).filter((i) => candidate[i] !== ABSENT_ANSWER);
  const pick = (values: ArrayLike<number>): readonly number[] => cells.map((i) => values[i]!);
  const tally = tallyAnswers(
    { expected: pick(expected), answer: pick(candidate), cases: pick(cases) },
    space,
  );
  return index < 0
    ? null
    : { hits: tally.hits[index]!, predicted: tally.predicted[index]!, support: tally.support[index]! };
}
