/** Estimates when cases come in clusters: CR2 standard errors with Satterthwaite degrees of freedom. */

import type { Policy } from '../config/index.ts';
import type { UnitTable } from '../counts/index.ts';
import { clusterMean, type Estimate, studentTQuantile, studentTSf } from '../stats/index.ts';

/** The compared cases of one slice with their clusters. */
export interface ClusteredPairs {
  readonly baseline: Float64Array;
  readonly candidate: Float64Array;
  readonly cluster: Int32Array;
}

/** The cases of a slice that both runs have a value for; in a single run, those of the candidate. */
export function clusterUnits(units: UnitTable, members: Int32Array, paired: boolean): ClusteredPairs | null {
  const { cluster } = units;
  if (cluster === null) return null;
  const usable = members.filter(
    (i) => !Number.isNaN(units.candidate[i]) && (!paired || !Number.isNaN(units.baseline[i])),
  );
  return {
    baseline: Float64Array.from(usable, (i) => units.baseline[i]),
    candidate: Float64Array.from(usable, (i) => units.candidate[i]),
    cluster: usable.map((i) => cluster[i]),
  };
}

/** Mean difference candidate - baseline. */
export function clusteredDelta(
  { baseline, candidate, cluster }: ClusteredPairs,
  { level }: Policy,
): Estimate {
  return clusteredMean(
    candidate.map((value, i) => value - baseline[i]),
    cluster,
    level,
  );
}

/** Mean of one run. */
export function clusteredSide(
  pairs: ClusteredPairs,
  side: 'baseline' | 'candidate',
  { level }: Policy,
): Estimate {
  return clusteredMean(pairs[side], pairs.cluster, level);
}

/** One-sided p of "the loss is at least the margin", by Student's t with CR2 errors; null where there is no error. */
export function clusteredNonInferiority(pairs: ClusteredPairs, margin: number, worse: 1 | -1): number | null {
  const differences = pairs.candidate.map((value, i) => value - pairs.baseline[i]);
  const { mean, seCr2, dfCr2 } = clusterMean(differences, pairs.cluster);
  if (mean === null || seCr2 === null || dfCr2 === null || seCr2 === 0) return null;
  return studentTSf((margin - worse * mean) / seCr2, dfCr2);
}

function clusteredMean(values: Float64Array, cluster: Int32Array, level: number): Estimate {
  const { mean, n, clusters, seCr2, dfCr2 } = clusterMean(values, cluster);
  const method = `CR2 over ${clusters} clusters`;
  if (mean === null || seCr2 === null || dfCr2 === null) {
    const reason = n === 0 ? 'no cases' : 'one cluster has no standard error';
    return { estimate: mean, lower: null, upper: null, level, method, n, reason };
  }
  const half = studentTQuantile((1 + level) / 2, dfCr2) * seCr2;
  return { estimate: mean, lower: mean - half, upper: mean + half, level, method, n };
}
