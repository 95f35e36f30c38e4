/** The order in which slices are read: what decides first, worst first. */

import { VERDICTS } from '../findings/index.ts';
import { compareText } from '../slices/index.ts';
import type { SliceReport } from './report.ts';

const ROLES: readonly SliceReport['role'][] = ['gated', 'shown', 'remainder'];

/** Total order of report rows: role, verdict, grade, adjusted p, size of the loss, then name. */
export function byWorst(a: SliceReport, b: SliceReport): number {
  return (
    ROLES.indexOf(a.role) - ROLES.indexOf(b.role) ||
    verdictRank(a) - verdictRank(b) ||
    rank(a.adjustedPValue) - rank(b.adjustedPValue) ||
    loss(b) - loss(a) ||
    compareText(a.metric, b.metric) ||
    compareText(a.dimension, b.dimension) ||
    compareText(a.value, b.value) ||
    compareText(a.id, b.id)
  );
}

function verdictRank({ verdict, n }: SliceReport): number {
  if (verdict === null) return VERDICTS.length + (n === 0 ? 1 : 0);
  return VERDICTS.indexOf(verdict);
}

function rank(p: number | null): number {
  return p ?? 2;
}

function loss({ delta, direction, candidate }: SliceReport): number {
  const sign = direction === 'higher' ? -1 : 1;
  if (delta?.estimate != null) return sign * delta.estimate;
  return candidate?.estimate == null ? -2 : sign * candidate.estimate;
}
