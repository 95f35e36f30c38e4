/** The order in which slices are read: what decides first, worst first. */

import { VERDICTS } from '../findings/index.ts';
import { compareText } from '../slices/index.ts';
import { betaPriorByLikelihood, shrinkRate } from '../stats/index.ts';
import type { SliceReport } from './report.ts';

const ROLES: readonly SliceReport['role'][] = ['gated', 'shown', 'remainder'];
const GRADES: readonly SliceReport['grade'][] = ['confirmed', 'suspected', 'undecided', null, 'non-inferior'];

/** Fewest slices of a dimension from which their spread is learnt. */
const FEWEST_TO_SHRINK = 4;

const STRONGEST_PULL = 1e6;

/** Of limits that are not used. */
const LEVEL = 0.95;

/**
 * Slices worst first: by role, verdict, grade, adjusted p, size of the loss, then name. Without a baseline the rate takes
 * the place of the loss, pulled towards the common rate of its dimension, so that tiny slices do not crowd the top.
 * Pulled rates decide the order only; the report prints raw ones.
 */
export function worstFirst(slices: readonly SliceReport[]): SliceReport[] {
  const pulled = pulledRates(slices);
  return [...slices].sort(
    (a, b) =>
      ROLES.indexOf(a.role) - ROLES.indexOf(b.role) ||
      verdictRank(a) - verdictRank(b) ||
      GRADES.indexOf(a.grade) - GRADES.indexOf(b.grade) ||
      rank(a.adjustedPValue) - rank(b.adjustedPValue) ||
      loss(b, pulled) - loss(a, pulled) ||
      compareText(a.metric, b.metric) ||
      compareText(a.dimension, b.dimension) ||
      compareText(a.value, b.value) ||
      compareText(a.id, b.id),
  );
}

function verdictRank({ verdict, n }: SliceReport): number {
  if (verdict === null) return VERDICTS.length + (n === 0 ? 1 : 0);
  return VERDICTS.indexOf(verdict);
}

function rank(p: number | null): number {
  return p ?? 2;
}

function loss(slice: SliceReport, pulled: ReadonlyMap<SliceReport, number>): number {
  const { delta, direction, candidate } = slice;
  const sign = direction === 'higher' ? -1 : 1;
  if (delta?.estimate != null) return sign * delta.estimate;
  return candidate?.estimate == null
    ? Number.NEGATIVE_INFINITY
    : sign * (pulled.get(slice) ?? candidate.estimate);
}

/** Posterior means under a beta prior learnt from the slices of the same metric and dimension. */
function pulledRates(slices: readonly SliceReport[]): ReadonlyMap<SliceReport, number> {
  const single = slices.filter(
    ({ delta, metric, state, n }) => delta === null && metric === 'passRate' && state === 'value' && n > 0,
  );
  const pulled = new Map<SliceReport, number>();
  for (const members of Map.groupBy(single, ({ dimension }) => dimension).values()) {
    if (members.length < FEWEST_TO_SHRINK) continue;
    const counts = members.map(({ candidate, n }) => ({ n, passed: (candidate?.estimate ?? 0) * n }));
    const prior = betaPriorByLikelihood(counts);
    if (prior.concentration === null) continue;
    // Slices that differ no more than chance would all get the common rate; just short of it they keep an order.
    const concentration = Math.min(prior.concentration, STRONGEST_PULL);
    members.forEach((member, index) => {
      pulled.set(member, shrinkRate(counts[index]!, { mean: prior.mean, concentration }, LEVEL).estimate);
    });
  }
  return pulled;
}
