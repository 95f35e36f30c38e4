/** Which dimensions go together, and which go with the metric: what to look at before two findings count as two. */

import { type Association, cramersV, type ExplainedVariance, explainedVariance } from '../stats/index.ts';
import type { ClusteredTable } from './rows.ts';

/** Association of every pair of columns, and of every column with the error. */
export interface AssociationMatrix {
  /** `pairs[a][b]` for any a and b; a column with itself is null. */
  readonly pairs: readonly (readonly (Association | null)[])[];
  /** By column. The correlation ratio is the root of `etaSquared`, its corrected form that of `epsilonSquared`. */
  readonly withMetric: readonly ExplainedVariance[];
}

/**
 * Bias-corrected Cramer's V between columns and correlation ratio with the error, over cases. Values that are too rare for a
 * code count as one value. Weights are not used: this is about the cases there are.
 *
 * Cost: rows x columns squared.
 */
export function associationMatrix({ table, cluster }: ClusteredTable): AssociationMatrix {
  const columns = table.columns.map((_, column) => column);
  const pairs = columns.map(() => new Array<Association | null>(columns.length).fill(null));
  for (const a of columns) {
    for (const b of columns.slice(a + 1)) {
      const association = cramersV(crossTable(table, a, b));
      pairs[a]![b] = association;
      pairs[b]![a] = association;
    }
  }
  const withMetric = table.columns.map(({ codes }) =>
    explainedVariance({ values: table.error, groups: codes, counts: table.count, clusters: cluster }),
  );
  return { pairs, withMetric };
}

function crossTable(table: ClusteredTable['table'], a: number, b: number): Float64Array[] {
  const first = table.columns[a]!;
  const second = table.columns[b]!;
  const counts = Array.from(
    { length: first.cardinality + 1 },
    () => new Float64Array(second.cardinality + 1),
  );
  for (let row = 0; row < table.rows; row++)
    counts[first.codes[row]!]![second.codes[row]!]! += table.count[row]!;
  return counts;
}

/**
 * The corrected correlation ratio of a column with the metric, in [0, 1]: near 0 where they are independent; null where it is
 * undefined.
 *
 * @source Kelley 1935
 */
export function correctedCorrelationRatio({ epsilonSquared }: ExplainedVariance): number | null {
  return epsilonSquared === null ? null : Math.sqrt(Math.max(0, epsilonSquared));
}
