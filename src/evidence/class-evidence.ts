/** Evidence of class metrics: from the values of cases where there are any, else from the table of answers. */

import { directionOf, type LabelSlice, NO_LABEL, type Tally } from '../counts/index.ts';
import {
  answeredCells,
  type CaseWorth,
  type ClassInput,
  caseWorth,
  type ErrorRules,
  labelledCells,
  labelSliceOf,
} from './class-cells.ts';
import { scoreEvidence } from './class-score.ts';
import type { ClusteredCases } from './clustered.ts';
import { ownSignFlip } from './loss-test.ts';
import { sliceEvidence } from './slice-evidence.ts';
import type { Pairing, SliceEvidence } from './types.ts';

/**
 * Recall and specificity are pass rates over the cases of a class, or outside of it, with all that pass rates have: exact
 * McNemar, Tango, Wilson, exact floors. The cost is a mean. The others are functions of the whole table.
 */
export function classEvidence(input: ClassInput): SliceEvidence {
  const { measure, classes, key, pairing, policy } = input;
  const found = labelSliceOf(classes, key) ?? { ...key, cells: NO_CELLS, edited: 0 };
  const slice = labelledCells(found, input.errorRules);
  const worth = caseWorth(measure, slice, classes);
  const look = (of: CaseWorth) => ({ slice, worth: of, ...input.errorRules });
  if (worth === null) {
    return scoreEvidence({
      ...input,
      slice: answeredCells(slice, input.errorRules),
      tally: tallyWorth(look(isRight)),
    });
  }
  const tally = tallyWorth(look(worth));
  const clusters = slice.cells.cluster === null ? null : clusteredWorth(look(worth), pairing);
  const evidence = sliceEvidence({ ...input, tally, clusters });
  if (evidence.test === null || evidence.test.pValue !== null) return evidence;
  // Flips of the slice alone: no other slice or metric has values of the same cases.
  const worse = directionOf(measure) === 'higher' ? -1 : 1;
  const pairs = clusters === null ? tally.pairs : clusterPairs(clusters);
  return { ...evidence, test: ownSignFlip({ pairs }, worse, policy) };
}

const NO_CELLS = {
  expected: new Int32Array(),
  baseline: new Int32Array(),
  candidate: new Int32Array(),
  cases: new Float64Array(),
  cluster: null,
};

const isRight: CaseWorth = (expected, answer) => Number(expected === answer);

/** Cells, and what a case is worth in them. */
interface Look extends ErrorRules {
  readonly slice: LabelSlice;
  readonly worth: CaseWorth;
}

/** What each cell's cases are worth in both runs; NaN where a run does not have them, or only an error that does not count. */
function* worths({ slice: { cells }, worth, errors }: Look) {
  for (let i = 0; i < cells.cases.length; i++) {
    const side = (answer: number): number | null => {
      if (answer === NO_LABEL.absent || (errors === 'exclude' && answer === NO_LABEL.error))
        return worth(cells.expected[i]!, answer) === null ? null : Number.NaN;
      return worth(cells.expected[i]!, answer);
    };
    const answers = [cells.baseline[i]!, cells.candidate[i]!] as const;
    const baseline = side(answers[0]);
    const candidate = side(answers[1]);
    if (baseline === null || candidate === null) continue;
    yield { i, baseline, candidate, cases: cells.cases[i]!, answers };
  }
}

function tallyWorth(look: Look): Tally {
  const totals = { compared: 0, onlyBaseline: 0, onlyCandidate: 0, withErrors: 0, unscored: 0 };
  const pairs = new Map<string, { baseline: number; candidate: number; cases: number }>();
  const before = new Map<number, number>();
  const after = new Map<number, number>();
  for (const { baseline, candidate, cases, answers } of worths(look)) {
    if (!Number.isNaN(baseline)) before.set(baseline, (before.get(baseline) ?? 0) + cases);
    if (!Number.isNaN(candidate)) after.set(candidate, (after.get(candidate) ?? 0) + cases);
    if (answers[1] === NO_LABEL.absent) totals.onlyBaseline += cases;
    else if (answers[0] === NO_LABEL.absent) totals.onlyCandidate += cases;
    else if (Number.isNaN(baseline + candidate)) totals.unscored += cases;
    else {
      totals.compared += cases;
      if (answers.includes(NO_LABEL.error)) totals.withErrors += cases;
      const name = `${baseline}|${candidate}`;
      const pair = pairs.get(name) ?? { baseline, candidate, cases: 0 };
      pair.cases += cases;
      pairs.set(name, pair);
    }
  }
  const ascending = (counts: ReadonlyMap<number, number>) =>
    [...counts].map(([value, cases]) => ({ value, cases })).sort((a, b) => a.value - b.value);
  return {
    ...totals,
    cases: totals.compared + totals.onlyBaseline + totals.onlyCandidate + totals.unscored + look.slice.edited,
    edited: look.slice.edited,
    pairs: [...pairs.values()].sort((a, b) => a.baseline - b.baseline || a.candidate - b.candidate),
    baselineValues: ascending(before),
    candidateValues: ascending(after),
  };
}

/** Case by case, as tests of whole clusters read them. */
function clusteredWorth(look: Look, pairing: Pairing): ClusteredCases {
  const baseline: number[] = [];
  const candidate: number[] = [];
  const cluster: number[] = [];
  for (const cell of worths(look)) {
    if (pairing === 'paired' && Number.isNaN(cell.baseline + cell.candidate)) continue;
    if (pairing === 'single run' && Number.isNaN(cell.candidate)) continue;
    for (let at = 0; at < cell.cases; at++) {
      baseline.push(cell.baseline);
      candidate.push(cell.candidate);
      cluster.push(look.slice.cells.cluster![cell.i]!);
    }
  }
  return {
    baseline: Float64Array.from(baseline),
    candidate: Float64Array.from(candidate),
    cluster: Int32Array.from(cluster),
  };
}

/** The sum of each cluster's differences as one pair. */
function clusterPairs({ baseline, candidate, cluster }: ClusteredCases): Tally['pairs'] {
  const sums = new Map<number, number>();
  cluster.forEach((code, i) => {
    sums.set(code, (sums.get(code) ?? 0) + candidate[i]! - baseline[i]!);
  });
  return [...sums.values()].map((sum) => ({ baseline: 0, candidate: sum, cases: 1 }));
}
