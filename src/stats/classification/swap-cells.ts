/** The swap permutation test of counted answers: exchanges the two runs' answers within cases, for any metric. */

import { createRandom, type Random } from '../random/index.ts';
import { fairDraw } from '../resampling/binomial-draw.ts';
import { ABSENT_ANSWER } from './cell-sampler.ts';
import type { TallyMetrics } from './cell-statistics.ts';
import type { PairedAnswers } from './paired-tables.ts';
import { type AnswerSpace, addAnswer, type ClassTally, emptyTally } from './tally.ts';

/** What to swap, and how often. */
export interface SwapCellsInput {
  readonly answers: PairedAnswers;
  readonly space: AnswerSpace;
  readonly metrics: TallyMetrics;
  readonly swaps: number;
  /** Whole number from 0 to 2^53 - 1. */
  readonly seed: number;
  /**
   * `two-sided` unless told; `less` and `greater`: the candidate's value is lower, or higher. One-sided, an undefined swap counts
   * as one that is as extreme.
   */
  readonly alternative?: 'two-sided' | 'less' | 'greater';
}

/** Share of undefined swaps above which there is no p-value. */
const MOST_UNDEFINED = 0.05;

/**
 * P of "the runs are exchangeable" for every metric, two-sided unless told: (1 + swaps with at least the observed absolute
 * difference) / (1 + defined swaps). The same swaps serve all metrics; with clusters, whole clusters are swapped. Null where the observed
 * difference, or more than 5 % of the swapped ones, is undefined.
 *
 * Cost: swaps x (cells whose answers differ + classes), whatever the number of cases.
 * @throws RangeError where swaps is below 1
 * @source Noreen 1989; Good 2005
 */
export function swapCells({
  answers,
  space,
  metrics,
  swaps,
  seed,
  alternative = 'two-sided',
}: SwapCellsInput): readonly (number | null)[] {
  if (!Number.isInteger(swaps) || swaps < 1) throw new RangeError(`swaps is ${swaps}, must be at least 1`);
  const { size, evaluate } = metrics;
  const values = new Float64Array(2 * size);
  const difference = ({ before, after }: Tallies, out: Float64Array) => {
    evaluate(before, values, 0);
    evaluate(after, values, size);
    for (let i = 0; i < size; i++) out[i] = values[size + i]! - values[i]!;
  };
  const twoSided = alternative === 'two-sided';
  const extreme = (value: number): number =>
    twoSided ? Math.abs(value) : alternative === 'less' ? -value : value;
  const tallies = observedTallies(answers, space);
  const swapped: Tallies = { before: emptyTally(space.classes), after: emptyTally(space.classes) };
  const observed = new Float64Array(size);
  difference(tallies, observed);
  const reached = new Float64Array(size).fill(1);
  const missing = new Float64Array(size);
  const out = new Float64Array(size);
  const blocks = swapBlocks(answers);
  for (let swap = 0; swap < swaps; swap++) {
    copyTally(tallies.before, swapped.before);
    copyTally(tallies.after, swapped.after);
    swapOnce(swapped, answers, space, blocks, createRandom(seed, swap));
    difference(swapped, out);
    for (let i = 0; i < size; i++) {
      const tie = 1e-12 * Math.max(1, Math.abs(observed[i]!));
      if (Number.isNaN(out[i]!)) {
        if (twoSided) missing[i]!++;
        else reached[i]!++;
      } else if (extreme(out[i]!) >= extreme(observed[i]!) - tie) reached[i]!++;
    }
  }
  return Array.from(observed, (value, i) =>
    Number.isNaN(value) || missing[i]! > MOST_UNDEFINED * swaps
      ? null
      : reached[i]! / (swaps - missing[i]! + 1),
  );
}

interface Tallies {
  readonly before: ClassTally;
  readonly after: ClassTally;
}

function observedTallies(answers: PairedAnswers, space: AnswerSpace): Tallies {
  const before = emptyTally(space.classes);
  const after = emptyTally(space.classes);
  const { expected, baseline, candidate, cases } = answers;
  for (let cell = 0; cell < cases.length; cell++) {
    if (baseline[cell] !== ABSENT_ANSWER) {
      addAnswer(before, space, expected[cell]!, baseline[cell]!, cases[cell]!);
    }
    if (candidate[cell] !== ABSENT_ANSWER) {
      addAnswer(after, space, expected[cell]!, candidate[cell]!, cases[cell]!);
    }
  }
  return { before, after };
}

/** One set of swaps: of a cell on its own, each case with probability 1/2; of a cluster, all cases or none. */
function swapOnce(
  { before, after }: Tallies,
  { expected, baseline, candidate, cases, cluster }: PairedAnswers,
  space: AnswerSpace,
  blocks: readonly (readonly number[])[],
  random: Random,
): void {
  for (const cells of blocks) {
    const heads = fairDraw(random, cluster === null ? cases[cells[0]!]! : 1);
    if (heads === 0) continue;
    for (const cell of cells) {
      const moved = cluster === null ? heads : cases[cell]!;
      addAnswer(before, space, expected[cell]!, baseline[cell]!, -moved);
      addAnswer(before, space, expected[cell]!, candidate[cell]!, moved);
      addAnswer(after, space, expected[cell]!, candidate[cell]!, -moved);
      addAnswer(after, space, expected[cell]!, baseline[cell]!, moved);
    }
  }
}

/** Cells whose answers differ, in groups that are swapped together: each on its own, or those of one cluster. */
function swapBlocks({ baseline, candidate, cases, cluster }: PairedAnswers): readonly (readonly number[])[] {
  const blocks = new Map<number, number[]>();
  for (let cell = 0; cell < cases.length; cell++) {
    const [first, second] = [baseline[cell]!, candidate[cell]!];
    if (first === second || first === ABSENT_ANSWER || second === ABSENT_ANSWER) continue;
    const key = cluster === null ? cell : cluster[cell]!;
    const block = blocks.get(key);
    if (block === undefined) blocks.set(key, [cell]);
    else block.push(cell);
  }
  return [...blocks.values()];
}

function copyTally(from: ClassTally, to: ClassTally): void {
  to.n = from.n;
  to.right = from.right;
  to.unanswered = from.unanswered;
  to.support.set(from.support);
  to.predicted.set(from.predicted);
  to.hits.set(from.hits);
}
