/** Gathers the scores of a log by metric and case, to compute what the log itself states. */

import type { ScalarValue } from './score-value.ts';

/** Scores of one case under one metric: one value per epoch, as the log spells them. */
export type CaseScores = ReadonlyMap<string, readonly (ScalarValue | null)[]>;

/** All scores of a log. Its size grows with cases times epochs times metrics, one value each. */
export interface ScoreTable {
  add(metric: string, caseId: string, value: ScalarValue | null): void;
  setCluster(caseId: string, cluster: string | null): void;
  metric(name: string): CaseScores | null;
  cluster(caseId: string): string | null;
}

/** A table without scores. */
export function createScoreTable(): ScoreTable {
  const metrics = new Map<string, Map<string, (ScalarValue | null)[]>>();
  const clusters = new Map<string, string>();
  return {
    add(metric, caseId, value) {
      const cases = metrics.get(metric) ?? new Map<string, (ScalarValue | null)[]>();
      metrics.set(metric, cases);
      const values = cases.get(caseId);
      if (values === undefined) cases.set(caseId, [value]);
      else values.push(value);
    },
    setCluster(caseId, cluster) {
      if (cluster !== null) clusters.set(caseId, cluster);
    },
    metric: (name) => metrics.get(name) ?? null,
    cluster: (caseId) => clusters.get(caseId) ?? null,
  };
}
