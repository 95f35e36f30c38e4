/** The exact test of a change in cost: if nothing changed, each case could as well have had its two answers exchanged. */

import { ABSENT_ANSWER, type DifferenceCell, type PairedAnswers, signFlipCells } from '../stats/index.ts';
import type { CostOf } from './cost-of.ts';

/** Sign flips where all patterns of signs would be too many. */
const FLIPS = 10_000;

/**
 * Two-sided p of "the cost is the same", twice the smaller tail of the sign flips of cases, or of whole clusters. Few costly cases
 * decide a mean, and a bootstrap of two or three of them is too sure; this test is not.
 *
 * @param answers of paired runs; cases of one run only are no pair
 * @param seed whole number from 0 to 2^53 - 1
 * @example costP(answers, cost, 1) // 0.03125 where six changed cases all became dearer alike
 */
export function costP(answers: PairedAnswers, { cost }: Pick<CostOf, 'cost'>, seed: number): number {
  const { expected, baseline, candidate, cases, cluster } = answers;
  const changed: { readonly change: number; readonly cases: number; readonly cluster: number }[] = [];
  for (let i = 0; i < cases.length; i++) {
    const [before, after] = [baseline[i]!, candidate[i]!];
    if (before === ABSENT_ANSWER || after === ABSENT_ANSWER) continue;
    const change = cost(expected[i]!, after) - cost(expected[i]!, before);
    if (change !== 0)
      changed.push({ change, cases: cases[i]!, cluster: cluster === null ? -1 : cluster[i]! });
  }
  const units = cluster === null ? changed : sums(changed);
  const whole = units.every(({ change }) => Number.isInteger(change));
  const tail = (sign: 1 | -1): number => {
    const cells = units.map(
      (unit): DifferenceCell => ({ difference: sign * unit.change, count: unit.cases }),
    );
    return signFlipCells({ cells, flips: FLIPS, seed, ...(whole ? { lattice: 1 } : {}) }).p;
  };
  return Math.min(1, 2 * Math.min(tail(1), tail(-1)));
}

function sums(
  changed: readonly { readonly change: number; readonly cases: number; readonly cluster: number }[],
) {
  const total = new Map<number, number>();
  for (const { change, cases, cluster } of changed) {
    total.set(cluster, (total.get(cluster) ?? 0) + change * cases);
  }
  return [...total.values()].filter((change) => change !== 0).map((change) => ({ change, cases: 1 }));
}
