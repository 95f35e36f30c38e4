/** Tables of random columns with planted slices, for tests. */

import { createRandom } from '../../stats/index.ts';
import type { DiscoveryInput } from '../discover.ts';
import type { SearchTable, SliceItem } from '../kernel/types.ts';
import { rowsOfSlice } from '../rows.ts';

export interface RandomPlan {
  readonly rows: number;
  /** Number of values of each column, equally likely. */
  readonly columns: readonly number[];
  /** Probability of an error outside the planted slice, of both runs. */
  readonly rate: number;
  /** Where the run that is searched errs more often. */
  readonly planted?: { readonly items: readonly SliceItem[]; readonly rate: number };
  /** Cases per cluster; errors of one cluster share a random effect. None: independent cases. */
  readonly clusterSize?: number;
  /** Weights of 0.5 to 2. */
  readonly weighted?: boolean;
  readonly seed: number;
}

/** A table of random pass-fail errors with a random half per case or cluster. */
export function randomTable(plan: RandomPlan): DiscoveryInput {
  const random = createRandom(plan.seed);
  const columns = plan.columns.map((cardinality) => ({
    codes: Uint8Array.from({ length: plan.rows }, () => 1 + random.nextBelow(cardinality)),
    cardinality,
  }));
  const cluster = plan.clusterSize
    ? Int32Array.from({ length: plan.rows }, (_, row) => Math.floor(row / plan.clusterSize!))
    : null;
  const units = cluster === null ? plan.rows : cluster.at(-1)! + 1;
  const halfOf = Uint8Array.from({ length: units }, () => random.nextBelow(2));
  const effect = Float64Array.from({ length: units }, () =>
    cluster === null ? 0 : 0.2 * (random.nextFloat() - 0.5),
  );
  const empty: SearchTable = {
    ...{ rows: plan.rows, columns, weight: null, before: null },
    count: new Float64Array(plan.rows).fill(1),
    error: new Float64Array(plan.rows),
  };
  const planted = plan.planted ? rowsOfSlice(empty, plan.planted.items) : new Uint8Array(plan.rows);
  const draw = (rate: number, row: number) =>
    random.nextFloat() < rate + effect[cluster?.[row] ?? row]! ? 1 : 0;
  return {
    table: {
      ...empty,
      weight: plan.weighted
        ? Float64Array.from({ length: plan.rows }, () => 0.5 + 1.5 * random.nextFloat())
        : null,
      before: Float64Array.from({ length: plan.rows }, (_, row) => draw(plan.rate, row)),
      error: Float64Array.from({ length: plan.rows }, (_, row) =>
        draw(planted[row] === 1 ? plan.planted!.rate : plan.rate, row),
      ),
    },
    cluster,
    half: Uint8Array.from({ length: plan.rows }, (_, row) => halfOf[cluster?.[row] ?? row]!),
  };
}
