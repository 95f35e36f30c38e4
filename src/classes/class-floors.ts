/** How surely the recall of each class lies below a floor. */

import type { LabelSlice } from '../counts/index.ts';
import { compareText } from '../slices/index.ts';
import {
  ABSENT_ANSWER,
  binomialCdf,
  type Estimate,
  holm,
  type PairedAnswers,
  wilsonInterval,
} from '../stats/index.ts';
import { comparedCells } from './compared-cells.ts';
import type { ClassPairing } from './types.ts';

/** The recall of one class beside its floor. */
export interface ClassFloor {
  readonly label: string;
  /** Cases of the class in the candidate, and those answered with it. */
  readonly n: number;
  readonly hits: number;
  readonly recall: Estimate;
  /** Cases that the baseline answered with the class and the candidate does not. */
  readonly lost: number;
  /** Null without a baseline, or where it has no case of the class. */
  readonly baselineRecall: number | null;
  /**
   * One-sided exact binomial p of "recall is at least the floor", Holm-adjusted over the classes with enough cases; null below
   * the minimum. Of clustered cases it counts clusters in place of cases.
   */
  readonly adjusted: number | null;
  /** What the candidate answers instead, most frequent first, at most three; null is no answer. */
  readonly instead: readonly { readonly answer: string | null; readonly cases: number }[];
}

/** Floors of one slice, and how many classes were tested. */
export interface ClassFloors {
  /** Every class that occurs, by recall, lowest first, then cases, most first, then label. */
  readonly classes: readonly ClassFloor[];
  readonly tested: number;
}

/** What is asked of every class. */
export interface FloorRules {
  /** Lowest acceptable recall, in [0, 1]. */
  readonly floor: number;
  /** Cases below which a class is not tested. */
  readonly minCases: number;
  readonly level: number;
  readonly pairing: ClassPairing;
}

/** Tests every class of a slice against the floor. Not for sets of labels, of which a case has several. */
export function classFloors(slice: LabelSlice, labels: readonly string[], rules: FloorRules): ClassFloors {
  const { answers } = comparedCells(slice, rules.pairing);
  const cellsOf = new Map<number, number[]>();
  for (let i = 0; i < answers.cases.length; i++) {
    const cells = cellsOf.get(answers.expected[i]!);
    if (cells === undefined) cellsOf.set(answers.expected[i]!, [i]);
    else cells.push(i);
  }
  const found = [...cellsOf].map(([code, cells]) => classOf(code, cells, answers, labels, rules));
  const counted = found.filter(({ n }) => n > 0);
  const adjusted = holm(counted.map(({ p }) => p));
  const classes = counted
    .map(({ p: _, ...entry }, at): ClassFloor => ({ ...entry, adjusted: adjusted[at]! }))
    .sort((a, b) => a.hits / a.n - b.hits / b.n || b.n - a.n || compareText(a.label, b.label));
  return { classes, tested: adjusted.filter((p) => p !== null).length };
}

function classOf(
  code: number,
  cells: readonly number[],
  { baseline, candidate, cases, cluster }: PairedAnswers,
  labels: readonly string[],
  { floor, minCases, level }: FloorRules,
): Omit<ClassFloor, 'adjusted'> & { readonly p: number | null } {
  const share = (side: ArrayLike<number>): { readonly n: number; readonly hits: number } => {
    const has = cells.filter((i) => side[i] !== ABSENT_ANSWER);
    const sum = (some: readonly number[]) => some.reduce((total, i) => total + cases[i]!, 0);
    return { n: sum(has), hits: sum(has.filter((i) => side[i] === code)) };
  };
  const before = share(baseline);
  const { n, hits } = share(candidate);
  const instead = new Map<number, number>();
  for (const i of cells) {
    const answer = Math.max(candidate[i]!, -1);
    if (candidate[i] === ABSENT_ANSWER || answer === code) continue;
    instead.set(answer, (instead.get(answer) ?? 0) + cases[i]!);
  }
  const lost = cells
    .filter((i) => baseline[i] === code && candidate[i] !== code && candidate[i] !== ABSENT_ANSWER)
    .reduce((sum, i) => sum + cases[i]!, 0);
  const units = cluster === null ? n : new Set(cells.map((i) => cluster[i]!)).size;
  return {
    label: labels[code]!,
    ...{ n, hits, lost },
    recall: wilsonInterval(n === 0 ? 0 : (hits / n) * units, n === 0 ? 0 : units, level),
    baselineRecall: before.n === 0 ? null : before.hits / before.n,
    // Hits of clustered cases become that share of clusters, rounded up, which is on the careful side.
    p: n < minCases ? null : binomialCdf(Math.ceil((hits / n) * units - 1e-9), units, floor),
    instead: [...instead]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, 3)
      .map(([answer, count]) => ({ answer: answer < 0 ? null : labels[answer]!, cases: count })),
  };
}
