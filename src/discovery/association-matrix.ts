/** Which dimensions go together, and which go with the metric: what to look at before two findings count as two. */

import { type Association, cramersV, type ExplainedVariance, explainedVariance } from '../stats/index.ts';
import { countValues } from './count-values.ts';
import type { ClusteredTable, HalvedTable } from './rows.ts';

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
export function associationMatrix({
  table,
  cluster,
  half = new Uint8Array(table.rows),
}: ClusteredTable & Partial<HalvedTable>): AssociationMatrix {
  const columns = table.columns.map((_, column) => column);
  const isPlain = table.count.every((cases) => cases === 1);
  const pairs = columns.map(() => new Array<Association | null>(columns.length).fill(null));
  for (const a of columns) {
    for (const b of columns.slice(a + 1)) {
      const association = cramersV(crossTable(table, isPlain, a, b));
      pairs[a]![b] = association;
      pairs[b]![a] = association;
    }
  }
  const { error: values, count: counts } = table;
  const count = cluster === null ? countValues({ values, counts, half }) : null;
  const withMetric = table.columns.map(({ codes, cardinality }) => {
    const cells = count?.(codes, cardinality);
    if (!cells) return explainedVariance({ values, groups: codes, counts, clusters: cluster });
    return explainedVariance({ ...cells, groups: cells.codes, clusters: null });
  });
  return { pairs, withMetric };
}

/** Cases by codes of two columns; `isPlain` where each row is one case. */
function crossTable(
  { rows, columns, count }: ClusteredTable['table'],
  isPlain: boolean,
  a: number,
  b: number,
): (Int32Array | Float64Array)[] {
  const [first, second] = [columns[a]!, columns[b]!];
  const width = second.cardinality + 1;
  const size = (first.cardinality + 1) * width;
  const counts = isPlain
    ? countPairs(first.codes, second.codes, width, new Int32Array(size))
    : new Float64Array(size);
  if (!isPlain) {
    for (let row = 0; row < rows; row++) {
      const cell = first.codes[row]! * width + second.codes[row]!;
      counts[cell] = counts[cell]! + count[row]!;
    }
  }
  return Array.from({ length: first.cardinality + 1 }, (_, code) =>
    counts.subarray(code * width, (code + 1) * width),
  );
}

type Codes = Uint8Array | Uint16Array;

function countPairs(first: Codes, second: Codes, width: number, counts: Int32Array): Int32Array {
  for (let row = 0; row < first.length; row++) {
    const cell = (Math.imul(first[row]!, width) + second[row]!) | 0;
    counts[cell] = (counts[cell]! + 1) | 0;
  }
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
