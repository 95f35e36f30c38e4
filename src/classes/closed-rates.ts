/** Rates of classes with closed-form intervals and exact tests; their cases are independent of each other. */

import {
  type AnswerSpace,
  CELLS_PER_CLASS,
  type ClassTally,
  type PairedAnswers,
  type PairedCounts,
  pairedClassTables,
} from '../stats/index.ts';
import { pairedRate, rateEstimate, type Share, singleRate, unpairedRate } from './rate-compared.ts';
import type { RunTallies } from './run-tallies.ts';
import type { ClassPairing, Compared } from './types.ts';

/** What closed forms can say of a slice. */
export interface ClosedRates {
  readonly accuracy: Compared;
  recall(index: number): Compared;
  specificity(index: number): Compared;
  /** Of paired runs without `delta` and p: their denominators are not the same cases. */
  precision(index: number): Compared;
}

/** Answers of a slice with their margins. */
export interface ClosedInput {
  readonly answers: PairedAnswers;
  readonly space: AnswerSpace;
  readonly tallies: RunTallies;
  readonly pairing: ClassPairing;
  readonly level: number;
}

type Part = (tally: ClassTally, index: number) => Share;

const recallPart: Part = ({ hits, support }, index) => ({ successes: hits[index]!, of: support[index]! });
const precisionPart: Part = ({ hits, predicted }, index) => ({
  successes: hits[index]!,
  of: predicted[index]!,
});
const specificityPart: Part = ({ n, support, predicted, hits }, index) => ({
  successes: n - support[index]! - predicted[index]! + hits[index]!,
  of: n - support[index]!,
});

/** Wilson per run; Tango and McNemar of pairs; Miettinen-Nurminen and Fisher of different cases. */
export function closedRates({ answers, space, tallies, pairing, level }: ClosedInput): ClosedRates {
  const { baseline, candidate } = tallies;
  const apart = (part: Part, index: number): Compared =>
    baseline === null
      ? singleRate(part(candidate, index), level)
      : unpairedRate(part(baseline, index), part(candidate, index), level);
  if (pairing !== 'paired') {
    return {
      accuracy: apart(({ right, n }) => ({ successes: right, of: n }), 0),
      recall: (index) => apart(recallPart, index),
      specificity: (index) => apart(specificityPart, index),
      precision: (index) => apart(precisionPart, index),
    };
  }
  const tables = pairedClassTables(answers, space);
  const at = (index: number, place: number): number => tables[CELLS_PER_CLASS * index + place]!;
  return {
    accuracy: pairedRate(rightPairs(answers), level),
    recall: (index) =>
      pairedRate(
        {
          both: at(index, 7),
          baselineOnly: at(index, 6),
          candidateOnly: at(index, 5),
          neither: at(index, 4),
        },
        level,
      ),
    // Of cases that are not of the class, the right answer is any other.
    specificity: (index) =>
      pairedRate(
        {
          both: at(index, 0),
          baselineOnly: at(index, 1),
          candidateOnly: at(index, 2),
          neither: at(index, 3),
        },
        level,
      ),
    precision: (index) => ({
      baseline: baseline === null ? null : rateEstimate(precisionPart(baseline, index), level),
      candidate: rateEstimate(precisionPart(candidate, index), level),
      delta: null,
      pValue: null,
    }),
  };
}

function rightPairs({ expected, baseline, candidate, cases }: PairedAnswers): PairedCounts {
  const counts = { both: 0, baselineOnly: 0, candidateOnly: 0, neither: 0 };
  for (let i = 0; i < cases.length; i++) {
    const before = baseline[i] === expected[i];
    const after = candidate[i] === expected[i];
    counts[before ? (after ? 'both' : 'baselineOnly') : after ? 'candidateOnly' : 'neither'] += cases[i]!;
  }
  return counts;
}
